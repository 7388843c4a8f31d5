"""The written report as a Word document that a policy officer edits and sends on: real styles, A4, Danish proofing."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm

from pipeline.report import texts
from pipeline.report.figures.drawing import PAGE, svg
from pipeline.report.model import Report
from pipeline.report.word import fields, grids, styles
from pipeline.report.word.package import without_clock
from pipeline.report.written import content
from pipeline.report.written.blocks import Block, Contents, Heading, Items, Picture, Quote, Table, Text, Title

SHARPNESS = 2.0  # pixels of a chart for each of its units
WHITE = "#ffffff"  # of paper
PICTURE_WIDTH = 12.0  # cm
DEEPEST = 2  # level of the headings in the table of contents


def write(path: Path, report: Report) -> None:
    """Write the report as Word; the same report gives the same bytes."""
    document = Document()
    styles.prepare(document, report)
    blocks = list(content.blocks(report))
    writer = _Writer(document, report, [block for block in blocks if isinstance(block, Heading)])
    for block in blocks:
        writer.add(block)
    stream = io.BytesIO()
    document.save(stream)
    path.write_bytes(without_clock(stream.getvalue()))


def plain(text: str) -> str:
    """Return text that XML can hold and that stands in one paragraph; line breaks of documents become spaces."""
    return texts.WHITE_SPACE.sub(" ", texts.visible(text)).strip()


@dataclass
class _Writer:
    """Adds block after block to the document; numbers the headings and tables that fields point to."""

    document: Any
    report: Report
    headings: list[Heading]
    begun: int = field(default=0)
    tables: int = field(default=0)

    def add(self, block: Block) -> None:
        match block:
            case Title():
                self._title(block)
            case Contents():
                self._contents()
            case Heading():
                self.begun += 1
                heading = self.document.add_heading(plain(block.text), block.level)
                fields.bookmark(heading, self.begun)
            case Text():
                self._text(block)
            case Items():
                for text, level in block.items:
                    self.document.add_paragraph(plain(text), style="List Bullet 2" if level else "List Bullet")
            case Table():
                self._table(block)
            case Quote():
                self.document.add_paragraph(plain(block.text), style="Quote")
                self.document.add_paragraph(plain(block.source), style=styles.SOURCE)
            case Picture():
                self._picture(block)

    def _title(self, title: Title) -> None:
        self.document.add_paragraph(plain(title.text), style="Title")
        for label, value in title.facts:
            paragraph = self.document.add_paragraph(style=styles.FACT)
            paragraph.add_run(f"{plain(label)}: ").bold = True
            paragraph.add_run(plain(value))

    def _contents(self) -> None:
        _ = self.report.language
        self.document.add_paragraph(_("Indhold"), style="TOC Heading")
        entries = [
            (number, heading.level, plain(heading.text))
            for number, heading in enumerate(self.headings, 1)
            if heading.level <= DEEPEST
        ]
        fields.contents(self.document, entries, DEEPEST)
        hint = _("Sidetal i indholdsfortegnelsen: højreklik på den i Word, og vælg Opdater felt.")
        self.document.add_paragraph(hint, style=styles.NOTE)

    def _text(self, text: Text) -> None:
        paragraph = self.document.add_paragraph(style=styles.NOTICE if text.notice else "Normal")
        if text.label:
            paragraph.add_run(f"{plain(text.label)} ").bold = True
        paragraph.add_run(plain(text.text))
        paragraph.paragraph_format.keep_with_next = text.leads or None

    def _table(self, table: Table) -> None:
        self.tables += 1
        caption = self.document.add_paragraph(style="Caption")
        caption.add_run(f"{self.report.language('Tabel')} ")
        fields.field(caption, "SEQ Tabel \\* ARABIC", str(self.tables))
        caption.add_run(f". {plain(table.caption)}")
        rows = [[plain(text) for text in row] for row in (table.head, *table.rows)]
        grids.add(self.document, rows, table.figures, plain(table.caption))
        if table.note:
            self.document.add_paragraph(plain(table.note), style=styles.NOTE)

    def _picture(self, picture: Picture) -> None:
        import vl_convert

        image = vl_convert.svg_to_png(svg(picture.figure).replace(PAGE, WHITE), scale=SHARPNESS)
        run = self.document.add_paragraph(style=styles.PICTURE).add_run()
        drawing = run.add_picture(io.BytesIO(image), width=Cm(PICTURE_WIDTH))
        properties = drawing._inline.docPr
        properties.set("title", plain(picture.figure.title))
        properties.set("descr", plain(picture.figure.text))
