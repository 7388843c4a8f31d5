"""Themes beyond the codebook: BERTopic on the paragraphs that fit none of it.

BERTopic's default parts (UMAP, HDBSCAN) break down on small corpora and change with every seed. Here PCA and average
linkage stand in, which are deterministic; above LINKAGE_LIMIT paragraphs, where linkage needs too much memory, HDBSCAN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.evidence import Floats, unit

COMPONENTS = 32
LINKAGE_LIMIT = 4_000
MAX_DISTANCE = 0.75  # cosine distance at which average linkage stops merging
TERMS = 10


@dataclass(frozen=True)
class Topic:
    """One discovered theme: its paragraphs (rows of the input), terms (strongest first) and centroid."""

    members: tuple[int, ...]
    terms: tuple[str, ...]
    centroid: Floats


class Clusterer:
    """What BERTopic asks of a cluster model; clusters below `min_size` become outliers (-1)."""

    def __init__(self, min_size: int) -> None:
        self.min_size = min_size
        self.labels_: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def fit(self, vectors: NDArray[np.floating], y: object = None) -> Clusterer:  # noqa: ARG002 (scikit-learn's form)
        """Cluster the rows; `labels_` holds the result."""
        labels = _linkage(vectors) if len(vectors) <= LINKAGE_LIMIT else _density(vectors, self.min_size)
        sizes = np.bincount(labels[labels >= 0], minlength=1)
        kept = [label for label in np.argsort(-sizes, kind="stable") if sizes[label] >= self.min_size]
        number = {int(label): index for index, label in enumerate(kept)}
        self.labels_ = np.array([number.get(int(label), -1) for label in labels], dtype=np.int64)
        return self

    def predict(self, vectors: NDArray[np.floating]) -> NDArray[np.int64]:  # noqa: ARG002
        """Return the labels of the rows that it was fitted on: nothing else is ever asked."""
        return self.labels_


def _linkage(vectors: NDArray[np.floating]) -> NDArray[np.int64]:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=MAX_DISTANCE
    )
    return np.asarray(model.fit(np.round(vectors, 6)).labels_, dtype=np.int64)


def _density(vectors: NDArray[np.floating], min_size: int) -> NDArray[np.int64]:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=min_size, min_samples=max(2, min_size // 2), cluster_selection_method="leaf")
    return np.asarray(model.fit(unit(np.asarray(vectors, dtype=np.float64))).labels_, dtype=np.int64)


def discover(lemmas: Sequence[Sequence[str]], vectors: Floats, min_size: int) -> list[Topic]:
    """Return the topics found in the paragraphs (lemmas, and rows of placed vectors), the largest first.

    None where no cluster reaches `min_size` or fewer than two topics' worth of words remain.
    """
    texts = [" ".join(paragraph) for paragraph in lemmas]
    if len(texts) < 2 * min_size or not any(texts):
        return []
    model = _bertopic(min(COMPONENTS, *vectors.shape), min_size)
    labels = np.asarray(model.fit_transform(texts, embeddings=vectors)[0])
    return [_topic(model, labels, vectors, label) for label in sorted({int(n) for n in labels} - {-1})]


def _topic(model: Any, labels: NDArray[np.int64], vectors: Floats, label: int) -> Topic:
    members = np.flatnonzero(labels == label)
    ranked = sorted((-round(float(weight), 9), term) for term, weight in model.get_topic(label) if term)
    return Topic(
        members=tuple(int(member) for member in members),
        terms=tuple(term for _, term in ranked),
        centroid=unit(vectors[members].mean(axis=0)),
    )


def _bertopic(components: int, min_size: int) -> Any:
    # Imported here alone: it takes up to 44 seconds, and most runs have nothing to discover.
    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.decomposition import PCA
    from sklearn.feature_extraction.text import CountVectorizer

    return BERTopic(
        language="danish",  # any but its default, which drops every letter beyond a-z
        embedding_model=None,
        umap_model=PCA(n_components=components, svd_solver="full"),
        hdbscan_model=Clusterer(min_size),
        vectorizer_model=CountVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=TERMS,
        calculate_probabilities=False,
        verbose=False,
    )
