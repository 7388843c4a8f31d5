"""The codebook as an Excel sheet: exported, coded by people, imported as labels, and what a sample says of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline import curation, labels, sampling
from pipeline.errors import ConfigurationError
from pipeline.settings import Theme
from pipeline.workspace import Workspace

FORMULA = '=HYPERLINK("http://x";"klik")'
TOWNS = ("Aarhus", "Ballerup")
EACH = 20


def filled(space: Workspace, name: str, rows: list[dict[str, Any]]) -> None:
    from pipeline import tables

    empty = {"string": "", "int64": 0, "double": 0.0, "int32": 0, "bool": False}
    base = {
        column.name: None if column.nullable else empty.get(str(column.type), [])
        for column in tables.table(name).columns
    }
    space.write(name, [base | row for row in rows])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two towns with one document each; every other paragraph has sick_leave, more or less surely."""
    space = Workspace.at(tmp_path / "ws", tmp_path)
    documents = [
        {"document_id": f"{town.lower()}", "municipality": town, "language": "da", "status": "ok", "title": FORMULA,
         "kind": "referat"} for town in TOWNS
    ]  # fmt: skip
    paragraphs = [
        {"paragraph_id": f"{town.lower()}-{n:07d}", "document_id": town.lower(), "position": n, "role": "brødtekst",
         "form": "paragraph", "voice": "own", "text": FORMULA if n == 0 else f"Sygefravær {n}\x01", "raw_start": n * 20,
         "raw_end": n * 20 + 18, "heading_path": ["Personale"]} for town in TOWNS for n in range(EACH)
    ]  # fmt: skip
    assigned = [
        {"paragraph_id": row["paragraph_id"], "theme_id": "sick_leave", "score": 0.5 + row["position"] / 100, "rank": 1,
         "origin": "codebook"} for row in paragraphs if row["position"] % 2
    ]  # fmt: skip
    for name, rows in (("documents", documents), ("paragraphs", paragraphs), ("assignments", assigned)):
        filled(space, name, rows)
    filled(space, "shared_passages", [])
    return space


def exported(workspace: Workspace, purpose: str, number: int = 40) -> Path:
    sheet = workspace.tables.parent / f"{purpose}.xlsx"
    curation.export(workspace, purpose, number, 1, sheet)
    return sheet


