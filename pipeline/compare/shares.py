"""Theme x municipality x period: share of the paragraphs and mean tone, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from pipeline.compare import bootstrap
from pipeline.population import ALL_PERIODS
from pipeline.settings import Compare
from pipeline.validation import Error

TONES = ("positive", "neutral", "negative", "mixed")


def compare(
    counted: pl.DataFrame,
    observed: pl.DataFrame,
    themes: list[str],
    settings: Compare,
    errors: Mapping[tuple[str, str], Error] | None = None,
) -> list[dict[str, Any]]:
    """Return one row per theme, municipality and period (all years together, and each year).

    `counted` and `observed` are those of `population`. A theme that nobody wrote about has a row too, with share 0.
    `errors` are those of `validation`, by theme and municipality: they correct the shares of all years together.
    """
    rows: list[dict[str, Any]] = []
    everything = counted.with_columns(period=pl.lit(ALL_PERIODS))
    for (municipality, period), group in pl.concat([everything, counted]).group_by(["municipality", "period"]):
        themed = observed.filter(pl.col("municipality") == municipality)
        if period != ALL_PERIODS:
            themed = themed.filter(pl.col("period") == period)
        place = {"municipality": municipality, "period": period}
        known = {theme: error for (theme, name), error in (errors or {}).items() if name == municipality}
        known = known if period == ALL_PERIODS else {}
        rows += [place | row for row in _themes(group, themed, themes, settings, known)]
    return rows


def cluster_sums(group: pl.DataFrame, themed: pl.DataFrame, theme: str) -> tuple[bootstrap.Counts, ...]:
    """Return per cluster (sorted by name): paragraphs, paragraphs with the theme, those with a tone, sum of tones."""
    of_theme = themed.filter(pl.col("theme_id") == theme)
    sums = (
        group.group_by("cluster").agg(paragraphs=pl.len())
        .join(
            of_theme.group_by("cluster").agg(
                themed=pl.len(), toned=pl.col("tone_score").count(), tone=pl.col("tone_score").sum()
            ),
            on="cluster", how="left",
        )
        .sort("cluster").fill_null(0)
    )  # fmt: skip
    return tuple(sums[name].to_numpy().astype(np.float64) for name in ("paragraphs", "themed", "toned", "tone"))


def _themes(
    group: pl.DataFrame, themed: pl.DataFrame, themes: list[str], settings: Compare, errors: Mapping[str, Error]
) -> Iterator[dict[str, Any]]:
    clusters = group["cluster"].n_unique()
    weights = bootstrap.resampling_weights(clusters, settings.resamples, settings.seed)
    base = {"documents": group["document_id"].n_unique(), "clusters": clusters, "paragraphs": group.height}
    for theme in themes:
        of_theme = themed.filter(pl.col("theme_id") == theme)
        tones = dict(of_theme["tone"].value_counts().iter_rows())
        sums = cluster_sums(group, themed, theme)
        yield {
            "theme_id": theme,
            **base,
            "theme_documents": of_theme["document_id"].n_unique(),
            "theme_paragraphs": of_theme.height,
            **{tone: tones.get(tone, 0) for tone in TONES},
            **_intervals(sums, weights, settings),
            **_corrected(sums, weights, settings, errors.get(theme)),
        }


def _intervals(sums: tuple[bootstrap.Counts, ...], weights: bootstrap.Counts, settings: Compare) -> dict[str, Any]:
    paragraphs, themed, toned, tone = sums
    row: dict[str, Any] = {
        "share": themed.sum() / paragraphs.sum(),
        "tone": tone.sum() / toned.sum() if toned.sum() else None,
        "note": "",
    }
    if not themed.sum():
        return row | {"note": f"ikke omtalt i {len(paragraphs)} møder eller dokumenter"}
    if len(paragraphs) < settings.min_documents:
        return row | {"note": f"for få møder eller dokumenter til et interval ({len(paragraphs)})"}
    share = bootstrap.ratio(themed, paragraphs, weights)
    row["share_low"], row["share_high"] = share.interval(settings.confidence, 0, 1)
    if (toned > 0).sum() >= settings.min_documents:
        value = bootstrap.ratio(tone, toned, weights)
        row["tone_low"], row["tone_high"] = value.interval(settings.confidence, -1, 1)
    return row


def _corrected(
    sums: tuple[bootstrap.Counts, ...], weights: bootstrap.Counts, settings: Compare, error: Error | None
) -> dict[str, float]:
    """Return the share less the model's mean error; its interval holds the error of both samples.

    Below `min_documents` there is no interval, as for the share itself.
    """
    if error is None:
        return {}
    paragraphs, themed = sums[:2]
    if len(paragraphs) < settings.min_documents:
        return {"corrected": _cut(themed.sum() / paragraphs.sum() - error.mean)}
    model = bootstrap.Ratio(error.mean, error.error, error.sampled - 1)
    value = bootstrap.difference(bootstrap.ratio(themed, paragraphs, weights), model)
    low, high = value.interval(settings.confidence, 0, 1)
    return {"corrected": _cut(value.estimate), "corrected_low": low, "corrected_high": high}


def _cut(share: float) -> float:
    return min(1.0, max(0.0, float(share)))
