"""The themes of the codebook as rows, and which paragraphs they leave over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.cluster import terms
from pipeline.cluster.context import Unit
from pipeline.settings import Theme

Row = dict[str, Any]
REPRESENTATIVES = 3


def left_over(
    units: Sequence[Unit], allowed: Sequence[bool], assigned: Sequence[Row], documents: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Return the positions of the body paragraphs without a theme, in Danish documents that repeat no other."""
    usable = {row["document_id"] for row in documents if row["language"] == "da" and row["near_duplicate_of"] is None}
    has_theme = {row["paragraph_id"] for row in assigned}
    return [
        position
        for position, unit in enumerate(units)
        if allowed[position] and unit.document_id in usable and unit.paragraph_id not in has_theme
    ]


def codebook_rows(
    themes: Sequence[Theme], assignments: Sequence[Row], tokens: Mapping[str, Mapping[str, Any]]
) -> list[Row]:
    """Return the rows of `themes` for the codebook, from what was assigned and the token rows by paragraph_id."""
    members: dict[str, list[Row]] = defaultdict(list)
    for row in assignments:
        members[row["theme_id"]].append(row)
    groups = [[lemmas(row["paragraph_id"], tokens) for row in members[theme.id]] for theme in themes]
    return [
        {
            "theme_id": theme.id,
            "origin": "codebook",
            "da": theme.da,
            "en": theme.en,
            "definition": theme.definition,
            "terms": words,
            "representatives": clearest(members[theme.id]),
            "paragraphs": len(members[theme.id]),
            "replaces": list(theme.replaces),
        }
        for theme, words in zip(themes, terms.distinctive(groups), strict=True)
    ]


def lemmas(paragraph_id: str, tokens: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a paragraph's content lemmas, none where it has no row of tokens."""
    return terms.content_lemmas(tokens[paragraph_id]) if paragraph_id in tokens else []


def clearest(rows: Sequence[Row]) -> list[str]:
    """Return the paragraph_ids that stand for a theme: its main theme first, then the surest."""
    ordered = sorted(rows, key=lambda row: (row["rank"], -row["score"], row["paragraph_id"]))
    return [row["paragraph_id"] for row in ordered[:REPRESENTATIVES]]
