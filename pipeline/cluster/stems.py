"""Evidence from words: a theme's stems found in a paragraph, also inside compounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.characters import rarity
from pipeline.cluster.context import Unit
from pipeline.settings import Theme

WHOLE_WORD_BELOW = 5


class StemMatcher:
    """Weighs one theme's stems in a paragraph: the rarer a stem, the more it says.

    A stem of five letters or more matches anywhere in the text, also inside a compound; a shorter one matches a whole
    word, lemma or compound part only. A theme without stems lends the long words of its Danish name.
    """

    def __init__(self, theme: Theme, idf: NDArray[np.float16]) -> None:
        stems = sorted({stem.casefold() for stem in theme.stems or _from_name(theme.da)})
        weights = {stem: rarity(stem, idf) for stem in stems}
        self._whole = {stem: weight for stem, weight in weights.items() if len(stem) < WHOLE_WORD_BELOW}
        self._inside = [(stem, weight) for stem, weight in weights.items() if len(stem) >= WHOLE_WORD_BELOW]

    def weight(self, text: str, words: frozenset[str]) -> float:
        """Return the weight of all stems found; `text` and `words` in lower case."""
        # The square root: the second mention says less than the first.
        inside: float = sum(weight * sqrt(text.count(stem)) for stem, weight in self._inside if stem in text)
        return inside + sum(weight for stem, weight in self._whole.items() if stem in words)


def _from_name(name: str) -> list[str]:
    from snowballstemmer import stemmer

    words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) > WHOLE_WORD_BELOW]
    return [stem for stem in stemmer("danish").stemWords(words) if len(stem) >= WHOLE_WORD_BELOW]


def stem_weights(units: Sequence[Unit], themes: Sequence[Theme], idf: NDArray[np.float16]) -> NDArray[np.float64]:
    """Return the weight of each theme's stems (columns) in each paragraph (rows)."""
    matchers = [StemMatcher(theme, idf) for theme in themes]
    found = [
        [matcher.weight(text, words) for matcher in matchers]
        for text, words in ((unit.text.casefold(), frozenset(unit.words)) for unit in units)
    ]
    return np.array(found, dtype=np.float64).reshape(len(units), len(themes))
