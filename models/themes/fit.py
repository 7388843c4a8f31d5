"""Fit the theme head on what people labelled: `python models/themes/fit.py` in a checkout, after the stage `embed`.

Reads the tables of the sample and the split `dev` of corpora/gold/paragraphs.csv; with `--real` and `--towns` also a
workspace of `temaspejl run` on those documents and their labels (corpora/gold/real.csv, towns.csv), whose text is not
part of this project. Writes the head here and `ablation.json`, and prints what ten-fold cross-validation by document
says.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from labelled import Corpus, Evidence, Labelled
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.cluster.characters import inverse_document_frequency
from pipeline.cluster.evidence import FEATURES, KINDS, PLACES, Floats, Space, ThemeTexts
from pipeline.cluster.head import DIGITS, Head, Logistic, membership_inputs, subject_inputs
from pipeline.cluster.scoring import placed_passages
from pipeline.cluster.subject import TRAITS, Topicality, traits
from pipeline.settings import Codebook, Embed, Theme
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent

FOLDS = 10
WRITTEN = ("procedure", "subjects")
RIDGE = 200.0  # penalty of the weights of evidence, which are standardised
SHRINKAGE = 2.0  # of the within-theme covariance, in units of its mean variance
TOPICAL_STRENGTH = 0.01  # C of the regression that tells procedure from subjects
VECTOR_SHARE = 1.0  # how much the penalty lets the vector say beside the traits
SUBJECT_STRENGTH = 0.1  # C of the regression that decides whether there is a theme
WRITTEN_WEIGHT = 0.5  # of a sentence in procedure.txt or subjects.txt; a labelled paragraph weighs 1
ABSTENTION = 0.9  # share of labelled paragraphs without a theme that must stay without one, out of fold
Rows = NDArray[np.bool_]


def main() -> None:
    """Fit, print the figures, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=FOLDER, help="where to write the head")
    parser.add_argument("--sample", type=Path, help="a workspace of `temaspejl run` on the sample, not the checkout")
    parser.add_argument("--real", type=Path, help="a workspace of `temaspejl run` on the real documents")
    parser.add_argument("--towns", type=Path, help="a workspace of `temaspejl run` on the documents of other towns")
    arguments = parser.parse_args()
    checkout = Workspace.checkout(ROOT)
    embedder = Embedder(checkout.settings(Embed), checkout.memo)
    labelled = Labelled(_corpora(checkout, arguments), checkout.settings(Codebook).themes)
    head, figures = fit(labelled, embedder)
    head.save(arguments.output)
    (arguments.output / "ablation.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {arguments.output / 'head.json'}: {head.fitted_on}")


def _corpora(checkout: Workspace, arguments: argparse.Namespace) -> list[Corpus]:
    gold = ROOT / "corpora" / "gold"
    sample = Workspace.at(arguments.sample, checkout.corpus) if arguments.sample else checkout
    corpora = [Corpus.read("sample", sample, gold / "paragraphs.csv", "dev")]
    for name in ("real", "towns"):
        if folder := getattr(arguments, name):
            corpora.append(Corpus.read(name, Workspace.at(folder, folder), gold / f"{name}.csv", "dev"))
    return corpora


