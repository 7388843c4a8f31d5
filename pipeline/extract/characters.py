"""Words with their boxes from a PDF page, by PDFium's characters."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from pipeline.extract.layout import Word

HYPHEN = "\x02"  # PDFium's sign for a hyphen at the end of a line
_UPRIGHT = 0.1  # radians
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


def page_words(text_page: Any) -> tuple[list[Word], int]:
    """Return the upright words of a page and the number of characters that are not upright."""
    reader = _Reader(text_page.raw)
    for index in range(text_page.count_chars()):
        reader.read(index)
    reader.end_word()
    return reader.words, reader.turned


class _Reader:
    def __init__(self, raw: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._raw = raw
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._characters: list[str] = []
        self._first = 0
        self._left = self._right = self._baseline = self._size = 0.0
        self.words: list[Word] = []
        self.turned = 0

    def read(self, index: int) -> None:
        code = self._pdfium.FPDFText_GetUnicode(self._raw, index)
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if character == HYPHEN and self._pdfium.FPDFText_IsHyphen(self._raw, index) == 1:
            character = "-"
        if (character.isspace() and character != "\u00a0") or code in (0, 0xFFFE):
            self.end_word()
            return
        if not self._is_upright(index):
            self.end_word()
            self.turned += 1
            return
        self._pdfium.FPDFText_GetLooseCharBox(self._raw, index, ctypes.byref(self._box))
        self._pdfium.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(self._x), ctypes.byref(self._y))
        left, right, baseline = self._box.left, self._box.right, self._y.value
        if self._characters and self._jumps(left, baseline):
            self.end_word()
        if not self._characters:
            self._first, self._left, self._right, self._baseline = index, left, right, baseline
            self._size = self._type_size(index)
        self._characters.append(character)
        self._right = max(self._right, right)

    def end_word(self) -> None:
        text = "".join(self._characters).strip("\u00a0")
        if text:
            bold = self._is_bold(self._first)
            self.words.append(Word(text, self._left, self._right, self._baseline, self._size, bold))
        self._characters = []

    def _jumps(self, left: float, baseline: float) -> bool:
        if abs(baseline - self._baseline) > 0.6 * self._size:
            return True
        return left < self._left - 0.5 * self._size or left > self._right + self._size

    def _is_upright(self, index: int) -> bool:
        angle = float(self._pdfium.FPDFText_GetCharAngle(self._raw, index))
        return angle < _UPRIGHT or angle > 2 * math.pi - _UPRIGHT

    def _type_size(self, index: int) -> float:
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix))
        size = self._pdfium.FPDFText_GetFontSize(self._raw, index) * math.hypot(matrix.c, matrix.d)
        return round(float(size), 1) or 1.0

    def _is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(256)
        self._pdfium.FPDFText_GetFontInfo(self._raw, index, name, 256, ctypes.byref(flags))
        return any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD)
