"""The characters that stand for redacted text inside the report's tables, one for each character taken out.

One code point of Unicode's private use area per kind, so that no text changes its length and every offset stays right.
What people see is made of them last of all: `shown` turns a run of one kind into its words.
"""

from __future__ import annotations

import re

# The values of redactions.kind; `closed` is text of a closed agenda item, which is left out, not redacted.
WORDS = {
    "name": "[navn]",
    "cpr": "[cpr-nummer]",
    "phone": "[telefonnummer]",
    "email": "[e-mail]",
    "address": "[adresse]",
    "account": "[kontonummer]",
    "closed": "[lukket punkt]",
}
_FIRST = 0xEA00
MARKS = {kind: chr(_FIRST + number) for number, kind in enumerate(WORDS, 1)}
_RUN = re.compile("|".join(f"{mark}+" for mark in MARKS.values()))
SHOWN = {mark: WORDS[kind] for kind, mark in MARKS.items()}
_FORGED = dict.fromkeys(map(ord, MARKS.values()), "\ufffd")


def shown(text: str) -> str:
    """Return the text with every run of redaction characters as words: `[navn]`."""
    return _RUN.sub(lambda run: SHOWN[run.group()[0]], text)


def unforged(text: str) -> str:
    """Return the text of a document with the code points that mean a redaction here replaced by U+FFFD."""
    return text.translate(_FORGED)
