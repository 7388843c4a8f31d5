"""The tone of a theme by where it is said, by what the words do, and by who says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline.compare.counts import TONES

DIMENSIONS = ("role", "act", "holder")


def group(observed: pl.DataFrame) -> list[dict[str, Any]]:
    """Return one row per theme, municipality, dimension and value; `observed` is that of `population`.

    Paragraphs without a scored tone are left out; procedure, which has no tone, counts in the dimension act alone.
    """
    toned = observed.filter(pl.col("tone_score").is_not_null())
    return [row for dimension in DIMENSIONS for row in _rows(toned, dimension)]


def _rows(toned: pl.DataFrame, dimension: str) -> Iterator[dict[str, Any]]:
    spoken = toned if dimension == "act" else toned.filter(pl.col("act") != "procedure")
    grouped = (
        spoken.group_by("theme_id", "municipality", value=pl.col(dimension).fill_null(""))
        .agg(
            documents=pl.col("document_id").n_unique(),
            **{tone: (pl.col("tone") == tone).sum() for tone in TONES},
            mean=pl.col("tone_score").mean(),
        )
        .rename({"mean": "tone"})
    )
    return ({**row, "dimension": dimension} for row in grouped.iter_rows(named=True))
