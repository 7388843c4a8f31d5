"""Danish words: which exist, and how frequent they are.

The words and their frequencies stand in `models/ocr/danish.npz`; a compound of known words counts as known.
"""

from __future__ import annotations

import math
from functools import lru_cache

from pipeline.clean.language_model import model

_FREQUENT = math.log(2e-7)  # so frequent a word needs no dictionary to be one
_SHORTEST_PART = 3
_SHORT_PARTS = frozenset(("by", "ny", "år", "is", "æg", "it", "eu", "øl"))
_LINKS = ("", "s", "e")
_LONGEST = 60  # letters; longer runs are no words, and splitting them would take long
COMPOUND = math.log(0.02)  # that a word is a compound no list holds
_JOINT = 0.0
_PRODUCTIVE = math.log(5e-5)
_ENDINGS = ("e", "t", "s", "n", "en", "et", "er", "ne", "erne", "ede", "ens", "ets", "ers", "ernes")
_SHORTEST_STEM = 5
_INFLECTED = math.log(0.01)
_FUNCTION_WORD = math.log(1.5e-3)


def known(word: str) -> bool:
    """Return whether a word form is listed, whatever its case."""
    return known_index(model().index(word.lower()))


def listed(word: str) -> bool:
    """Return whether a list or text holds a word, names included."""
    return model().index(word.lower()) >= 0


def known_index(index: int) -> bool:
    """Return whether the word of this number is a word form, and not only a name or what some text holds."""
    return index >= 0 and (model().is_listed(index) or model().unigram(index) > _FREQUENT)


def frequency(word: str) -> float:
    """Return a word form's relative frequency, 0 of an unknown one."""
    index = model().index(word.lower())
    return math.exp(model().unigram(index)) if index >= 0 else 0.0


def part_score(index: int) -> float:
    """Return the logarithm of the probability of a word as the last part of a compound."""
    return model().last_part(index) + _JOINT


def head_score(index: int) -> float:
    """Return the same for a part that others follow."""
    return model().first_part(index) + _JOINT


def may_be_part(word: str, index: int, *, last: bool) -> bool:
    """Whether a known word may be part of a compound: long enough, and no function word unless many begin with it."""
    if len(word) < _SHORTEST_PART and word not in _SHORT_PARTS:
        return False
    return model().unigram(index) < _FUNCTION_WORD or (not last and model().first_part(index) > _PRODUCTIVE)


@lru_cache(maxsize=100_000)
def compound_score(word: str) -> float:
    """Return the logarithm of the probability of a compound or genitive, minus infinity for what is none."""
    lower = word.lower()
    if not 2 * _SHORTEST_PART - 1 <= len(lower) <= _LONGEST:
        return -math.inf
    # best[i]: score of the first i letters as parts, each followed by its link
    best = [0.0] + [-math.inf] * len(lower)
    for end in range(2, len(lower) + 1):
        for start in range(max(0, end - 24), end - 1):
            if best[start] == -math.inf or (start == 0 and end == len(lower)):
                continue
            part = lower[start:end]
            index = model().index(part)
            if index < 0 or not known_index(index) or not may_be_part(part, index, last=end == len(lower)):
                continue
            total = best[start] + (part_score(index) if end == len(lower) else head_score(index))
            for link in _LINKS:
                place = end + len(link)
                at_end = place == len(lower) and link == "e"
                if lower.startswith(link, end) and not at_end and total > best[place]:
                    best[place] = total
    return best[-1] + COMPOUND


@lru_cache(maxsize=100_000)
def inflected_score(word: str) -> float:
    """Return the logarithm of the probability of a listed word with a regular ending, minus infinity for others."""
    lower = word.lower()
    best = -math.inf
    for ending in _ENDINGS:
        stem = lower.removesuffix(ending)
        if len(stem) >= _SHORTEST_STEM and stem != lower:
            index = model().index(stem)
            if index >= 0 and known_index(index):
                best = max(best, model().unigram(index) + _INFLECTED)
    return best


def is_word(word: str) -> bool:
    """Return whether a word form is listed or is a compound of listed ones."""
    return known(word) or compound_score(word) > -math.inf
