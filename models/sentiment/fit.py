"""Fit the tone head: `python models/sentiment/fit.py --lcc DIR [--workspace DIR ...]` in a checkout.

Reads the labelled sentences of lcc-sentiment (`DIR/*.csv`, from github.com/fnielsen/lcc-sentiment, not part of this
project), sentences.csv here and corpora/gold/sentences.csv. Sentences of the gold that may not be shown have no text
there: they are read from the tables of a `--workspace` that holds their document, and left out where none is given.
Fits on all but the split `test`; writes head.json, and in metrics.json what it is worth: on the test documents, in
cross-validation by document, on documents written to measure alone (blind), on LCC in ten folds, and without each kind
of feature and each rule.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold
from training import Data, constructed, gold, lcc

from pipeline.evaluate.sentences import Labels, figures
from pipeline.sentiment.features import FEATURES, WORDS, Floats, stack
from pipeline.sentiment.head import TONES, Head, Linear
from pipeline.sentiment.lexicon import Lexicon
from pipeline.settings import Codebook, Embed
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FOLDS = 8
STRENGTH = 0.0015  # C of the logistic regressions, chosen on the folds among .001, .0015, .003, .006
WORDS_SCALE, PARAGRAPH_SCALE = 2.0, 1 / 1.5  # weight against the penalty, of a dimension of the sentence's vector 1
MIXED_WEIGHT = 3.0  # mixed sentences are rare
GENERAL_WEIGHT, OWN_WEIGHT = 2.0, 1.5  # of a sentence of LCC and of a constructed one; of a gold sentence 2

Weights = NDArray[np.float64]


def main() -> None:
    """Fit, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lcc", type=Path, required=True, help="folder with the CSV files of lcc-sentiment")
    parser.add_argument("--workspace", type=Path, action="append", default=[], help="tables of documents without text")
    parser.add_argument("--output", type=Path, default=FOLDER, help="where to write head.json and metrics.json")
    arguments = parser.parse_args()
    workspace = Workspace.checkout(ROOT)
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    lexicon = Lexicon.load(FOLDER, [stem for theme in workspace.settings(Codebook).themes for stem in theme.stems])
    labelled = gold(ROOT / "corpora/gold/sentences.csv", arguments.workspace, embedder, lexicon)
    seen, test = labelled.take(labelled.splits != "test"), labelled.take(labelled.splits == "test")
    blind = gold(ROOT / "corpora/gold/blind_sentences.csv", [], embedder, lexicon)
    general = lcc(arguments.lcc, embedder, lexicon)
    own = constructed(FOLDER / "sentences.csv", embedder, lexicon)
    mean = np.round(np.concatenate([seen.vectors, general.vectors]).mean(axis=0), 6)
    fitting = Fitting(mean, own)

    folded = fitting.cross_validate(seen, general)
    sharpness = _sharpness(folded, seen)
    folded = _sharper(folded, sharpness)
    head = Head(
        encoder=embedder.record,
        mean=mean,
        tone=_sharpened(fitting.tone(seen, general), sharpness),
        act=fitting.act(seen),
        fitted_on=f"{len(seen)} sentences of {len(set(seen.documents))} documents, {len(general)} of LCC, "
        f"{len(own)} constructed",
    )
    head.save(arguments.output)
    scores = head.score(test.vectors, test.contexts, test.words)
    metrics = {
        "fitted_on": head.fitted_on,
        "sharpness": round(sharpness, 3),
        "test": _figures(test, scores.tones),
        "test_act_accuracy": round(float((test.labels.acts == scores.acts.argmax(axis=1)[:, None]).mean()), 3),
        "blind": _figures(blind, head.score(blind.vectors, blind.contexts, blind.words).tones),
        "cross_validation": _figures(seen, folded),
        "lcc_accuracy": fitting.on_general(seen, general),
        "ablation": fitting.ablation(seen, general),
    }
    text = json.dumps(metrics, indent=2, ensure_ascii=False)
    (arguments.output / "metrics.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(text)


class Fitting:
    """How the classifiers are fitted; `left_out` names inputs that they may not see."""

    def __init__(self, mean: Floats, own: Data, left_out: str = "") -> None:
        self._mean, self._own, self._left_out = mean, own, left_out

    def tone(self, gold: Data, general: Data) -> Linear:
        """Fit the tone; each of the two readings of a gold sentence counts half.

        Half of its weight has the sentence in its paragraph, half the sentence alone, as a line of text comes.
        """
        labels, lone = gold.labels.tones, replace(gold, contexts=gold.vectors)
        inputs = [self.inputs(data) for data in (gold, gold, lone, lone, general, self._own)]
        tones = np.concatenate([*labels.T, *labels.T, general.labels.tones[:, 0], self._own.labels.tones[:, 0]])
        sizes = (4 * len(gold), len(general), len(self._own))
        weights = np.repeat([0.5, GENERAL_WEIGHT, OWN_WEIGHT], sizes)
        weights[tones == TONES.index("mixed")] *= MIXED_WEIGHT
        return self._fit(np.concatenate(inputs), tones, weights)

    def act(self, gold: Data) -> Linear:
        """Fit the act; LCC has none."""
        inputs = np.concatenate([self.inputs(data) for data in (gold, gold, self._own)])
        acts = np.concatenate([*gold.labels.acts.T, self._own.labels.acts[:, 0]])
        return self._fit(inputs, acts, np.repeat([1.0, OWN_WEIGHT], (2 * len(gold), len(self._own))))

    def inputs(self, data: Data) -> Floats:
        """Return what the classifiers see."""
        inputs = stack(data.vectors, data.contexts, data.words, self._mean)
        size, words = len(self._mean), 2 * len(self._mean)
        parts = {
            "sentence": slice(0, size),
            "paragraph": slice(size, words),
            "lexicon": slice(words, words + len(WORDS)),
            "rules": slice(words + len(WORDS), None),
            **{name: slice(words + place, words + place + 1) for place, name in enumerate(FEATURES)},
        }
        if self._left_out:
            inputs[:, parts[self._left_out]] = 0
        return inputs

    def cross_validate(self, gold: Data, general: Data) -> Floats:
        """Return for each gold sentence the probabilities by a fit without its document."""
        found = np.zeros((len(gold), len(TONES)))
        for train, test in GroupKFold(FOLDS).split(gold.documents, groups=gold.documents):
            found[test] = self.tone(gold.take(train), general).probabilities(self.inputs(gold.take(test)))
        return found

    def on_general(self, gold: Data, general: Data) -> float:
        """Return the accuracy on LCC in ten folds: sign of the valence, three classes."""
        truth = general.labels.tones[:, 0]
        right = 0
        for train, test in StratifiedKFold(10, shuffle=True, random_state=0).split(truth, truth):
            found = self.tone(gold, general.take(train)).probabilities(self.inputs(general.take(test)))
            right += int((found[:, :3].argmax(axis=1) == truth[test]).sum())
        return round(right / len(truth), 3)

    def ablation(self, gold: Data, general: Data) -> dict[str, dict[str, float]]:
        """Return what each kind of input and each rule adds (log-loss and macro-F1 with it, less those without).

        In cross-validation by document, over the documents alone that no rule was written from (`fresh`).
        """
        fresh = gold.take(gold.fresh)

        def measured(left_out: str) -> tuple[float, float]:
            share = Fitting(self._mean, self._own, left_out).cross_validate(gold, general)[gold.fresh]
            return _loss(share, fresh.labels), _figures(fresh, share)["macro_f1"]

        loss, f1 = measured("")
        result = {}
        for name in ("sentence", "paragraph", "lexicon", "rules", *FEATURES[len(WORDS) :]):
            without = measured(name)
            result[name] = {"loss": round(without[0] - loss, 4), "macro_f1": round(f1 - without[1], 3)}
        return result

    def _fit(self, inputs: Floats, classes: NDArray[np.int64], weights: Weights) -> Linear:
        size = len(self._mean)
        scale = inputs.std(axis=0)
        scale[: 2 * size] = size**-0.5
        scale[size : 2 * size] /= PARAGRAPH_SCALE
        scale[2 * size :] /= WORDS_SCALE
        scale[scale == 0] = 1
        model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(inputs / scale, classes, sample_weight=weights)
        return Linear(model.coef_ / scale, model.intercept_)


def _figures(gold: Data, shares: Floats) -> dict[str, Any]:
    scores = shares[:, TONES.index("positive")] - shares[:, TONES.index("negative")]
    return figures(gold.labels, np.asarray(shares.argmax(axis=1), dtype=np.int64), scores, gold.documents)


def _sharpness(probabilities: Floats, gold: Data) -> float:
    """Return the factor on the logits that calibrates them (Guo et al. 2017), from out-of-fold probabilities."""
    return float(min(np.arange(0.5, 3, 0.02), key=lambda factor: _loss(_sharper(probabilities, factor), gold.labels)))


def _sharper(probabilities: Floats, factor: float) -> Floats:
    power = np.clip(probabilities, 1e-6, 1) ** factor
    result: Floats = power / power.sum(axis=1, keepdims=True)
    return result


def _loss(probabilities: Floats, labels: Labels) -> float:
    given = np.take_along_axis(probabilities, labels.tones, axis=1)
    return float(-np.log(np.clip(given, 1e-6, 1)).mean())


def _sharpened(linear: Linear, factor: float) -> Linear:
    return replace(linear, weights=linear.weights * factor, intercepts=linear.intercepts * factor)


if __name__ == "__main__":
    main()
