"""Themes beyond the codebook: BERTopic on the paragraphs that fit none of it.

BERTopic's default parts (UMAP, HDBSCAN) break down on small corpora and change with every seed, and so does EVoC. Here
average linkage stands in, which is deterministic, on the vectors as they are: a projection fitted on the corpus would
move with every document. `make bench` compares them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import Floats, unit

MAX_DISTANCE = 0.8  # cosine distance at which average linkage stops merging
LINKAGE_LIMIT = 6_000  # linkage needs 8 bytes for each pair: 0.3 GB here
SMALLEST_SHARE = 1 / 200  # of the paragraphs: nobody reads hundreds of themes
OUTERMOST = 0.1  # share of a topic's paragraphs that may lie farther from its centroid than it reaches
HEADING_WEIGHT, PEER_WEIGHT = 1.0, 0.5  # of the surroundings, in a paragraph's own vector
TERMS, CANDIDATES = 10, 40

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Topic:
    """One discovered theme: its paragraphs (rows of the input) and terms (strongest first)."""

    members: tuple[int, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Smallest:
    """How many paragraphs, and how many documents, a discovered theme has at least."""

    paragraphs: int
    documents: int


def in_surroundings(units: Sequence[Unit], raw: Floats) -> Floats:
    """Return each paragraph's vector together with its headings' and neighbours', rows like the units.

    A bullet says little without its heading. On the gold of the sample this raises the agreement of unguided clusters
    with the themes (NMI) from .20 to .50, and what survives the removal of 15 % of the documents from .70 to .85. The
    price: clusters lean towards single cases, and so towards places (AMI with the municipality within a theme .2).
    """
    result = raw.copy()
    for row, paragraph in enumerate(units):
        total = 1.0
        for places, weight in ((paragraph.headings, HEADING_WEIGHT), (paragraph.peers, PEER_WEIGHT)):
            if places:
                result[row] += weight * raw[list(places)].mean(axis=0)
                total += weight
        result[row] /= total
    return result


def reach(vectors: Floats, centroid: Floats) -> float:
    """Return the cosine to a placed centroid which all but the outermost of its members (placed rows) reach."""
    return round(float(np.quantile(vectors @ centroid, OUTERMOST)), 6)


class Labelled:
    """What BERTopic asks of a cluster model, for rows whose clusters are known: it only has to name them."""

    def __init__(self, labels: Ints) -> None:
        self.labels_ = labels

    def fit(self, vectors: NDArray[np.floating], y: object = None) -> Labelled:  # noqa: ARG002 (scikit-learn's form)
        """Do nothing."""
        return self

    def predict(self, vectors: NDArray[np.floating]) -> Ints:  # noqa: ARG002
        """Return the labels of the rows: nothing else is ever asked."""
        return self.labels_


def cluster(vectors: Floats, keys: Sequence[str], documents: Sequence[str], smallest: Smallest) -> Ints:
    """Return the cluster of each row of placed vectors, the largest 0; -1 where there is none.

    Above LINKAGE_LIMIT rows a sample is clustered, and every other row joins the nearest cluster that reaches it. The
    sample follows the rows' keys, not chance: the same paragraphs stand for the corpus when others come or go.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    size = max(smallest.paragraphs, round(len(rows) * SMALLEST_SHARE))
    if len(rows) <= LINKAGE_LIMIT:
        return _recurring(_large(_linkage(rows), size), documents, smallest.documents)
    order = np.argsort([hashlib.sha256(key.encode()).hexdigest() for key in keys], kind="stable")
    sample = np.sort(order[:LINKAGE_LIMIT])
    labels = _large(_linkage(rows[sample]), max(2, round(size * LINKAGE_LIMIT / len(rows))))
    return _recurring(_large(_spread(rows, sample, labels), size), documents, smallest.documents)


def _linkage(vectors: Floats) -> Ints:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=MAX_DISTANCE
    )
    return np.asarray(model.fit(np.round(vectors, 6)).labels_, dtype=np.int64)


def _large(labels: Ints, smallest: int) -> Ints:
    """Return the labels numbered by size, the largest cluster 0; clusters below `smallest` become -1."""
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    kept = [label for label in np.argsort(-sizes, kind="stable") if sizes[label] >= smallest]
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return np.where(labels >= 0, number[labels], -1)


def _spread(rows: Floats, sample: Ints, labels: Ints) -> Ints:
    """Give each row the nearest of the sample's clusters that reaches it, else -1; the sample keeps its own."""
    result = np.full(len(rows), -1, dtype=np.int64)
    if labels.max(initial=-1) >= 0:
        members = [rows[sample][labels == label] for label in range(labels.max() + 1)]
        centroids = unit(np.array([group.mean(axis=0) for group in members]))
        reaches = np.array([reach(group, centroid) for group, centroid in zip(members, centroids, strict=True)])
        cosine = rows @ centroids.T
        best = cosine.argmax(axis=1)
        result = np.where(cosine[np.arange(len(rows)), best] >= reaches[best], best, -1).astype(np.int64)
    result[sample] = labels
    return result


def discover(
    texts: Sequence[Sequence[str]],
    vectors: Floats,
    keys: Sequence[str],
    documents: Sequence[str],
    smallest: Smallest,
) -> list[Topic]:
    """Return the topics found in the paragraphs, the largest first.

    For each paragraph its terms (phrases joined by `_`), its placed vector, a key that is its own in every run, and its
    document. None where no cluster is large enough, or no paragraph has a term.
    """
    if len(texts) < smallest.paragraphs or not any(texts):
        return []
    labels = cluster(vectors, keys, documents, smallest)
    if labels.max() < 0:
        return []
    model = _bertopic(Labelled(labels))
    found = np.asarray(model.fit_transform([" ".join(paragraph) for paragraph in texts], embeddings=vectors)[0])
    return [_topic(model, found, label, texts) for label in sorted({int(label) for label in found} - {-1})]


def _recurring(labels: Ints, documents: Sequence[str], fewest: int) -> Ints:
    """Make outliers of clusters that fewer documents than `fewest` hold: what one document says does not recur."""
    names = np.array(documents)
    lone = [label for label in range(labels.max(initial=-1) + 1) if len(set(names[labels == label])) < fewest]
    return _large(np.where(np.isin(labels, lone), -1, labels), 1)


def _topic(model: Any, labels: Ints, label: int, texts: Sequence[Sequence[str]]) -> Topic:
    """Name a topic by the terms that weigh most (c-TF-IDF) and stand in many of its paragraphs, not in one alone."""
    members = tuple(int(member) for member in np.flatnonzero(labels == label))
    held = Counter(term for member in members for term in set(texts[member]))
    ranked = sorted((-round(float(weight) * held[term], 9), term) for term, weight in model.get_topic(label) if term)
    return Topic(members, tuple(term.replace("_", " ") for _, term in ranked[:TERMS]))


def _bertopic(clusters: Labelled) -> Any:
    # Imported here alone: it takes up to 44 seconds, and most runs have nothing to discover.
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    return BERTopic(
        language="danish",  # any but its default, which drops every letter beyond a-z
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=CANDIDATES,
        calculate_probabilities=False,
        verbose=False,
    )
