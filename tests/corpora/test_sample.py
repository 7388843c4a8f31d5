"""The documents of the sample: complete, of every kind that users have, and each saying that it is constructed."""

from __future__ import annotations

import csv
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from corpora.align_gold import GOLD, document_id, read_raw_text
from corpora.build_sample import NOT_REPRODUCIBLE, SAMPLE, SOURCES, render
from corpora.building.source import Source, read_sources
from pipeline.extract.parse import parse
from pipeline.settings import Extract, load

SOURCE_OF = {source.file: source for source in read_sources(SOURCES)}
FILES = sorted(SOURCE_OF)
IS_CONSTRUCTED = re.compile(r"konstruer|konstruert|opdigt|opfund|eksempel|fri fantasi|digtet", re.IGNORECASE)
MUNICIPALITIES = ("Ballerup", "Albertslund", "Aarhus", "København")


@pytest.fixture(scope="module")
def documents() -> list[dict[str, str]]:
    with (GOLD / "documents.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_format(*formats: str) -> list[Source]:
    return [source for source in SOURCE_OF.values() if source.format in formats]


def layer(source: Source) -> str:
    document = pypdfium2.PdfDocument(SAMPLE / source.file)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_every_file_is_listed_under_the_hash_of_its_content(documents):
    visible = SAMPLE.rglob("[!.]*.*")
    found = {unicodedata.normalize("NFC", path.relative_to(SAMPLE).as_posix()): path for path in visible}
    assert {row["path"]: row["document_id"] for row in documents} == {
        name: document_id(path) for name, path in found.items()
    }
    assert sorted(found) == FILES


def test_each_municipality_has_ten_documents_from_2021_to_2025(documents):
    counts = Counter(row["municipality"] for row in documents)
    assert all(counts[municipality] >= 10 for municipality in MUNICIPALITIES)
    assert {row["date"][:4] for row in documents if row["date"]} == {"2021", "2022", "2023", "2024", "2025"}
    assert any(row["municipality"] and not row["date"] for row in documents)


def test_every_kind_of_document_occurs(documents):
    kinds = {row["kind"] for row in documents}
    assert kinds >= {"referat", "dagsorden", "notat", "brev", "høringssvar", "bilag", "politik"}


def test_the_sample_is_small_enough_for_git():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.*")) < 6_000_000


@pytest.mark.parametrize("file", FILES)
def test_a_document_says_that_it_is_constructed(file):
    source = SOURCE_OF[file]
    if source.format in NOT_REPRODUCIBLE:  # Tesseract need not be here to read them
        text = source.footer + " ".join(block.text for block in source.blocks)
    elif source.format == "corrupt":
        text = (SAMPLE / file).read_bytes().decode("latin-1")
    else:
        text = read_raw_text(SAMPLE / file)
    if source.format == "docx":
        with zipfile.ZipFile(SAMPLE / file) as archive:
            names = [name for name in archive.namelist() if name.startswith("word/footer")]
            text += "".join(archive.read(name).decode() for name in names)
    assert IS_CONSTRUCTED.search(text), file


@pytest.mark.parametrize("file", [file for file in FILES if SOURCE_OF[file].format not in NOT_REPRODUCIBLE])
def test_rendering_a_source_again_gives_the_bytes_in_git(file):
    assert render(SOURCE_OF[file]) == (SAMPLE / file).read_bytes(), "run: python -m corpora.build_sample"


def test_every_format_occurs():
    formats = {source.format for source in SOURCE_OF.values()}
    assert formats == {
        "pdf", "pdf_two_column", "scan", "pdf_english_ocr", "docx", "html", "md", "txt", "txt_latin1", "txt_crlf",
        "corrupt",
    }  # fmt: skip


def test_a_scan_has_no_text_of_its_own():
    assert all(not layer(source).strip() for source in of_format("scan"))


def test_the_layer_of_an_english_reading_has_words_but_hardly_a_danish_letter():
    for source in of_format("pdf_english_ocr"):
        text = layer(source)
        assert len(text.split()) > 50
        assert len(re.findall("[æøå]", text)) < 3


def test_digital_pdfs_have_hyphens_at_line_ends_page_numbers_and_ligatures():
    texts = [read_raw_text(SAMPLE / source.file) for source in of_format("pdf", "pdf_two_column")]
    assert len(re.findall(r"[a-zæøå]-\n[a-zæøå]", "".join(texts))) > 20
    assert re.search(r"side 2 af \d", "".join(texts))
    (joined,) = [source for source in of_format("pdf") if source.layout == "ligatures"]
    with pdfplumber.open(SAMPLE / joined.file) as document:
        assert {"ﬁ", "ﬂ"} <= {character["text"] for page in document.pages for character in page.chars}


def test_a_text_file_has_ligatures_too():
    assert any("ﬁ" in read_raw_text(SAMPLE / source.file) for source in of_format("txt", "txt_crlf"))


def test_text_files_are_latin_1_crlf_and_double_spaced():
    for source in of_format("txt_latin1"):
        content = (SAMPLE / source.file).read_bytes()
        assert re.search("[æøå]", content.decode("latin-1"))
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
    for source in of_format("txt_crlf"):
        content = (SAMPLE / source.file).read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n") > 10
    double = [read_raw_text(SAMPLE / source.file) for source in of_format("txt") if source.layout == "double"]
    assert double
    assert all(re.search(r"[a-zæøå] \n\n[a-zæøå]", text) for text in double)


def test_markdown_holds_html_tables_and_word_and_web_documents_hold_tables():
    assert any("<table>" in (SAMPLE / source.file).read_text(encoding="utf-8") for source in of_format("md"))
    assert any(block.form == "table" for source in of_format("docx") for block in source.blocks)


def test_there_is_a_bundle_with_parts_by_others():
    bundles = [read_raw_text(SAMPLE / source.file) for source in of_format("txt")]
    assert any(text.count("\f") >= 2 and "Mail fra" in text for text in bundles)


def test_there_is_a_copy_a_norwegian_document_and_a_broken_file(documents):
    ids = Counter(row["document_id"] for row in documents)
    assert [count for count in ids.values() if count > 1] == [2]
    (norwegian,) = [row for row in documents if not row["municipality"] and row["kind"]]
    assert "barnehagene" in read_raw_text(SAMPLE / norwegian["path"])
    (broken,) = of_format("corrupt")
    content = (SAMPLE / broken.file).read_bytes()
    assert parse(content, Path(broken.file).suffix, load(Extract), beat=lambda: None).reason
