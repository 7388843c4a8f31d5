"""Drops what a small model takes for names of persons and places although it is written with common words alone.

In minutes every heading and bullet begins with a capital letter ("Beslutning", "Unge"), which newspapers, the usual
training data, do not do. Such "names" would be masked before embedding, and their themes with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from simplemma import lemmatize
from simplemma.strategies import DictionaryLookupStrategy

from pipeline.lemmatize import compounds

if TYPE_CHECKING:
    from spacy.tokens import Span

# Organisations often are written with common words alone (Folketinget, Undervisningsministeriet).
CHECKED = frozenset({"PER", "LOC"})


def is_name(span: Span) -> bool:
    """Return whether a span that the model took for a name has a word in it that is no common word."""
    return span.label_ not in CHECKED or not all(is_common(token.text) for token in span)


@lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Return whether a word is in the dictionary in lower case only, or a compound, or no word at all.

    `Beslutning`, `Procesplan` and `81.38` are common; `Mette`, `Møller` (also a miller) and `Xyz` are not.
    """
    if "-" in word:
        return all(is_common(piece) for piece in word.split("-"))
    lower = word.lower()
    if len(word) < 2 or not lower.isalpha():
        return True
    listed = _word_list()
    if word != lower and listed.exact_lemma(word, "da") is not None:
        return False
    return listed.exact_lemma(lower, "da") is not None or bool(compounds.split(lemmatize(lower, lang="da")))


@lru_cache(maxsize=1)
def _word_list() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()
