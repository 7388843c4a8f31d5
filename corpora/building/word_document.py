"""Render a source as a Word document with real heading, list and table styles."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from corpora.building.source import Block, Source, inline_runs

FIXED_TIME = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def build_docx(source: Source) -> bytes:
    """Return the document's bytes: letterhead as first paragraph, running footer with page fields, fixed times."""
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    if source.header:
        document.add_paragraph().add_run(source.header).bold = True
    for block in source.blocks:
        _add(document, block)
    if source.footer:
        _add_footer(document.sections[0].footer.paragraphs[0], source.footer)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Konstrueret eksempel", "", ""
    properties.created = properties.modified = FIXED_TIME
    properties.last_modified_by = ""
    stream = io.BytesIO()
    document.save(stream)
    return _with_fixed_times(stream.getvalue())


def _add(document: Any, block: Block) -> None:
    if block.form == "table":
        _add_table(document, block)
        return
    if block.form == "heading":
        paragraph = document.add_heading(level=block.level)
    else:
        style = {"bullet": "List Bullet", "item": "List Number"}.get(block.form, "Normal")
        paragraph = document.add_paragraph(style=f"{style} {block.level}" if block.level > 1 else style)
    for text, emphasis in inline_runs(block.text):
        run = paragraph.add_run(text)
        run.bold, run.italic = emphasis == "bold" or None, emphasis == "italic" or None


def _add_table(document: Any, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _add_footer(paragraph: Any, footer: str) -> None:
    for part in re.split(r"(\{page\}|\{pages\})", footer):
        field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(part)
        if field:
            element = OxmlElement("w:fldSimple")
            element.set(qn("w:instr"), field)
            paragraph._p.append(element)
        elif part:
            paragraph.add_run(part)


def _with_fixed_times(content: bytes) -> bytes:
    """Rewrite a ZIP with one fixed time for all members, so that the same text gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in sorted(old.infolist(), key=lambda info: info.filename != "[Content_Types].xml"):
            info = zipfile.ZipInfo(member.filename, (2025, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(info, old.read(member))
    return stream.getvalue()
