"""Fit the tone head: `python models/sentiment/fit.py --lcc DIR` in a checkout, after the stage `embed`.

Reads the labelled sentences of lcc-sentiment (`DIR/*.csv`, from github.com/fnielsen/lcc-sentiment, not part of this
project), sentences.csv here, the tables of the sample and corpora/gold/paragraphs.csv (split `dev` alone); writes
head.json; prints what cross-validation says: LCC in ten folds, the gold by document, without each kind of feature.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, recall_score
from sklearn.model_selection import GroupKFold, StratifiedKFold

from pipeline.evaluate.gold import match, read_spans
from pipeline.sentiment.features import WORDS, Floats, stack, word_features
from pipeline.sentiment.head import TONES, Head
from pipeline.sentiment.lexicon import Lexicon
from pipeline.settings import Codebook, Embed, Evaluate
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FOLDS = 10
STRENGTH = 0.003  # C of the logistic regression, chosen on the folds among .001 to .03
WORDS_SCALE = 2.0  # word features weigh more against the penalty than a dimension of the vector
GOLD_WEIGHT, MIXED_WEIGHT = 2.0, 8.0  # one text of our own against one LCC sentence; mixed ones are rare

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Data:
    """Texts with vectors, word features and labels (index in TONES); `groups` are documents."""

    vectors: Floats
    words: Floats
    labels: Labels
    groups: NDArray[np.str_]

    def take(self, rows: NDArray[np.int64]) -> Data:
        """Return some rows."""
        return Data(self.vectors[rows], self.words[rows], self.labels[rows], self.groups[rows])


def main() -> None:
    """Fit, print the figures, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lcc", type=Path, required=True, help="folder with the CSV files of lcc-sentiment")
    parser.add_argument("--output", type=Path, default=FOLDER, help="where to write the head")
    parser.add_argument("--workspace", type=Path, help="a workspace of `temaspejl run` on the sample, not the checkout")
    arguments = parser.parse_args()
    workspace = Workspace.checkout(ROOT)
    if arguments.workspace:
        workspace = replace(Workspace.at(arguments.workspace, workspace.corpus), gold=workspace.gold)
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    stems = [stem for theme in workspace.settings(Codebook).themes for stem in theme.stems]
    lexicon = Lexicon.load(FOLDER, stems)
    lcc, own = _lcc(arguments.lcc, embedder, lexicon), _own(embedder, lexicon)
    gold = _gold(workspace, lexicon)
    mean = np.round(np.concatenate([lcc.vectors, gold.vectors]).mean(axis=0), 6)
    for left_out in ("", "vector", "lexicon", "rules", "own"):
        _validate(lcc, own if left_out != "own" else own.take(np.arange(0)), gold, mean, left_out)
    weights, intercepts = _fit(lcc, own, gold, mean)
    fitted_on = (
        f"{len(lcc.labels)} sentences of LCC, {len(own.labels)} constructed sentences, "
        f"{len(gold.labels)} paragraphs of corpora/gold, split dev"
    )
    Head(embedder.record, mean, weights, intercepts, fitted_on).save(arguments.output)
    print(f"wrote {arguments.output / 'head.json'}: {fitted_on}")


def _lcc(folder: Path, embedder: Embedder, lexicon: Lexicon) -> Data:
    rows = [row for path in sorted(folder.glob("*.csv")) for row in _rows(path, ",") if row["valence"]]
    labels = [int(np.sign(float(row["valence"]))) + 1 for row in rows]
    return _texts([row["text"] for row in rows], labels, embedder, lexicon)


def _own(embedder: Embedder, lexicon: Lexicon) -> Data:
    """Return the constructed sentences, which show direction, negation and stance in all combinations."""
    rows = _rows(FOLDER / "sentences.csv", ";")
    return _texts([row["text"] for row in rows], [TONES.index(row["tone"]) for row in rows], embedder, lexicon)


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def _texts(texts: list[str], labels: list[int], embedder: Embedder, lexicon: Lexicon) -> Data:
    vectors = np.asarray(embedder.embed(texts, "sentences"), dtype=np.float64)
    return Data(vectors, word_features(texts, lexicon), np.array(labels), np.full(len(texts), ""))


