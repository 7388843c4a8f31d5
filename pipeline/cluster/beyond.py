"""Themes beyond the codebook as rows: found in the paragraphs that it leaves over, named by the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.cluster import discover, matching, terms
from pipeline.cluster.context import Unit
from pipeline.cluster.drift import describe
from pipeline.cluster.evidence import Floats, Space
from pipeline.cluster.registry import Entry, Registry
from pipeline.cluster.themes import clearest
from pipeline.settings import Cluster, Theme

Row = dict[str, Any]


@dataclass(frozen=True)
class Discovered:
    """Rows of `themes`, `assignments` and `theme_events`, and in words what there is to know beside them."""

    themes: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    summary: str = ""


@dataclass(frozen=True)
class Leftovers:
    """The paragraphs without a theme: vectors in their surroundings, as stored and placed, and the rows of tokens."""

    units: Sequence[Unit]
    raw: Floats
    placed: Floats
    tokens: Sequence[Mapping[str, Any]]

    @classmethod
    def of(
        cls, units: Sequence[Unit], positions: Sequence[int], raw: Floats, tokens: Mapping[str, Any], space: Space
    ) -> Leftovers:
        """Take the paragraphs at these positions out of all `units`; `raw` are the vectors of all."""
        rows = list(positions)
        vectors = discover.in_surroundings(units, raw)[rows]
        chosen = [units[row] for row in rows]
        return cls(chosen, vectors, space.place(vectors), [tokens.get(one.paragraph_id, NO_TOKENS) for one in chosen])


NO_TOKENS: Row = {
    name: [] for name in ("words", "lemmas", "pos", "parts", "starts", "entity_starts", "entity_ends")
}  # fmt: skip


def discovered(
    left: Leftovers, registry: Registry, space: Space, themes: Sequence[Theme], settings: Cluster
) -> Discovered:
    """Give the left-over paragraphs themes beyond the codebook: discovered anew, or the registry's alone (`frozen`)."""
    codebook = {theme.id: theme.id for theme in themes} | {old: theme.id for theme in themes for old in theme.replaces}
    if settings.mode == "frozen":
        outcomes = matching.frozen(registry, left.placed, space, codebook)
    else:
        outcomes = matching.match(_found(left, settings), registry, left.placed, space, codebook)
    result = Discovered(events=[outcome.row() for outcome in outcomes], summary=_summary(left, outcomes, settings))
    given = [outcome for outcome in outcomes if outcome.theme.members]
    for outcome in given:
        _add(result, outcome, left, space)
    if left.units and (outcomes or registry.entries):
        # By nearness in both modes, so that a frozen run is held against the fit by the same measure.
        near = [Entry(one.theme_id, one.theme.label, one.theme.centroid, one.theme.nearness) for one in given]
        far = float((matching.claims(left.placed, near, space) < 0).mean())
        event, words = describe(far, registry.far, settings)
        result.events.append(_event(event, words, far))
        return Discovered(result.themes, result.assignments, result.events, f"{result.summary}; {words}")
    return result


def _found(left: Leftovers, settings: Cluster) -> list[matching.Found]:
    if len(left.units) < settings.discover_min_paragraphs:
        return []
    documents = [unit.document_id for unit in left.units]
    smallest = discover.Smallest(settings.discover_min_topic_size, settings.discover_min_documents)
    keys = [unit.paragraph_id for unit in left.units]
    topics = discover.discover(_terms(left.tokens, documents), left.placed, keys, documents, smallest)
    known = {noun for row in left.tokens for noun in terms.nouns(row)}
    return [_theme(topic, terms.label(topic.terms, known), left) for topic in topics]


def _terms(tokens: Sequence[Mapping[str, Any]], documents: Sequence[str]) -> list[list[str]]:
    from spacy.lang.da.stop_words import STOP_WORDS

    said = [[*terms.content_lemmas(row), *terms.compound_parts(row), *terms.phrases(row)] for row in tokens]
    idle = terms.boilerplate(said, documents) | STOP_WORDS
    return [[term for term in paragraph if term not in idle] for paragraph in said]


def _theme(topic: discover.Topic, label: str, left: Leftovers) -> matching.Found:
    members = list(topic.members)
    centroid = left.raw[members].mean(axis=0)
    placed = left.placed[members]
    mean = placed.mean(axis=0)
    nearness = discover.reach(placed, mean / max(float(np.linalg.norm(mean)), 1e-12))
    return matching.Found(label, topic.members, topic.terms, centroid, nearness)


def _add(result: Discovered, outcome: matching.Outcome, left: Leftovers, space: Space) -> None:
    theme = outcome.theme
    cosine = left.placed[list(theme.members)] @ space.place(theme.centroid[None])[0]
    rows = [
        {
            "paragraph_id": left.units[member].paragraph_id,
            "theme_id": outcome.theme_id,
            "score": float(score),
            "rank": 1,
            "origin": "discovered",
        }
        for member, score in zip(theme.members, np.round(np.clip(cosine, 0, 1), 6), strict=True)
    ]
    result.assignments.extend(rows)
    result.themes.append(
        {
            "theme_id": outcome.theme_id,
            "origin": "discovered",
            "da": theme.label,
            "en": theme.label,
            "definition": f"Fundet af maskinen i afsnit uden for kodebogen. Ord: {', '.join(theme.terms)}.",
            "terms": list(theme.terms),
            "representatives": clearest(rows),
            "paragraphs": len(rows),
            "replaces": list(outcome.parents),
        }
    )


def _event(event: str, reason: str, far: float) -> Row:
    return {
        "theme_id": "", "event": event, "reason": reason, "label": "", "terms": [], "centroid": [], "paragraphs": 0,
        "parents": [], "far": round(far, 6),
    }  # fmt: skip


def _summary(left: Leftovers, outcomes: Sequence[matching.Outcome], settings: Cluster) -> str:
    given, number = sum(bool(outcome.theme.members) for outcome in outcomes), len(left.units)
    if settings.mode == "frozen":
        return f"{given} registered themes in the {number} left over (frozen)"
    if number < settings.discover_min_paragraphs:
        kept = f", {given} registered themes kept" if given else ""
        return f"{number} left over: too few to discover themes in (below {settings.discover_min_paragraphs}){kept}"
    return f"{given} themes discovered in the {number} left over"
