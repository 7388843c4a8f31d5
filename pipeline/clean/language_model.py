"""A word n-gram model of Danish, and with it the word list: both are read from one file, `models/ocr/danish.npz`.

The words form a minimal acyclic automaton that numbers them (see `models/ocr/word_graph.py`, which builds it). Word,
bigram and trigram probabilities are 8-bit logarithms, the n-grams in hashed tables with 16-bit fingerprints
(Talbot & Osborne 2007): a look-up in some 50,000 takes a stranger's value. Probabilities back off (Katz 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from pipeline.resources import resolve

ALPHABET = "abcdefghijklmnopqrstuvwxyzàáâäåæçèéêëíîïñóôöøúüýšž"
CHARACTERS = "\0abcdefghijklmnopqrstuvwxyzæøåéö"  # of the model of unknown words; any other is the last code
_FILE = "models/ocr/danish.npz"
_STEP, _BACKOFF_STEP, _CHARACTER_STEP = -24 / 255, -10 / 255, -12 / 255  # what one unit of a stored byte is worth
_MASK = (1 << 64) - 1
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_CACHED = 500_000

Children = dict[str, tuple[int, int, bool]]  # letter -> node behind it, words before it, whether a word ends with it


@dataclass(frozen=True, slots=True)
class Special:
    """The numbers of what is no word: a sentence's beginning, a number, a comma, an unknown word."""

    boundary: int
    number: int
    comma: int
    unknown: int


class LanguageModel:
    """The model as read from its file; words are lower case, probabilities natural logarithms."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._edges = memoryview(tables["edges"])
        self._before = memoryview(tables["before"])
        self._unigram = memoryview(tables["unigram"])
        self._backoff = memoryview(tables["backoff"])
        self._bigrams = memoryview(tables["bigrams"])
        self._trigrams = memoryview(tables["trigrams"])
        self._characters = memoryview(tables["characters"].reshape(-1))
        self._listed = memoryview(tables["listed"])
        self._first_parts = memoryview(tables["first_parts"])
        self._last_parts = memoryview(tables["last_parts"])
        count = len(self._unigram) - 4
        self.special = Special(count, count + 1, count + 2, count + 3)
        self.root = self._edges[0]
        self._nodes: dict[int, Children] = {0: {}}
        self._codes = {letter: code for code, letter in enumerate(CHARACTERS)}
        self._scores: dict[tuple[int, int, int], float] = {}
        self._indices: dict[str, int] = {}

    def children(self, node: int) -> Children:
        """Return what follows a node of the automaton."""
        found = self._nodes.get(node)
        if found is None:
            found, place, last = {}, node, 0
            while not last:
                edge = self._edges[place]
                found[ALPHABET[edge >> 2 & 63]] = (edge >> 8, self._before[place], bool(edge & 2))
                last = edge & 1
                place += 1
            self._nodes[node] = found
        return found

    def index(self, word: str) -> int:
        """Return a word's number, -1 without one."""
        found = self._indices.get(word)
        if found is None:
            if len(self._indices) > _CACHED:
                self._indices.clear()
            found = self._indices[word] = self._find(word)
        return found

    def _find(self, word: str) -> int:
        node, index, final = self.root, 0, False
        for letter in word:
            step = self.children(node).get(letter)
            if step is None:
                return -1
            index += final + step[1]
            node, final = step[0], step[2]
        return index if final else -1

    def unigram(self, index: int) -> float:
        """Return the logarithm of a word's relative frequency."""
        return self._unigram[index] * _STEP

    def is_listed(self, index: int) -> bool:
        """Whether a dictionary, and not only some text, holds the word."""
        return bool(self._listed[index >> 3] >> (7 - (index & 7)) & 1)

    def first_part(self, index: int) -> float:
        """Return log P(word | it is a part of a compound that others follow)."""
        return self._first_parts[index] * _STEP

    def last_part(self, index: int) -> float:
        """Return log P(word | it is the last part of a compound)."""
        return self._last_parts[index] * _STEP

    def score(self, first: int, second: int, word: int) -> float:
        """Return log P(word | first second)."""
        key = (first, second, word)
        found = self._scores.get(key)
        if found is None:
            if len(self._scores) > _CACHED:
                self._scores.clear()
            found = self._scores[key] = self._score(first, second, word)
        return found

    def _score(self, first: int, second: int, word: int) -> float:
        entry = _look_up(self._trigrams, (first, second, word))
        if entry:
            return (entry >> 8 & 255) * _STEP
        context = _look_up(self._bigrams, (first, second))
        weight = (context & 255) * _BACKOFF_STEP
        entry = _look_up(self._bigrams, (second, word))
        if entry:
            return weight + (entry >> 8 & 255) * _STEP
        return weight + self._backoff[second] * _BACKOFF_STEP + self._unigram[word] * _STEP

    def unseen(self, first: int, second: int) -> float:
        """Return log P(a word never seen after these two | first second), which its own probability is added to."""
        context = _look_up(self._bigrams, (first, second))
        return ((context & 255) + self._backoff[second]) * _BACKOFF_STEP

    def letter(self, before: str, letter: str) -> float:
        """Return log P(letter | letters before it) in a word that no list holds; "" is the word's end."""
        context = 0
        for previous in before[-3:]:
            context = context << 5 | self._codes.get(previous, 31)
        return self._characters[context << 5 | self._codes.get(letter or "\0", 31)] * _CHARACTER_STEP

    def spelling(self, word: str) -> float:
        """Return log P(word) for a word that no list holds, from the order of its letters."""
        total, context = 0, 0
        for letter in (*word, "\0"):
            code = self._codes.get(letter, 31)
            total += self._characters[context << 5 | code]
            context = (context << 5 | code) & 0x7FFF
        return self.unigram(self.special.unknown) + total * _CHARACTER_STEP


def hashed(key: tuple[int, ...], size: int) -> tuple[int, int]:
    """Return the place of a key in a table, and its fingerprint, which is never 0."""
    value = key[0] * _FACTORS[0] & _MASK
    for part, factor in zip(key[1:], _FACTORS[1:], strict=False):
        value ^= part * factor & _MASK
    value ^= value >> 29
    value = value * _FACTORS[0] & _MASK
    value ^= value >> 32
    return value % size, value >> 44 & 0xFFFF or 1


def _look_up(table: memoryview, key: tuple[int, ...]) -> int:
    """Return the entry of a hashed table, 0 without one."""
    place, fingerprint = hashed(key, len(table))
    while entry := table[place]:
        if entry >> 16 == fingerprint:
            return int(entry)
        place = place + 1 if place + 1 < len(table) else 0
    return 0


@cache
def model() -> LanguageModel:
    """Load the model once."""
    with np.load(resolve(_FILE)) as content:
        return LanguageModel({name: content[name] for name in content.files})
