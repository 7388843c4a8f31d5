"""The two kinds of themes as rows: those of the codebook, and those discovered among what it leaves over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.cluster import discover, registry, terms
from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import Floats, Space
from pipeline.settings import Theme

Row = dict[str, Any]
REPRESENTATIVES = 3


@dataclass(frozen=True)
class Discovered:
    """What discovery yields: rows of `themes`, `assignments` and `theme_events`."""

    themes: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


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
    groups = [[_lemmas(row["paragraph_id"], tokens) for row in members[theme.id]] for theme in themes]
    return [
        {
            "theme_id": theme.id,
            "origin": "codebook",
            "da": theme.da,
            "en": theme.en,
            "definition": theme.definition,
            "terms": words,
            "representatives": _clearest(members[theme.id]),
            "paragraphs": len(members[theme.id]),
        }
        for theme, words in zip(themes, terms.distinctive(groups), strict=True)
    ]


def _lemmas(paragraph_id: str, tokens: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return terms.content_lemmas(tokens[paragraph_id]) if paragraph_id in tokens else []


def _clearest(rows: Sequence[Row]) -> list[str]:
    ordered = sorted(rows, key=lambda row: (row["rank"], -row["score"], row["paragraph_id"]))
    return [row["paragraph_id"] for row in ordered[:REPRESENTATIVES]]


def discovered(
    left: Sequence[Unit],
    raw: Floats,
    tokens: Mapping[str, Mapping[str, Any]],
    entries: Sequence[registry.Entry],
    space: Space,
    taken: Collection[str],
    min_size: int,
) -> Discovered:
    """Discover themes in the left-over paragraphs and name them by the registry's entries.

    `raw` are the paragraphs' vectors as stored, rows like `left`; `taken` are the codebook's ids.
    """
    vectors = space.place(raw)
    lemmas = [_lemmas(unit.paragraph_id, tokens) for unit in left]
    topics = discover.discover(lemmas, vectors, min_size)
    known = {noun for unit in left if unit.paragraph_id in tokens for noun in terms.nouns(tokens[unit.paragraph_id])}
    names = [terms.label(topic.terms, known) for topic in topics]
    found = [
        registry.Found(name, raw[list(topic.members)].mean(axis=0)) for name, topic in zip(names, topics, strict=True)
    ]
    ids, events = registry.match(found, entries, space, taken)
    labels = {event["theme_id"]: event["label"] for event in events}
    result = Discovered(events=events)
    for theme_id, topic in zip(ids, topics, strict=True):
        _add(result, theme_id, labels[theme_id], topic, left, vectors)
    return result


def _add(
    result: Discovered, theme_id: str, label: str, topic: discover.Topic, left: Sequence[Unit], vectors: Floats
) -> None:
    near = np.round(np.clip(vectors[list(topic.members)] @ topic.centroid, 0, 1), 6)
    rows = [
        {
            "paragraph_id": left[member].paragraph_id,
            "theme_id": theme_id,
            "score": float(score),
            "rank": 1,
            "origin": "discovered",
        }
        for member, score in zip(topic.members, near, strict=True)
    ]
    result.assignments.extend(rows)
    result.themes.append(
        {
            "theme_id": theme_id,
            "origin": "discovered",
            "da": label,
            "en": label,
            "definition": f"Fundet af maskinen i afsnit uden for kodebogen. Ord: {', '.join(topic.terms)}.",
            "terms": list(topic.terms),
            "representatives": _clearest(rows),
            "paragraphs": len(rows),
        }
    )
