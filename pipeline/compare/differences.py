"""Theme x pair of municipalities: the difference of their shares, within the kinds of document that both have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import polars as pl
from scipy import stats

from pipeline.compare import bootstrap
from pipeline.compare.shares import cluster_sums
from pipeline.settings import Compare


def compare(
    counted: pl.DataFrame, observed: pl.DataFrame, themes: list[str], settings: Compare
) -> list[dict[str, Any]]:
    """Return one row per theme and pair of municipalities in alphabetical order.

    Where a side has fewer than `min_documents` meetings or documents in the common kinds, or there is no common kind,
    the difference is empty and `note` says why. q-values are Benjamini-Hochberg over all pairs and themes.
    """
    rows: list[dict[str, Any]] = []
    for first, second in combinations(sorted(counted["municipality"].unique()), 2):
        rows += _pair(counted, observed, themes, (first, second), settings)
    tested = [row for row in rows if row.get("p_value") is not None]
    if tested:
        adjusted = stats.false_discovery_control([row["p_value"] for row in tested], method="bh")
        for row, q_value in zip(tested, adjusted, strict=True):
            row["q_value"] = float(q_value)
    return rows


def _pair(
    counted: pl.DataFrame, observed: pl.DataFrame, themes: list[str], pair: tuple[str, str], settings: Compare
) -> Iterator[dict[str, Any]]:
    groups = [counted.filter(pl.col("municipality") == name) for name in pair]
    kinds = sorted(set(groups[0]["kind"]) & set(groups[1]["kind"]))
    groups = [group.filter(pl.col("kind").is_in(kinds)) for group in groups]
    clusters = [group["cluster"].n_unique() for group in groups]
    base = {
        "municipality": pair[0],
        "other": pair[1],
        "kinds": kinds,
        "documents": groups[0]["document_id"].n_unique(),
        "other_documents": groups[1]["document_id"].n_unique(),
    }
    note = _obstacle(kinds, clusters, settings.min_documents)
    weights = [
        bootstrap.resampling_weights(count, settings.resamples, settings.seed + side)
        for side, count in enumerate(clusters)
        if not note
    ]
    for theme in themes:
        row = {"theme_id": theme, **base, "note": note}
        if not note:
            row |= _difference(groups, observed, theme, weights, settings)
        yield row


def _obstacle(kinds: list[str], clusters: list[int], minimum: int) -> str:
    if not kinds:
        return "ingen fælles dokumenttyper"
    if min(clusters) < minimum:
        return f"færre end {minimum} møder eller dokumenter af fælles type ({clusters[0]} mod {clusters[1]})"
    return ""


def _difference(
    groups: list[pl.DataFrame],
    observed: pl.DataFrame,
    theme: str,
    weights: list[bootstrap.Counts],
    settings: Compare,
) -> dict[str, Any]:
    ratios = []
    for group, weight in zip(groups, weights, strict=True):
        of_group = observed.join(group.select("paragraph_id"), on="paragraph_id", how="semi")
        paragraphs, themed, _, _ = cluster_sums(group, of_group, theme)
        ratios.append(bootstrap.ratio(themed, paragraphs, weight))
    if not any(value.estimate for value in ratios):
        return {"note": "ikke omtalt i nogen af kommunerne"}
    value = bootstrap.difference(*ratios)
    low, high = value.interval(settings.confidence, -1, 1)
    return {"difference": value.estimate, "low": low, "high": high, "p_value": bootstrap.p_value(value)}
