"""The look of the Word document, as styles that its readers can change: A4, headings, quotes, tables, languages."""

from __future__ import annotations

import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.report import exports, texts
from pipeline.report.model import Report
from pipeline.report.word import fields

FACT, SOURCE, NOTE, NOTICE, CELL, PICTURE = "Oplysning", "Kilde", "Tabelnote", "Bemærk", "Tabeltekst", "Figur"
TABLE = "Temaspejl"
FONT = "Calibri"
INK, QUIET, ACCENT = RGBColor(0x1D, 0x21, 0x25), RGBColor(0x59, 0x5F, 0x66), RGBColor(0x1F, 0x4E, 0x63)
MARGIN = 2.25  # cm
TEXT_WIDTH = 21.0 - 2 * MARGIN  # cm, on A4
CREATED = datetime.datetime(2000, 1, 1)  # the same tables give the same bytes, so the clock stays out
LOCALES = {"da": "da-DK", "en": "en-GB"}

# Name, base, size in points, space before and after in points, colour, bold, italic.
_LOOKS = (
    ("Normal", None, 11, 0, 6, INK, False, False),
    ("Title", None, 28, 0, 6, ACCENT, True, False),
    ("Heading 1", None, 18, 26, 8, ACCENT, True, False),
    ("Heading 2", None, 15, 22, 6, ACCENT, True, False),
    ("Heading 3", None, 12, 14, 4, INK, True, False),
    ("TOC Heading", None, 13, 18, 4, ACCENT, True, False),
    ("Caption", None, 9.5, 14, 4, INK, True, False),
    ("Quote", None, 11, 8, 2, INK, False, False),
    ("List Bullet", None, 11, 0, 3, INK, False, False),
    ("List Bullet 2", None, 11, 0, 2, INK, False, False),
    ("Header", None, 9, 0, 0, QUIET, False, False),
    ("Footer", None, 9, 0, 0, QUIET, False, False),
    ("toc 1", "Normal", 11, 5, 1, INK, False, False),
    ("toc 2", "Normal", 10, 0, 1, INK, False, False),
    (FACT, "Normal", 10, 0, 2, QUIET, False, False),
    (SOURCE, "Normal", 9, 0, 10, QUIET, False, False),
    (NOTE, "Normal", 9, 4, 12, QUIET, False, False),
    (NOTICE, "Normal", 11, 6, 12, INK, True, False),
    (CELL, "Normal", 9, 2, 2, INK, False, False),
    (PICTURE, "Normal", 11, 6, 6, INK, False, False),
)


def prepare(document: Any, report: Report) -> None:
    """Set the styles, page, header, footer, languages and properties of an empty document."""
    for look in _LOOKS:
        _style(document, *look)
    for name in ("Quote", SOURCE):
        document.styles[name].paragraph_format.left_indent = Cm(0.75)
    document.styles["toc 2"].paragraph_format.left_indent = Cm(0.6)
    for name in ("Quote", "Caption", PICTURE):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Quote"].paragraph_format.widow_control = True
    _borders(document)
    _table_style(document)
    _page(document, report)
    _languages(document, LOCALES[report.language.code])
    _properties(document, report)


def _style(
    document: Any, name: str, base: str | None, size: float, before: float, after: float, colour: RGBColor, bold: bool,
    italic: bool,
) -> None:  # fmt: skip
    styles = document.styles
    style = (
        styles[name]
        if base is None
        else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc "))
    )
    if base:
        style.base_style = styles[base]
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, colour
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15 if size in (10, 11) else 1.0


def _borders(document: Any) -> None:
    """Draw a rule beside quotes and the notice; take away the one under the title."""
    for name, colour, size in (("Quote", "C9D6DB", 18), (NOTICE, "D0540A", 24)):
        properties = document.styles[name].element.get_or_add_pPr()
        borders = (
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="{size}" w:space="10" w:color="{colour}"/></w:pBdr>'
        )
        properties.insert_element_before(parse_xml(borders), *_AFTER_BORDERS)
    title = document.styles["Title"].element.pPr
    for rule in title.findall(qn("w:pBdr")):
        title.remove(rule)


# Word refuses elements that stand in another order than the standard's.
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl",
)  # fmt: skip


def _table_style(document: Any) -> None:
    """Add the table style: rules between rows, a bold head, no boxes."""
    document.styles.element.append(parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="1F4E63"/>'
        '<w:bottom w:val="single" w:sz="8" w:color="1F4E63"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="DCD8CF"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        '<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="1F4E63"/></w:tcBorders>'
        '<w:shd w:val="clear" w:fill="EEF3F5"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    ))  # fmt: skip


def _page(document: Any, report: Report) -> None:
    _, section = report.language, document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    for part in (section.header, section.footer):
        stops = part.paragraphs[0].style.paragraph_format.tab_stops
        stops.clear_all()  # the template's suit another paper
        stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run = _("kørsel %(run)s", run=report.versions.run)
    section.header.paragraphs[0].add_run(f"{texts.shortened(texts.visible(report.title), 80)}\t{run}")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"\t{_('Side')} ")
    fields.field(footer, "PAGE", "1")
    footer.add_run(f" {_('af')} ")
    fields.field(footer, "NUMPAGES", "1")


def _languages(document: Any, locale: str) -> None:
    """Set the language of proofing: the report's own words in its language, quotes always in Danish."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for properties, code in (
        (defaults, locale),
        (document.styles["Quote"].element.get_or_add_rPr(), LOCALES["da"]),
        (document.styles[SOURCE].element.get_or_add_rPr(), LOCALES["da"]),
    ):
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), code)
        properties.append(element)


def _properties(document: Any, report: Report) -> None:
    core, versions = document.core_properties, report.versions
    core.title, core.author, core.last_modified_by = texts.visible(report.title), "temaspejl", "temaspejl"
    core.comments, core.language = exports.citation(report), LOCALES[report.language.code]
    core.keywords = f"run {versions.run}, configs {versions.configs}, corpus {versions.corpus}"
    core.identifier, core.version, core.revision = versions.run, versions.program, 1
    core.created = core.modified = CREATED
    package = document.part.package
    for key, relation in list(package.rels.items()):  # the template's picture of its own first page
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
