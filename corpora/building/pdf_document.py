"""Render a source as a digital PDF of one or two columns, with reportlab's standard fonts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from corpora.building.source import Block, Source, SourceError, inline_runs
from corpora.building.typography import with_ligatures, with_soft_hyphens

MARGIN, GUTTER = 2.6 * cm, 0.8 * cm
VERA_FILES = ("Vera", "VeraBd", "VeraIt")  # reportlab brings them; they have ligatures


@dataclass(frozen=True)
class House:
    """How a document is set: fonts, size in points, justified or not, hyphenated from which length of word."""

    font: str
    bold: str
    italic: str
    size: float
    justified: bool
    shortest_hyphenated: int
    ligatures: bool = False


HELVETICA = House("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", 11, False, 13)
TIMES = House("Times-Roman", "Times-Bold", "Times-Italic", 12.5, True, 9)
NARROW = House("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", 10.5, True, 7)
VERA = House(*VERA_FILES, 10.5, True, 10, ligatures=True)


def build_pdf(source: Source, house: House | None = None) -> bytes:
    """Return the document's bytes; SourceError for a character that the font cannot show."""
    house = house or _house(source)
    pages = _build(source, house, pages=0)[1]
    return _build(source, house, pages)[0]


def _house(source: Source) -> House:
    if source.format == "pdf_two_column":
        return NARROW
    if source.layout == "ligatures":
        for name in VERA_FILES:
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
        return VERA
    return TIMES if source.municipality in ("København", "Albertslund") else HELVETICA


def _build(source: Source, house: House, pages: int) -> tuple[bytes, int]:
    stream = io.BytesIO()
    styles = _Styles(house)
    flowables = [flowable for block in source.blocks for flowable in _flowables(source, block, styles)]
    document = BaseDocTemplate(
        stream, pagesize=A4, invariant=1, author="Konstrueret eksempel", title="", producer="temaspejl", creator=""
    )
    running = _Running(source, house, pages)
    if source.format == "pdf_two_column":
        flowables = _two_columns(document, flowables, running)
    else:
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate("page", [frame], onPage=running))
    document.build(flowables)
    return stream.getvalue(), document.page


def _two_columns(document: BaseDocTemplate, flowables: list[Any], running: _Running) -> list[Any]:
    """Lay the title over the full width of the first page and all else in two columns."""
    width, height = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
    title_height = flowables[0].wrap(width, height)[1] + 12
    column = (width - GUTTER) / 2

    def columns(top: float) -> list[Frame]:
        return [Frame(x, MARGIN, column, top, 0, 0, 0, 0) for x in (MARGIN, MARGIN + column + GUTTER)]

    title = Frame(MARGIN, MARGIN + height - title_height, width, title_height, 0, 0, 0, 0)
    first = PageTemplate("first", [title, *columns(height - title_height)], onPage=running)
    document.addPageTemplates([first, PageTemplate("later", columns(height), onPage=running)])
    return [NextPageTemplate("later"), flowables[0], FrameBreak(), *flowables[1:]]


class _Running:
    """Draws header, footer and page number; `pages` is known from the second build on."""

    def __init__(self, source: Source, house: House, pages: int) -> None:
        self.source, self.house, self.pages = source, house, pages

    def __call__(self, canvas: Any, document: Any) -> None:
        canvas.setFont(self.house.font, 8)
        canvas.drawString(MARGIN, A4[1] - 1.3 * cm, _checked(self.source, self.source.header))
        footer = self.source.footer.replace("{pages}", str(self.pages)).replace("{page}", str(document.page))
        canvas.drawCentredString(A4[0] / 2, 1.2 * cm, _checked(self.source, footer))


class _Styles:
    """Paragraph styles of one house."""

    def __init__(self, house: House) -> None:
        self.house = house
        alignment = TA_JUSTIFY if house.justified else TA_LEFT
        leading = house.size * 1.45
        self.paragraph = ParagraphStyle(
            "paragraph", fontName=house.font, fontSize=house.size, leading=leading, alignment=alignment,
            spaceAfter=house.size * 0.7, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self.lines = ParagraphStyle("lines", self.paragraph, alignment=TA_LEFT)
        self.heading = [
            ParagraphStyle(
                f"heading{level}", fontName=house.bold, fontSize=size, leading=size * 1.25, keepWithNext=1,
                spaceBefore=house.size * 0.6, spaceAfter=house.size * 0.5,
            )
            for level, size in enumerate((house.size + 6.5, house.size + 3, house.size + 1.5, house.size), 1)
        ]  # fmt: skip

    def bullet(self, level: int, font: str) -> ParagraphStyle:
        """Return the style of a bullet or numbered item at a level; bullets are Symbol's, as in Word's PDF files."""
        indent = 14.0 * level
        return ParagraphStyle(
            f"bullet{level}", self.paragraph, leftIndent=indent, bulletIndent=indent - 12, spaceAfter=3,
            bulletFontName=font, bulletFontSize=self.house.size,
        )  # fmt: skip


def _flowables(source: Source, block: Block, styles: _Styles) -> list[Any]:
    if block.form == "table":
        return [_table(source, block, styles), Spacer(1, 10)]
    markup = _markup(source, block, styles.house)
    if block.form == "heading":
        return [Paragraph(markup, styles.heading[block.level - 1])]
    if block.form in ("bullet", "item"):
        mark, font = ("•", "Symbol") if block.form == "bullet" else (f"{block.number}.", styles.house.font)
        return [Paragraph(markup, styles.bullet(block.level, font), bulletText=mark)]
    return [Paragraph(markup, styles.lines if "\n" in block.text else styles.paragraph)]


def _markup(source: Source, block: Block, house: House) -> str:
    fonts = {"": house.font, "bold": house.bold, "italic": house.italic}
    parts = []
    for text, style in inline_runs(block.text):
        shown = _checked(source, text) if not house.ligatures else text
        if block.form != "heading":
            shown = with_soft_hyphens(shown, house.shortest_hyphenated)
        if house.ligatures:
            shown = with_ligatures(shown)
        shown = escape(shown).replace("\n", "<br/>")
        parts.append(f'<font name="{fonts[style]}">{shown}</font>' if style else shown)
    return "".join(parts)


def _checked(source: Source, text: str) -> str:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise SourceError(f"{source.path}: the PDF's font has no {character!r}: write it otherwise") from error
    return text


def _table(source: Source, block: Block, styles: _Styles) -> Table:
    size = styles.house.size
    cell = ParagraphStyle("cell", styles.lines, fontSize=size - 1, leading=size * 1.2, spaceAfter=0)
    head = ParagraphStyle("head", cell, fontName=styles.house.bold)
    looks = [head, *[cell] * (len(block.rows) - 1)]
    rows = [
        [Paragraph(escape(_checked(source, text)), look) for text in row]
        for row, look in zip(block.rows, looks, strict=True)
    ]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "#666666"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    width = (A4[0] - 2 * MARGIN - GUTTER) / 2 if source.format == "pdf_two_column" else A4[0] - 2 * MARGIN
    return Table(rows, colWidths=[width / len(block.rows[0])] * len(block.rows[0]), style=grid, repeatRows=1)
