"""Make pictures of a PDF's pages as a worn office scanner does, and PDFs from them."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 200
POINTS_PER_PIXEL = 72 / DPI
LINE = 4  # Tesseract's level of a line of text
INVISIBLE = 3  # PDF's text rendering mode


def scan(pdf: bytes, seed_text: str) -> list[Image.Image]:
    """Return one grey picture a page: turned by up to half a degree, blurred, noisy; the same for the same seed."""
    random = np.random.default_rng(zlib.crc32(seed_text.encode()))
    return [_worn(page, random) for page in _rendered(pdf)]


def _rendered(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return pages


def _worn(page: Image.Image, random: np.random.Generator) -> Image.Image:
    angle = float(random.choice([-1, 1]) * random.uniform(0.15, 0.5))
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    grey = np.asarray(page, dtype=np.float32)
    # Noise is coarse, as dust and paper are, and so costs few bytes; ink and paper are neither black nor white.
    coarse = random.normal(0, 9, (grey.shape[0] // 3 + 1, grey.shape[1] // 3 + 1)).repeat(3, 0).repeat(3, 1)
    paper = 28 + grey * (242 - 28) / 255 + coarse[: grey.shape[0], : grey.shape[1]]
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))


def build_scan(pages: list[Image.Image]) -> bytes:
    """Return a PDF that holds the pictures only."""
    return _pdf(pages, [[] for _ in pages])


def build_with_english_layer(pages: list[Image.Image]) -> bytes:
    """Return a PDF of the pictures over an invisible text that Tesseract read as English, so without æ, ø and å."""
    return _pdf(pages, [_words(page) for page in pages])


def english_model_installed() -> bool:
    """Whether Tesseract and its English model are here."""
    import pytesseract

    try:
        return "eng" in pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        return False


# A word: its text, its left edge and width, and the bottom and height of its line, all in pixels.
Word = tuple[str, int, int, int, int]


def _words(page: Image.Image) -> list[Word]:
    import pytesseract

    data = pytesseract.image_to_data(page, lang="eng", config=f"--dpi {DPI}", output_type=pytesseract.Output.DICT)
    words, bottom, line_height = [], 0, 0
    for n, level in enumerate(data["level"]):
        if level == LINE:
            bottom, line_height = data["top"][n] + data["height"][n], data["height"][n]
        elif data["text"][n].strip():
            words.append((data["text"][n], data["left"][n], data["width"][n], bottom, line_height))
    return words


def _pdf(pages: list[Image.Image], layers: list[list[Word]]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setAuthor("Konstrueret eksempel")
    for picture, words in zip(pages, layers, strict=True):
        width, height = (side * POINTS_PER_PIXEL for side in picture.size)
        canvas.setPageSize((width, height))
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=38)
        canvas.drawImage(ImageReader(jpeg), 0, 0, width, height)
        for word in words:
            _draw_hidden(canvas, word, height)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw_hidden(canvas: Any, word: Word, page_height: float) -> None:
    text, left, width, bottom, line_height = word
    text = text.encode("cp1252", "replace").decode("cp1252")
    size = 0.8 * line_height * POINTS_PER_PIXEL
    baseline = page_height - (bottom - 0.2 * line_height) * POINTS_PER_PIXEL
    line = canvas.beginText(left * POINTS_PER_PIXEL, baseline)
    line.setTextRenderMode(INVISIBLE)
    line.setFont("Helvetica", size)
    line.setHorizScale(100 * width * POINTS_PER_PIXEL / canvas.stringWidth(text, "Helvetica", size))
    line.textOut(text)
    canvas.drawText(line)
