"""DOCX files: the text in body order, as Word shows it.

Headers stand once before the body and footers once after it (the letterhead may be all that names the municipality);
the outline marks them. Footnotes and endnotes come after the body. Deleted and hidden text is left out, inserted text
is kept, and the numbers and bullets of lists are written out.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from pipeline.extract.media import DOCX
from pipeline.extract.numbering import WORD, Numbering
from pipeline.extract.reading import Page, Reading, TextBuilder, UnreadableError

MAX_UNPACKED_BYTES = 300_000_000
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])$", re.IGNORECASE)
_SKIPPED = frozenset(
    [f"{WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr", "trPr")]
    + [f"{_COMPATIBILITY}Fallback"]
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


@dataclass(frozen=True)
class Style:
    """What a paragraph style says: outline level 1-9 or None, and the list it belongs to."""

    level: int | None
    numbering: tuple[str, int] | None


def read_docx(content: bytes) -> Reading:
    """Return the one page of a DOCX file; UnreadableError where it is damaged or unpacks to too much."""
    _check_size(content)
    parts = _Parts.open(content)
    walker = _Walker(Numbering.read(parts.related("numbering")), _styles(parts.related("styles")))
    walker.add_aside(parts.all_related("header"), "header")
    walker.add_blocks(parts.main)
    walker.add_notes(parts.all_related("footnotes") + parts.all_related("endnotes"))
    walker.add_aside(parts.all_related("footer"), "footer")
    return Reading(DOCX, (walker.page(),))


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        reason = f"Word-filen fylder {unpacked // 1_000_000} MB udpakket, mere end et dokument gør: gem den som PDF"
        raise UnreadableError("damaged", reason)


@dataclass(frozen=True)
class _Parts:
    """The XML parts of a DOCX package that hold text."""

    main: Any
    relations: list[tuple[str, Any]]

    @classmethod
    def open(cls, content: bytes) -> _Parts:
        from docx.opc.package import OpcPackage
        from docx.oxml import parse_xml

        main = OpcPackage.open(io.BytesIO(content)).main_document_part
        relations = []
        for identifier in sorted(main.rels, key=lambda name: (len(name), name)):
            relation = main.rels[identifier]
            kind = relation.reltype.rpartition("/")[2]
            if not relation.is_external and kind in {
                "header", "footer", "footnotes", "endnotes", "numbering", "styles",
            }:  # fmt: skip
                relations.append((kind, parse_xml(relation.target_part.blob)))
        return cls(parse_xml(main.blob), relations)

    def related(self, kind: str) -> Any | None:
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[Any]:
        return [root for name, root in self.relations if name == kind]


def _styles(root: Any | None) -> dict[str, Style]:
    if root is None:
        return {}
    elements = {style.get(f"{WORD}styleId", ""): style for style in root.iter(f"{WORD}style")}
    return {identifier: _style(identifier, elements) for identifier in elements}


def _style(identifier: str, elements: dict[str, Any]) -> Style:
    level, numbering, seen = None, None, set()
    while identifier in elements and identifier not in seen:
        seen.add(identifier)
        element = elements[identifier]
        name = _value(element, "name") or ""
        heading = _HEADING.match(name)
        if level is None:
            level = int(heading[1]) if heading else 1 if name.lower() in {"title", "titel"} else _outline_level(element)
        numbering = numbering or _numbering(element)
        identifier = _value(element, "basedOn") or ""
    return Style(level, numbering)


def _outline_level(element: Any) -> int | None:
    found = element.find(f"{WORD}pPr/{WORD}outlineLvl")
    value = "" if found is None else found.get(f"{WORD}val", "")
    return int(value) + 1 if re.fullmatch(r"[0-8]", value) else None


def _numbering(element: Any) -> tuple[str, int] | None:
    found = element.find(f"{WORD}pPr/{WORD}numPr")
    if found is None or (identifier := _value(found, "numId")) is None:
        return None
    level = _value(found, "ilvl") or "0"
    return identifier, int(level) if level.isdigit() else 0


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{WORD}{name}")
    return None if child is None else child.get(f"{WORD}val")


class _Walker:
    """Writes blocks of WordprocessingML into a page."""

    def __init__(self, numbering: Numbering, styles: dict[str, Style]) -> None:
        self._numbering = numbering
        self._styles = styles
        self._builder = TextBuilder()

    def page(self) -> Page:
        return self._builder.page()

    def add_aside(self, roots: list[Any], mark: str) -> None:
        """Write headers or footers: each wording once, marked in the outline."""
        seen: set[str] = set()
        for root in roots:
            walker = _Walker(self._numbering, self._styles)
            walker.add_blocks(root)
            text = walker.page().raw_text.strip("\n")
            if text.strip() and text not in seen:
                seen.add(text)
                start = self._builder.length
                self._builder.add(text)
                self._builder.mark(start, self._builder.length, mark)
                self._builder.add("\n")

    def add_notes(self, roots: list[Any]) -> None:
        """Write footnotes and endnotes, each as its own block; Word's separators are no notes."""
        for root in roots:
            for note in root:
                if isinstance(note.tag, str) and note.get(f"{WORD}type") is None:
                    self.add_blocks(note)

    def add_blocks(self, parent: Any) -> None:
        """Write paragraphs and tables in order, also those inside content controls and other wrappers."""
        for element in parent:
            if element.tag == f"{WORD}p":
                self._add_paragraph(element)
            elif element.tag == f"{WORD}tbl":
                self._add_table(element)
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
                self.add_blocks(element)

    def _add_paragraph(self, paragraph: Any) -> None:
        style = self._styles.get(self._style_of(paragraph), Style(None, None))
        numbering = _numbering(paragraph) or style.numbering
        start = self._builder.length
        text, boxes = _text(paragraph)
        label = self._numbering.label(*numbering) if numbering and text.strip() else ""
        self._builder.open(label)
        self._builder.add(text)
        level = _outline_level(paragraph) or style.level
        if level is not None and text.strip():
            self._builder.mark(start, self._builder.length, str(min(level, 6)))
        elif label:
            self._builder.mark(start, self._builder.length, "li")
        self._builder.add("\n")
        for box in boxes:
            self.add_blocks(box)

    def _style_of(self, paragraph: Any) -> str:
        found = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        return "" if found is None else str(found.get(f"{WORD}val", ""))

    def _add_table(self, table: Any) -> None:
        for row in _nearest(table, f"{WORD}tr"):
            cells = [self._cell_text(cell) for cell in _nearest(row, f"{WORD}tc")]
            if any(page.raw_text.strip() for page in cells):
                for number, page in enumerate(cells):
                    self._builder.add("\t" if number else "")
                    self._append(page)
                self._builder.add("\n")

    def _cell_text(self, cell: Any) -> Page:
        walker = _Walker(self._numbering, self._styles)
        walker.add_blocks(cell)
        walker._builder.cut("\n")
        return walker.page()

    def _append(self, page: Page) -> None:
        shift = self._builder.length
        for mark in page.outline:
            start, end, name = mark.split(":")
            self._builder.mark(int(start) + shift, min(int(end), len(page.raw_text)) + shift, name)
        self._builder.add(page.raw_text)


def _nearest(parent: Any, tag: str) -> list[Any]:
    """Return the elements with a tag below a parent, not those inside another of them."""
    found = []
    for element in parent:
        if element.tag == tag:
            found.append(element)
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED and element.tag != f"{WORD}tbl":
            found += _nearest(element, tag)
    return found


def _text(paragraph: Any) -> tuple[str, list[Any]]:
    """Return the visible text of a paragraph, and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, parts, boxes)
    return "".join(parts), boxes


def _collect(parent: Any, parts: list[str], boxes: list[Any]) -> None:
    for element in parent:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        name = tag.removeprefix(WORD)
        if tag.endswith("}t"):  # of Word, and of the formulas and drawings inside its text
            parts.append(element.text or "")
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "sym":
            parts.append(_symbol(element))
        elif not (name == "r" and _is_hidden(element)):
            _collect(element, parts, boxes)


def _symbol(element: Any) -> str:
    code = element.get(f"{WORD}char", "")
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else ""


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{WORD}rPr/{WORD}vanish")
    return vanish is not None and vanish.get(f"{WORD}val", "true") not in {"0", "false", "off"}
