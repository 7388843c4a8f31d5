"""Fit the theme head on the dev gold: `python models/themes/fit.py` in a checkout, after the stage `embed`.

Reads the tables of the sample and corpora/gold/paragraphs.csv (split `dev` alone), writes head.json and idf.npy here,
and prints what ten-fold cross-validation by document says, with and without each kind of evidence.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.cluster.characters import inverse_document_frequency
from pipeline.cluster.context import Unit, units
from pipeline.cluster.evidence import FEATURES, Floats, Space, Topicality, log_lengths
from pipeline.cluster.head import DIGITS, Head
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import all_evidence, matrix
from pipeline.evaluate.gold import GoldSpan, match, read_spans
from pipeline.settings import Cluster, Codebook, Embed, Evaluate, Theme
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FOLDS = 10
STRENGTH = 0.01  # C of the logistic regression; .001 loses, .1 gains nothing
TOPICAL_STRENGTH = 0.003
GROUPS = ("description", "passage", "characters", "stems", "ahead", "heading", "peer", "topical")


def main() -> None:
    """Fit, print the figures, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=FOLDER, help="where to write the head")
    parser.add_argument("--workspace", type=Path, help="a workspace of `temaspejl run` on the sample, not the checkout")
    arguments = parser.parse_args()
    workspace = Workspace.checkout(ROOT)
    if arguments.workspace:
        workspace = replace(Workspace.at(arguments.workspace, workspace.corpus), gold=workspace.gold)
    themes = workspace.settings(Codebook).themes
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    paragraphs = units(workspace.rows("paragraphs"), workspace.rows("tokens"))
    gold = _dev_gold(workspace, paragraphs)
    raw = matrix(paragraphs, workspace.rows("embeddings"), np.zeros(embedder_size(workspace)))
    head = _frame(embedder, paragraphs, raw, {span.document_id for _, span in gold})
    topicality, out_of_fold = _topicality(head.space.place(raw), paragraphs, gold)
    head = replace(head, topicality=topicality)

    minimum = workspace.settings(Cluster).min_characters
    rows = [(index, span) for index, span in gold if may_have_theme(paragraphs[index], minimum)]
    evidence = all_evidence(paragraphs, raw, themes, embedder, head)[[index for index, _ in rows]]
    evidence[:, :, FEATURES.index("topical")] = np.array([out_of_fold[index] for index, _ in rows])[:, None]
    labels = np.array([[theme.id in span.themes for theme in themes] for _, span in rows], dtype=np.int64)
    documents = np.array([span.document_id for _, span in rows])
    _ablation(evidence, labels, documents, rows, themes)
    model = _fit(evidence, labels)
    head = replace(
        head,
        weights={name: round(float(weight), DIGITS) for name, weight in zip(FEATURES, model[0], strict=True)},
        intercept=round(float(model[1]), DIGITS),
        fitted_on=f"{len(rows)} paragraphs of {len(set(documents))} documents of corpora/gold, split dev",
    )
    head.save(arguments.output)
    print(f"wrote {arguments.output / 'head.json'}: {head.fitted_on}")


def embedder_size(workspace: Workspace) -> int:
    """Return the number of dimensions of the stored vectors."""
    return len(workspace.rows("embeddings")[0]["vector"])


def _dev_gold(workspace: Workspace, paragraphs: list[Unit]) -> list[tuple[int, GoldSpan]]:
    """Return (position of the paragraph, gold span) for every paragraph that a dev span was found in, once."""
    spans = [span for span in read_spans(ROOT / "corpora/gold/paragraphs.csv") if span.split == "dev"]
    found = match(spans, workspace.rows("paragraphs"), workspace.settings(Evaluate).min_overlap)
    position = {unit.paragraph_id: index for index, unit in enumerate(paragraphs)}
    pairs = {position[name]: span for name, span in zip(found, spans, strict=True) if name is not None}
    return sorted(pairs.items(), key=lambda pair: pair[0])


def _frame(embedder: Embedder, paragraphs: list[Unit], raw: Floats, documents: set[str]) -> Head:
    """Return a head without weights: the frame fitted on the text of the dev documents, no labels used."""
    dev = [index for index, unit in enumerate(paragraphs) if unit.document_id in documents]
    vectors = raw[dev][np.linalg.norm(raw[dev], axis=1) > 0]
    mean = vectors.mean(axis=0)
    direction = np.linalg.svd(vectors - mean, full_matrices=False)[2][0]
    direction *= np.sign(direction[np.abs(direction).argmax()])
    idf = inverse_document_frequency([paragraphs[index].text for index in dev])
    space = Space(np.round(mean, DIGITS), np.round(direction, DIGITS))
    return Head(embedder.record, space, Topicality(np.zeros(len(mean)), 0.0, 0.0), {}, 0.0, "", idf)


