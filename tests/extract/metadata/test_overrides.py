from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.extract.metadata import apply_overrides, read_overrides
from pipeline.settings import Gazetteer


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe" / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    return tmp_path


def row(path: str, *copies: str) -> dict[str, object]:
    return {
        "path": path, "paths": [path, *copies], "municipality": "Greve", "municipality_evidence": "Greve Kommune",
        "municipality_confidence": 0.6, "date": datetime.date(2020, 1, 1), "date_evidence": "Dato", "kind": "notat",
        "kind_evidence": "Notat", "title": "Gammel", "body": "BUU",
    }  # fmt: skip


def test_corrected_cells_replace_and_empty_cells_keep(corpus: Path, gazetteer: Gazetteer) -> None:
    lines = "path,municipality,date,kind,title,body\nmappe/a.txt,Københavns Kommune,19-03-2025,,Ny titel,-\n"
    (corpus / "metadata.csv").write_text(lines, encoding="utf-8")
    a, b = apply_overrides([row("mappe/a.txt"), row("b.txt")], read_overrides(corpus, gazetteer))
    assert (a["municipality"], a["date"], a["kind"]) == ("København", datetime.date(2025, 3, 19), "notat")
    assert (a["title"], a["body"], a["municipality_confidence"]) == ("Ny titel", None, 1.0)
    assert a["municipality_evidence"] == a["date_evidence"] == "rettet i metadata.csv"
    assert a["kind_evidence"] == "Notat"
    assert b == row("b.txt")


def test_a_correction_of_a_copy_counts_for_the_document(corpus: Path, gazetteer: Gazetteer) -> None:
    (corpus / "metadata.csv").write_text("path,kind\nmappe/a.txt,referat\n", encoding="utf-8")
    (changed,) = apply_overrides([row("b.txt", "mappe/a.txt")], read_overrides(corpus, gazetteer))
    assert changed["kind"] == "referat"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_danish_excel_saves_as_csv_is_read(encoding: str, corpus: Path, gazetteer: Gazetteer) -> None:
    data = "sti;kommune;dato\r\nmappe\\a.txt;Høje-Taastrup;19-03-2025\r\n;;\r\n"
    (corpus / "metadata.csv").write_bytes(data.encode(encoding))
    (correction,) = read_overrides(corpus, gazetteer)
    assert correction.path == "mappe/a.txt"
    assert correction.values == {"municipality": "Høje-Taastrup", "date": datetime.date(2025, 3, 19)}


def test_no_file_no_overrides(corpus: Path, gazetteer: Gazetteer) -> None:
    assert read_overrides(corpus, gazetteer) == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "path,municipality\nb.txt,Kobenhaven\n",
            r"metadata\.csv, row 2, column municipality: .*Kobenhaven.*København",
        ),
        ("path,date\nb.txt,30. februar 2021\n", r"row 2, column date: .*2025-03-19"),
        ("path,date\nb.txt,2021-04-06\nfindes ikke.txt,2021-04-06\n", r"row 3, column path: .*findes ikke\.txt"),
        ("path,kind\nb.txt,memo\n", r"row 2, column kind: .*'memo'.*referat, dagsorden"),
        ("path,kind\nb.txt,-\n", r"row 2, column kind: every document has one"),
        ("path,kommun\nb.txt,Greve\n", r"row 1: unknown column 'kommun'"),
        ("kommune\nGreve\n", r"row 1: no column `path`"),
        ("path,kind\n,notat\n", r"row 2, column path: empty"),
        ("path,kind\nb.txt,notat\nb.txt,brev\n", r"row 3, column path: b\.txt stands in row 2 too"),
        ("path,title\nb.txt,Budget, trivsel og andet\n", r"row 2: more cells than columns"),
        ("", r"row 1: no column `path`"),
    ],
)
def test_a_wrong_cell_stops_with_file_row_column_and_remedy(
    lines: str, message: str, corpus: Path, gazetteer: Gazetteer
) -> None:
    (corpus / "metadata.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        read_overrides(corpus, gazetteer)


def test_two_files_of_corrections_stop_and_so_does_a_broken_workbook(corpus: Path, gazetteer: Gazetteer) -> None:
    (corpus / "metadata.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ConfigurationError, match="cannot be read as an Excel file"):
        read_overrides(corpus, gazetteer)
    (corpus / "metadata.csv").write_text("path\n")
    with pytest.raises(ConfigurationError, match="both"):
        read_overrides(corpus, gazetteer)
