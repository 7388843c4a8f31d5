"""From paragraphs and vectors to the score of every theme: the evidence, combined by the frozen head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import Floats, ThemeTexts, evidence, vector_evidence, word_evidence
from pipeline.cluster.head import Head
from pipeline.settings import Theme
from pipeline.vectors import Embedder

SURE_SUBJECT = 0.0  # log-odds of having a subject from which a paragraph may found a new theme


def matrix(units: Sequence[Unit], rows: Iterable[Mapping[str, Any]], mean: Floats) -> Floats:
    """Return the stored vectors as rows like the units; a paragraph without one gets the mean, and no evidence."""
    stored = {row["paragraph_id"]: row["vector"] for row in rows}
    vectors = np.array([stored.get(unit.paragraph_id, mean) for unit in units], dtype=np.float64)
    return vectors.reshape(len(units), len(mean))


def theme_scores(units: Sequence[Unit], raw: Floats, themes: Sequence[Theme], embedder: Embedder, head: Head) -> Floats:
    """Return the calibrated score of each theme (columns) for each paragraph (rows); zero where there is no subject."""
    placed = head.space.place(raw)
    spoken = theme_evidence(units, placed, themes, placed_passages(themes, embedder, head), head)
    return head.scores(spoken, head.topicality.logit(placed, units))


def theme_evidence(
    units: Sequence[Unit], placed: Floats, themes: Sequence[Theme], passages: Mapping[str, Floats], head: Head
) -> Floats:
    """Return paragraphs x themes x FEATURES; `placed` are the paragraphs' vectors, `passages` the themes' by text."""
    contrasted = {text: head.contrast(vector) for text, vector in passages.items()}
    own = np.concatenate(
        [vector_evidence(head.contrast(placed), themes, contrasted), word_evidence(units, themes, head.idf)], axis=2
    )
    return evidence(units, own)


def placed_passages(themes: Sequence[Theme], embedder: Embedder, head: Head) -> dict[str, Floats]:
    """Return the placed vector of every passage of the themes by its text."""
    texts = sorted({text for theme in themes for text in ThemeTexts.of(theme).passages})
    return dict(zip(texts, head.space.place(embedder.embed(texts, "themes")), strict=True))


def sure_of_subject(units: Sequence[Unit], raw: Floats, head: Head) -> list[bool]:
    """Tell for each paragraph whether it has a subject so surely that a new theme may be founded on it."""
    return [bool(odds >= SURE_SUBJECT) for odds in head.topicality.logit(head.space.place(raw), units)]
