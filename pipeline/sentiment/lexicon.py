"""Word polarities from Det Danske Sentimentleksikon, and their counts in a sentence, negation considered."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import FatalError

FILE = "lexicon.txt.gz"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_NEGATIONS = frozenset(["ikke", "ingen", "intet", "aldrig", "uden", "næppe", "hverken", "manglende", "mangler", "ej"])
_CLAUSE_END = re.compile(r"[,.;:!?]|\b(?:men|og|eller|som|der|at|fordi|mens|når)\b")
_REACH = 4  # words that a negation reaches forward inside its clause


class Lexicon:
    """Polarity of word forms, -5 to 5. Words that hold one of `themes`' stems are neutral: a theme is no tone."""

    def __init__(self, polarity: Mapping[str, int], theme_stems: Iterable[str] = ()) -> None:
        stems = sorted({stem.casefold() for stem in theme_stems if len(stem) >= 5})
        pattern = re.compile("|".join(map(re.escape, stems))) if stems else None
        self._polarity = {word: p for word, p in polarity.items() if pattern is None or not pattern.search(word)}

    @classmethod
    def load(cls, folder: Path, theme_stems: Iterable[str] = ()) -> Lexicon:
        """Read `lexicon.txt.gz` (a line per polarity: number, tab, words); FatalError where it cannot be used."""
        source = folder / FILE
        try:
            with gzip.open(source, "rt", encoding="utf-8") as stream:
                lines = [line.rstrip("\n").split("\t") for line in stream]
            polarity = {word: int(value) for value, words in lines for word in words.split()}
        except (OSError, EOFError, ValueError) as error:
            raise FatalError(f"{source} cannot be used ({error}): restore it from git") from error
        return cls(polarity, theme_stems)

    def balance(self, text: str) -> tuple[float, float]:
        """Return the sums of positive and of negative polarity; a negated word counts half, on the other side."""
        positive = negative = 0.0
        for value, denied in self._values(text):
            effective = -value / 2 if denied else value
            positive += max(0.0, effective)
            negative -= min(0.0, effective)
        return positive, negative

    def denied(self, text: str) -> tuple[int, int]:
        """Return how many positive and how many negative words a negation reaches."""
        values = [value for value, denied in self._values(text) if denied]
        return sum(value > 0 for value in values), sum(value < 0 for value in values)

    def _values(self, text: str) -> Iterator[tuple[int, bool]]:
        for clause in _clauses(text):
            for word, denied in zip(clause, _denied(clause), strict=True):
                if value := self._polarity.get(word):
                    yield value, denied


def _denied(clause: Sequence[str]) -> list[bool]:
    """Return for each word whether a negation reaches it; negations themselves are not denied."""
    until, denied = -1, []
    for place, word in enumerate(clause):
        if word in _NEGATIONS:
            until = place + _REACH
        denied.append(place <= until and word not in _NEGATIONS)
    return denied


def _clauses(text: str) -> Sequence[list[str]]:
    return [WORD.findall(clause) for clause in _CLAUSE_END.split(text.casefold())]
