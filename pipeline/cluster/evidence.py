"""What speaks for each theme in each paragraph, as numbers that mean the same for every theme.

No number depends on a theme's id, nor on other documents. So one set of weights serves every codebook, and a new
document leaves the evidence in old ones as it is.
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

# Kinds of evidence in one text: nearness to all that describes the theme, to its nearest passages, n-grams, stems.
KINDS = ("description", "passage", "characters", "stems")
# Where it is found: in the paragraph, and in what surrounds it.
PLACES = ("own", "heading", "lead", "above", "previous", "next", "title", "document")
FEATURES = tuple(f"{place}_{kind}" for place in PLACES for kind in KINDS)
NEAREST = 5  # passages of a theme that count as the nearest


@dataclass(frozen=True)
class ThemeTexts:
    """One theme as text: every passage that may stand for it."""

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


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1; rows of zeros stay zeros."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Floats = rows / np.where(length == 0, 1, length)
    return scaled


def vector_evidence(vectors: Floats, themes: Sequence[Theme], passages: Mapping[str, Floats]) -> Floats:
    """Return paragraphs x themes x (description, passage): cosines with a theme's mean passage and its nearest ones.

    `vectors` (rows of the paragraphs) and `passages` (by text, of every theme's `ThemeTexts`) stand in one frame.
    """
    groups = [np.array([passages[text] for text in ThemeTexts.of(theme).passages]) for theme in themes]
    described = vectors @ np.array([unit(group.mean(axis=0)) for group in groups]).T
    nearest = [np.sort(vectors @ group.T, axis=1)[:, -NEAREST:].mean(axis=1) for group in groups]
    return np.stack([described, np.array(nearest).T], axis=2)


def word_evidence(units: Sequence[Unit], themes: Sequence[Theme], idf: NDArray[np.float16]) -> Floats:
    """Return paragraphs x themes x (characters, stems)."""
    texts = [" ".join(ThemeTexts.of(theme).passages) for theme in themes]
    characters = similarity([paragraph.text for paragraph in units], texts, idf)
    return np.stack([characters, np.log1p(stem_weights(units, themes, idf))], axis=2)


def evidence(units: Sequence[Unit], own: Floats) -> Floats:
    """Return paragraphs x themes x len(FEATURES), from the evidence in each text alone (paragraphs x themes x KINDS).

    What surrounds a paragraph counts by the mean of its texts, zero where there are none.
    """
    rows = range(len(units))
    surroundings = (
        ([place for place in units[row].headings if units[place].form == "heading"] for row in rows),
        ([place for place in units[row].headings if units[place].form != "heading"] for row in rows),
        (units[row].above for row in rows),
        ([place for place in units[row].peers if place < row] for row in rows),
        ([place for place in units[row].peers if place > row] for row in rows),
        (units[row].titles for row in rows),
    )
    gathered = [_gather(own, positions) for positions in surroundings]
    return np.concatenate([own, *gathered, _rest_of_document(units, own)], axis=2)


def _gather(own: Floats, positions: Iterable[Sequence[int]]) -> Floats:
    result = np.zeros_like(own)
    for row, places in enumerate(positions):
        if places:
            result[row] = own[list(places)].mean(axis=0)
    return result


def _rest_of_document(units: Sequence[Unit], own: Floats) -> Floats:
    """Mean evidence in the other body paragraphs of the same document."""
    names, document = np.unique([paragraph.document_id for paragraph in units], return_inverse=True)
    body = np.array([paragraph.is_body for paragraph in units], dtype=bool)
    sums = np.zeros((len(names), *own.shape[1:]))
    np.add.at(sums, document[body], own[body])
    number = np.bincount(document[body], minlength=len(names))
    others = (number[document] - body)[:, None, None]
    rest: Floats = (sums[document] - own * body[:, None, None]) / np.maximum(others, 1)
    return rest
