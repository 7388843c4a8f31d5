"""The lines of a clean text as blocks: where each stands, how it is marked, what lies before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.line_forms import is_row, number, sign_end
from pipeline.offsets import Edit, OffsetMap

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_HEADING_MARK = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+$")
_EMPHASIS = re.compile(r"[*_]{1,3}$")
_PAGE_EDGE = frozenset({"page_header", "page_footer", "page_number", "form_feed"})


@dataclass(frozen=True, slots=True)
class Block:
    """One line of clean text: [start, end) without the space around it and without a bullet sign."""

    start: int
    end: int
    text: str
    bullet: bool
    """Marked as a list item by a bullet sign or by the file's own markup."""
    number: str
    """What numbers it (`1.`, `a)`, `2.3`), part of the text; else empty."""
    level: int
    """Heading level 1-6 by the file's own markup, 7 for a line all in bold or italics, 0 for none."""
    blank_before: bool
    fresh: bool
    """Whether a page, or after three blank lines perhaps a document, begins with it."""
    indent: int = 0

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return is_row(self.text)

    @property
    def body(self) -> str:
        """The text without its number."""
        return self.text[len(self.number) :].strip() if self.number else self.text


@dataclass(frozen=True)
class Marks:
    """What the file's own markup says, in offsets of the clean text."""

    levels: dict[int, int]
    items: frozenset[int]
    emphasis: frozenset[int]
    """Where bold or italics began or ended."""
    page_starts: tuple[int, ...]


def marks(edits: Sequence[Edit], outlines: Sequence[Sequence[str]], bounds: Sequence[int]) -> Marks:
    """Read heading levels and list items from the outline of each page and from the Markdown marks that were removed.

    `bounds` are the raw offsets at which pages begin, and the end of the last.
    """
    places = OffsetMap(edits)
    levels: dict[int, int] = {}
    items: set[int] = set()
    for start, outline in zip(bounds, outlines, strict=False):
        for mark in outline:
            first, _, kind = mark.split(":")
            if kind.isdigit():
                levels[places.clean_start(start + int(first))] = int(kind)
            elif kind == "li":
                items.add(places.clean_start(start + int(first)))
    emphasis = set()
    for edit in edits:
        if edit.applied and edit.rule == "markup" and not edit.after:
            position = places.clean_start(edit.end)
            if found := _HEADING_MARK.fullmatch(edit.before):
                levels[position] = len(found.group(1))
            elif _EMPHASIS.fullmatch(edit.before):
                emphasis.add(position)
    pages = {places.clean_start(bound) for bound in bounds[1:-1]}
    pages |= {places.clean_start(edit.end) for edit in edits if edit.applied and edit.rule in _PAGE_EDGE}
    return Marks(levels, frozenset(items), frozenset(emphasis), tuple(sorted(pages)))


def blocks(clean: str, found: Marks) -> list[Block]:
    """Return the blocks of a clean text in order."""
    result: list[Block] = []
    previous_end = 0
    for match in _LINE.finditer(clean):
        line = match.group()
        indent = len(line) - len(line.lstrip())
        start, end = match.start() + indent, match.start() + len(line.rstrip())
        gap = clean[previous_end:start]
        newlines = gap.count("\n")
        paged = bisect_right(found.page_starts, start) > bisect_right(found.page_starts, previous_end - 1)
        level = found.levels.get(start, 0)
        sign = 0 if level else sign_end(clean[start:end])
        text_start = start + sign
        emphasised = not level and start in found.emphasis and end in found.emphasis
        result.append(
            Block(
                start=text_start,
                end=end,
                text=clean[text_start:end],
                bullet=sign > 0 or start in found.items,
                number=number(clean[text_start:end]),
                level=level or (7 if emphasised else 0),
                blank_before=newlines > 1 or not result,
                fresh=newlines > 3 or paged or not result or (line.startswith(" ") and not line.startswith("  ")),
                indent=indent,
            )
        )
        previous_end = end
    return result
