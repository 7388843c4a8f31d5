from __future__ import annotations

import csv
import json

import openpyxl
import polars as pl
import pytest

from pipeline.report.exports import EXPORTED
from tests.report.conftest import HOSTILE


@pytest.fixture(scope="module")
def book(site):
    return openpyxl.load_workbook(site / "temaspejl.xlsx")


def column(sheet, heading: str) -> list:
    index = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [sheet.cell(line, index) for line in range(2, sheet.max_row + 1)]


def test_the_workbook_has_its_sheets_frozen_and_filtered(book):
    assert book.sheetnames == [
        "Læs mig", "Dokumenter", "Temaer", "Sammenligning", "Forskelle", "Afsnit", "Kendetegn", "Ændringer",
        "Datakatalog",
    ]  # fmt: skip
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref


def test_cells_are_typed_and_nothing_is_computed(book):
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    dates = [cell for cell in column(book["Dokumenter"], "Dato") if cell.value is not None]
    assert all(cell.is_date for cell in dates)
    assert all(cell.number_format == "0.0%" for cell in column(book["Sammenligning"], "Andel"))
    texts = [cell.value for cell in column(book["Afsnit"], "Tekst")]
    assert HOSTILE[1] in texts
    assert HOSTILE[3] in texts


def test_the_workbook_says_why_a_paragraph_is_not_counted(book):
    sheet = book["Afsnit"]
    pairs = zip(column(sheet, "Tælles med"), column(sheet, "Hvorfor ikke"), strict=True)
    assert {(counted.value, reason.value is None) for counted, reason in pairs} == {("ja", True), ("nej", False)}


def test_csv_and_parquet_hold_the_same_rows(site, run):
    for name in EXPORTED:
        frame = pl.read_parquet(site / "tables" / f"{name}.parquet")
        with (site / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == frame.columns
        assert len(rows) - 1 == frame.height == run.read(name).height
    assert not [path for path in (site / "tables").iterdir() if "embedding" in path.name]


def test_a_formula_in_csv_is_a_text_and_lists_are_json(site):
    with (site / "tables" / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(row["text"].startswith("=") for row in rows)
    assert f"'{HOSTILE[1]}" in [row["text"] for row in rows]
    assert ["Punkt 2: Personale"] in [json.loads(row["heading_path"]) for row in rows]


def test_the_tables_can_be_cited_and_looked_up(site):
    dictionary = (site / "datakatalog.md").read_text(encoding="utf-8")
    assert all(f"## {name}\n" in dictionary for name in EXPORTED)
    assert (site / "CITATION.cff").read_text(encoding="utf-8").startswith("cff-version")


def test_markdown_tells_the_same_findings(site):
    text = (site / "rapport.md").read_text(encoding="utf-8")
    assert "**Størst forskel.**" in text
    assert "| Sygefravær | 12,5\u00a0% (1, 1) |" in text
    assert "Eksempelkorpus" in text
