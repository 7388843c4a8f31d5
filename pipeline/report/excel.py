"""The workbook for policy staff: typed, filtered sheets with frozen headings. Nothing in it is ever computed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline import tables
from pipeline.report import accounts, exports, findings, labels, texts
from pipeline.report.model import Document, Paragraph, Report

CREATED = datetime.datetime(2000, 1, 1)  # the same tables give the same bytes, so the clock stays out
LONGEST = 32_000  # Excel holds 32,767 characters in a cell
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS = {"share": "0.0%", "score": "0.00", "probability": "0.000", "count": "#,##0", "date": "d. mmmm yyyy"}


@dataclass(frozen=True)
class Sheet:
    """One sheet: columns are (heading, kind, width); kinds are text, long and those of FORMATS."""

    name: str
    columns: Sequence[tuple[str, str, int]]
    rows: Sequence[Sequence[Any]]


def write(path: Path, report: Report) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        book.set_properties({"title": report.title, "created": CREATED, "comments": exports.citation(report)})
        formats = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()}
        formats["text"] = book.add_format({"valign": "top"})
        formats["long"] = book.add_format({"valign": "top", "text_wrap": True})
        formats["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _read_me(book, report, formats)
        for sheet in sheets(report):
            _write(book, sheet, formats)


def _write(book: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet.name)
    for column, (heading, kind, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats["head"])
        for line, row in enumerate(sheet.rows, start=1):
            _cell(page, line, column, row[column], formats[kind])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)


def _cell(page: Any, line: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, column, None, style)
    elif isinstance(value, datetime.date):
        page.write_datetime(line, column, datetime.datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | float):
        page.write_number(line, column, value, style)
    else:
        page.write_string(line, column, texts.shortened(texts.visible(str(value)), LONGEST), style)


def _read_me(book: Any, report: Report, formats: dict[str, Any]) -> None:
    page = book.add_worksheet("Læs mig")
    page.set_column(0, 0, 110)
    lines = [report.title, report.notice, ""]
    lines += [f"{finding.heading}: {finding.text}" for finding in findings.findings(report)]
    lines += [
        "",
        *(f"{'    ' * line.level}{line.label}: {texts.number(line.count)}" for line in accounts.lines(report)),
    ]
    lines += [
        "",
        "En andel siger, hvor meget der skrives om et tema i disse dokumenter, ikke hvor stort problemet er.",
        "Temaer og tone er sat af modeller. Deres egne fejl er ikke regnet med i intervallerne.",
        "Navne og andre personoplysninger er ikke fjernet i denne udgave.",
        "",
        exports.citation(report),
    ]
    for number, line in enumerate(lines):
        page.write_string(number, 0, texts.visible(line), formats["head" if number == 0 else "long"])


def sheets(report: Report) -> list[Sheet]:
    """Return every sheet but the first."""
    return [
        _documents(report), _themes(report), _comparisons(report), _differences(report), _paragraphs(report),
        _terms(report), _changes(report), _dictionary(),
    ]  # fmt: skip


def _documents(report: Report) -> Sheet:
    columns = [
        ("Titel", "text", 50), ("Kommune", "text", 16), ("Dato", "date", 18), ("Type", "text", 13),
        ("Udvalg eller afsender", "text", 28), ("Status", "text", 20), ("Årsag", "text", 40), ("Ord", "count", 9),
        ("Sider", "count", 8), ("Sider læst ved OCR", "count", 12), ("Skadede ord", "share", 11),
        ("Afsnit", "count", 9), ("Talte afsnit", "count", 9), ("Kommunen bygger på", "text", 40),
        ("Datoen bygger på", "text", 30), ("Typen bygger på", "text", 30), ("Sagsnumre", "text", 24),
        ("Sprog", "text", 8), ("Næsten kopi af", "text", 20), ("Filer", "text", 50), ("document_id", "text", 20),
    ]  # fmt: skip
    return Sheet("Dokumenter", columns, [_document(document) for document in report.documents])


def _document(document: Document) -> list[Any]:
    row = document.row
    reason = row["reason"] or texts.UNCOUNTED.get(document.uncounted, "")
    return [
        row["title"], row["municipality"], row["date"], row["kind"], row["body"], accounts.STATUS[document.uncounted],
        reason, row["words"], row["pages"], row["ocr_pages"],
        document.quality["damaged_share"] if document.quality else None, len(document.paragraphs),
        len(document.counted), row["municipality_evidence"], row["date_evidence"], row["kind_evidence"],
        "; ".join(row["case_numbers"]), row["language"], row["near_duplicate_of"], "; ".join(row["paths"]), document.id,
    ]  # fmt: skip


def _themes(report: Report) -> Sheet:
    columns = [
        ("Tema", "text", 32), ("Definition", "long", 70), ("Oprindelse", "text", 14), ("Afsnit", "count", 9),
        ("Dokumenter", "count", 11), ("Andel af talte afsnit", "share", 12), ("Kendetegnende ord", "long", 50),
        ("theme_id", "text", 20),
    ]  # fmt: skip
    origins = {"codebook": "kodebog", "discovered": "fundet af model"}
    rows = [
        [
            theme.name, theme.definition, origins.get(theme.origin, theme.origin), theme.paragraphs, theme.documents,
            theme.share, ", ".join(theme.terms), theme.id,
        ]
        for theme in report.themes
    ]  # fmt: skip
    return Sheet("Temaer", columns, rows)


def _comparisons(report: Report) -> Sheet:
    columns = [
        ("Tema", "text", 32), ("Kommune", "text", 16), ("Periode", "text", 10), ("Andel", "share", 9),
        ("Andel, nedre", "share", 9), ("Andel, øvre", "share", 9), ("Afsnit med temaet", "count", 10),
        ("Talte afsnit", "count", 9), ("Dokumenter med temaet", "count", 12), ("Dokumenter", "count", 11),
        ("Møder eller dokumenter", "count", 12), ("Tone, gennemsnit", "score", 11), ("Tone, nedre", "score", 9),
        ("Tone, øvre", "score", 9), *((texts.capital(texts.TONES[tone]), "count", 9) for tone in texts.TONES),
        ("Bemærkning", "text", 50),
    ]  # fmt: skip
    rows = [
        [
            report.names[row["theme_id"]], row["municipality"], row["period"], row["share"], row["share_low"],
            row["share_high"], row["theme_paragraphs"], row["paragraphs"], row["theme_documents"], row["documents"],
            row["clusters"], row["tone"], row["tone_low"], row["tone_high"], *(row[tone] for tone in texts.TONES),
            row["note"],
        ]
        for row in [*report.cells.values(), *report.periods.values()]
    ]  # fmt: skip
    return Sheet("Sammenligning", columns, rows)


def _differences(report: Report) -> Sheet:
    columns = [
        ("Tema", "text", 32), ("Kommune", "text", 16), ("Anden kommune", "text", 16), ("Forskel i andel", "share", 10),
        ("Nedre", "share", 9), ("Øvre", "share", 9), ("p-værdi", "probability", 9), ("q-værdi", "probability", 9),
        ("Fælles typer", "text", 30), ("Dokumenter", "count", 11), ("Andens dokumenter", "count", 11),
        ("Bemærkning", "text", 60),
    ]  # fmt: skip
    rows = [
        [
            theme.name, row["municipality"], row["other"], row["difference"], row["low"],
            row["high"], row["p_value"], row["q_value"], labels.kind_names(row["kinds"]), row["documents"],
            row["other_documents"], row["note"],
        ]
        for theme in report.themes
        for row in report.differences.get(theme.id, ())
    ]  # fmt: skip
    return Sheet("Forskelle", columns, rows)


def _paragraphs(report: Report) -> Sheet:
    most = max((len(p.tags) for d in report.documents for p in d.paragraphs), default=1)
    themes = [
        (heading, kind, width)
        for n in range(1, max(1, most) + 1)
        for heading, kind, width in (
            ("Hovedtema" if n == 1 else f"Tema {n}", "text", 24), (f"Tone {n}", "text", 10),
            (f"Sikkerhed {n}", "score", 10),
        )
    ]  # fmt: skip
    columns = [
        ("Tekst", "long", 80), *themes, ("Kommune", "text", 16), ("Dokument", "text", 40), ("Dato", "date", 18),
        ("Type", "text", 13), ("Side", "count", 6), ("Punkt og overskrifter", "text", 40), ("Rolle", "text", 16),
        ("Stemme", "text", 10), ("Tælles med", "text", 10), ("Hvorfor ikke", "text", 30), ("paragraph_id", "text", 26),
    ]  # fmt: skip
    names = report.names
    rows = [
        _paragraph(document, paragraph, names, most)
        for document in report.documents
        for paragraph in document.paragraphs
    ]
    return Sheet("Afsnit", columns, rows)


def _paragraph(document: Document, paragraph: Paragraph, names: dict[str, str], most: int) -> list[Any]:
    themes: list[Any] = []
    for tag in paragraph.tags:
        themes += [names[tag.theme], texts.TONES.get(tag.tone, ""), tag.score]
    themes += [None] * (3 * max(1, most) - len(themes))
    return [
        paragraph.text, *themes, document.row["municipality"], document.row["title"], document.row["date"],
        document.row["kind"], paragraph.page, labels.place_in_document(paragraph), paragraph.role,
        "ekstern" if paragraph.voice == "external" else "egen", "nej" if paragraph.uncounted else "ja",
        texts.UNCOUNTED.get(paragraph.uncounted, ""), paragraph.id,
    ]  # fmt: skip


def _terms(report: Report) -> Sheet:
    columns = [
        ("Tema", "text", 32), ("Kommune", "text", 16), ("Ord", "text", 30), ("Forekomster", "count", 12),
        ("z", "score", 9),
    ]  # fmt: skip
    rows = [
        [theme.name, place.name, row["term"], row["count"], row["z"]]
        for theme in report.themes
        for place in report.municipalities
        for row in report.keyness.get((theme.id, place.name), ())
    ]
    return Sheet("Kendetegn", columns, rows)


def _changes(report: Report) -> Sheet:
    columns = [("Ændring", "text", 20), ("Hvad", "text", 50), ("Detalje", "text", 50)]
    rows = [
        [texts.CHANGES[row["kind"]], report.names.get(row["subject"], row["subject"]), row["detail"]]
        for row in report.changes
    ]
    return Sheet("Ændringer", columns, rows or [["Ingen tidligere kørsel er angivet", "", ""]])


def _dictionary() -> Sheet:
    columns = [("Tabel", "text", 20), ("Kolonne", "text", 26), ("Type", "text", 16), ("Betydning", "long", 90)]
    rows = [
        [name, column.name, f"{column.type}{'?' if column.nullable else ''}", column.meaning]
        for name in tables.names()
        for column in tables.table(name).columns
    ]
    return Sheet("Datakatalog", columns, rows)
