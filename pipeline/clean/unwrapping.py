"""Joins wrapped lines and broken words, so that each paragraph, list item and heading is one line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.clean.hyphens import joint
from pipeline.clean.pages import Line, lines
from pipeline.clean.wrapping import Gap, Wrapping
from pipeline.offsets import Edit, edit

_DOUBLE_SPACE = re.compile(r"(?<=[^\s])  (?=[^\s])")


def unwrap(text: str, starts: Sequence[int], vocabulary: Mapping[str, int]) -> list[Edit]:
    """Return the edits that join what was broken into lines; `starts` is where pages begin.

    Blank lines between paragraphs stay. A form feed goes; where a paragraph ends with its page, a newline stays.
    """
    found = lines(text)
    texts = [text[line.start : line.end] for line in found]
    gaps = [_gap(text, one, other, starts) for one, other in pairwise(found)]
    wrapping = Wrapping(texts, gaps)
    edits = []
    for i, (one, other) in enumerate(pairwise(found)):
        if wrapping.joins(i):
            rule = "page_break" if gaps[i].page else "line_break" if wrapping.is_near(i) else "column_break"
            edits.append(_join(text, one, other, vocabulary, rule))
        else:
            edits += _form_feeds(text, one.end, other.start)
    edges = [(0, found[0].start), (found[-1].end, len(text))] if found else [(0, len(text))]
    for start, end in edges:
        edits += _form_feeds(text, start, end)
    edits += [edit(text, *match.span(), " ", "space") for match in _DOUBLE_SPACE.finditer(text)]
    return sorted(edits, key=lambda change: change.start)


def unpage(text: str) -> list[Edit]:
    """Return the edits that only take form feeds away, for texts whose lines are whole."""
    return _form_feeds(text, 0, len(text))


def _gap(text: str, one: Line, other: Line, starts: Sequence[int]) -> Gap:
    page = bisect_right(starts, other.start) > bisect_left(starts, one.end)
    return Gap(max(0, text.count("\n", one.end, other.start) - 1), page)


def _join(text: str, one: Line, other: Line, vocabulary: Mapping[str, int], rule: str) -> Edit:
    line = text[text.rfind("\n", 0, one.end) + 1 : one.end]
    found = joint(line, text[other.start : other.start + 60], vocabulary)
    if found is None and text[one.end - 1] == "\u00ad":
        found = "" if text[other.start].isalnum() else " ", 0.9
    if found is None:
        return edit(text, one.end, other.start, " ", rule, 0.95 if rule == "line_break" else 0.9)
    return edit(text, one.end - 1, other.start, found[0], "hyphenation", found[1])


def _form_feeds(text: str, start: int, end: int) -> list[Edit]:
    """Take the form feeds out of a gap; the line before one keeps a newline."""
    edits = []
    for match in re.finditer("\f", text[start:end]):
        position = start + match.start()
        ended = position == 0 or text[position - 1] in "\n\f"
        edits.append(edit(text, position, position + 1, "" if ended else "\n", "form_feed"))
    return edits