def lines(sheet: Path) -> list[dict[str, Any]]:
    rows = list(load_workbook(sheet)["kodning"].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def fill(sheet: Path, *changes: dict[str, str], rows: int | None = None) -> Path:
    """Write into the first lines of the sheet; a single change goes into `rows` of them."""
    book = load_workbook(sheet)
    page = book["kodning"]
    heading = [cell.value for cell in page[1]]
    wanted = [changes[0]] * rows if rows else changes
    for number, cells in enumerate(wanted, start=2):
        for name, value in cells.items():
            page.cell(number, heading.index(name) + 1).value = value
    book.save(sheet)
    return sheet


def test_the_least_certain_come_first_with_their_proposals(workspace):
    found = lines(exported(workspace, "improve"))
    assert len(found) == 2 * EACH
    assert found[0]["tema 1"] == "sick_leave"
    certainties = [row["sikkerhed (0-1)"] for row in found]
    assert certainties == sorted(certainties)
    assert found[-1]["tema 1"] == "-", "a paragraph without a theme says so"
    assert found[0]["overskrift"] == "Personale"


def test_a_sample_hides_the_proposals_and_takes_as_many_of_each_municipality(workspace):
    sheet = exported(workspace, "validate", 10)
    found = lines(sheet)
    assert [row["tema 1"] for row in found] == [None] * 10
    assert "sick_leave" not in {
        cell for row in load_workbook(sheet)["eksport"].iter_rows(values_only=True) for cell in row
    }
    assert sorted(row["kommune"] for row in found) == ["Aarhus"] * 5 + ["Ballerup"] * 5
    again = exported(workspace, "validate", 10)
    assert lines(again) == found, "the same seed draws the same sample"


def test_no_cell_runs_as_a_formula_and_themes_are_chosen_from_a_list(workspace):
    book = load_workbook(exported(workspace, "improve"))
    page = book["kodning"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value and str(cell.value).startswith("=")]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    choices = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert "lister!$A$1:$A$18" in choices
    assert [row[0].value for row in book["lister"].iter_rows()][:2] == ["-", "recruitment"]


def test_only_what_was_corrected_or_confirmed_becomes_a_label(workspace):
    sheet = fill(exported(workspace, "improve"), {"tema 1": "Rekruttering", "tone": "negative"}, {"set": "ja"}, {})
    (summary,) = curation.import_(workspace, sheet, "anna")
    assert "2 paragraphs coded to improve, 38 not coded" in summary
    stored = labels.read_labels(workspace.labels)
    assert sorted((one.themes, one.tone, one.annotator) for one in stored) == [
        (("recruitment",), "negative", "anna"),
        (("sick_leave",), "", "anna"),
    ]
    assert labels.training(stored) == stored
    assert len(lines(exported(workspace, "improve"))) == 2 * EACH - 2, "what was labelled is not asked again"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"tema 1": "sick_leav"}, r"row 2, column tema 1: .*did you mean sick_leave"),
        ({"tema 1": "-", "tema 2": "budget"}, "row 2: - .no theme. and a theme at once"),
        ({"tema 2": "sick_leave"}, "row 2: the same theme twice"),
        ({"tema 1": ""}, "row 2, column tema 1: the proposal was deleted"),
        ({"tone": "glad"}, "row 2, column tone: 'glad'"),
        ({"set": "måske"}, "row 2, column set: 'måske'"),
        ({"nøgle": "x:1-2"}, "row 2, column nøgle: 'x:1-2' was not exported"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_stored(workspace, cells, message):
    sheet = fill(exported(workspace, "improve"), cells)
    with pytest.raises(ConfigurationError, match=message):
        curation.import_(workspace, sheet, "anna")
    assert not workspace.labels.exists()


def test_a_row_that_was_copied_is_named(workspace):
    sheet = exported(workspace, "improve")
    fill(sheet, {}, {"nøgle": lines(sheet)[0]["nøgle"]})
    with pytest.raises(ConfigurationError, match=r"row 3, column nøgle: .* stands in row 2 too"):
        curation.import_(workspace, sheet, "anna")


def test_a_file_that_is_no_sheet_of_this_program_is_refused(workspace, tmp_path):
    (tmp_path / "x.xlsx").write_text("no workbook")
    with pytest.raises(ConfigurationError, match=r"x\.xlsx cannot be read"):
        curation.import_(workspace, tmp_path / "x.xlsx", "anna")
    with pytest.raises(ConfigurationError, match="is no name for an annotator"):
        curation.import_(workspace, exported(workspace, "improve"), "=cmd")


def test_what_two_people_coded_is_measured_and_never_trained_on(workspace):
    sheet = exported(workspace, "validate")
    first = fill(sheet, {"tema 1": "sick_leave"}, rows=40)
    curation.import_(workspace, first, "anna")
    found = curation.import_(workspace, fill(sheet, {"tema 1": "-"}, rows=20), "bo")
    text = "\n".join(found)
    assert "sick_leave         precision" in text
    assert "Krippendorff's alpha" in text
    stored = labels.read_labels(workspace.labels)
    assert len(stored) == 80
    assert labels.training(stored) == []
    overlapping = [labels.Label("aarhus", 0, 18, ("budget",), "", "c", "improve")]
    assert labels.training([*stored, *overlapping]) == []


def test_every_paragraph_has_a_known_probability_and_small_towns_are_taken_whole(workspace):
    found = [
        sampling.Item("d", n, n + 1, "Stor" if n < 90 else "Lille", None, "", "", "", ()) for n in range(100)
    ]  # fmt: skip
    drawn = sampling.stratified(found, 40, 7)
    probabilities = {item.municipality: item.probability for item in drawn}
    assert probabilities == {"Lille": 1.0, "Stor": 30 / 90}
    assert len({item.key for item in drawn}) == 40


def test_labels_survive_a_round_trip_and_a_broken_line_is_named(tmp_path):
    stored = [labels.Label("d", 1, 2, ("a", "b"), "mixed", "anna", "validate", "Aarhus", 1 / 3)]
    labels.write_labels(tmp_path / "labels.csv", [*stored, *stored])
    assert labels.read_labels(tmp_path / "labels.csv") == stored
    text = (tmp_path / "labels.csv").read_text().replace("validate", "train")
    (tmp_path / "labels.csv").write_text(text)
    with pytest.raises(ConfigurationError, match=r"labels\.csv, line 2, column purpose: 'train'"):
        labels.read_labels(tmp_path / "labels.csv")


def test_labels_follow_a_theme_that_was_renamed_or_merged_and_say_so_when_it_was_split():
    def theme(name: str, *replaces: str) -> Theme:
        return Theme(id=name, da=name, en=name, definition=name, replaces=replaces)

    codebook = [theme("both", "one", "other"), theme("left", "split"), theme("right", "split")]
    given = [labels.Label("d", n, n + 1, names, "", "a", "improve") for n, names in
             enumerate([("one", "other"), ("split",), ("left",), ()])]  # fmt: skip
    kept, problems = labels.current(given, codebook)
    assert [label.themes for label in kept] == [("both",), ("left",), ()]
    assert "'split'" in problems[0]
