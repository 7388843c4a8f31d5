"""Damaged, invisible and odd characters: mojibake, ligatures, private-use glyphs, spaces, combining letters.

Each function takes a text and returns the sorted edits that mend it, as exact as the damage.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.offsets import Edit, edit

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Zero-width and direction marks, soft hyphens inside a line, control characters but tab, newline and form feed.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\u00ad"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+(?!\n)|[\u200b-\u200f\u202a-\u202e\ufeff](?=\n)|(?<!\\w)\u00ad+(?=\n)"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLET_GLYPH = re.compile(
    "(?m)(?:^|(?<=\f))([ \t]*)([\ue000-\uf8ff\u2022\u25cf\u25a0\u25aa\u25e6\u2023\u00b7])([ \t]*)(?=\\S)"
)
# What ftfy leaves alone because it also occurs in sound text: Å read as Windows-1252.
_BARE_MOJIBAKE = re.compile("Ã…(?=[a-zæøå])")


def line_ends(text: str) -> list[Edit]:
    """Return the edits that make every line end a newline."""
    return [edit(text, *match.span(), "\n", "line_end") for match in _LINE_ENDS.finditer(text)]


def mojibake(text: str) -> list[Edit]:
    """Return the edits that decode UTF-8 that was read as something else (`Ã¦` -> `æ`), found with ftfy."""
    if text.isascii() or not any(sign in text for sign in "ÂÃâÅÄÐ"):
        return []
    from ftfy import bad_codecs, fix_encoding
    from ftfy.chardata import UTF8_DETECTOR_RE

    bad_codecs.ok()
    found = {
        match.span(): _decoded(match.group()) or fix_encoding(match.group())
        for match in UTF8_DETECTOR_RE.finditer(text)
    }
    changed = {span: after for span, after in found.items() if after != text[slice(*span)]}
    if changed or _BARE_MOJIBAKE.search(text):
        changed |= {match.span(): "Å" for match in _BARE_MOJIBAKE.finditer(text)}
    return [edit(text, *span, after, "mojibake") for span, after in sorted(changed.items())]


def _decoded(run: str) -> str:
    """Return what a run of Windows-1252 letters is as UTF-8, or nothing."""
    try:
        return run.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return ""


def bullets(text: str) -> list[Edit]:
    """Return the edits that give every list item with a bullet glyph, symbol font or not, the form `• text`."""
    edits = []
    for match in _BULLET_GLYPH.finditer(text):
        glyph, gap = match.group(2), match.group(3)
        if _PRIVATE.match(glyph) or gap != " ":
            after = "• " if _PRIVATE.match(glyph) else f"{glyph} "
            edits.append(edit(text, match.start(2), match.end(3), after, "bullet"))
    return edits


def glyphs(text: str) -> list[Edit]:
    """Return the edits that spell ligatures out, make odd spaces plain and drop what cannot be seen."""
    if text.isascii() and not _INVISIBLE.search(text):
        return []
    edits = [
        edit(text, *match.span(), unicodedata.normalize("NFKC", match.group()), "ligature")
        for match in _LIGATURES.finditer(text)
    ]
    edits += [edit(text, *match.span(), " ", "space") for match in _SPACES.finditer(text)]
    edits += [edit(text, *match.span(), "", "invisible") for match in _INVISIBLE.finditer(text)]
    edits += [edit(text, *match.span(), _symbol(match.group()), "private_use") for match in _PRIVATE.finditer(text)]
    return sorted(edits, key=lambda change: change.start)


def _symbol(glyph: str) -> str:
    """Return the character that a symbol font's glyph stands for: fonts put ASCII at U+F000."""
    code = ord(glyph) - 0xF000
    return chr(code) if 0x20 <= code < 0x7F else ""


def composed(text: str) -> list[Edit]:
    """Return the edits that compose letters and their marks (Unicode NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return []
    runs = ((match.span(), unicodedata.normalize("NFC", match.group())) for match in _NOT_ASCII.finditer(text))
    return [edit(text, *span, after, "composed") for span, after in runs if after != text[slice(*span)]]


STEPS = (line_ends, mojibake, bullets, glyphs, composed)
