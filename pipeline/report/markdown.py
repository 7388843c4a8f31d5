"""The written report as Markdown, for mail and for differences in git: one fact a line, in an order that stays."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import texts
from pipeline.report.model import Report
from pipeline.report.written import content
from pipeline.report.written.blocks import Block, Heading, Items, Quote, Table, Text, Title


def render(report: Report) -> str:
    """Return the report as Markdown; text from documents is escaped so that it shows as it is."""
    return "\n".join(line for block in content.blocks(report) for line in _lines(block)).rstrip("\n") + "\n"


def _lines(block: Block) -> Iterator[str]:
    """Return the lines of a block, an empty one last; none for a chart, whose figures stand in a table too."""
    match block:
        case Title():
            yield from [f"# {texts.markdown(block.text)}", ""]
            yield from [*(f"- {texts.markdown(label)}: {texts.markdown(value)}" for label, value in block.facts), ""]
        case Heading():
            yield from [f"{'#' * (block.level + 1)} {texts.markdown(block.text)}", ""]
        case Text():
            label = f"**{texts.markdown(block.label)}** " if block.label else ""
            text = texts.markdown(block.text) if label else texts.markdown_line(block.text)
            yield from [f"{'> ' if block.notice else ''}{label}{text}".rstrip(), ""]
        case Items():
            yield from (f"{'  ' * level}- {texts.markdown_line(text)}" for text, level in block.items)
            yield ""
        case Quote():
            source = f"{texts.markdown(block.source)}; `{block.paragraph_id}`"
            yield from [f"> {texts.markdown_line(block.text)}", ">", f"> – {source}", ""]
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield from [f"*{texts.markdown(table.caption)}*", ""]
    rules = ["---:" if place in table.figures else "---" for place in range(len(table.head))]
    cells = [[texts.markdown(cell) for cell in row] for row in (table.head, *table.rows)]
    yield from (f"| {' | '.join(line)} |" for line in [cells[0], rules, *cells[1:]])
    yield ""
    if table.note:
        yield from [texts.markdown_line(table.note), ""]
