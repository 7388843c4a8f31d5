from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.errors import DocumentError
from pipeline.extract import word
from pipeline.extract.word import read_docx
from tests.extract.test_html import marked

DATA = Path(__file__).parent.parent / "data"


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_body_order_with_lists_tables_header_and_footer():
    (page,) = read_docx((DATA / "word.docx").read_bytes()).pages
    lines = page.raw_text.split("\n")
    assert lines[:2] == ["Ballerup Kommune · Børn og Unge", "Referat af møde i MED-udvalget for dagtilbud"]
    assert "• Tidlige samtaler\n• Fælles vagtplan\n1. Udvalget tog" in page.raw_text
    assert "\n2. Punktet tages op" in page.raw_text
    assert "\nOmråde\tMål\t2022\nDagtilbud\tFravær\t4,1\nRekruttering\n" in page.raw_text
    assert page.raw_text.endswith("\nKonstrueret eksempel\n")
    assert [mark for _, mark in marked(page)] == ["header", "1", "1", "li", "li", "li", "li", "1", "footer"]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept():
    document = docx.Document()
    document.add_paragraph()._p.extend(
        parse_xml(f"<w:{tag} {nsdecls('w')}>{content}</w:{tag}>")
        for tag, content in [
            ("r", "<w:t>synlig </w:t>"),
            ("del", '<w:r><w:delText xml:space="preserve">slettet </w:delText></w:r>'),
            ("ins", "<w:r><w:t>indsat</w:t><w:tab/><w:t>og</w:t><w:br/><w:t>linje</w:t></w:r>"),
            ("r", "<w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t>"),
            ("sdt", "<w:sdtContent><w:r><w:t>felt</w:t></w:r></w:sdtContent>"),
        ]
    )
    assert read_docx(saved(document)).pages[0].raw_text == "synlig indsat\tog\nlinjefelt\n"


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 5_000_000)
    monkeypatch.setattr(word, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(DocumentError, match="udpakket"):
        read_docx(stream.getvalue())
