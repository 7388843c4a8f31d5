"""Which paragraphs are counted, as whose, and why the others are not.

The unit is the paragraph of body text or bullet in the municipality's own voice; `compare` counts them and `report`
shows them, so that every figure can be opened and every paragraph is accounted for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL_PERIODS = "alle"

# Why something is not counted, in the order in which the reasons are tried: a paragraph has exactly one.
DOCUMENT_OBSTACLES = {
    "quarantined": pl.col("status") != "ok",
    # A text too short to tell its language is taken for Danish, as nearly all are.
    "not_danish": ~pl.col("language").is_in(["da", "und"]),
    "no_municipality": pl.col("municipality").is_null(),
    "near_duplicate": pl.col("near_duplicate_of").is_not_null(),
}
PARAGRAPH_OBSTACLES = {
    "heading": (pl.col("form") == "heading") | (pl.col("role") == "overskrift"),
    "formalia": pl.col("role") == "formalia",
    "external": pl.col("voice") != "own",
}


def document_obstacle() -> pl.Expr:
    """Return the key of DOCUMENT_OBSTACLES that keeps a row of `documents` out of the counting, null for none."""
    return pl.coalesce(*_keys(DOCUMENT_OBSTACLES))


def paragraph_obstacle() -> pl.Expr:
    """Return the key of PARAGRAPH_OBSTACLES that keeps a row of `paragraphs` out of the counting, null for none."""
    return pl.coalesce(*_keys(PARAGRAPH_OBSTACLES))


def _keys(obstacles: dict[str, pl.Expr]) -> Iterator[pl.Expr]:
    return (pl.when(holds).then(pl.lit(key)) for key, holds in obstacles.items())


def counted_paragraphs(documents: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Return the paragraphs that make up the denominator, one row each.

    Counted is body text and bullets in the municipality's own voice, of Danish documents that could be read, whose
    municipality is known and which are no near duplicate of another. Columns: paragraph_id, document_id, text,
    municipality, kind, period (year, or `udateret`), cluster (the meeting: same municipality, body and date; else the
    document).
    """
    meeting = pl.concat_str("municipality", "body", pl.col("date").cast(pl.String), separator="|")
    usable = documents.filter(document_obstacle().is_null()).select(
        "document_id",
        "municipality",
        "kind",
        period=pl.col("date").dt.year().cast(pl.String).fill_null("udateret"),
        cluster=pl.coalesce(meeting, "document_id"),
    )
    return (
        paragraphs.filter(paragraph_obstacle().is_null())
        .select("paragraph_id", "document_id", "text")
        .join(usable, on="document_id", how="inner")
        .sort("paragraph_id")
    )


def with_themes(counted: pl.DataFrame, assignments: pl.DataFrame, tones: pl.DataFrame) -> pl.DataFrame:
    """Return one row per counted paragraph x theme, with `tone` (null where not scored) and `tone_score`."""
    scored = tones.select("paragraph_id", "theme_id", "tone", tone_score="score")
    return (
        counted.join(assignments.select("paragraph_id", "theme_id"), on="paragraph_id", how="inner")
        .join(scored, on=["paragraph_id", "theme_id"], how="left")
        .sort("theme_id", "paragraph_id")
    )
