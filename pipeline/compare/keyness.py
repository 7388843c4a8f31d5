"""Distinctive terms of a municipality within a theme: weighted log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn (2008): Fightin' Words. Political Analysis 16(4), eq. 16-22. Terms are the lemmas of nouns and
adjectives, and the first and last parts of compounds: `mentor-` counts mentorordning and mentorforløb together.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from pipeline.settings import Compare
from pipeline.vocabulary import ADMINISTRATIVE, CALENDAR, GENERAL

MIN_COUNT, MIN_DOCUMENTS, MIN_Z = 3, 2, 1.96
PRIOR_WORDS = 50.0  # weight of the prior, in words: all municipalities' use of the term within the theme
SHORTEST, SHORTEST_PART = 3, 4
MOST_OF = 0.8  # a compound that is so much of a part's use says what the part would

_CONTENT = ("NOUN", "ADJ")
STOP = ADMINISTRATIVE | CALENDAR | GENERAL


def distinctive(
    observed: pl.DataFrame, tokens: pl.DataFrame, places: Collection[str], settings: Compare
) -> list[dict[str, Any]]:
    """Return the rows of `keyness`: what a municipality uses more than the others do when it writes about a theme.

    At most `keyness_terms` per theme and municipality, each used at least three times, in at least two documents where
    the municipality has two with the theme, and with z above 1.96. Names, `places`, times and words that say nothing
    are left out. A theme that one municipality alone writes about has none.
    """
    terms = _terms(tokens.join(observed.select("paragraph_id").unique(), on="paragraph_id"), places)
    used = observed.select("theme_id", "municipality", "document_id", "paragraph_id").join(terms, on="paragraph_id")
    group = ["theme_id", "municipality"]
    written = observed.group_by(group).agg(written=pl.col("document_id").n_unique())
    counts = used.group_by(*group, "term", "part").agg(count=pl.len(), documents=pl.col("document_id").n_unique())
    found = (
        log_odds(counts)
        .join(written, on=group)
        .filter(
            (pl.col("z") >= MIN_Z)
            & (pl.col("count") >= MIN_COUNT)
            & (pl.col("documents") >= pl.min_horizontal(pl.lit(MIN_DOCUMENTS), "written"))
        )
    )
    kept = found.join(_repeating(used, found), on=[*group, "term"], how="anti")
    chosen = (
        kept.sort("z", "term", descending=[True, False])
        .group_by(group, maintain_order=True)
        .head(settings.keyness_terms)
    )
    return chosen.select(*group, "term", "documents", "count", "z").to_dicts()


def log_odds(counts: pl.DataFrame) -> pl.DataFrame:
    """Add `z` to counts by theme_id, municipality and term: log-odds against all others, in standard errors.

    The prior is the use of the term by all municipalities within the theme. A municipality that is alone with a theme
    has no row.
    """
    theme, own = pl.col("count").sum().over("theme_id"), pl.col("count").sum().over("theme_id", "municipality")
    everywhere = pl.col("count").sum().over("theme_id", "term")
    count, rest = pl.col("count"), pl.col("everywhere") - pl.col("count")
    prior = PRIOR_WORDS * pl.col("everywhere") / pl.col("theme")
    own_odds = (count + prior) / (pl.col("own") + PRIOR_WORDS - count - prior)
    rest_odds = (rest + prior) / (pl.col("theme") - pl.col("own") + PRIOR_WORDS - rest - prior)
    deviation = (1 / (count + prior) + 1 / (rest + prior)).sqrt()
    return (
        counts.with_columns(theme=theme, own=own, everywhere=everywhere)
        .filter(pl.col("own") < pl.col("theme"))
        .with_columns(z=(own_odds.log() - rest_odds.log()) / deviation)
        .drop("theme", "own", "everywhere")
    )


def _terms(tokens: pl.DataFrame, places: Collection[str]) -> pl.DataFrame:
    """Return one row per occurrence of a term: paragraph_id, term, part (a flag), lemma (of the whole word)."""
    words = _words(tokens)
    lemmas = words.filter(pl.col("lemma").str.len_chars() >= SHORTEST).with_columns(term="lemma", part=pl.lit(False))
    compounds = words.filter(pl.col("parts") != "").with_columns(pl.col("parts").str.to_lowercase().str.split("+"))
    sides = (("first", pl.col("side") + "-"), ("last", "-" + pl.col("side")))
    parts = [
        compounds.with_columns(side=getattr(pl.col("parts").list, side)())
        .filter((pl.col("side").str.len_chars() >= SHORTEST_PART) & ~pl.col("side").is_in(list(STOP)))
        .with_columns(term=name, part=pl.lit(True))
        for side, name in sides
    ]
    forbidden = list(STOP | {place.lower() for place in places})
    columns = ["paragraph_id", "term", "part", "lemma"]
    return pl.concat([frame.select(columns) for frame in (lemmas, *parts)]).filter(~pl.col("lemma").is_in(forbidden))


def _words(tokens: pl.DataFrame) -> pl.DataFrame:
    """Return the nouns and adjectives that are no name or part of one: paragraph_id, lemma, parts."""
    words = tokens.select("paragraph_id", "words", "lemmas", "pos", "parts", "starts").explode(
        "words", "lemmas", "pos", "parts", "starts"
    )
    ended = pl.col("words").shift(1).over("paragraph_id").str.contains(r"\w$").not_().fill_null(True)
    titled = pl.col("words").str.contains(r"^\p{Lu}[\p{Ll}-]+$")
    names = (
        tokens.select("paragraph_id", starts="entity_starts", entity_end="entity_ends")
        .explode("starts", "entity_end")
        .drop_nulls()
        .sort("paragraph_id", "starts")
    )
    return (
        words.with_columns(name=titled & ~ended, lemma=pl.col("lemmas").str.to_lowercase())
        .filter(pl.col("pos").is_in(_CONTENT) & ~pl.col("name") & pl.col("lemma").str.contains(r"^\p{L}[\p{L}-]+$"))
        .sort("paragraph_id", "starts")
        .join_asof(names, on="starts", by="paragraph_id", check_sortedness=False)
        .filter(pl.col("entity_end").is_null() | (pl.col("starts") >= pl.col("entity_end")))
        .select("paragraph_id", "lemma", "parts")
    )


def _repeating(used: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return the parts that say no more than one compound does: theme_id, municipality, term.

    That is a part that stands in one compound alone, or for the most part in one that is found itself.
    """
    group = ["theme_id", "municipality"]
    compounds = used.filter("part").group_by(*group, "term", "lemma").agg(times=pl.len())
    listed = found.filter(~pl.col("part")).select(*group, lemma="term", listed=pl.lit(True))
    one = pl.col("lemma").n_unique() == 1
    most = (pl.col("times") * pl.col("listed").fill_null(False)).max() >= MOST_OF * pl.col("times").sum()
    return (
        compounds.join(listed, on=[*group, "lemma"], how="left")
        .group_by(*group, "term")
        .agg(repeats=one | most)
        .filter("repeats")
        .drop("repeats")
    )
