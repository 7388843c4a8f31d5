"""Passages that several municipalities share nearly word for word: templates, joint agreements, quoted law."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.shingles import shingles, signature, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# "The council took note of the report" is nobody's template: a passage is longer than a formula.
FEWEST_WORDS = 12
SHINGLE_WORDS = 3
SIMILARITY = 0.7
PERMUTATIONS = 128
# The index asks for less than the threshold, since its answer is a guess; the exact similarity then decides.
SLACK = 0.8
PLACE = "kommunenavn"


def passages(own: pl.DataFrame, documents: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of `shared_passages`: paragraphs of at least 12 words that two municipalities or more have.

    `own` is that of `population.own_paragraphs`, near duplicates included: a document that two towns sent out together
    is a duplicate too. A passage is led by its first paragraph, by date (undated ones last), path and place; the others
    have at least .7 of their runs of three words in common with it (Jaccard). A municipality's name does not set two
    paragraphs apart. What comes again within one municipality alone is its own voice.
    """
    order = documents.select("document_id", "date", "path")
    rows = own.join(order, on="document_id").sort("date", "path", "paragraph_id", nulls_last=True)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for first, paragraph, municipality, similarity in _led(rows):
        found[first].append(
            {"passage_id": first, "paragraph_id": paragraph, "municipality": municipality, "similarity": similarity}
        )
    return [row for members in found.values() if len(_municipalities(members)) > 1 for row in members]


def _led(rows: pl.DataFrame) -> Iterator[tuple[str, str, str, float]]:
    """Yield (first paragraph, paragraph, municipality, similarity) for each paragraph that is long enough."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=SIMILARITY * SLACK, num_perm=PERMUTATIONS)
    leaders: dict[str, set[bytes]] = {}
    for paragraph, municipality, text in rows.select("paragraph_id", "municipality", "text").iter_rows():
        found = words(text)
        if len(found) < FEWEST_WORDS:
            continue
        runs = shingles(_placeless(found, municipality), SHINGLE_WORDS)
        own = signature(runs, PERMUTATIONS)
        similarity, first = max(_similarities(runs, index.query(own), leaders), default=(0.0, ""))
        if similarity < SIMILARITY:
            similarity, first = 1.0, paragraph
            leaders[paragraph] = runs
            index.insert(paragraph, own)
        yield first, paragraph, municipality, similarity


def _similarities(
    runs: set[bytes], candidates: Iterable[str], leaders: dict[str, set[bytes]]
) -> Iterator[tuple[float, str]]:
    for other in candidates:
        yield len(runs & leaders[other]) / len(runs | leaders[other]), other


def _placeless(found: Sequence[str], municipality: str) -> list[str]:
    """Put one word for each of the municipality's name, in the genitive too, so that two towns' copies are equal."""
    names = {form for name in words(municipality) for form in (name, f"{name}s")}
    return [PLACE if word in names else word for word in found]


def _municipalities(members: list[dict[str, Any]]) -> set[str]:
    return {row["municipality"] for row in members}
