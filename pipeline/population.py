"""Which paragraphs are counted, as whose, and why the others are not.

The unit is the paragraph of body text or bullet in the municipality's own voice; `compare` counts them and `report`
shows them, so that every figure can be opened and every paragraph is accounted for. What several municipalities share
word for word is nobody's own voice: it is known from `shared_passages` on, and the stages before count it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ALL_PERIODS = "alle"
UNDATED = "udateret"

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
    "closed": pl.col("closed"),
}


def document_obstacle() -> pl.Expr:
    """Return the key of DOCUMENT_OBSTACLES that keeps a row of `documents` out of the counting, null for none."""
    return pl.coalesce(*_keys(DOCUMENT_OBSTACLES))


def paragraph_obstacle() -> pl.Expr:
    """Return the key of PARAGRAPH_OBSTACLES that keeps a row of `paragraphs` out of the counting, null for none."""
    return pl.coalesce(*_keys(PARAGRAPH_OBSTACLES))


def _keys(obstacles: dict[str, pl.Expr]) -> Iterator[pl.Expr]:
    return (pl.when(holds).then(pl.lit(key)) for key, holds in obstacles.items())


def own_paragraphs(documents: pl.DataFrame, paragraphs: pl.DataFrame, *, copies: bool = False) -> pl.DataFrame:
    """Return the paragraphs that nothing keeps from being a municipality's own voice, one row each.

    That is body text and bullets that the municipality says itself, not behind closed doors, of Danish documents that
    could be read and whose municipality is known; of near duplicates alone with `copies`. Columns: paragraph_id,
    document_id, role, text, municipality, kind, period (year, or `udateret`), half (half-year, null where undated),
    cluster (the meeting: same municipality, body and date; else the document).
    """
    obstacles = {key: holds for key, holds in DOCUMENT_OBSTACLES.items() if not (copies and key == "near_duplicate")}
    meeting = pl.concat_str("municipality", "body", pl.col("date").cast(pl.String), separator="|")
    usable = documents.filter(pl.coalesce(*_keys(obstacles)).is_null()).select(
        "document_id",
        "municipality",
        "kind",
        period=pl.col("date").dt.year().cast(pl.String).fill_null(UNDATED),
        half=pl.format("{}-H{}", pl.col("date").dt.year(), 1 + (pl.col("date").dt.month() > 6).cast(pl.Int8)),
        cluster=pl.coalesce(meeting, "document_id"),
    )
    return (
        paragraphs.filter(paragraph_obstacle().is_null())
        .select("paragraph_id", "document_id", "role", "text")
        .join(usable, on="document_id", how="inner")
        .sort("paragraph_id")
    )


def counted_paragraphs(documents: pl.DataFrame, paragraphs: pl.DataFrame, shared: Collection[str] = ()) -> pl.DataFrame:
    """Return the paragraphs that make up the denominator: `own_paragraphs` without `shared`.

    `shared` are the paragraph_ids of the table `shared_passages`.
    """
    own = own_paragraphs(documents, paragraphs)
    return own.filter(~pl.col("paragraph_id").is_in(list(shared)))


def with_themes(counted: pl.DataFrame, assignments: pl.DataFrame, tones: pl.DataFrame) -> pl.DataFrame:
    """Return one row per counted paragraph x theme, with act, holder, tone and tone_score (null where not scored)."""
    scored = tones.select("paragraph_id", "theme_id", "act", "holder", "tone", tone_score="score")
    return (
        counted.join(assignments.select("paragraph_id", "theme_id"), on="paragraph_id", how="inner")
        .join(scored, on=["paragraph_id", "theme_id"], how="left")
        .sort("theme_id", "paragraph_id")
    )
