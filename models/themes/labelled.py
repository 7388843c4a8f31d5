"""What the theme head is fitted on: paragraphs that people labelled, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.context import Unit, units
from pipeline.cluster.evidence import Floats, evidence, unit, vector_evidence, word_evidence
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import matrix
from pipeline.evaluate.gold import GoldSpan, match, read_spans
from pipeline.labels import read_labels, training
from pipeline.settings import Cluster, Evaluate, Theme
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Corpus:
    """The paragraphs of one workspace, their vectors, and which of them people labelled (position, label)."""

    name: str
    units: list[Unit]
    raw: Floats
    gold: list[tuple[int, GoldSpan]]
    allowed: list[bool]

    @classmethod
    def read(cls, name: str, workspace: Workspace, gold: Path, split: str) -> Corpus:
        """Read a workspace and the labels of its documents in one split of a gold file."""
        rows = workspace.rows("paragraphs")
        paragraphs = units(rows, workspace.rows("tokens"))
        position = {one.paragraph_id: index for index, one in enumerate(paragraphs)}
        spans = [span for span in read_spans(gold) if span.split == split]
        spans += [
            GoldSpan(label.document_id, label.start, label.end, split, label.themes, label.tone)
            for label in training(read_labels(workspace.labels))
        ]
        found = match(spans, rows, workspace.settings(Evaluate).min_overlap)
        pairs = {position[name]: span for name, span in zip(found, spans, strict=True) if name is not None}
        minimum = workspace.settings(Cluster).min_characters
        allowed = [may_have_theme(one, minimum) for one in paragraphs]
        embeddings = workspace.rows("embeddings")
        raw = matrix(paragraphs, embeddings, np.zeros(len(embeddings[0]["vector"])))
        return cls(name, paragraphs, raw, sorted(pairs.items(), key=lambda pair: pair[0]), allowed)


@dataclass(frozen=True)
class Labelled:
    """All labelled paragraphs of several corpora, stacked: what a regression asks for."""

    corpora: Sequence[Corpus]
    themes: Sequence[Theme]

    @property
    def spans(self) -> list[GoldSpan]:
        """The label of each row."""
        return [span for corpus in self.corpora for _, span in corpus.gold]

    @property
    def sources(self) -> NDArray[np.str_]:
        """The name of each row's corpus."""
        return np.array([corpus.name for corpus in self.corpora for _ in corpus.gold])

    @property
    def documents(self) -> NDArray[np.str_]:
        """The document of each row."""
        return np.array([span.document_id for span in self.spans])

    @property
    def main(self) -> NDArray[np.int64]:
        """The position of each row's main theme in the codebook, -1 for none."""
        ids = [theme.id for theme in self.themes]
        return np.array([ids.index(span.themes[0]) if span.themes else -1 for span in self.spans])

    @property
    def members(self) -> NDArray[np.bool_]:
        """Rows x themes: which themes belong."""
        return np.array([[theme.id in span.themes for theme in self.themes] for span in self.spans])

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """Which rows may have a theme by the fixed rules, as the stage asks them."""
        return np.array([corpus.allowed[index] for corpus in self.corpora for index, _ in corpus.gold])

    @property
    def weights(self) -> Floats:
        """How much each row counts: paragraphs of a document with n of them 1 / sqrt(n), for they are alike."""
        names, document = np.unique(self.documents, return_inverse=True)
        weights: Floats = 1 / np.sqrt(np.bincount(document, minlength=len(names))[document])
        return weights / weights.mean()

    @property
    def units(self) -> list[Unit]:
        """The paragraph of each row."""
        return [corpus.units[index] for corpus in self.corpora for index, _ in corpus.gold]

    @property
    def raw(self) -> Floats:
        """The vector of each row, as stored."""
        return np.concatenate([corpus.raw[[index for index, _ in corpus.gold]] for corpus in self.corpora])


class Evidence:
    """The evidence in labelled paragraphs under any whitening; what no whitening changes is computed once."""

    def __init__(
        self, labelled: Labelled, passages: dict[str, Floats], placed: Sequence[Floats], idf: NDArray[np.float16]
    ) -> None:
        self._labelled, self._passages, self._placed = labelled, passages, placed
        self._words = [word_evidence(corpus.units, labelled.themes, idf) for corpus in labelled.corpora]

    def under(self, whitening: Floats) -> Floats:
        """Return rows x themes x FEATURES."""
        themes = self._labelled.themes
        passages = {text: unit(vector @ whitening) for text, vector in self._passages.items()}
        parts = []
        for corpus, placed, words in zip(self._labelled.corpora, self._placed, self._words, strict=True):
            own = np.concatenate([vector_evidence(unit(placed @ whitening), themes, passages), words], axis=2)
            parts.append(evidence(corpus.units, own)[[index for index, _ in corpus.gold]])
        return np.concatenate(parts)
