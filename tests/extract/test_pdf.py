from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from pipeline.errors import DocumentError
from pipeline.extract import tesseract
from pipeline.extract.layer import is_damaged
from pipeline.extract.pdf import read_pdf
from pipeline.extract.pictures import read_pictures
from pipeline.settings import Extract
from tests.extract.test_html import marked

DATA = Path(__file__).parent.parent / "data"
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\n"
    b"0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n101\n%%EOF\n"
)
needs_tesseract = pytest.mark.skipif(
    not tesseract.is_available("dan"), reason=f"Tesseract with Danish is not installed: {tesseract.INSTALL}"
)


def read(content, **settings):
    content = content if isinstance(content, bytes) else (DATA / content).read_bytes()
    return read_pdf(content, Extract(**settings), lambda: None).pages


def test_a_digital_page_keeps_its_lines_paragraphs_and_headings():
    (page,) = read("digital.pdf")
    assert page.source == "layer"
    assert page.raw_text.startswith("Referat af møde i MED-udvalget for dagtilbud\n\nKonstrueret eksempel. Ballerup")
    assert page.raw_text.endswith("\n\f")
    assert marked(page) == [
        ("Referat af møde i MED-udvalget for dagtilbud", "1"), ("Sygefravær", "2"), ("Rekruttering", "2"),
    ]  # fmt: skip


def test_two_columns_are_read_in_order_between_full_width_text():
    (page,) = read("two_columns.pdf")
    order = ["Referat af", "Sygefravær\n", "vagtplanen til", "Rekruttering\n", "Det er blevet", "Fælles afslutning"]
    places = [page.raw_text.index(text) for text in order]
    assert places == sorted(places)
    assert page.raw_text.count("vagtplanen til at gå op.\n\nSygefraværet er faldet gennem året, og lederne\n") == 2


def test_a_hyphen_at_a_line_end_and_an_empty_page():
    stream = io.BytesIO()
    page = canvas.Canvas(stream, pagesize=A4)
    page.drawString(72, 700, "Institutionens leder og medarbej-")
    page.drawString(72, 688, "derne mødes.")
    page.showPage()
    page.showPage()
    page.save()
    first, second = read(stream.getvalue())
    assert first.raw_text == "Institutionens leder og medarbej-\nderne mødes.\n\f"
    assert second.raw_text == "\f"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("locked.pdf", "adgangskode"),
        ("truncated.pdf", "afkortet"),
        (NO_PAGES, "ingen sider"),
        (b"%PDF-1.7\n" + b"sludder " * 100 + b"%%EOF", "beskadiget"),
    ],
)
def test_what_cannot_be_opened_says_why(content, reason):
    with pytest.raises(DocumentError, match=reason):
        read(content)


def test_more_pages_than_allowed():
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for _ in range(3):
        page.drawString(72, 700, "side")
        page.showPage()
    page.save()
    with pytest.raises(DocumentError, match="har 3 sider"):
        read(stream.getvalue(), max_pages=2)


def test_a_layer_is_damaged_when_danish_has_lost_its_letters():
    danish = "Det er en god og vigtig sag for kommunen, og der er ikke nogen tvivl om, at det kan blive til noget. " * 4
    assert is_damaged(danish)
    assert not is_damaged(danish + "æøå " * 5)
    assert not is_damaged(danish[:150])
    assert not is_damaged("There is no doubt that this has been a good and useful meeting for all of them. " * 6)
    assert is_damaged("\ufffd\ufffd\ue001 " * 50)


@needs_tesseract
def test_a_scan_is_read_by_ocr():
    (page,) = read("scanned.pdf")
    assert (page.source, page.layer_text) == ("ocr", None)
    assert "Sygefraværet er faldet gennem året, og lederne følger op" in page.raw_text
    assert page.raw_text.endswith("\n\f")


@needs_tesseract
def test_a_layer_without_danish_letters_is_read_again_and_kept_beside():
    (page,) = read("bad_layer.pdf")
    assert page.source == "ocr"
    assert "Sygefraværet er faldet gennem året" in page.raw_text
    assert "Sygefravaeret er faldet" in (page.layer_text or "").replace("\n", " ")


@needs_tesseract
def test_a_picture_is_read_by_ocr():
    (page,) = read_pictures((DATA / "scanned.png").read_bytes(), "image/png", Extract(), lambda: None).pages
    assert "større tryghed" in page.raw_text


def test_without_tesseract_a_scan_says_how_to_install_it_and_a_layer_is_kept(monkeypatch):
    monkeypatch.setattr(tesseract, "is_available", lambda language: False)
    with pytest.raises(DocumentError, match="apt-get install tesseract-ocr"):
        read("scanned.pdf")
    (page,) = read("bad_layer.pdf")
    assert page.source == "layer"
    assert "Sygefravaeret" in page.raw_text


def test_the_fingerprint_is_written_only_when_it_changed(tmp_path):
    target = tmp_path / "corpora" / "tesseract.txt"
    assert tesseract.write_fingerprint(target)
    assert target.read_text().startswith("tesseract ")
    assert not tesseract.write_fingerprint(target)
