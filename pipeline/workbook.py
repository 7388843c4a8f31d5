"""What the Excel sheets that people fill in have in common."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

# Excel files carry a time of creation: a fixed one keeps the same sheet the same bytes.
CREATED = datetime.datetime(2000, 1, 1)
LONGEST_CELL = 32_000  # Excel's limit is 32,767 characters
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(value: object) -> str:
    """Return a value as text that a cell can hold: without control characters, cut where Excel would refuse it."""
    text = _CONTROL.sub("", str(value))
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} …"


def write_instructions(book: Workbook, lines: Sequence[str]) -> None:
    """Add the sheet `vejledning` with one line a row, the first in bold."""
    sheet = book.add_worksheet("vejledning")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 120)
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text, bold if line == 0 else None)
