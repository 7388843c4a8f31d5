"""Scans that come as pictures: PNG, JPEG and TIFF with one or more pages."""

from __future__ import annotations

import io
from collections.abc import Callable

from pipeline.extract import tesseract
from pipeline.extract.reading import Page, Reading, UnreadableError
from pipeline.settings import Extract


def read_pictures(content: bytes, media_type: str, settings: Extract, beat: Callable[[], None]) -> Reading:
    """Return the pages of a picture file, each read by OCR and ending in a form feed.

    UnreadableError where OCR is not installed or the picture is damaged or too large to unpack.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    if not tesseract.is_available(settings.ocr_language):
        raise UnreadableError("scanned", tesseract.MISSING)
    pages = []
    try:
        with Image.open(io.BytesIO(content)) as file:
            if getattr(file, "n_frames", 1) > settings.max_pages:
                raise UnreadableError("unreadable", f"Billedfilen har over {settings.max_pages} sider: del den op")
            for frame in ImageSequence.Iterator(file):
                beat()
                picture = ImageOps.exif_transpose(frame).convert("L")
                scale = (tesseract.MAX_PIXELS / (picture.width * picture.height)) ** 0.5
                if scale < 1:
                    picture = picture.resize((int(picture.width * scale), int(picture.height * scale)))
                text = tesseract.read_picture(picture, settings.ocr_language, settings.ocr_dpi)
                pages.append(Page(f"{text}\n\f" if text else "\f", "ocr"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableError("damaged", "Billedfilen er beskadiget eller for stor: skan siden igen") from error
    return Reading(media_type, tuple(pages))
