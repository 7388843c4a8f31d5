"""What speaks for each theme of the codebook in one paragraph, and how the head makes a score of it.

Only the paragraph's own document is computed: no evidence depends on other documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline import resources
from pipeline.cluster.context import Unit, units
from pipeline.cluster.evidence import FEATURES, KINDS, PLACES, Floats, ThemeTexts
from pipeline.cluster.head import Head, membership_inputs, subject_inputs
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import matrix, placed_passages, theme_evidence
from pipeline.cluster.stems import StemMatcher
from pipeline.settings import Cluster, Codebook, Embed, Theme
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Weighed:
    """One theme weighed for one paragraph.

    `relevance` is how much more speaks for the theme than for the others on average, the sum of `parts` (by kind and
    place of evidence, in the head's weights) and, in a small codebook, of what fills it up. `share` is its part of the
    softmax over all themes, `score` the calibrated probability. `passage` is the passage of the codebook that is
    nearest in meaning, with its cosine; `stems` are the theme's stems found in the paragraph itself.
    """

    theme_id: str
    score: float
    relevance: float
    share: float
    parts: Mapping[str, Mapping[str, float]]
    passage: str
    cosine: float
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Weighing:
    """All themes weighed for one paragraph, the likeliest first.

    `allowed` is false for a paragraph that may have no theme (heading, formalia, set phrase, too short); `subject` is
    the probability that it has any subject, which must reach `min_subject`.
    """

    allowed: bool
    subject: float
    min_subject: float
    min_score: float
    themes: tuple[Weighed, ...]


def weigh(workspace: Workspace, document_id: str, paragraph_id: str) -> Weighing:
    """Compute the evidence for one paragraph; FatalError where the head does not belong to the vectors."""
    settings, themes = workspace.settings(Cluster), workspace.settings(Codebook).themes
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    head = Head.load(resources.resolve(settings.head))
    head.check(embedder)
    document, raw = _document(workspace, document_id, head)
    row = next(index for index, unit in enumerate(document) if unit.paragraph_id == paragraph_id)
    placed, passages = head.space.place(raw), placed_passages(themes, embedder, head)
    features = theme_evidence(document, placed, themes, passages, head)[row : row + 1]
    topical = head.topicality.logit(placed, document)[row : row + 1]
    vector = head.contrast(placed[row : row + 1])[0]
    weighed = _weighed(features, topical, themes, head)
    found = [_described(*pair, document[row], vector, passages, head) for pair in zip(themes, weighed, strict=True)]
    return Weighing(
        allowed=may_have_theme(document[row], settings.min_characters),
        subject=float(head.subject.probability(subject_inputs(features, topical))[0]),
        min_subject=head.min_subject,
        min_score=settings.min_score,
        themes=tuple(sorted(found, key=lambda theme: (-theme.score, -theme.relevance, theme.theme_id))),
    )


def _document(workspace: Workspace, document_id: str, head: Head) -> tuple[list[Unit], Floats]:
    """Return the paragraphs of one document as units, and their stored vectors."""
    import polars as pl

    paragraphs = workspace.read("paragraphs").filter(pl.col("document_id") == document_id)
    own = paragraphs["paragraph_id"].implode()
    tokens = workspace.read("tokens").filter(pl.col("paragraph_id").is_in(own))
    vectors = workspace.read("embeddings").filter(pl.col("paragraph_id").is_in(own))
    document = units(paragraphs.to_dicts(), tokens.to_dicts())
    return document, matrix(document, vectors.to_dicts(), head.space.mean)


def _weighed(features: Floats, topical: Floats, themes: Sequence[Theme], head: Head) -> list[dict[str, Any]]:
    """Take the head's sums apart: for each theme its relevance, share, score and the parts of the relevance."""
    relevance = head.relevance(features)
    inputs = membership_inputs(relevance, topical)
    scores = head.scores(features, topical)[0]
    # Relevance is a sum over evidence, less the mean over themes; so is each of its parts.
    weights = np.array([head.weights[name] for name in FEATURES])
    parts = (features[0] - features[0].mean(axis=0)) * weights
    grid = parts.reshape(len(themes), len(PLACES), len(KINDS))
    return [
        {
            "score": float(scores[index]),
            "relevance": float(relevance[0, index]),
            "share": float(np.exp(inputs[0, index, 1])),
            "parts": {
                kind: {place: float(grid[index, p, k]) for p, place in enumerate(PLACES)}
                for k, kind in enumerate(KINDS)
            },
        }
        for index in range(len(themes))
    ]


def _described(
    theme: Theme, weighed: Mapping[str, Any], unit: Unit, vector: Floats, passages: Mapping[str, Floats], head: Head
) -> Weighed:
    texts = ThemeTexts.of(theme).passages
    cosines = [float(head.contrast(passages[text][None])[0] @ vector) for text in texts]
    nearest = int(np.argmax(cosines))
    return Weighed(
        theme_id=theme.id, passage=texts[nearest], cosine=cosines[nearest], stems=_stems(theme, unit, head), **weighed
    )


def _stems(theme: Theme, unit: Unit, head: Head) -> tuple[str, ...]:
    text, words = unit.text.casefold(), frozenset(unit.words)
    alone = {stem: StemMatcher(theme.model_copy(update={"stems": (stem,)}), head.idf) for stem in theme.stems}
    return tuple(stem for stem, matcher in alone.items() if matcher.weight(text, words) > 0)
