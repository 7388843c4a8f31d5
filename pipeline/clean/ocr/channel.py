"""What an OCR engine makes of the letters that are printed: learnt confusions with their probabilities.

A noisy channel (Kernighan, Church & Gale 1990) whose segments are up to four letters long (Brill & Moore 2000). Two
are shipped in `models/ocr/confusions.json`: an engine that knows no Danish letters, and a Danish one on a bad scan.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.clean.language_model import ALPHABET
from pipeline.resources import resolve

Name = Literal["ocr_without_danish_letters", "danish_ocr"]
WITHOUT_DANISH_LETTERS: Name = "ocr_without_danish_letters"
DANISH_OCR: Name = "danish_ocr"
_KEYS = {WITHOUT_DANISH_LETTERS: "eng", DANISH_OCR: "dan"}
_MODEL = "models/ocr/confusions.json"
_UNSEEN = math.log(0.99)  # that a letter which the pairs do not show is read right
LONGEST_SEGMENT = 4
_OLD_SPELLINGS = ("aa", "oe")  # of å and ø: the author's own
_TWICE = 0.003  # that a letter is read twice, so that two of its readings follow each other
_VOWELS = "aeiouyæøåéäöü"

Confusion = tuple[str, str]  # observed, intended


@dataclass(frozen=True)
class Channel:
    """`confusions[observed]` lists what may have stood there, each with log P(observed | intended).

    `kept[letter]` is log P(letter | letter). The rest are logarithms for what no pair showed: one letter for another,
    a letter lost, a letter added, by class of letter; and a space lost between two words, a space added in one.
    """

    name: Name
    confusions: dict[str, tuple[tuple[str, float], ...]]
    kept: dict[str, float]
    substitution: dict[str, dict[str, float]]
    lost: dict[str, float]
    added: dict[str, float]
    space_lost: float
    space_added: float

    def keeps(self, letter: str) -> float:
        """Return log P(letter | letter)."""
        return self.kept.get(letter, _UNSEEN)


@cache
def channel(name: Name) -> Channel:
    """Load a channel."""
    content = json.loads(resolve(_MODEL).read_text(encoding="utf-8"))
    key = _KEYS[name]
    return parsed(name, content[key], content["space"][key])


def parsed(name: Name, content: dict[str, Any], space: dict[str, float]) -> Channel:
    """Return the channel that a part of the file describes."""
    confusions: dict[str, list[tuple[str, float]]] = {}
    for observed, intended, probability in content["confusions"]:
        if all(letter in ALPHABET for letter in intended.lower()) and observed.lower() not in _OLD_SPELLINGS:
            confusions.setdefault(observed, []).append((intended, math.log(probability)))
    for (observed, intended), probability in _read_twice(content["confusions"]).items():
        confusions.setdefault(observed, []).append((intended, math.log(probability)))
    backoff = content["backoff"]
    return Channel(
        name,
        {observed: tuple(found) for observed, found in confusions.items()},
        _logarithms(content["kept"]),
        {intended: _logarithms(observed) for intended, observed in backoff["substitution"].items()},
        _logarithms(backoff["lost"]),
        _logarithms(backoff["added"]),
        math.log(space["lost"]),
        math.log(space["added"]),
    )


def _read_twice(confusions: list[tuple[str, str, float]]) -> dict[Confusion, float]:
    """Return what two readings of one letter in a row look like (`éa` for å), but for what the pairs show."""
    readings: dict[str, dict[str, float]] = {}
    for observed, intended, probability in confusions:
        if len(intended) == 1 and intended in "æøåÆØÅ":
            readings.setdefault(intended, {})[observed] = probability
    found: dict[Confusion, float] = {}
    for intended, options in readings.items():
        for one, first in options.items():
            for other, second in options.items():
                double = one + other
                known = double in options or double.lower() in _OLD_SPELLINGS
                if len(double) <= LONGEST_SEGMENT and not known:
                    found[double, intended] = max(found.get((double, intended), 0.0), first * second * _TWICE)
    return found


def _logarithms(probabilities: dict[str, float]) -> dict[str, float]:
    return {key: math.log(probability) for key, probability in probabilities.items() if probability > 0}


def letter_class(letter: str) -> str:
    """Return the class of a letter by which unseen confusions are estimated."""
    if letter.isdigit():
        return "digit"
    if not letter.isalpha():
        return "other"
    if letter.isupper():
        return "capital"
    return "vowel" if letter in _VOWELS else "consonant"
