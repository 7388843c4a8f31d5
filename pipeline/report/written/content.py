"""The whole written report, block by block, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.model import Report
from pipeline.report.written import closing, opening, themes
from pipeline.report.written.blocks import Block, Heading


def blocks(report: Report) -> Iterator[Block]:
    """Return the report in its language: what was found, each theme, then what it rests on."""
    _ = report.language
    yield from opening.blocks(report)
    yield Heading(1, _("Temaerne"))
    for theme in report.themes:
        if theme.paragraphs:
            yield from themes.blocks(theme, report)
    yield from themes.absent(report)
    yield from closing.blocks(report)
