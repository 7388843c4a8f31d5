"""The workbook as a file: what it is, how to read it, then its sheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.report import accounts, exports, findings, texts
from pipeline.report.excel import figures, passages, reference
from pipeline.report.excel.sheet import Sheet, add, formats
from pipeline.report.excel.sheet import write as write_cell
from pipeline.report.model import Report
from pipeline.report.written import opening

CREATED = datetime.datetime(2000, 1, 1)  # the same tables give the same bytes, so the clock stays out
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(path: Path, report: Report) -> None:
    """Write the workbook; the same report gives the same bytes."""
    listed = sheets(report)
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        versions = report.versions
        book.set_properties({
            "title": texts.visible(report.title), "author": "temaspejl", "created": CREATED,
            "comments": exports.citation(report),
            "keywords": f"run {versions.run}, configs {versions.configs}, corpus {versions.corpus}",
        })  # fmt: skip
        for key, value in exports.run(report).items():
            book.set_custom_property(key, value)
        styles = formats(book, report.language)
        _read_me(book, report, listed, styles)
        for sheet in listed:
            add(book, sheet, styles)


def sheets(report: Report) -> list[Sheet]:
    """Return every sheet but the first, what most people open first."""
    made = (
        figures.overview, figures.comparisons, figures.differences, figures.periods, figures.tones, figures.together,
        passages.measures, passages.terms, passages.shared, passages.paragraphs, passages.documents, passages.repairs,
        figures.places, reference.themes, reference.changes, reference.validation, reference.dictionary,
    )  # fmt: skip
    return [make(report) for make in made]


def _read_me(book: Any, report: Report, listed: Sequence[Sheet], styles: Mapping[str, Any]) -> None:
    page = book.add_worksheet(report.language("Læs mig"))
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, texts.visible(report.title), styles["title"])
    for line, (label, text) in enumerate(_lines(report, listed), start=1):
        write_cell(page, line, 0, label, "long", styles)
        write_cell(page, line, 1, text, "long", styles)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _lines(report: Report, listed: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Return the lines of the first sheet, (label, text) each, with empty ones between the parts."""
    _ = report.language
    yield from opening.identity(report)
    if report.notice:
        yield _("Bemærk"), report.notice
    yield "", ""
    yield from ((finding.heading, finding.text) for finding in findings.findings(report))
    yield "", ""
    yield (
        _("Sådan læses tallene"),
        _("Et tal siger, hvor meget der skrives om et tema i disse dokumenter, ikke hvor stort problemet er."),
    )
    yield "", f"{_('Temaer og tone er sat af modeller.')} {findings.model_error(report)} {opening.redaction(report)}"
    yield "", ""
    yield from ((sheet.name, sheet.about) for sheet in listed)
    yield "", ""
    for line in accounts.lines(report):
        yield _("Regnskab") if line.level == 0 else "", f"{'    ' * line.level}{line.label}: {_.number(line.count)}"
    yield "", ""
    yield _("Sådan citeres rapporten"), exports.citation(report)
