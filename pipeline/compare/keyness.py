"""Distinctive terms of a municipality within a theme: weighted log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn (2008): Fightin' Words. Political Analysis 16(4), eq. 16-22.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log, sqrt
from typing import Any

import polars as pl

from pipeline.settings import Compare

CONTENT = frozenset({"NOUN", "ADJ", "VERB"})
MIN_COUNT, MIN_DOCUMENTS, MIN_Z = 3, 2, 1.96
PRIOR_WORDS = 50.0  # weight of the prior, in words: all municipalities' use of the term within the theme


def distinctive(observed: pl.DataFrame, tokens: pl.DataFrame, settings: Compare) -> list[dict[str, Any]]:
    """Return the terms that a municipality uses more than the others do when it writes about a theme.

    At most `keyness_terms` per theme and municipality, each used at least three times in at least two documents, with
    z above 1.96. Fewer than two municipalities on a theme give none.
    """
    lemmas = {
        row["paragraph_id"]: _content(row)
        for row in tokens.select("paragraph_id", "lemmas", "pos").iter_rows(named=True)
    }
    rows: list[dict[str, Any]] = []
    for (theme,), group in observed.group_by(["theme_id"], maintain_order=True):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        spread: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for paragraph, document, municipality in group.select(
            "paragraph_id", "document_id", "municipality"
        ).iter_rows():
            for lemma in lemmas.get(paragraph, []):
                counts[municipality][lemma] += 1
                spread[municipality][lemma].add(document)
        if len(counts) < 2:
            continue
        for municipality in sorted(counts):
            found = [
                {
                    "theme_id": theme,
                    "municipality": municipality,
                    "term": term,
                    "count": counts[municipality][term],
                    "z": z,
                }
                for term, z in log_odds(counts, municipality)
                if z >= MIN_Z
                and counts[municipality][term] >= MIN_COUNT
                and len(spread[municipality][term]) >= MIN_DOCUMENTS
            ]
            rows += sorted(found, key=lambda row: (-row["z"], row["term"]))[: settings.keyness_terms]
    return rows


def log_odds(counts: dict[str, Counter[str]], municipality: str) -> Iterator[tuple[str, float]]:
    """Yield (term, z) for each term of one municipality against all others together."""
    own = counts[municipality]
    total: Counter[str] = Counter()
    for counter in counts.values():
        total.update(counter)
    words = total.total()
    rest_words = words - own.total()
    for term, count in own.items():
        prior = PRIOR_WORDS * total[term] / words
        rest = total[term] - count
        own_odds = (count + prior) / (own.total() + PRIOR_WORDS - count - prior)
        rest_odds = (rest + prior) / (rest_words + PRIOR_WORDS - rest - prior)
        variance = 1 / (count + prior) + 1 / (rest + prior)
        yield term, (log(own_odds) - log(rest_odds)) / sqrt(variance)


def _content(row: dict[str, Any]) -> list[str]:
    pairs = zip(row["lemmas"], row["pos"], strict=True)
    return [lemma for lemma, pos in pairs if pos in CONTENT and len(lemma) > 2 and lemma.isalpha()]