def _topicality(
    placed: Floats, paragraphs: list[Unit], gold: list[tuple[int, GoldSpan]]
) -> tuple[Topicality, dict[int, float]]:
    """Return what tells a subject from procedure, and its log-odds by position when fitted without that document."""
    positions = np.array([index for index, _ in gold])
    subject = np.array([bool(span.themes) for _, span in gold])
    documents = np.array([span.document_id for _, span in gold])
    out_of_fold: dict[int, float] = {}
    for train, test in GroupKFold(FOLDS).split(positions, groups=documents):
        model = _fit_topicality(placed, paragraphs, positions[train], subject[train])
        odds = model.logit(placed[positions[test]], [paragraphs[index] for index in positions[test]])
        out_of_fold |= dict(zip(positions[test].tolist(), odds.tolist(), strict=True))
    return _fit_topicality(placed, paragraphs, positions, subject), out_of_fold


def _fit_topicality(
    placed: Floats, paragraphs: list[Unit], positions: NDArray[np.int64], subject: NDArray[np.bool_]
) -> Topicality:
    lengths = log_lengths([paragraphs[index] for index in positions])
    # Unit vectors have tiny entries: scaled, so that the penalty treats them and the length alike.
    scale = placed.shape[1] ** 0.5
    inputs = np.concatenate([placed[positions] * scale, lengths[:, None]], axis=1)
    model = LogisticRegression(C=TOPICAL_STRENGTH, class_weight="balanced", max_iter=5000).fit(inputs, subject)
    weights = np.round(model.coef_[0][:-1] * scale, DIGITS)
    return Topicality(weights, round(float(model.coef_[0][-1]), DIGITS), round(float(model.intercept_[0]), DIGITS))


def _fit(evidence: Floats, labels: NDArray[np.int64]) -> tuple[Floats, float]:
    """Return weights and intercept of a logistic regression over all paragraph x theme pairs."""
    flat = evidence.reshape(-1, evidence.shape[2])
    scale = flat.std(axis=0)
    scale[scale == 0] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(flat / scale, labels.ravel())
    return model.coef_[0] / scale, float(model.intercept_[0])


def _predict(model: tuple[Floats, float], evidence: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-(evidence @ model[0] + model[1])))
    return probability


def _ablation(
    evidence: Floats,
    labels: NDArray[np.int64],
    documents: NDArray[np.str_],
    rows: list[tuple[int, GoldSpan]],
    themes: tuple[Theme, ...],
) -> None:
    for group in ("", *GROUPS):
        kept = [index for index, name in enumerate(FEATURES) if not group or group not in name.split("_")]
        scores = np.zeros(labels.shape)
        for train, test in GroupKFold(FOLDS).split(evidence, groups=documents):
            model = _fit(evidence[train][:, :, kept], labels[train])
            scores[test] = _predict(model, evidence[test][:, :, kept])
        name = f"without {group}" if group else "all evidence"
        print(f"{name:22}", _figures(scores, labels, rows, themes, not group))


def _figures(
    scores: Floats,
    labels: NDArray[np.int64],
    rows: list[tuple[int, GoldSpan]],
    themes: tuple[Theme, ...],
    sweep: bool,
) -> str:
    ids = [theme.id for theme in themes]
    main = np.array([ids.index(span.themes[0]) if span.themes else -1 for _, span in rows])
    named = main >= 0
    text = f"best theme is the main one {(scores.argmax(axis=1) == main)[named].mean():.3f}"
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5) if sweep else (0.3,):
        chosen = (scores >= threshold) & (np.argsort(np.argsort(-scores, axis=1), axis=1) < 3)
        f1 = 2 * (chosen & (labels > 0)).sum() / (chosen.sum() + labels.sum())
        assigned = ((scores.argmax(axis=1) == main) & chosen.any(axis=1))[named].mean()
        text += f"{chr(10) if sweep else ''}  min_score {threshold}: micro-F1 {f1:.3f}, main {assigned:.3f}"
        text += f", none kept empty {(~chosen.any(axis=1))[~named].mean():.2f}" if sweep else ""
    return text


if __name__ == "__main__":
    main()
