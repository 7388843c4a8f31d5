"""What is done to a text in any language: unseen characters made visible, Danish order, addresses, Markdown."""

from __future__ import annotations

import re
import unicodedata

from pipeline.report import marks
from pipeline.report.language import NO_BREAK

# Control characters that neither HTML nor Excel may hold; they are shown as the replacement character.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WHITE_SPACE = re.compile(rf"[^\S{NO_BREAK}]+")
ENTITY = re.compile(r"&(?=#|\w)")  # a lone ampersand is text in Markdown too
MARKUP = re.compile(r"([\\`*_\[\]|~])")
LINE_START = re.compile(r"^(\d*)([#+>.)-])")


def visible(text: str) -> str:
    """Return the text with redactions in words and control characters as U+FFFD; PDF's form feeds are line breaks."""
    return CONTROL.sub("\ufffd", marks.shown(text).replace("\f", "\n").replace("\r\n", "\n").replace("\r", "\n"))


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def collation(text: str) -> str:
    """Return the key that sorts as a Danish reader expects: æ, ø, å last; aa as å at the start of a name."""
    lowered = unicodedata.normalize("NFC", text).lower()
    lowered = re.sub(r"\baa", "å", lowered)
    return lowered.translate(str.maketrans("æøå", "{|}"))


def slug(text: str) -> str:
    """Return what can stand in an address: `København` gives `koebenhavn`. Distinct names may share one."""
    spelled = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "ukendt"


def shortened(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut after a sentence or word, the cut marked with `[…]`."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    sentence = max(cut.rfind(mark) for mark in (". ", "? ", "! ", ".\n"))
    word = cut.rfind(" ")
    end = sentence + 1 if sentence > limit // 2 else word if word > limit // 2 else limit
    return f"{text[:end].rstrip()} […]"


def markdown(text: str) -> str:
    """Return text that Markdown shows as it is, inside a line: markup, HTML and table bars are escaped."""
    flat = WHITE_SPACE.sub(" ", visible(text)).strip()
    return MARKUP.sub(r"\\\1", ENTITY.sub("&amp;", flat).replace("<", "&lt;"))


def markdown_line(text: str) -> str:
    """Return the same for a text that begins a line, where `1.`, `-`, `#` and `>` mean something too."""
    return LINE_START.sub(r"\1\\\2", markdown(text))
