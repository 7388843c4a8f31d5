"""How well compounds are split, against words of municipal documents split by hand (tests/data/compounds.csv)."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.lemmatize.compounds import split

LABELS = Path(__file__).resolve().parents[1] / "data" / "compounds.csv"
REPEATS = 100


class Label(NamedTuple):
    """A word with the ways in which it may be split (`skole+bus+kort`), none for a word to be left whole."""

    word: str
    readings: tuple[str, ...]
    doubtful: bool


class Agreement(NamedTuple):
    """A compound is right when it is split as one of its readings.

    Precision is over the words that were split, recall over those that should be.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def read(path: Path = LABELS) -> list[Label]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Label(row["word"], tuple(filter(None, map(str.strip, row["parts"].split("|")))), row["doubt"] == "1")
            for row in csv.DictReader(file)
        ]


def agreement(labels: Sequence[Label]) -> Agreement:
    found = [("+".join(split(label.word)), label.readings) for label in labels]
    right = sum(parts in readings for parts, readings in found)
    return Agreement(right / sum(bool(parts) for parts, _ in found), right / sum(bool(each) for _, each in found))


def measure() -> Iterator[str]:
    labels = read()
    split("dagsorden")  # loads the dictionary
    start = time.process_time()
    for label in labels:
        split(label.word)
    new = len(labels) / (time.process_time() - start)
    start = time.process_time()
    for _ in range(REPEATS):
        for label in labels:
            split(label.word)
    known = REPEATS * len(labels) / (time.process_time() - start)
    yield "| words | compounds | precision | recall | F1 |"
    yield "|---|---|---|---|---|"
    for name, chosen in (("all", labels), ("without doubtful ones", [label for label in labels if not label.doubtful])):
        scores = agreement(chosen)
        compounds = sum(bool(label.readings) for label in chosen)
        yield f"| {len(chosen)} {name} | {compounds} | {scores.precision:.3f} | {scores.recall:.3f} | {scores.f1:.3f} |"
    yield f"{new:,.0f} new words a second of CPU time, {known:,.0f} known ones"
