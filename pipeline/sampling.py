"""Which paragraphs a person is asked to label: the least certain, or a random sample with known probabilities."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.population import counted_paragraphs

if TYPE_CHECKING:
    import polars as pl

WITHOUT_THEME = 0.7  # certainty of a paragraph that got no theme: nothing says how near it came to one


@dataclass(frozen=True)
class Item:
    """One counted paragraph, where it stands, and the themes proposed (main first) with their scores."""

    document_id: str
    start: int
    end: int
    municipality: str
    date: datetime.date | None
    title: str
    heading: str
    text: str
    proposed: tuple[tuple[str, float], ...]
    probability: float = 1.0

    @property
    def key(self) -> str:
        """What the sheet calls the paragraph."""
        return f"{self.document_id}:{self.start}-{self.end}"

    @property
    def certainty(self) -> float:
        """0-1: how far the proposed theme nearest to even odds is from them."""
        if not self.proposed:
            return WITHOUT_THEME
        return min(abs(2 * score - 1) for _, score in self.proposed)


def items(
    documents: pl.DataFrame,
    paragraphs: pl.DataFrame,
    assignments: Iterable[Mapping[str, Any]],
    shared: Collection[str] = (),
) -> list[Item]:
    """Return every counted paragraph with the codebook themes proposed for it; `shared` is that of `population`."""
    proposed: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    for row in assignments:
        if row["origin"] == "codebook":
            proposed[row["paragraph_id"]].append((row["rank"], row["theme_id"], row["score"]))
    places = paragraphs.select("paragraph_id", "raw_start", "raw_end", "heading_path")
    facts = documents.select("document_id", "date", "title")
    counted = counted_paragraphs(documents, paragraphs, shared)
    counted = counted.join(places, on="paragraph_id").join(facts, on="document_id")
    return [
        Item(
            document_id=row["document_id"],
            start=row["raw_start"],
            end=row["raw_end"],
            municipality=row["municipality"],
            date=row["date"],
            title=row["title"],
            heading=" › ".join(row["heading_path"]),
            text=row["text"],
            proposed=tuple((theme, score) for _, theme, score in sorted(proposed[row["paragraph_id"]])),
        )
        for row in counted.sort("paragraph_id").iter_rows(named=True)
    ]


def least_certain(found: Sequence[Item], number: int, known: Iterable[str] = ()) -> list[Item]:
    """Return so many items, the least certain first, without those whose key is `known` (labelled before)."""
    left = set(known)
    return sorted((item for item in found if item.key not in left), key=lambda item: (item.certainty, item.key))[
        :number
    ]


def stratified(found: Sequence[Item], number: int, seed: int) -> list[Item]:
    """Return a random sample in random order: as many of each municipality, all where one has no more.

    Each item carries its probability of being drawn: the size of the sample over that of the municipality.
    """
    generator = np.random.default_rng(seed)
    strata: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(found, key=lambda item: item.key):
        strata[item.municipality].append(item)
    chosen: list[Item] = []
    left = number
    # The smallest first: what it cannot fill goes to the others.
    for rank, name in enumerate(sorted(strata, key=lambda name: (len(strata[name]), name))):
        members = strata[name]
        size = min(len(members), left // (len(strata) - rank))
        left -= size
        rows = generator.choice(len(members), size=size, replace=False)
        chosen += [_drawn(members[row], size / len(members)) for row in sorted(rows)]
    return [chosen[row] for row in generator.permutation(len(chosen))]


def _drawn(item: Item, probability: float) -> Item:
    return replace(item, probability=probability, proposed=())
