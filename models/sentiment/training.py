"""The labelled sentences that fit.py learns from, with their vectors."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import tables
from pipeline.evaluate.sentences import GoldSentence, Labels, labels_of, read_sentences
from pipeline.sentiment.features import Floats, word_features
from pipeline.sentiment.head import ACTS, TONES
from pipeline.sentiment.lexicon import Lexicon
from pipeline.vectors import Embedder

RULES_FROM = "sample"  # rules were written from documents of the sample: others are fresh to them


@dataclass(frozen=True)
class Data:
    """Sentences with vectors, those of their paragraphs, word features and labels.

    `fresh` marks sentences of documents that no rule was written from.
    """

    vectors: Floats
    contexts: Floats
    words: Floats
    labels: Labels
    documents: NDArray[np.str_]
    splits: NDArray[np.str_]
    fresh: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.documents)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Data:
        """Return some rows."""
        return Data(
            self.vectors[rows],
            self.contexts[rows],
            self.words[rows],
            self.labels.take(rows),
            self.documents[rows],
            self.splits[rows],
            self.fresh[rows],
        )


def gold(path: Path, workspaces: list[Path], embedder: Embedder, lexicon: Lexicon) -> Data:
    """Return the gold, without the sentences whose text neither the file nor a workspace holds."""
    stored = {
        row["sentence_id"]: row["text"]
        for folder in workspaces
        for row in tables.read_rows(folder / "tables", "sentences")
    }
    sentences = read_sentences(path)
    texts = [sentence.text or stored.get(sentence.sentence_id, "") for sentence in sentences]
    known = [place for place, text in enumerate(texts) if text]
    return _data([sentences[place] for place in known], [texts[place] for place in known], embedder, lexicon)


def _data(sentences: list[GoldSentence], texts: list[str], embedder: Embedder, lexicon: Lexicon) -> Data:
    whole: dict[str, list[str]] = defaultdict(list)
    for sentence, text in zip(sentences, texts, strict=True):
        whole[sentence.paragraph_id].append(text)
    paragraphs = [" ".join(whole[sentence.paragraph_id]) for sentence in sentences]
    return Data(
        vectors=_vectors(texts, embedder),
        contexts=_vectors(paragraphs, embedder),
        words=word_features(texts, lexicon),
        labels=labels_of(sentences),
        documents=np.array([sentence.document_id for sentence in sentences]),
        splits=np.array([sentence.split for sentence in sentences]),
        fresh=np.array([sentence.origin != RULES_FROM for sentence in sentences]),
    )


def lcc(folder: Path, embedder: Embedder, lexicon: Lexicon) -> Data:
    """Return the labelled sentences of LCC: the sign of the valence is the tone."""
    rows = [row for path in sorted(folder.glob("*.csv")) for row in _rows(path, ",") if row["valence"]]
    tones = [int(np.sign(float(row["valence"]))) + 1 for row in rows]
    return _alone([row["text"] for row in rows], [0] * len(rows), tones, embedder, lexicon)


def constructed(path: Path, embedder: Embedder, lexicon: Lexicon) -> Data:
    """Return the constructed sentences, which show direction, negation and stance in all combinations."""
    rows = _rows(path, ";")
    acts, tones = [ACTS.index(row["act"]) for row in rows], [TONES.index(row["tone"]) for row in rows]
    return _alone([row["text"] for row in rows], acts, tones, embedder, lexicon)


def _alone(texts: list[str], acts: list[int], tones: list[int], embedder: Embedder, lexicon: Lexicon) -> Data:
    """Sentences without a paragraph: each is its own context."""
    vectors, none = _vectors(texts, embedder), np.full(len(texts), "")
    one = Labels(np.array(acts).reshape(-1, 1), np.array(tones).reshape(-1, 1), np.ones(len(texts), dtype=bool))
    return Data(vectors, vectors, word_features(texts, lexicon), one, none, none, none == "")


def _vectors(texts: list[str], embedder: Embedder) -> Floats:
    return np.asarray(embedder.embed(texts, "sentences"), dtype=np.float64)


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))
