"""Headings of a printed document, by type size and weight, where they are clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.layout import Row
from pipeline.extract.reading import Page, TextBuilder

_LARGER = 1.1  # a heading's type is at least so many times the body's
_MAX_CHARACTERS = 150
_MAX_LEVEL = 6


def pages_with_outline(pages: Sequence[Sequence[Row]]) -> list[Page]:
    """Return one page (source `layer`) for each page of rows: a line a row, a blank line a gap, a form feed at the end.

    Larger type than most of the document's is a heading, the largest of level 1; a line in bold type of the body's
    size is a heading below those.
    """
    levels = _levels([row for rows in pages for row in rows])
    return [_page(rows, levels) for rows in pages]


def _levels(rows: Sequence[Row]) -> dict[tuple[float, bool], int]:
    """Return the heading level of each kind of type (size, bold) that headings are set in."""
    characters = Counter[float]()
    for row in rows:
        characters[round(row.size, 1)] += len(row.text)
    if not characters:
        return {}
    body = characters.most_common(1)[0][0]
    kinds = {_kind(row) for row in rows if _may_be_heading(row)}
    larger = sorted({size for size, _ in kinds if size >= body * _LARGER}, reverse=True)
    levels = {(size, bold): min(larger.index(size) + 1, _MAX_LEVEL) for size, bold in kinds if size in larger}
    bold_share = sum(len(row.text) for row in rows if row.bold and round(row.size, 1) == body) / characters[body]
    if bold_share < 0.3:
        levels[body, True] = min(len(larger) + 1, _MAX_LEVEL)
    return levels


def _kind(row: Row) -> tuple[float, bool]:
    return round(row.size, 1), row.bold


def _may_be_heading(row: Row) -> bool:
    letters = sum(character.isalpha() for character in row.text)
    return letters >= 3 and len(row.text) <= _MAX_CHARACTERS and "\t" not in row.text


def _page(rows: Sequence[Row], levels: dict[tuple[float, bool], int]) -> Page:
    builder = TextBuilder()
    heading: tuple[int, Row] | None = None
    for row in rows:
        builder.add("\n" if row.gap_before else "")
        start = builder.length
        level = levels.get(_kind(row)) if _may_be_heading(row) else None
        if heading and level and not row.gap_before and _kind(heading[1]) == _kind(row):
            builder.outline.pop()
            start = heading[0]
        builder.add(row.text)
        if level:
            builder.mark(start, builder.length, str(level))
        heading = (start, row) if level else None
        builder.add("\n")
    builder.add("\f")
    return replace(builder.page(), source="layer")
