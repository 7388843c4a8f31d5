"""Which themes stand in the same paragraphs."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipeline.validation import EVERYWHERE

FEWEST_PARAGRAPHS = 2


def pairs(counted: pl.DataFrame, observed: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of `cooccurrences`: per municipality and for all together, each pair of themes both ways round.

    `counted` and `observed` are those of `population`. A pair has a row where at least two paragraphs have both. Lift
    is how many times as many have both as would if the two themes had nothing to do with each other.
    """
    rows: list[dict[str, Any]] = []
    everybody = {"municipality": pl.lit(EVERYWHERE)}
    for all_of, with_theme in (
        (counted, observed),
        (counted.with_columns(**everybody), observed.with_columns(**everybody)),
    ):
        paragraphs = all_of.group_by("municipality").agg(counted=pl.len())
        themed = with_theme.group_by("municipality", "theme_id").agg(themed=pl.len())
        both = (
            with_theme.join(with_theme.select("paragraph_id", other="theme_id"), on="paragraph_id")
            .filter(pl.col("theme_id") != pl.col("other"))
            .group_by("municipality", "theme_id", "other")
            .agg(paragraphs=pl.len(), documents=pl.col("document_id").n_unique())
            .filter(pl.col("paragraphs") >= FEWEST_PARAGRAPHS)
            .join(paragraphs, on="municipality")
            .join(themed, on=["municipality", "theme_id"])
            .join(themed.rename({"theme_id": "other", "themed": "others"}), on=["municipality", "other"])
        )
        lift = pl.col("paragraphs") * pl.col("counted") / (pl.col("themed") * pl.col("others"))
        rows += both.select("theme_id", "other", "municipality", "paragraphs", "documents", lift=lift).to_dicts()
    return rows
