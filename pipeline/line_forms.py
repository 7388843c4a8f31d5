"""What the form of a line says: that it begins a list item, or is a row of a table. Shared by clean and segment."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[•‣◦▪■□●○➢✓·*+–—-][ \t]+(?=\S)")
_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})+\.?|(?:\d{1,2}|[a-zæøåA-ZÆØÅ]|[ivx]{2,4})[.)]|\((?:\d{1,2}|[a-z])\))[ \t]+(?=\S)"
)
# `3. maj`, `4. klasse` and `d. 3.5.2023` begin with a number, but no item.
_ORDINAL = re.compile(
    r"(?i)d\. ?\d|\d{1,2}\. (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|kvartal|klasse|behandling|årgang)\b"
)


_COLUMNS = re.compile(r"\t|(?:\S {3,}\S.*){2}|\S {3,}[-\d.,%]+$| \| .* \| ")


def is_row(text: str) -> bool:
    """Return whether a line is a row of a table: tabs, bars or wide gaps stand between its cells."""
    return bool(_COLUMNS.search(text))


def sign_end(text: str) -> int:
    """Return where the text of an item begins after its sign; 0 for a text without a sign."""
    match = _SIGN.match(text)
    return match.end() if match else 0


def number(text: str) -> str:
    """Return what numbers an item (`1.`, `a)`, `2.3`), or nothing."""
    match = _NUMBER.match(text)
    return match.group(1) if match and not _ORDINAL.match(text) else ""


def begins_item(text: str) -> bool:
    """Return whether a line begins a list item."""
    return bool(sign_end(text) or number(text))
