"""Corrections to the metadata: rows that a person wrote, from CSV or Excel, checked cell by cell."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dates import parse_date
from pipeline.errors import ConfigurationError
from pipeline.schema import KINDS
from pipeline.settings import Gazetteer

FIELDS = ("municipality", "date", "kind", "title", "body")
COLUMNS = ("path", *FIELDS)
NOTHING = "-"
REQUIRED = ("kind", "title")
HEADINGS = {"sti": "path", "fil": "path", "kommune": "municipality", "dato": "date", "art": "kind", "titel": "title", "organ": "body"}
FOUND_SHEET = "fundet"

Value = str | datetime.date | None


@dataclass(frozen=True)
class Correction:
    """What a person says of one document: the corrected columns alone; None says that there is none."""

    path: str
    values: Mapping[str, Value]
    origin: str


def read_corrections(source: Path, gazetteer: Gazetteer) -> list[Correction]:
    """Read and check a CSV file (comma or semicolon, UTF-8 or Windows-1252) or an Excel sheet.

    An empty cell keeps what was inferred, `-` says that there is none. Of a sheet written by `export_sheet` only the
    cells that were changed count. ConfigurationError names file, row, column and what may stand there.
    """
    rows = _excel_rows(source) if source.suffix.lower() == ".xlsx" else _csv_rows(source)
    corrections: dict[str, Correction] = {}
    for number, row in rows:
        origin = f"{source}, row {number}"
        path = _text(row.get("path")).replace("\\", "/").removeprefix("./")
        values = {column: _value(column, row[column], origin, gazetteer) for column in FIELDS if _text(row.get(column))}
        if not path and values:
            raise ConfigurationError(f"{origin}, column path: empty; write the document's path below the corpus folder")
        if path in corrections:
            raise ConfigurationError(f"{origin}, column path: {path} stands in an earlier row too; keep one of them")
        if values:
            corrections[path] = Correction(path, values, origin)
    return list(corrections.values())


def _csv_rows(source: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{source} cannot be read: {error}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = list(reader)
    if not cells:
        return []
    columns = _columns(cells[0], source)
    rows = []
    for number, row in enumerate(cells[1:], start=2):
        if len(row) > len(columns):
            raise ConfigurationError(f"{source}, row {number}: more cells than columns; put text with {delimiter!r} in quotes")
        rows.append((number, dict(zip(columns, row, strict=False))))
    return rows


def _excel_rows(source: Path) -> list[tuple[int, dict[str, Any]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(source, data_only=False)
    except Exception as error:
        raise ConfigurationError(f"{source} cannot be read as an Excel file (.xlsx): {error}") from error
    sheet = book.worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    if not cells:
        return []
    columns = _columns(["" if cell is None else str(cell) for cell in cells[0]], source)
    rows = [(number, dict(zip(columns, row, strict=False))) for number, row in enumerate(cells[1:], start=2)]
    if FOUND_SHEET not in book.sheetnames:
        return rows
    exported = list(book[FOUND_SHEET].iter_rows(values_only=True))
    found = {str(line[0]): dict(zip(COLUMNS, line, strict=False)) for line in exported[1:]}
    return [(number, _changed(row, found.get(str(row.get("path")), {}))) for number, row in rows]


def _changed(row: dict[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k == "path" or _text(v) != _text(found.get(k))}


def _columns(heading: Iterable[str], source: Path) -> list[str]:
    plain = [cell.strip().lower() for cell in heading]
    columns = [HEADINGS.get(cell, cell) for cell in plain]
    if "path" not in columns:
        raise ConfigurationError(f"{source}, row 1: no column `path`; the columns are {', '.join(COLUMNS)}")
    return columns


def _text(cell: Any) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def _value(column: str, cell: Any, origin: str, gazetteer: Gazetteer) -> Value:
    text = _text(cell)
    place = f"{origin}, column {column}"
    if text == NOTHING:
        if column in REQUIRED:
            raise ConfigurationError(f"{place}: every document has one; write it, or leave the cell empty")
        return None
    if column == "municipality":
        return _municipality(text, place, gazetteer)
    if column == "date":
        value = parse_date(text)
        if value is None:
            raise ConfigurationError(f"{place}: {text!r} is no date from 1990 to 2035; write it as 2025-03-19")
        return value
    if column == "kind" and text.lower() not in KINDS:
        raise ConfigurationError(f"{place}: unknown kind {text!r}; write one of {', '.join(KINDS)}")
    return text.lower() if column == "kind" else text


def _municipality(text: str, place: str, gazetteer: Gazetteer) -> str:
    names: dict[str, str] = {}
    for town in gazetteer.municipalities:
        for name in (town.name, town.genitive, *town.spellings):
            names[name.lower()] = town.name
            names[f"{name} kommune".lower()] = town.name
    if text.lower() in names:
        return names[text.lower()]
    close = difflib.get_close_matches(text.lower(), names, n=1)
    hint = f"did you mean {names[close[0]]}?" if close else "write the name as in municipalities.yaml, e.g. Ballerup"
    raise ConfigurationError(f"{place}: unknown municipality {text!r}; {hint}")