def fit(labelled: Labelled, embedder: Embedder) -> tuple[Head, dict[str, dict[str, float]]]:
    """Return the head, and figures of cross-validation with all evidence and without each kind and place of it.

    The weights are fitted on each paragraph twice: with the codebook as it is, and with names and definitions alone, so
    that they serve a new theme as well.
    """
    head = _frame(labelled, embedder)
    passages = placed_passages(labelled.themes, embedder, head)
    placed = head.space.place(labelled.raw)
    written = {name: (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in WRITTEN}
    procedure, subjects = (head.space.place(embedder.embed(written[name], name)) for name in WRITTEN)
    described = Labelled(labelled.corpora, [described_only(theme) for theme in labelled.themes])
    found, bare = (_out_of_fold(labelled, one, head, passages) for one in (labelled, described))
    topical = np.zeros(len(placed))
    for test in _folds(labelled):
        topical[test] = _topicality(labelled, placed, procedure, subjects, ~test).logit(placed, labelled.units)[test]

    figures = {"all evidence": _figures(labelled, *_cross_validated(labelled, found, bare, topical))}
    figures["names and definitions alone"] = _figures(labelled, *_cross_validated(labelled, found, bare, topical, bare))
    for name in (*KINDS, *PLACES[1:]):
        kept = np.array([name not in feature.split("_") for feature in FEATURES])
        figures[f"without {name}"] = _figures(labelled, *_cross_validated(labelled, found * kept, bare * kept, topical))
    for name, row in figures.items():
        print(f"{name:28}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()), flush=True)
    every = np.ones(len(placed), dtype=bool)
    head = _calibrated(labelled, head, found, bare, topical, every)
    return replace(
        head,
        whitening=_whitening(labelled, placed, passages, every),
        topicality=_topicality(labelled, placed, procedure, subjects, every),
        fitted_on=_sources(labelled),
    ), figures


def described_only(theme: Theme) -> Theme:
    """Return a theme as a user first writes it: names and definition."""
    return Theme(id=theme.id, da=theme.da, en=theme.en, definition=theme.definition)


def _sources(labelled: Labelled) -> str:
    parts = (
        f"{len(c.gold)} paragraphs of {len({s.document_id for _, s in c.gold})} documents ({c.name})"
        for c in labelled.corpora
    )
    return ", ".join(parts) + ", splits dev of corpora/gold"


def _frame(labelled: Labelled, embedder: Embedder) -> Head:
    """Return a head without weights: the frame fitted on the text of the labelled documents, no labels used."""
    chosen = [
        (corpus.raw[index], one.text)
        for corpus in labelled.corpora
        for documents in [{span.document_id for _, span in corpus.gold}]
        for index, one in enumerate(corpus.units)
        if one.document_id in documents
    ]
    vectors = np.array([vector for vector, _ in chosen if vector.any()])
    mean = vectors.mean(axis=0)
    direction = np.linalg.svd(vectors - mean, full_matrices=False)[2][0]
    direction *= np.sign(direction[np.abs(direction).argmax()])
    size, nothing = len(mean), Logistic((), 0.0)
    return Head(
        encoder=embedder.record,
        space=Space(np.round(mean, DIGITS), np.round(direction, DIGITS)),
        whitening=np.eye(size),
        topicality=Topicality(np.zeros(size), np.zeros(len(TRAITS)), 0.0),
        weights={},
        background=0.0,
        subject=nothing,
        min_subject=0.0,
        membership=nothing,
        fitted_on="",
        idf=inverse_document_frequency([text for _, text in chosen]),
    )


def _folds(labelled: Labelled) -> list[Rows]:
    """Return for each fold which rows it holds: whole documents, about as many paragraphs in each."""
    rows = np.arange(len(labelled.spans))
    return [np.isin(rows, test) for _, test in GroupKFold(FOLDS).split(rows, groups=labelled.documents)]


def _out_of_fold(labelled: Labelled, asked: Labelled, head: Head, passages: dict[str, Floats]) -> Floats:
    """Return the evidence for the themes of `asked`, as a document unknown to the whitening would have it."""
    placed = head.space.place(labelled.raw)
    source = Evidence(asked, passages, [head.space.place(corpus.raw) for corpus in labelled.corpora], head.idf)
    found = np.zeros((len(placed), len(labelled.themes), len(FEATURES)))
    for test in _folds(labelled):
        found[test] = source.under(_whitening(labelled, placed, passages, ~test))[test]
    return found


def _whitening(labelled: Labelled, placed: Floats, passages: dict[str, Floats], train: Rows) -> Floats:
    """Return the map that shrinks the directions in which texts of one theme differ."""
    named = train & (labelled.main >= 0)
    own = [(passages[text], k) for k, theme in enumerate(labelled.themes) for text in ThemeTexts.of(theme).passages]
    vectors = np.concatenate([placed[named], [vector for vector, _ in own]])
    theme = np.concatenate([labelled.main[named], [k for _, k in own]])
    means = np.array([vectors[theme == k].mean(axis=0) for k in range(len(labelled.themes))])
    residual = vectors - means[theme]
    scatter = residual.T @ residual / len(residual)
    shrunk = scatter + SHRINKAGE * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    whitening: Floats = np.linalg.cholesky(np.linalg.inv(shrunk))
    scaled: Floats = (whitening / np.abs(whitening).max()).astype(np.float16).astype(np.float64)
    return scaled


def _topicality(labelled: Labelled, placed: Floats, procedure: Floats, subjects: Floats, train: Rows) -> Topicality:
    """Return what tells a subject from procedure.

    `procedure` and `subjects` are vectors of sentences written for this: those that only run a meeting, and those about
    what no labelled document speaks of, so that a subject is not mistaken for one of the default codebook.
    """
    # Unit vectors have tiny entries: scaled, so that the penalty treats them and the traits alike.
    scale = VECTOR_SHARE * placed.shape[1] ** 0.5
    looks = traits(labelled.units)
    spread = looks.std(axis=0)
    spread[spread == 0] = 1
    asked = train & labelled.allowed
    usual = np.tile(looks[asked].mean(axis=0), (len(procedure) + len(subjects), 1))
    vectors, looks = np.concatenate([placed[asked], procedure, subjects]), np.concatenate([looks[asked], usual])
    subject = np.concatenate([labelled.main[asked] >= 0, np.arange(len(usual)) >= len(procedure)])
    weights = np.concatenate([labelled.weights[asked], np.full(len(usual), WRITTEN_WEIGHT)])
    model = LogisticRegression(C=TOPICAL_STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(np.concatenate([vectors * scale, looks / spread], axis=1), subject, sample_weight=weights)
    size = placed.shape[1]
    return Topicality(
        np.round(model.coef_[0][:size] * scale, DIGITS),
        np.round(model.coef_[0][size:] / spread, DIGITS),
        round(float(model.intercept_[0]), DIGITS),
    )


def _calibrated(labelled: Labelled, head: Head, found: Floats, bare: Floats, topical: Floats, train: Rows) -> Head:
    """Return the head with weights, and with what turns relevance into probabilities, fitted on the rows `train`."""
    evidence, topical, train = np.concatenate([found, bare]), np.tile(topical, 2), np.tile(train, 2)
    main, allowed, row_weights = np.tile(labelled.main, 2), np.tile(labelled.allowed, 2), np.tile(labelled.weights, 2)
    named, unnamed, asked = train & (main >= 0), train & (main < 0), train & allowed
    weights = _listwise(evidence[named], main[named], row_weights[named])
    weights = np.round(weights, DIGITS)
    background = round(float((evidence @ weights).mean()), DIGITS)
    head = replace(head, weights=dict(zip(FEATURES, weights.tolist(), strict=True)), background=background)
    inputs = subject_inputs(evidence, topical)
    subject = _logistic(inputs[asked], main[asked] >= 0, row_weights[asked], SUBJECT_STRENGTH)
    threshold = float(np.quantile(subject.probability(inputs[unnamed]) * allowed[unnamed], ABSTENTION))
    pairs = membership_inputs(head.relevance(evidence), topical)[named]
    members = np.tile(labelled.members, (2, 1))[named]
    repeated = np.repeat(row_weights[named], len(labelled.themes))
    membership = _logistic(pairs.reshape(-1, pairs.shape[2]), members.ravel(), repeated)
    return replace(head, subject=subject, min_subject=round(threshold, DIGITS), membership=membership)


def _listwise(found: Floats, main: NDArray[np.int64], weights: Floats) -> Floats:
    """Return the weights of evidence under which the softmax over themes picks the main theme (ListNet, top one).

    No weight is negative: all evidence speaks for a theme, and one against it was learnt from single documents.
    """
    scale = (found - found.mean(axis=1, keepdims=True)).std(axis=(0, 1))
    scale[scale == 0] = 1
    inputs, rows = found / scale, np.arange(len(found))

    def loss(values: Floats) -> tuple[float, Floats]:
        summed = inputs @ values
        summed -= summed.max(axis=1, keepdims=True)
        share = np.exp(summed)
        share /= share.sum(axis=1, keepdims=True)
        value = -(weights * np.log(share[rows, main] + 1e-12)).sum() + RIDGE * values @ values / 2
        share[rows, main] -= 1
        gradient: Floats = np.einsum("n,nk,nkf->f", weights, share, inputs) + RIDGE * values
        return float(value), gradient

    size = inputs.shape[2]
    found_weights = minimize(loss, np.full(size, 0.01), jac=True, method="L-BFGS-B", bounds=[(0, None)] * size).x
    fitted: Floats = found_weights / scale
    return fitted


def _logistic(inputs: Floats, target: NDArray[np.bool_], weights: Floats, strength: float = 1.0) -> Logistic:
    spread = inputs.std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=strength, max_iter=5000).fit(inputs / spread, target, sample_weight=weights)
    return Logistic(
        tuple(np.round(model.coef_[0] / spread, DIGITS).tolist()), round(float(model.intercept_[0]), DIGITS)
    )


def _cross_validated(
    labelled: Labelled, found: Floats, bare: Floats, topical: Floats, asked: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return scores and relevance of every row by weights fitted without its document, for `asked` (or `found`)."""
    asked = found if asked is None else asked
    scores, relevance = np.zeros(found.shape[:2]), np.zeros(found.shape[:2])
    blank = Head({}, None, None, None, {}, 0.0, None, 0.0, None, "", None)  # type: ignore[arg-type]
    for test in _folds(labelled):
        head = _calibrated(labelled, blank, found, bare, topical, ~test)
        scores[test] = head.scores(asked, topical)[test] * labelled.allowed[test, None]
        relevance[test] = head.relevance(asked)[test]
    return scores, relevance


def _figures(labelled: Labelled, scores: Floats, relevance: Floats) -> dict[str, float]:
    result = {}
    for name in dict.fromkeys(labelled.sources):
        rows = labelled.sources == name
        named, unnamed = rows & (labelled.main >= 0), rows & (labelled.main < 0)
        result[f"{name} best"] = float((relevance.argmax(axis=1) == labelled.main)[named].mean())
        for threshold in (0.25, 0.35):
            chosen = (scores >= threshold) & (np.argsort(np.argsort(-scores, axis=1), axis=1) < 3)
            right = (scores.argmax(axis=1) == labelled.main) & chosen.any(axis=1)
            both = 2 * (chosen & labelled.members)[rows].sum()
            f1 = both / (chosen[rows].sum() + labelled.members[rows].sum())
            result |= {f"{name} main {threshold}": float(right[named].mean()), f"{name} f1 {threshold}": float(f1)}
        result[f"{name} empty"] = float((~chosen.any(axis=1))[unnamed].mean())
    return {key: round(value, 4) for key, value in result.items()}


if __name__ == "__main__":
    main()
