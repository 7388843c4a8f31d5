"""Danish words: which exist, and how frequent they are.

wordfreq (Robyn Speer, code Apache-2.0, data CC BY-SA 4.0) gives frequencies, simplemma (Adrien Barbaresi, MIT) some
788,000 word forms; a compound of known words counts as known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

RARE = 2e-8  # frequency of a word form that only the word list knows
_SHORTEST_PART = 3
_LINKS = ("", "s", "e")


@cache
def frequencies() -> dict[str, float]:
    """Return the relative frequency of each frequent Danish word form, lower case."""
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("da"))


@cache
def _forms() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("da")


@lru_cache(maxsize=200_000)
def listed(lower: str) -> bool:
    """Return whether the word list holds a form, given in lower case; names stand there with their capital."""
    return _forms().get(lower) is not None or _forms().get(lower.capitalize()) is not None


def known(word: str) -> bool:
    """Return whether a word form is listed, whatever its case."""
    lower = word.lower()
    return lower in frequencies() or listed(lower)


def frequency(word: str) -> float:
    """Return a word form's relative frequency; that of a listed but unseen form is `RARE`, of any other 0."""
    lower = word.lower()
    return frequencies().get(lower) or (RARE if listed(lower) else 0.0)


@lru_cache(maxsize=100_000)
def parts(word: str) -> tuple[str, str] | None:
    """Return a compound's two most frequent parts (the first without its linking s or e), or None."""
    lower = word.lower()
    best: tuple[float, tuple[str, str]] | None = None
    for cut in range(_SHORTEST_PART, len(lower) - _SHORTEST_PART + 1):
        tail = lower[cut:]
        if not listed(tail) and frequencies().get(tail, 0) < 1e-6:
            continue
        for link in _LINKS:
            head = lower[:cut].removesuffix(link) if link else lower[:cut]
            if len(head) < _SHORTEST_PART or (link and not lower[:cut].endswith(link)) or not listed(head):
                continue
            score = min(frequency(head), frequency(tail))
            if best is None or score > best[0]:
                best = (score, (head, tail))
    return best[1] if best else None


def is_word(word: str) -> bool:
    """Return whether a word form is listed or is a compound of two listed ones."""
    return known(word) or parts(word) is not None
