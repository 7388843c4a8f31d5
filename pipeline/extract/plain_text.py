"""Text files in any encoding: UTF-8 first, then UTF-16, then the eight-bit encoding that makes the best Danish."""

from __future__ import annotations

import codecs

from pipeline.extract.reading import UnreadableError

NOT_TEXT = "Filen er ikke tekst, men binære data: tjek, at den rigtige fil er lagt i mappen"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Danish files were saved in by Windows, older Mac and DOS programs; the first wins a tie.
_EIGHT_BIT = ("cp1252", "mac_roman", "cp850", "cp865")
_EXPECTED = frozenset("æøåÆØÅéÉèüÜöÖäÄáíóúñç–—‘’“”„«»…•·§°½²€£©®´¨\u00a0\u00ad")
_ENOUGH = 0.8  # share of the characters beyond ASCII that Danish text would have


def decode(content: bytes) -> str:
    """Return the text of a file, without its byte order mark and otherwise as it is.

    UnreadableError where the bytes are no text.
    """
    text = _decode(content)
    controls = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 26, 27))
    if "\x00" in text or controls > len(text) / 100:
        raise UnreadableError("damaged", NOT_TEXT)
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if b"\x00" in content:
        return _decode_wide(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    valid = sum(ord(character) > 0x7F for character in content.decode("utf-8", "ignore"))
    if valid > content.decode("utf-8", "replace").count("\ufffd"):
        return content.decode("utf-8", "single_bytes_as_cp1252")
    return _decode_eight_bit(content)


def _single_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


# UTF-8 with a few stray bytes, as pasting between programs leaves it, keeps its valid letters.
codecs.register_error("single_bytes_as_cp1252", _single_bytes)


def _decode_wide(content: bytes) -> str:
    """Decode UTF-16 without a mark: Latin letters leave a zero in every other byte."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if max(even, odd) < len(content) * 0.3 or min(even, odd) > len(content) * 0.02:
        raise UnreadableError("damaged", NOT_TEXT)
    return content.decode("utf-16-le" if odd > even else "utf-16-be", "replace")


def _decode_eight_bit(content: bytes) -> str:
    best, best_share = "", -1.0
    for encoding in _EIGHT_BIT:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = [character for character in text if ord(character) > 0x7F]
        share = sum(character in _EXPECTED for character in beyond) / len(beyond) if beyond else 1.0
        if share > best_share:
            best, best_share = text, share
    return best if best_share >= _ENOUGH else _guess(content)


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(content).best()
    if guess is None:
        raise UnreadableError("damaged", NOT_TEXT)
    return str(guess)
