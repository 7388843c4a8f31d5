"""What speaks for each theme in each paragraph, as numbers that mean the same for every theme.

No number depends on a theme's id, nor on other paragraphs than those around it. So one set of weights serves every
codebook, and a new document leaves the evidence in old ones as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.characters import similarity
from pipeline.cluster.context import Unit
from pipeline.cluster.stems import stem_weights
from pipeline.settings import Theme

Floats = NDArray[np.float64]

# Kinds of evidence in one text: nearness to all that describes the theme, to its nearest passage, n-grams, stems.
OWN = ("description", "passage", "characters", "stems")
FEATURES = (
    *(f"own_{name}" for name in OWN),
    *(f"ahead_{name}" for name in OWN),
    *(f"heading_{name}" for name in OWN),
    *(f"peer_{name}" for name in OWN),
    "topical",
)
# Log-odds of having a subject: below the first a paragraph gets no theme, from the second it may found a new one.
HAS_SUBJECT, SURE_SUBJECT = -1.0, 0.0


@dataclass(frozen=True)
class ThemeTexts:
    """One theme as text: what `description` says in one piece, and every passage that may stand for it."""

    theme_id: str
    passages: tuple[str, ...]

    @classmethod
    def of(cls, theme: Theme) -> ThemeTexts:
        """Return the texts that describe a theme: name and definition, name, include, examples."""
        return cls(theme.id, (f"{theme.da}: {theme.definition}", theme.da, *theme.include, *theme.examples))


@dataclass(frozen=True)
class Space:
    """The frozen frame in which vectors are compared.

    All e5 vectors share a mean and a strongest direction that say nothing of the subject; both are removed (Mu &
    Viswanath 2018, "All-but-the-top"). They are fitted once, so that a new document never moves an old one.
    """

    mean: Floats
    direction: Floats

    def place(self, vectors: NDArray[np.floating]) -> Floats:
        """Return the vectors (rows) without mean and strongest direction, scaled to length 1."""
        shifted = np.asarray(vectors, dtype=np.float64) - self.mean
        return unit(shifted - np.outer(shifted @ self.direction, self.direction))


@dataclass(frozen=True)
class Topicality:
    """Whether a paragraph has a subject at all, or runs the meeting, greets, or names place and time.

    Logistic regression over the placed vector and the length; it knows no theme, and so serves every codebook.
    """

    weights: Floats
    length_weight: float
    intercept: float

    def logit(self, placed: Floats, units: Sequence[Unit]) -> Floats:
        """Return the log-odds of having a subject for each paragraph, kept within -4 and 4."""
        odds = placed @ self.weights + self.length_weight * log_lengths(units) + self.intercept
        return np.clip(odds, -4, 4)


def log_lengths(units: Sequence[Unit]) -> Floats:
    """Return the logarithm of each paragraph's number of characters."""
    return np.log1p(np.array([len(paragraph.text) for paragraph in units], dtype=np.float64))


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1; rows of zeros stay zeros."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Floats = rows / np.where(length == 0, 1, length)
    return scaled


def own_evidence(
    units: Sequence[Unit],
    vectors: Floats,
    themes: Sequence[Theme],
    passages: Mapping[str, Floats],
    idf: NDArray[np.float16],
) -> Floats:
    """Return the evidence in each paragraph's own text: paragraphs x themes x len(OWN).

    `vectors` (rows of the paragraphs) and `passages` (by text, of every theme's `ThemeTexts`) are placed in a `Space`.
    """
    texts = [ThemeTexts.of(theme).passages for theme in themes]
    groups = [np.array([passages[text] for text in group]) for group in texts]
    described = vectors @ np.array([unit(group.mean(axis=0)) for group in groups]).T
    nearest = np.array([(vectors @ group.T).max(axis=1) for group in groups]).T
    characters = similarity([paragraph.text for paragraph in units], [" ".join(group) for group in texts], idf)
    stems = np.log1p(stem_weights(units, themes, idf))
    return np.stack([described, nearest, characters, stems], axis=2)


def evidence(units: Sequence[Unit], own: Floats, topical: Floats) -> Floats:
    """Return all evidence: paragraphs x themes x len(FEATURES), from each text and what surrounds it.

    `topical` is what `Topicality` says of each paragraph.
    """
    heading = _gather(own, (paragraph.headings for paragraph in units))
    peers = _gather(own, (paragraph.peers for paragraph in units))
    subject = np.broadcast_to(topical[:, None, None], (*own.shape[:2], 1))
    return np.concatenate([own, _ahead(own), heading, peers, subject], axis=2)


def _ahead(own: Floats) -> Floats:
    """How far each theme is ahead of the best other theme in the same paragraph; behind is negative."""
    if own.shape[1] < 2:
        return own
    ordered = np.sort(own, axis=1)
    best, second = ordered[:, -1:, :], ordered[:, -2:-1, :]
    return own - np.where(own == best, second, best)


def _gather(own: Floats, positions: Iterable[Sequence[int]]) -> Floats:
    """Mean evidence of other paragraphs; zero where there are none."""
    result = np.zeros_like(own)
    for row, places in enumerate(positions):
        if places:
            result[row] = own[list(places)].mean(axis=0)
    return result
