"""One sheet of the workbook, and how it is written: typed cells, frozen and filtered heads, text that stays text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.report import texts
from pipeline.report.exports import FORMULA
from pipeline.report.language import Language

LONGEST = 32_000  # Excel holds 32,767 characters in a cell
NUMBERS = {
    "share": "0.0%",
    "score": "0.00",
    "probability": "0.000",
    "count": "#,##0",
    "signed": "+0.00;\u22120.00;0.00",
}
POINTS = "+0.0%;\u22120.0%;0.0%"
DATES = {"da": "[$-406]d. mmmm yyyy;@", "en": "[$-809]d mmmm yyyy;@"}
TOP = {"valign": "top"}
A4 = 9

Column = tuple[str, str, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, what it holds, columns (heading, kind, width) and rows.

    Kinds are text, long (text on several lines), date, points (a difference of shares) and those of NUMBERS. Cells of
    the kind `shaded` are shares on a scale of colours.
    """

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


def formats(book: Any, language: Language) -> Mapping[str, Any]:
    """Return the formats of a workbook by kind of cell."""
    codes = NUMBERS | {"points": POINTS, "shaded": NUMBERS["share"], "date": DATES[language.code]}
    found = {kind: book.add_format(TOP | {"num_format": code}) for kind, code in codes.items()}
    for kind, style in (("text", TOP), ("long", TOP | {"text_wrap": True})):
        found[kind] = book.add_format(style)
        # Excel would compute such a text when somebody edits its cell; this mark keeps it a text.
        found[f"{kind} quoted"] = book.add_format(style | {"quote_prefix": True})
    head = {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EEF3F5"}
    return found | {"head": book.add_format(TOP | head), "title": book.add_format({"bold": True, "font_size": 16})}


def add(book: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    """Add a sheet to the workbook."""
    page = book.add_worksheet(sheet.name)
    for column, (heading, kind, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, texts.visible(heading), styles["head"])
        for line, row in enumerate(sheet.rows, start=1):
            write(page, line, column, row[column], kind, styles)
    _shade(page, sheet)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _shade(page: Any, sheet: Sheet) -> None:
    places = [place for place, (_, kind, _) in enumerate(sheet.columns) if kind == "shaded"]
    if places and sheet.rows:
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#6FB1C7"}
        page.conditional_format(1, min(places), len(sheet.rows), max(places), scale)


def write(page: Any, line: int, column: int, value: Any, kind: str, styles: Mapping[str, Any]) -> None:
    """Write one cell by the type of its value; a text is never taken for a formula, link or number."""
    if value is None or value == "":
        page.write_blank(line, column, None, styles[kind])
    elif isinstance(value, datetime.date):
        page.write_datetime(line, column, datetime.datetime(value.year, value.month, value.day), styles[kind])
    elif isinstance(value, int | float):
        page.write_number(line, column, value, styles[kind])
    else:
        text = texts.shortened(texts.visible(str(value)), LONGEST)
        text_kind = kind if kind in ("text", "long") else "text"
        quoted = " quoted" if text.startswith(FORMULA) else ""
        page.write_string(line, column, text, styles[text_kind + quoted])


def joined(items: Iterable[object]) -> str:
    """Return a list in one cell."""
    return "; ".join(map(str, items))
