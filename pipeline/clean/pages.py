"""Where pages begin, and which lines at their edges are headers, footers and page numbers.

A running header is a line that stands at the same edge of several pages, the same but for its numbers. Only lines that
reach the edge are taken: nothing of the text stands between them and the page's end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.wrapping import SECTION_NAMES
from pipeline.offsets import Edit, edit

_EDGE_LINES = 4
_SIMILAR = 0.85
_NUMBER = re.compile(r"(?i)[-–—|·\s]*(?:(?:side|s\.|page)\s*)?\d{1,4}(?:\s*(?:/|af|of)\s*\d{1,4})?[-–—|·\s]*")
_ENDS_IN_NUMBER = re.compile(r"(?i).{1,70}[\s·–|-]side \d{1,3}(?: (?:af|/) \d{1,3})?")
_GLUED_NUMBER = re.compile(r"Side \d{1,4} af \d{1,4}(?=[A-ZÆØÅ]|\s)")
# Meeting systems stamp each page of an attachment: `Punkt 2, Bilag 4: Notat om praktik.docx`.
_STAMP = re.compile(r"Punkt \d+, Bilag \d+: .+\.[A-Za-z]{3,4}")
_STAMPED_END = re.compile(rf"(?m)^{_STAMP.pattern}\n{{3,}}")
_LONE_SPACE = re.compile(r"(?m)^ (?=\S)")
_LINE = re.compile(r"[^\n\f]*[^\s][^\n\f]*")


class Line(NamedTuple):
    """A line that is not blank: the span of its text without the space around it."""

    start: int
    end: int


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of text[start:end] that are not blank."""
    found = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        content = match.group()
        lead = len(content) - len(content.lstrip())
        found.append(Line(match.start() + lead, match.start() + len(content.rstrip())))
    return found


def page_starts(text: str, boundaries: Sequence[int]) -> list[int]:
    """Return the sorted offsets at which pages begin: the given ones, form feeds, and what is left of form feeds.

    Text that was once paged may hold one space at a line's start where a form feed stood; where hardly any line begins
    with a space, such a space counts.
    """
    starts = set(boundaries) | {match.end() for match in re.finditer("\f", text)}
    starts |= {match.end() for match in _STAMPED_END.finditer(text)}
    lone = [match.start() for match in _LONE_SPACE.finditer(text)]
    if len(lone) <= 1 + text.count("\n") // 15 and not re.search(r"(?m)^(?: {2,}|\t)\S", text):
        starts |= set(lone)
    return sorted(start for start in starts if 0 < start < len(text))


def furniture(text: str, starts: Sequence[int], min_pages: int) -> list[Edit]:
    """Return the edits that remove page headers, footers and page numbers; `starts` is where pages begin."""
    bounds = [0, *starts, len(text)]
    pages = [lines(text, start, end) for start, end in pairwise(bounds)]
    edits = [edit(text, *span, "", "page_number") for page in pages for span in _glued(text, page)]
    trimmed = [page[1:] if _glued(text, page) and page[0].end == _glued(text, page)[0][1] else page for page in pages]
    for rule, step in (("page_header", 1), ("page_footer", -1)):
        edges = [page[::step][:_EDGE_LINES] for page in trimmed]
        for line, reason in _repeated(text, edges, rule, max(2, min(min_pages, len(pages)))):
            edits.append(edit(text, *line, "", reason))
    unique = {change.start: change for change in edits}
    return [unique[start] for start in sorted(unique)]


def _glued(text: str, page: list[Line]) -> list[tuple[int, int]]:
    """Return the span of `Side 2 af 3` at the top of a page, also where the text's first word hangs on to it."""
    match = _GLUED_NUMBER.match(text, page[0].start) if page else None
    return [match.span()] if match else []


def _repeated(text: str, edges: list[list[Line]], rule: str, min_pages: int) -> list[tuple[Line, str]]:
    keys = [[_key(text[line.start : line.end]) for line in edge] for edge in edges]
    running = _running([set(page) for page in keys], min_pages)
    found = []
    for page, (edge, page_keys) in enumerate(zip(edges, keys, strict=True)):
        for line, key in zip(edge, page_keys, strict=True):
            content = text[line.start : line.end]
            if len(edges) > 1 and _NUMBER.fullmatch(content) and _is_page_number(content, page):
                found.append((line, "page_number"))
            elif key in running or (rule == "page_footer" and _is_footer(content)):
                found.append((line, rule))
            else:
                break
    return found


def _is_footer(content: str) -> bool:
    """Whether a page's last line is a footer by its form alone."""
    return bool(_STAMP.fullmatch(content) or _ENDS_IN_NUMBER.fullmatch(content))


def _is_page_number(content: str, page: int) -> bool:
    """Whether a number may be the page's own: a bare one where it fits, one with a word or a total always."""
    digits = re.findall(r"\d+", content)
    return len(digits) > 1 or not content.strip(" -–—|·").isdigit() or int(digits[0]) <= page + 30


def _key(content: str) -> str:
    return re.sub(r"\d+", "#", " ".join(content.split())).casefold()


def _running(pages: list[set[str]], min_pages: int) -> set[str]:
    """Return the lines that stand on `min_pages` pages or more, on at least every second page where they occur."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(pages):
        for key in keys - SECTION_NAMES:
            where[key].append(number)
    running = set()
    for key, numbers in where.items():
        alike = {n for other, on in where.items() if other == key or _alike(key, other) for n in on}
        span = max(alike) - min(alike) + 1
        if len(alike) >= min_pages and 2 * len(alike) >= span and (len(numbers) > 1 or len(alike) > 2):
            running.add(key)
    return running


def _alike(one: str, other: str) -> bool:
    """Whether two lines are the same but for a few misread letters."""
    if min(len(one), len(other)) < 12 or abs(len(one) - len(other)) > 4:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SIMILAR
