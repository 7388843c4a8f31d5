"""The metadata as an Excel sheet: written for a person to correct, and read back as corrections."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.corrections import (
    COLUMNS,
    DANISH,
    FIELDS,
    FOUND_SHEET,
    NOTHING,
    Value,
    check_paths,
    read_corrections,
    write_corrections,
)
from pipeline.errors import ConfigurationError
from pipeline.schema import KINDS
from pipeline.settings import Gazetteer, load
from pipeline.workbook import CREATED, plain, write_instructions

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CORRECTIONS = "metadata.csv"
LISTS_SHEET = "lister"
WHY = {
    "municipality_confidence": "sikkerhed (0-1)",
    "municipality_evidence": "kommune fundet ved",
    "date_evidence": "dato fundet ved",
    "kind_evidence": "art fundet ved",
    "language": "sprog",
    "reason": "bemærkning",
}
WIDTHS = (38, 18, 12, 13, 48, 30, 10, 55, 38, 38, 8, 40)
INSTRUCTIONS = (
    "Sådan rettes oplysningerne om dokumenterne",
    "",
    "Første ark har en linje for hvert dokument. De dokumenter, der er mest tvivl om, står øverst.",
    "De hvide kolonner (kommune, dato, art, titel, organ) må rettes. De grå viser, hvad oplysningen er fundet ved.",
    "Ret kun det, der er forkert. Det, der ikke er ændret, bliver stående som fundet.",
    "En tom celle betyder, at det fundne gælder.",
    "Skriv - (en bindestreg), hvis dokumentet ingen kommune, dato eller organ har.",
    "Kommune og art vælges på listen i cellen. Datoen er mødets eller brevets dato og skrives som 2025-03-19.",
    "Stien i første kolonne må ikke ændres: den siger, hvilket dokument linjen hører til.",
    "",
    "Gem arket, og kør `temaspejl metadata import --corpus MAPPE --sheet ARK.xlsx`.",
    f"Rettelserne gemmes som {CORRECTIONS} ved siden af dokumenterne og gælder fra næste kørsel.",
    f"En rettelse fortrydes ved at slette den i {CORRECTIONS}.",
)


def export_sheet(documents: Iterable[Mapping[str, Any]], target: Path, gazetteer: Gazetteer | None = None) -> None:
    """Write the rows of `documents` as a workbook: what was inferred and why, the least certain first.

    Municipality and kind are chosen from lists. Every text is stored as text, so that no cell runs as a formula.
    """
    import xlsxwriter

    gazetteer = gazetteer or load(Gazetteer)
    rows = sorted(documents, key=_certainty)
    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Metadata", "created": CREATED})
        sheet = book.add_worksheet("dokumenter")
        write_instructions(book, INSTRUCTIONS)
        _write_lists(book, gazetteer)
        _write_documents(book, sheet, rows)
        _write_found(book, rows)
        _add_choices(sheet, len(rows), len(gazetteer.municipalities))


def _certainty(row: Mapping[str, Any]) -> tuple[bool, int, float, str]:
    doubts = (row["municipality"] is None) + (row["date"] is None) + (row["kind"] == "andet")
    return row["status"] != "ok", -doubts, row["municipality_confidence"], row["path"]


def _write_documents(book: Workbook, sheet: Worksheet, rows: Sequence[Mapping[str, Any]]) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    free = book.add_format({"quote_prefix": True, "valign": "top", "text_wrap": True})
    grey = book.add_format({"quote_prefix": True, "valign": "top", "text_wrap": True, "bg_color": "#EEEEEE"})
    number = book.add_format({"num_format": "0.00", "valign": "top", "bg_color": "#EEEEEE"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for column, name in enumerate([*DANISH.values(), *WHY.values()]):
        sheet.set_column(column, column, WIDTHS[column])
        sheet.write_string(0, column, name, heading)
    for line, row in enumerate(rows, start=1):
        for column, name in enumerate([*COLUMNS, *WHY]):
            value = row[name]
            if isinstance(value, datetime.date):
                sheet.write_datetime(line, column, datetime.datetime.combine(value, datetime.time()), day)
            elif isinstance(value, float):
                sheet.write_number(line, column, value, number)
            elif value:
                sheet.write_string(line, column, plain(value), free if name in FIELDS else grey)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) + len(WHY) - 1)


def _write_found(book: Workbook, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet = book.add_worksheet(FOUND_SHEET)
    sheet.very_hidden()
    for line, row in enumerate(rows):
        for column, name in enumerate(COLUMNS):
            if row[name] is not None:
                sheet.write_string(line, column, plain(row[name]))


def _write_lists(book: Workbook, gazetteer: Gazetteer) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    sheet.hide()
    names = sorted(municipality.name for municipality in gazetteer.municipalities)
    for line, name in enumerate([NOTHING, *names]):
        sheet.write_string(line, 0, name)
    for line, kind in enumerate(KINDS):
        sheet.write_string(line, 1, kind)


def _add_choices(sheet: Worksheet, rows: int, municipalities: int) -> None:
    message = {"error_title": "Findes ikke", "error_message": "Vælg på listen, eller lad cellen være tom."}
    for field, source in (
        ("municipality", f"={LISTS_SHEET}!$A$1:$A${municipalities + 1}"),
        ("kind", f"={LISTS_SHEET}!$B$1:$B${len(KINDS)}"),
    ):
        column = COLUMNS.index(field)
        sheet.data_validation(1, column, max(rows, 1), column, {"validate": "list", "source": source, **message})


def import_sheet(source: Path, corpus: Path, gazetteer: Gazetteer | None = None) -> Path:
    """Read a corrected sheet and write its corrections, with earlier ones, to `metadata.csv` in the corpus folder.

    Only cells that differ from what was exported count. ConfigurationError for a wrong cell or path (nothing is
    written then), and for a sheet that lies beside the documents, where it would count twice.
    """
    gazetteer = gazetteer or load(Gazetteer)
    target = corpus / CORRECTIONS
    beside = corpus / "metadata.xlsx"
    if beside.exists():
        raise ConfigurationError(f"{beside} lies beside the documents: move it out of that folder, then import it")
    corrections = read_corrections(source, gazetteer)
    check_paths(corrections, corpus)
    merged: dict[str, dict[str, Value]] = {}
    earlier = read_corrections(target, gazetteer) if target.exists() else []
    for correction in [*earlier, *corrections]:
        merged.setdefault(correction.path, {}).update(correction.values)
    write_corrections(target, merged)
    return target