def _gold(workspace: Workspace, lexicon: Lexicon) -> Data:
    spans = read_spans(ROOT / "corpora/gold/paragraphs.csv")
    spans = [span for span in spans if span.split == "dev" and span.tone]
    paragraphs = {row["paragraph_id"]: row for row in workspace.rows("paragraphs")}
    vectors = {row["paragraph_id"]: row["vector"] for row in workspace.rows("embeddings")}
    found = match(spans, paragraphs.values(), workspace.settings(Evaluate).min_overlap)
    tones = {name: span.tone for name, span in zip(found, spans, strict=True) if name in vectors}
    texts = [paragraphs[name]["text"] for name in tones]
    return Data(
        vectors=np.array([vectors[name] for name in tones], dtype=np.float64),
        words=word_features(texts, lexicon),
        labels=np.array([TONES.index(tone) for tone in tones.values()]),
        groups=np.array([paragraphs[name]["document_id"] for name in tones]),
    )


def _fit(lcc: Data, own: Data, gold: Data, mean: Floats, left_out: str = "") -> tuple[Floats, Floats]:
    """Return weights (TONES x features) and intercepts, for unscaled input."""
    inputs = np.concatenate([_inputs(data, mean, left_out) for data in (lcc, own, gold)])
    labels = np.concatenate([lcc.labels, own.labels, gold.labels])
    weights = np.where(labels == TONES.index("mixed"), MIXED_WEIGHT, GOLD_WEIGHT)
    weights[: len(lcc.labels)] = 1
    scale = inputs.std(axis=0)
    dimensions = len(mean)
    scale[:dimensions] = dimensions**-0.5
    scale[dimensions:] /= WORDS_SCALE
    scale[scale == 0] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(inputs / scale, labels, sample_weight=weights)
    return model.coef_ / scale, model.intercept_


def _inputs(data: Data, mean: Floats, left_out: str) -> Floats:
    inputs = stack(data.vectors, data.words, mean)
    start, rules = len(mean), len(mean) + len(WORDS)
    drop = {"vector": slice(0, start), "lexicon": slice(start, rules), "rules": slice(rules, None)}
    if left_out in drop:
        inputs[:, drop[left_out]] = 0
    return inputs


def _validate(lcc: Data, own: Data, gold: Data, mean: Floats, left_out: str) -> None:
    predicted = np.zeros_like(gold.labels)
    for train, test in GroupKFold(FOLDS).split(gold.labels, groups=gold.groups):
        predicted[test] = _predict(_fit(lcc, own, gold.take(train), mean, left_out), gold.take(test), mean, left_out)
    sentences = np.zeros_like(lcc.labels)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(lcc.labels, lcc.labels):
        choice = _predict(_fit(lcc.take(train), own, gold, mean, left_out), lcc.take(test), mean, left_out)
        sentences[test] = np.where(choice == TONES.index("mixed"), TONES.index("neutral"), choice)
    print(
        f"{'without ' + left_out if left_out else 'all features':16}"
        f"gold: accuracy {accuracy_score(gold.labels, predicted):.3f}, "
        f"macro-F1 {f1_score(gold.labels, predicted, average='macro'):.3f}, "
        f"recall of negative {recall_score(gold.labels, predicted, labels=[0], average='macro'):.3f}; "
        f"LCC: accuracy {accuracy_score(lcc.labels, sentences):.3f}, "
        f"macro-F1 {f1_score(lcc.labels, sentences, average='macro'):.3f}"
    )


def _predict(model: tuple[Floats, Floats], data: Data, mean: Floats, left_out: str) -> Labels:
    logits = _inputs(data, mean, left_out) @ model[0].T + model[1]
    return np.asarray(logits.argmax(axis=1), dtype=np.int64)


if __name__ == "__main__":
    main()
