"""From paragraphs and vectors to the score of every theme: the evidence, combined by the frozen head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import (
    FEATURES,
    HAS_SUBJECT,
    SURE_SUBJECT,
    Floats,
    ThemeTexts,
    evidence,
    own_evidence,
)
from pipeline.cluster.head import Head
from pipeline.settings import Theme
from pipeline.vectors import Embedder


def matrix(units: Sequence[Unit], rows: Iterable[Mapping[str, Any]], mean: Floats) -> Floats:
    """Return the stored vectors as rows like the units; a paragraph without one gets the mean, and no evidence."""
    stored = {row["paragraph_id"]: row["vector"] for row in rows}
    vectors = np.array([stored.get(unit.paragraph_id, mean) for unit in units], dtype=np.float64)
    return vectors.reshape(len(units), len(mean))


def theme_scores(units: Sequence[Unit], raw: Floats, themes: Sequence[Theme], embedder: Embedder, head: Head) -> Floats:
    """Return the calibrated score of each theme (columns) for each paragraph (rows); zero where there is no subject."""
    found = all_evidence(units, raw, themes, embedder, head)
    subject = found[:, 0, FEATURES.index("topical")] >= HAS_SUBJECT
    return head.scores(found) * subject[:, None]


def sure_of_subject(units: Sequence[Unit], raw: Floats, head: Head) -> list[bool]:
    """Tell for each paragraph whether it has a subject so surely that a new theme may be founded on it."""
    return [bool(odds >= SURE_SUBJECT) for odds in head.topicality.logit(head.space.place(raw), units)]


def all_evidence(units: Sequence[Unit], raw: Floats, themes: Sequence[Theme], embedder: Embedder, head: Head) -> Floats:
    """Return paragraphs x themes x FEATURES, by the head's frame; its weights are not used."""
    texts = sorted({text for theme in themes for text in ThemeTexts.of(theme).passages})
    passages = dict(zip(texts, head.space.place(embedder.embed(texts, "themes")), strict=True))
    placed = head.space.place(raw)
    topical = head.topicality.logit(placed, units)
    return evidence(units, own_evidence(units, placed, themes, passages, head.idf), topical)
