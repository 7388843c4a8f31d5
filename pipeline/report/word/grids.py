"""Tables in Word: one style, heads that are repeated on every page, columns as wide as what they hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from pipeline.report.word import styles

WIDEST = 34  # characters in a line of a cell
LETTER, PADDING = 0.168, 0.4  # cm: a letter of the cells' size, and the room beside them
WHOLE = 14  # rows of a table that stays on one page


def add(document: Any, rows: Sequence[Sequence[str]], figures: Collection[int], description: str) -> None:
    """Add a table whose first row is its head; columns in `figures` are set flush right."""
    grid = document.add_table(len(rows), len(rows[0]), style=styles.TABLE)
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    cells = grid._cells  # all at once: asking for one row at a time takes the square of their number
    style = document.styles[styles.CELL].style_id  # looking it up for each cell takes most of the time
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            paragraph = cells[number * len(row) + place].paragraphs[0]
            paragraph._p.style = style
            paragraph.add_run(text)
            if place in figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number < len(rows) - 1 and (len(rows) <= WHOLE or number == 0):
                paragraph.paragraph_format.keep_with_next = True
    for column, width in zip(grid.columns, widths(rows), strict=True):
        column.width = Cm(width)
    for number, cell in enumerate(cells):
        cell.width = grid.columns[number % len(rows[0])].width
    _behave(grid, description)


def widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the width of each column in centimetres: its longest word has room, and long cells get what is left.

    Where even the longest words do not fit beside each other, all columns shrink alike.
    """
    columns = list(zip(*rows, strict=True))
    words = [max((len(word) for cell in column for word in cell.split(" ")), default=0) for column in columns]
    least = [PADDING + LETTER * min(word, WIDEST) for word in words]
    wishes = [PADDING + LETTER * min(max(map(len, column)), WIDEST) for column in columns]
    spare = styles.TEXT_WIDTH - sum(least)
    if spare <= 0:
        return [styles.TEXT_WIDTH * width / sum(least) for width in least]
    more = [wish - width for wish, width in zip(wishes, least, strict=True)]
    if sum(more) <= spare:
        return [wish + (spare - sum(more)) / len(columns) for wish in wishes]
    return [width + spare * part / sum(more) for width, part in zip(least, more, strict=True)]


def _behave(grid: Any, description: str) -> None:
    """Repeat the first row as head, keep rows whole, and describe the table to a screen reader."""
    for number, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), description)
        grid._tbl.tblPr.append(element)
