"""Corrections to the metadata: what a person wrote of a document, in CSV or Excel, checked cell by cell."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dates import parse_date
from pipeline.errors import ConfigurationError
from pipeline.schema import KINDS
from pipeline.settings import Gazetteer

FIELDS = ("municipality", "date", "kind", "title", "body")
COLUMNS = ("path", *FIELDS)
DANISH = dict(zip(COLUMNS, ("sti", "kommune", "dato", "art", "titel", "organ"), strict=True))
NOTHING = "-"
REQUIRED = ("kind", "title")
# The sheet on which an exported workbook keeps what it was filled with, so that only changes count as corrections.
FOUND_SHEET = "fundet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | datetime.date | None
Cells = dict[str, Any]


@dataclass(frozen=True)
class Correction:
    """What a person says of one document: the corrected columns alone; None says that there is none."""

    path: str
    values: Mapping[str, Value]
    source: Path
    row: int


def read_corrections(source: Path, gazetteer: Gazetteer) -> list[Correction]:
    """Read and check a CSV file (comma, semicolon or tab; UTF-8 or Windows-1252) or an Excel sheet.

    The columns are `path` and any of municipality, date, kind, title and body, or their Danish names. An empty cell
    keeps what was inferred, `-` says that there is none. ConfigurationError names file, row, column and remedy.
    """
    rows = _excel_rows(source) if source.suffix.lower() == ".xlsx" else _csv_rows(source)
    corrections: dict[str, Correction] = {}
    for number, cells in rows:
        path = _text(cells.get("path")).replace("\\", "/").removeprefix("./")
        place = f"{source}, row {number}"
        filled = {column: _text(cells.get(column)) for column in FIELDS if _text(cells.get(column))}
        if not filled:
            continue
        if not path:
            raise ConfigurationError(f"{place}, column path: empty; write the document's path below the corpus folder")
        if path in corrections:
            raise ConfigurationError(
                f"{place}, column path: {path} stands in row {corrections[path].row} too: keep one"
            )
        values = {name: _value(name, text, f"{place}, column {name}", gazetteer) for name, text in filled.items()}
        corrections[path] = Correction(path, values, source, number)
    return list(corrections.values())


def check_paths(corrections: Iterable[Correction], corpus: Path) -> None:
    """Raise ConfigurationError for a correction whose path is no file of the corpus folder."""
    for correction in corrections:
        if not (corpus / correction.path).is_file():
            raise ConfigurationError(
                f"{correction.source}, row {correction.row}, column path: {corpus} holds no file {correction.path};"
                " correct the path or remove the row"
            )


def write_corrections(target: Path, corrections: Mapping[str, Mapping[str, Value]]) -> None:
    """Write corrections by path as UTF-8 CSV, sorted, with the columns that `read_corrections` reads.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, which is removed in reading.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for path, values in sorted(corrections.items()):
        writer.writerow([_guarded(path), *(_cell(values[field]) if field in values else "" for field in FIELDS)])
    target.write_text(lines.getvalue(), encoding="utf-8-sig", newline="\n")


def _cell(value: Value) -> str:
    return NOTHING if value is None else _guarded(str(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_rows(source: Path) -> Iterator[tuple[int, Cells]]:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{source} cannot be read: {error}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    columns = _columns(rows[0] if rows else [], source)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) > len(columns):
            remedy = f"put text that holds {delimiter!r} in quotes"
            raise ConfigurationError(f"{source}, row {number}: more cells than columns; {remedy}")
        yield number, dict(zip(columns, row, strict=False))


def _excel_rows(source: Path) -> Iterator[tuple[int, Cells]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(source)
    except Exception as error:  # a file that is no workbook fails in as many ways as there are files
        raise ConfigurationError(f"{source} cannot be read as an Excel file (.xlsx): {error}") from error
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    exported = FOUND_SHEET in book.sheetnames
    columns = _columns([_text(cell) for cell in rows[0]] if rows else [], source, strict=not exported)
    lines = book[FOUND_SHEET].iter_rows(values_only=True) if exported else ()
    found = {_text(line[0]): dict(zip(COLUMNS, line, strict=False)) for line in lines}
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(columns, row, strict=False))
        before = found.get(_text(cells.get("path")), {})
        yield number, {k: v for k, v in cells.items() if k == "path" or _text(v) != _text(before.get(k))}


def _columns(heading: list[str], source: Path, *, strict: bool = True) -> list[str]:
    english = {danish: column for column, danish in DANISH.items()}
    plain = [cell.strip().lower() for cell in heading]
    columns = [english.get(cell, cell) for cell in plain]
    unknown = [cell for cell in columns if cell and cell not in COLUMNS]
    if "path" not in columns or (strict and unknown):
        wrong = f"unknown column {unknown[0]!r}" if "path" in columns else "no column `path`"
        raise ConfigurationError(f"{source}, row 1: {wrong}; the columns are {', '.join(COLUMNS)}")
    return columns


def _text(cell: Any) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _value(column: str, text: str, place: str, gazetteer: Gazetteer) -> Value:
    if text == NOTHING:
        if column in REQUIRED:
            raise ConfigurationError(f"{place}: every document has one; write it, or leave the cell empty")
        return None
    if column == "municipality":
        return _municipality(text, place, gazetteer)
    if column == "date":
        if (date := parse_date(text)) is None:
            raise ConfigurationError(f"{place}: {text!r} is no date from 1990 to 2035; write it as 2025-03-19")
        return date
    if column == "kind" and text.lower() not in KINDS:
        raise ConfigurationError(f"{place}: unknown kind {text!r}; write one of {', '.join(KINDS)}")
    return text.lower() if column == "kind" else text


def _municipality(text: str, place: str, gazetteer: Gazetteer) -> str:
    names: dict[str, str] = {}
    for town in gazetteer.municipalities:
        for name in (town.name, town.genitive, *town.spellings):
            names.setdefault(name.lower(), town.name)
            names.setdefault(f"{name} kommune".lower(), town.name)
    if text.lower() in names:
        return names[text.lower()]
    close = difflib.get_close_matches(text.lower(), names, n=1)
    hint = f"did you mean {names[close[0]]}?" if close else "write its official name, such as Ballerup"
    raise ConfigurationError(f"{place}: unknown municipality {text!r}; {hint}")
