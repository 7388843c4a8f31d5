"""The metadata as an Excel sheet: exported, corrected, imported, and read as overrides."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.corrections import read_corrections, write_corrections
from pipeline.errors import ConfigurationError
from pipeline.metadata_sheet import export_sheet, import_sheet
from pipeline.settings import Gazetteer, load


def row(path: str, **values: Any) -> dict[str, Any]:
    return {
        "path": path, "municipality": "Greve", "municipality_evidence": "Greve Kommune (3)",
        "municipality_confidence": 0.9, "date": datetime.date(2023, 5, 12), "date_evidence": "Dato: 12. maj 2023",
        "kind": "notat", "kind_evidence": "Notat", "title": "Et notat", "body": None, "language": "da", "status": "ok",
        "reason": "", **values,
    }  # fmt: skip


ROWS = [
    row("sikker.txt"),
    row("ukendt.txt", municipality=None, municipality_evidence="ingen spor", municipality_confidence=0.0, date=None),
    row("mappe/svag.txt", municipality_confidence=0.5),
    row("formel.txt", title='=HYPERLINK("http://x")', body="+45 12"),
    row("låst.pdf", status="quarantined", reason="Filen er låst"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "dokumenter"
    (folder / "mappe").mkdir(parents=True)
    for entry in ROWS:
        (folder / entry["path"]).write_text("x")
    return folder


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    export_sheet(ROWS, tmp_path / "ark.xlsx")
    return tmp_path / "ark.xlsx"


def cell_of(page: Any, path: str, heading: str) -> Any:
    headings = [cell.value for cell in page[1]]
    line = next(line for line in page.iter_rows(min_row=2) if line[0].value == path)
    return line[headings.index(heading)]


def change(sheet: Path, path: str, **cells: Any) -> None:
    book = load_workbook(sheet)
    for heading, value in cells.items():
        cell_of(book.worksheets[0], path, heading).value = value
    book.save(sheet)


def test_the_sheet_shows_what_was_found_and_why_least_certain_first(sheet: Path) -> None:
    page = load_workbook(sheet).worksheets[0]
    assert [line[0].value for line in page.iter_rows(min_row=2)] == [
        "ukendt.txt", "mappe/svag.txt", "formel.txt", "sikker.txt", "låst.pdf",
    ]  # fmt: skip
    assert cell_of(page, "sikker.txt", "kommune").value == "Greve"
    assert cell_of(page, "sikker.txt", "dato").value == datetime.datetime(2023, 5, 12)
    assert cell_of(page, "sikker.txt", "kommune fundet ved").value == "Greve Kommune (3)"
    assert cell_of(page, "låst.pdf", "bemærkning").value == "Filen er låst"


def test_municipality_and_kind_are_chosen_from_lists_and_the_instructions_are_danish(sheet: Path) -> None:
    book = load_workbook(sheet)
    validations = book.worksheets[0].data_validations.dataValidation
    assert {str(validation.sqref) for validation in validations} == {"B2:B6", "D2:D6"}
    assert len([cell for cell in book["lister"]["A"] if cell.value]) == 99
    assert "rettes" in book.worksheets[1]["A1"].value
    assert book["fundet"].sheet_state == "veryHidden"


def test_no_cell_is_a_formula(sheet: Path) -> None:
    cells = [cell for page in load_workbook(sheet) for line in page.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert cell_of(load_workbook(sheet).worksheets[0], "formel.txt", "titel").value == ROWS[3]["title"]


def test_an_untouched_sheet_corrects_nothing(sheet: Path, corpus: Path) -> None:
    target = import_sheet(sheet, corpus)
    assert target == corpus / "metadata.csv"
    assert target.read_text(encoding="utf-8-sig") == "path,municipality,date,kind,title,body\n"


def test_only_what_was_changed_comes_back_and_the_same_from_every_import(sheet: Path, corpus: Path) -> None:
    change(sheet, "ukendt.txt", kommune="Solrød", dato=datetime.datetime(2024, 1, 31), art="referat")
    change(sheet, "sikker.txt", titel='=1+1, "citat"; æøå', dato="-", kommune=None)
    target = import_sheet(sheet, corpus)
    gazetteer = load(Gazetteer)
    corrections = {correction.path: dict(correction.values) for correction in read_corrections(target, gazetteer)}
    assert corrections == {
        "ukendt.txt": {"municipality": "Solrød", "date": datetime.date(2024, 1, 31), "kind": "referat"},
        "sikker.txt": {"title": '=1+1, "citat"; æøå', "date": None},
    }
    assert "'=1+1" in target.read_text(encoding="utf-8-sig")
    first = target.read_bytes()
    assert import_sheet(sheet, corpus).read_bytes() == first


def test_earlier_corrections_stay(sheet: Path, corpus: Path) -> None:
    write_corrections(corpus / "metadata.csv", {"ukendt.txt": {"body": "Byrådet", "kind": "brev"}})
    change(sheet, "ukendt.txt", art="referat")
    (correction,) = read_corrections(import_sheet(sheet, corpus), load(Gazetteer))
    assert correction.values == {"body": "Byrådet", "kind": "referat"}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"kommune": "Grevé By"}, r"ark\.xlsx, row 5, column municipality: unknown municipality 'Grevé By'"),
        ({"dato": "i går"}, r"row 5, column date: 'i går' is no date"),
        ({"art": "memo"}, r"row 5, column kind: unknown kind 'memo'"),
        ({"art": "brev", "sti": "andet.txt"}, r"row 5, column path: .*andet\.txt"),
    ],
)
def test_a_wrong_cell_stops_and_nothing_is_written(
    cells: dict[str, str], message: str, sheet: Path, corpus: Path
) -> None:
    change(sheet, "sikker.txt", **cells)
    with pytest.raises(ConfigurationError, match=message):
        import_sheet(sheet, corpus)
    assert not (corpus / "metadata.csv").exists()


def test_a_sheet_of_ones_own_is_read_whole(tmp_path: Path, corpus: Path) -> None:
    book = Workbook()
    book.active.append(["path", "municipality", "title"])
    book.active.append(["sikker.txt", "Køge", 2024.0])
    book.save(tmp_path / "eget.xlsx")
    (correction,) = read_corrections(import_sheet(tmp_path / "eget.xlsx", corpus), load(Gazetteer))
    assert correction.values == {"municipality": "Køge", "title": "2024"}


def test_a_sheet_left_beside_the_documents_is_pointed_out(sheet: Path, corpus: Path) -> None:
    (corpus / "metadata.xlsx").write_bytes(sheet.read_bytes())
    with pytest.raises(ConfigurationError, match="move it out"):
        import_sheet(sheet, corpus)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    export_sheet(ROWS, tmp_path / "a.xlsx")
    export_sheet(reversed(ROWS), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
