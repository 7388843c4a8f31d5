"""PDF files: each page's own text layer in reading order, or its picture read by OCR where that layer is no use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pipeline.extract import tesseract
from pipeline.extract.characters import page_words
from pipeline.extract.headings import pages_with_outline
from pipeline.extract.layer import is_damaged, letters
from pipeline.extract.layout import Row, read_page
from pipeline.extract.media import PDF
from pipeline.extract.reading import Page, Reading, UnreadableError
from pipeline.settings import Extract

_PASSWORD_ERROR = 4
_FEW_LETTERS = 40  # fewer on a page that holds a large picture: a stamp or page number on a scan
_PICTURE_SHARE = 0.3
_GLANCE_PAGES = 2
_DRAWN_LETTERS = 200  # paths on a page without text: letters drawn as curves
DAMAGED = "PDF-filen er beskadiget og kan ikke åbnes: hent den igen, eller gem den på ny som PDF"
TRUNCATED = "PDF-filen er afkortet, slutningen mangler: hent den igen"


def read_pdf(content: bytes, settings: Extract, beat: Callable[[], None]) -> Reading:
    """Return the pages of a PDF file; `beat` is called before each page that OCR reads.

    UnreadableError for a file that is locked, damaged, cut short, without pages or with too many, or that holds only
    pictures where OCR is not installed.
    """
    document = open_pdf(content)
    try:
        if len(document) > settings.max_pages:
            reason = f"PDF-filen har {len(document)} sider, og grænsen er {settings.max_pages}: del den op"
            raise UnreadableError("unreadable", reason)
        layers = pages_with_outline([_page_rows(document, index) for index in range(len(document))])
        pages = [
            _read_again(document[index], layer, settings, beat) if _is_useless(document[index], layer) else layer
            for index, layer in enumerate(layers)
        ]
    finally:
        document.close()
    if all(page.source == "unread" or not page.raw_text.strip() for page in pages) and any(
        page.source == "unread" for page in pages
    ):
        raise UnreadableError("scanned", tesseract.MISSING)
    return Reading(PDF, tuple(pages))


def glance_pdf(content: bytes) -> Reading:
    """Return what the first pages show without OCR; a page to be read by OCR is `unread`, a later one `unseen`."""
    document = open_pdf(content)
    try:
        count = len(document)
        layers = pages_with_outline([_page_rows(document, index) for index in range(min(count, _GLANCE_PAGES))])
        pages = [
            replace(layer, source="unread") if _is_useless(document[index], layer) else layer
            for index, layer in enumerate(layers)
        ]
    finally:
        document.close()
    return Reading(PDF, (*pages, *[Page("", "unseen")] * (count - len(pages))))


def open_pdf(content: bytes) -> Any:
    """Open a PDF file with PDFium; UnreadableError where that fails, with the reason."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise UnreadableError(
                "locked", "PDF-filen er beskyttet med adgangskode: gem en kopi uden adgangskode"
            ) from error
        if re.search(rb"/Count\s+0\b", content) and b"%%EOF" in content[-2048:]:
            raise UnreadableError("damaged", "PDF-filen har ingen sider: gem dokumentet som PDF igen") from error
        raise UnreadableError("damaged", DAMAGED if b"%%EOF" in content[-2048:] else TRUNCATED) from error
    if b"%%EOF" not in content[-2048:]:  # PDFium would mend it and show the pages that are left
        document.close()
        raise UnreadableError("damaged", TRUNCATED)
    return document


def _page_rows(document: Any, index: int) -> list[Row]:
    import pypdfium2

    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        reason = f"Side {index + 1} i PDF-filen er beskadiget: gem dokumentet som PDF igen"
        raise UnreadableError("damaged", reason) from error
    words, turned = page_words(text_page)
    if turned > sum(len(word.text) for word in words):  # a page laid on its side: as the file has it
        lines = text_page.get_text_range().replace("\ufffe", "-").replace("\r\n", "\n").split("\n")
        rows = [Row(line, 0.0, 10.0, bold=False) for line in lines]
    else:
        rows = read_page(words, page.get_height())
    text_page.close()
    return rows


def _is_useless(page: Any, layer: Page) -> bool:
    if is_damaged(layer.raw_text):
        return True
    return letters(layer.raw_text) < _FEW_LETTERS and _shows_picture(page)


def _shows_picture(page: Any) -> bool:
    """Whether pictures cover much of the page, or enough curves to be letters."""
    import pypdfium2.raw as pdfium

    area, covered, paths = page.get_width() * page.get_height(), 0.0, 0
    for item in page.get_objects(max_depth=4):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
    return covered > _PICTURE_SHARE * area or paths > _DRAWN_LETTERS


def _read_again(page: Any, layer: Page, settings: Extract, beat: Callable[[], None]) -> Page:
    """Read a page by OCR; its own layer stays where OCR is not installed or does no better."""
    damaged = is_damaged(layer.raw_text)
    if not tesseract.is_available(settings.ocr_language):
        return Page(layer.raw_text, "layer" if damaged else "unread", outline=layer.outline)
    beat()
    width, height = page.get_size()
    scale = min(settings.ocr_dpi / 72, (tesseract.MAX_PIXELS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    text = tesseract.read_picture(picture, settings.ocr_language, round(scale * 72))
    if letters(text) < letters(layer.raw_text) * (0.5 if damaged else 1):
        return layer
    layer_text = layer.raw_text if layer.raw_text.strip() else None
    return Page(f"{text}\n\f" if text else "\f", "ocr", layer_text)
