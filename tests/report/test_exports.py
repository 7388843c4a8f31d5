from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace

import docx
import duckdb
import openpyxl
import polars as pl
import pyarrow.parquet as parquet
import pytest
from docx.oxml.ns import qn

from pipeline.report import build, exports, markdown, marks, versions
from pipeline.report.excel import workbook
from pipeline.report.exports import EXPORTED
from pipeline.report.language import ENGLISH
from pipeline.report.word import document as word
from tests.report.conftest import HOSTILE

ALL = {"Læs mig", "Overblik", "Tema og kommune", "Forskelle", "Perioder", "Tone", "Temaer sammen", "Tiltag (forsøg)",
       "Kendetegn", "Fælles passager", "Afsnit", "Dokumenter", "Rettelser", "Kommuner", "Temaer", "Ændringer",
       "Kontrol", "Datakatalog"}  # fmt: skip


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


@pytest.fixture(scope="module")
def book(site):
    return openpyxl.load_workbook(site / "temaspejl.xlsx")


@pytest.fixture(scope="module")
def document(site):
    return docx.Document(site / "rapport.docx")


@pytest.fixture(scope="module")
def text(site) -> str:
    return (site / "rapport.md").read_text(encoding="utf-8")


def column(sheet, heading: str) -> list:
    index = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [sheet.cell(line, index) for line in range(2, sheet.max_row + 1)]


