"""Whether a PDF's own text layer can be trusted, or the page had better be read again."""

from __future__ import annotations

import re

# Danish function words without æ, ø and å, which survive a reader that does not know those letters.
_FUNCTION_WORDS = frozenset(
    "og i at er til af en et den det der som for med de har ikke om eller fra kan vil skal ved men var blev".split()  # noqa: SIM905
)
_MIN_LETTERS = 200
_DANISH_SHARE = 0.2
# Danish prose holds some 3.5 æøå in 100 letters; a layer with fewer than this has lost them.
_MIN_DANISH_LETTERS = 1 / 400
_UNREADABLE_SHARE = 0.2
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def letters(text: str) -> int:
    """Return the number of letters."""
    return sum(map(str.isalpha, text))


def is_danish(text: str) -> bool:
    """Whether a fair share of the words are Danish function words; Norwegian passes as well, English does not."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) >= 20 and sum(word in _FUNCTION_WORDS for word in words) >= _DANISH_SHARE * len(words)


def is_damaged(text: str) -> bool:
    """Whether a page's layer is Danish that has lost its æøå, or holds signs that no font maps to letters."""
    signs = len(re.sub(r"\s", "", text))
    if signs and len(_UNREADABLE.findall(text)) > _UNREADABLE_SHARE * signs:
        return True
    count = letters(text)
    if count < _MIN_LETTERS or not is_danish(text):
        return False
    return sum(text.lower().count(letter) for letter in "æøå") < _MIN_DANISH_LETTERS * count
