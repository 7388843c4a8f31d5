"""Danish formats of numbers, dates and lists, and the words for what the tables hold as codes."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

TONES = {"positive": "positiv", "neutral": "neutral", "negative": "negativ", "mixed": "blandet"}
# What stands beside a tone, so that colour never carries it alone.
TONE_SIGNS = {"positive": "+", "neutral": "○", "negative": MINUS, "mixed": "±"}
UNCOUNTED = {
    "quarantined": "dokumentet kunne ikke læses",
    "not_danish": "dokumentet er ikke på dansk",
    "no_municipality": "dokumentets kommune er ikke fundet",
    "near_duplicate": "dokumentet er næsten en kopi af et andet",
    "nothing_counted": "dokumentet har ingen afsnit, der tælles (kun andres ord, overskrifter eller formalia)",
    "heading": "overskrift",
    "formalia": "formalia: deltagere, indholdsfortegnelse, mødetid o.l.",
    "external": "en anden end kommunen har ordet",
}
CHANGES = {
    "document_new": "Nyt dokument",
    "document_gone": "Dokument væk",
    "theme_new": "Nyt tema",
    "theme_gone": "Tema væk",
    "theme_grown": "Tema vokset",
    "theme_shrunk": "Tema skrumpet",
    "theme_replaced": "Tema omdøbt eller samlet",
    "no_change": "Ingen ændringer",
}

# Control characters that neither HTML nor Excel may hold; they are shown as the replacement character.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WHITE_SPACE = re.compile(rf"[^\S{NO_BREAK}]+")
MARKUP = re.compile(r"([\\`*_\[\]|~])")
LINE_START = re.compile(r"^(\d*)([#+>.)-])")


def visible(text: str) -> str:
    """Return the text with control characters replaced by U+FFFD; form feeds of PDF pages become line breaks."""
    return CONTROL.sub("\ufffd", text.replace("\f", "\n").replace("\r\n", "\n").replace("\r", "\n"))


def number(value: float, digits: int = 0) -> str:
    """Return 12345.6 as `12.345,6` with so many digits; the minus sign is a real one."""
    text = f"{abs(value):,.{digits}f}".translate(str.maketrans(",.", ".,"))
    negative = value < 0 and text.strip("0,.")
    return MINUS + text if negative else text


def signed(value: float, digits: int = 2) -> str:
    """Return the number with its sign: `+0,42`, `−0,42`, `0,00`."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def percent(share: float | None, digits: int = 1) -> str:
    """Return 0.125 as `12,5 %`; a dash for None."""
    return DASH if share is None else f"{number(100 * share, digits)}{NO_BREAK}%"


def percent_range(low: float, high: float, digits: int = 1) -> str:
    """Return 0.08 and 0.17 as `8,0–17,0 %`."""
    return f"{number(100 * low, digits)}{DASH}{percent(high, digits)}"


def points(value: float, digits: int = 1) -> str:
    """Return a difference of shares in percentage points: `8,1 procentpoint`."""
    return f"{number(100 * value, digits)}{NO_BREAK}procentpoint"


def probability(value: float) -> str:
    """Return a p- or q-value: `0,032`, `under 0,001`."""
    return "under 0,001" if value < 0.001 else number(value, 3)


def date(value: datetime.date | None) -> str:
    """Return `6. april 2021`; `uden dato` for None."""
    if value is None:
        return "uden dato"
    return f"{value.day}.{NO_BREAK}{MONTHS[value.month - 1]} {value.year}"


def plural(count: int, one: str, many: str) -> str:
    """Return `1 dokument` or `1.234 dokumenter`."""
    return f"{number(count)}{NO_BREAK}{one if count == 1 else many}"


def documents(count: int) -> str:
    """Return `1 dokument`, `2 dokumenter`."""
    return plural(count, "dokument", "dokumenter")


def joined(items: Sequence[str], last: str = "og") -> str:
    """Return `a`, `a og b`, `a, b og c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


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


def years(values: Sequence[int]) -> str:
    """Return `2021`, `2021–2025`, or `uden år`."""
    if not values:
        return "uden år"
    first, last = min(values), max(values)
    return str(first) if first == last else f"{first}{DASH}{last}"


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
    return MARKUP.sub(r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;"))


def markdown_line(text: str) -> str:
    """Return the same for a text that begins a line, where `1.`, `-`, `#` and `>` mean something too."""
    return LINE_START.sub(r"\1\\\2", markdown(text))