def styled(document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


# The workbook


def test_the_workbook_has_its_sheets_documented_frozen_and_filtered(book):
    assert set(book.sheetnames) == ALL
    assert book.sheetnames[0] == "Læs mig"
    explained = {row[0].value for row in book["Læs mig"]}
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert sheet.title in explained


def test_cells_are_typed_and_nothing_is_computed(book):
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    dates = [cell for cell in column(book["Dokumenter"], "Dato") if cell.value is not None]
    assert all(cell.is_date for cell in dates)
    assert all(cell.number_format == "0.0%" for cell in column(book["Tema og kommune"], "Andel af afsnit"))
    texts = column(book["Afsnit"], "Tekst")
    formula = next(cell for cell in texts if cell.value == HOSTILE[1])
    assert formula.quotePrefix  # stays a text when somebody edits the cell
    assert HOSTILE[3] in [cell.value for cell in texts]


def test_the_workbook_says_why_a_paragraph_is_not_counted(book):
    sheet = book["Afsnit"]
    pairs = zip(column(sheet, "Tælles med"), column(sheet, "Hvorfor ikke"), strict=True)
    assert {(counted.value, reason.value is None) for counted, reason in pairs} == {("ja", True), ("nej", False)}


def test_every_cell_of_the_overview_can_be_counted_from_the_sheet_of_paragraphs(book):
    rows = list(zip(
        column(book["Afsnit"], "Hovedtema"), column(book["Afsnit"], "Tema 2"), column(book["Afsnit"], "Kommune"),
        column(book["Afsnit"], "Tælles med"), strict=True,
    ))  # fmt: skip
    counted = [(main.value, second.value) for main, second, place, yes in rows
               if place.value == "København" and yes.value == "ja"]  # fmt: skip
    with_theme = sum("Økonomi og budget" in themes for themes in counted)
    line = [cell.value for cell in column(book["Overblik"], "Tema")].index("Økonomi og budget")
    assert column(book["Overblik"], "København")[line].value == pytest.approx(with_theme / len(counted))


def test_measures_shared_passages_tones_and_repairs_have_their_sheets(book):
    assert column(book["Tiltag (forsøg)"], "Tiltag")[0].value == "mentorordning"
    assert len({cell.value for cell in column(book["Fælles passager"], "Kommune")}) == 2
    assert "medarbejdersiden" in {cell.value for cell in column(book["Tone"], "Gruppe")}
    made = {cell.value for cell in column(book["Rettelser"], "Rettet")}
    assert made == {"ja", "nej"}


def test_the_workbook_names_its_run(book, report):
    assert book.custom_doc_props["run"].value == report.versions.run
    assert report.versions.corpus in book.properties.keywords


# The Word document


def test_the_document_is_built_of_words_own_styles(document):
    assert styled(document, "Heading 1")[0] == "Det viser dokumenterne"
    assert "Sygefravær" in styled(document, "Heading 2")
    assert {"Hvor meget der skrives", "Tonen", "Citater"} <= set(styled(document, "Heading 3"))
    assert styled(document, "Quote")
    captions = styled(document, "Caption")
    assert [caption.split(".")[0] for caption in captions] == [f"Tabel {n}" for n in range(1, len(captions) + 1)]
    assert len(captions) == len(document.tables)
    assert "Eksempelkorpus" in styled(document, "Bemærk")[0]


def test_every_table_repeats_its_head_and_is_described(document):
    for table in document.tables:
        assert table.style.name == "Temaspejl"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_document_is_danish_a4_and_numbers_its_pages(document):
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "da-DK"
    fields = [field.text.strip() for field in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_contents_lead_to_the_headings(document):
    body = document.element.body
    targets = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks_ = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert targets
    assert set(targets) <= marks_
    assert any(field.text.strip().startswith("TOC") for field in body.iter(qn("w:instrText")))


def test_the_document_names_its_run(document, report):
    core = document.core_properties
    assert core.identifier == report.versions.run
    assert report.versions.configs in core.keywords
    assert f"Kørsel: {report.versions.run}" in styled(document, "Oplysning")


def test_charts_have_a_text_alternative(document):
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all(picture.get("descr") for picture in pictures)


# Markdown


def test_markdown_tells_the_same_findings(text, document):
    assert "**Størst forskel.**" in text
    assert "| Økonomi og budget | 62,5\u00a0% (5, 1) |" in text
    assert "| Sygefravær | for få dokumenter til at vise tal om helbred |" in text
    assert "Eksempelkorpus" in text
    headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == styled(document, "Heading 1")


def test_why_there_is_no_difference_is_said_in_words(text, small_run):
    assert "ingen fælles dokumenttyper" in text
    assert "no_common_kind" not in text
    small = (small_run.reports / "site" / "rapport.md").read_text(encoding="utf-8")
    assert "Ingen forskel er beregnet for 3\u00a0par af kommuner" in small
    assert "procentpoint" not in small
    assert "q-værdi" not in small.split("## Metoden")[0]


def test_hostile_text_stays_text(text, site, report):
    assert "<script" not in text
    with zipfile.ZipFile(site / "rapport.docx") as file:
        body = file.read("word/document.xml").decode("utf-8")
    assert "<script" not in body
    assert "&lt;script&gt;" in body
    assert "\x01" not in body
    assert "{{ 7" in body


def test_the_written_report_speaks_english_where_it_is_told_to(report, tmp_path):
    english = replace(report, language=ENGLISH)
    text = markdown.render(english)
    assert "## What the documents show" in text
    assert "### Sick leave" in text
    assert "Sygefraværet er steget" in text  # quotes stay as they are
    word.write(tmp_path / "report.docx", english)
    document = docx.Document(tmp_path / "report.docx")
    quote = document.styles["Quote"].element.rPr.find(qn("w:lang"))
    assert quote.get(qn("w:val")) == "da-DK"
    assert document.core_properties.language == "en-GB"


# The tables


def test_csv_and_parquet_hold_the_same_rows(site):
    for name in EXPORTED:
        frame = pl.read_parquet(site / "tables" / f"{name}.parquet")
        with (site / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == frame.columns
        assert len(rows) - 1 == frame.height
    assert not [path for path in (site / "tables").iterdir() if "embedding" in path.name]


def test_duckdb_reads_the_tables(site):
    source = (site / "tables" / "assignments.parquet").as_posix()
    other = (site / "tables" / "paragraphs.csv").as_posix()
    query = f"select count(*) from '{source}' a join read_csv('{other}') p using (paragraph_id)"
    assert duckdb.connect().execute(query).fetchall()[0][0] == pl.read_parquet(source).height


def test_a_formula_in_csv_is_a_text_and_lists_are_json(site):
    with (site / "tables" / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(row["text"].startswith("=") for row in rows)
    assert f"'{HOSTILE[1]}" in [row["text"] for row in rows]
    assert ["Punkt 2: Personale"] in [json.loads(row["heading_path"]) for row in rows]


def test_every_file_says_which_run_it_is_from(site, report):
    run = report.versions.run
    for name in EXPORTED:
        assert parquet.read_schema(site / "tables" / f"{name}.parquet").metadata[b"run"].decode() == run
    assert json.loads((site / "tables" / "_run.json").read_text(encoding="utf-8"))["run"] == run
    assert f"`{run}`" in (site / "datakatalog.md").read_text(encoding="utf-8")
    assert run in (site / "CITATION.cff").read_text(encoding="utf-8")


def test_the_tables_can_be_cited_and_looked_up(site):
    dictionary = (site / "datakatalog.md").read_text(encoding="utf-8")
    assert all(f"## {name}\n" in dictionary for name in EXPORTED)
    assert (site / "CITATION.cff").read_text(encoding="utf-8").startswith("cff-version")


def test_redactions_are_words_in_every_table():
    name, closed = marks.MARKS["name"], marks.MARKS["closed"]
    frame = pl.DataFrame({"text": [f"Sagen om {name * 11}.", closed * 40], "paths": [[f"brev fra {name * 4}.pdf"], []]})
    shown = exports.shown(frame)
    assert shown["text"].to_list() == ["Sagen om [navn].", "[lukket punkt]"]
    assert shown["paths"].to_list() == [["brev fra [navn].pdf"], []]


def test_a_figure_that_is_withheld_is_empty_everywhere(report, run, tmp_path):
    """What the shared edition does with a health theme in a small group."""
    hidden = dict.fromkeys(("share", "theme_paragraphs", "theme_documents", "theme_clusters", "word_share", "tone",
                            "share_low", "positive", "neutral", "negative", "mixed", "procedure"))  # fmt: skip
    row = report.cells["sick_leave", "Ballerup"] | hidden | {"note": "small_group"}
    small = replace(report, cells=report.cells | {("sick_leave", "Ballerup"): row})
    text = markdown.render(small)
    assert "Ballerup: for få dokumenter til at vise tal om helbred." in text
    workbook.write(tmp_path / "t.xlsx", small)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Tema og kommune"]
    line = next(
        line for line in sheet.iter_rows(min_row=2) if (line[0].value, line[1].value) == ("Sygefravær", "Ballerup")
    )
    assert {cell.value for cell in line[3:-1]} == {None}


def test_the_same_report_gives_the_same_bytes(report, run, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        word.write(tmp_path / folder / "rapport.docx", report)
        workbook.write(tmp_path / folder / "temaspejl.xlsx", report)
        exports.write(tmp_path / folder, report, run)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_the_run_is_another_with_other_weights_of_a_model(tmp_path):
    found = []
    for weights, recipe in ((b"a", "x"), (b"b", "x"), (b"b", "y")):
        folder = tmp_path / "model"
        folder.mkdir(exist_ok=True)
        (folder / "weights.bin").write_bytes(weights)
        (folder / "train.py").write_text(recipe, encoding="utf-8")
        versions.fingerprint.cache_clear()
        found.append(versions.fingerprint(folder))
    assert found[0] != found[1] == found[2]
