"""Themes and tones of the run against the gold: accuracy, F1, abstention, with intervals by document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.evaluate.bootstrap import Floats, by_document, figure, macro_f1, micro_f1, ratio, rounded
from pipeline.evaluate.gold import GoldSpan

TONES = ("negative", "neutral", "positive", "mixed")
Figures = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """One gold span beside what the run says of it: `themes` main first with scores, `tone` None where not scored."""

    gold: GoldSpan
    found: bool
    themes: tuple[tuple[str, float], ...]
    tone: str | None
    tone_score: float | None


@dataclass(frozen=True)
class Resampling:
    """How intervals are drawn."""

    resamples: int
    seed: int


def theme_figures(judged: Sequence[Judged], themes: Sequence[str], draws: Resampling) -> Figures:
    """Return the figures for themes; a span that no paragraph was found for counts as without theme."""
    named = [one for one in judged if one.gold.themes]
    unnamed = [one for one in judged if not one.gold.themes]
    main = [float(one.themes[:1] != () and one.themes[0][0] == one.gold.themes[0]) for one in named]
    empty = [float(not one.themes) for one in unnamed]
    documents = [one.gold.document_id for one in judged]
    counts = class_counts([_names(one) for one in judged], [one.gold.themes for one in judged], themes)
    pairs = by_document(documents, counts)
    return {
        **_found(judged),
        "with_theme": len(named),
        "without_theme": len(unnamed),
        "main_accuracy": _share(named, main, draws),
        "micro_f1": figure(pairs, micro_f1, resamples=draws.resamples, seed=draws.seed),
        "macro_f1": figure(pairs, macro_f1, resamples=draws.resamples, seed=draws.seed),
        "abstention_without_theme": _share(unnamed, empty, draws),
    }


def tone_figures(judged: Sequence[Judged], draws: Resampling) -> Figures:
    """Return the figures for tone: over all spans with a tone, and over those that the run scored at all.

    A paragraph without a theme has no tone in the run: it counts as wrong in the first, not in the second.
    """
    toned = [one for one in judged if one.gold.tone]
    scored = [one for one in toned if one.tone is not None]
    negative = [one for one in scored if one.gold.tone == "negative"]
    return {
        **_found(toned),
        "scored": len(scored),
        "accuracy": _share(toned, _right(toned), draws),
        "accuracy_where_scored": _share(scored, _right(scored), draws),
        "macro_f1_where_scored": figure(_tone_counts(scored), macro_f1, resamples=draws.resamples, seed=draws.seed),
        "recall_of_negative_where_scored": _share(negative, _right(negative), draws),
        "mean_error_of_document_tone": _document_error(scored),
    }


def class_counts(predicted: Sequence[Sequence[str]], gold: Sequence[Sequence[str]], classes: Sequence[str]) -> Floats:
    """Return rows x (both, predicted, gold) of each class, the layout that `micro_f1` and `macro_f1` read."""
    said = np.array([[name in row for name in classes] for row in predicted], dtype=np.float64)
    true = np.array([[name in row for name in classes] for row in gold], dtype=np.float64)
    said, true = said.reshape(len(predicted), len(classes)), true.reshape(len(gold), len(classes))
    return np.concatenate([said * true, said, true], axis=1)


def _names(one: Judged) -> tuple[str, ...]:
    return tuple(theme for theme, _ in one.themes)


def _found(judged: Sequence[Judged]) -> Figures:
    return {"spans": len(judged), "spans_without_paragraph": sum(not one.found for one in judged)}


def _right(judged: Sequence[Judged]) -> list[float]:
    return [float(one.tone == one.gold.tone) for one in judged]


def _share(judged: Sequence[Judged], right: Sequence[float], draws: Resampling) -> Figures:
    counts = np.array([[value, 1.0] for value in right]).reshape(len(right), 2)
    documents = [one.gold.document_id for one in judged]
    return figure(by_document(documents, counts), ratio, resamples=draws.resamples, seed=draws.seed)


def _tone_counts(scored: Sequence[Judged]) -> Floats:
    counts = class_counts([(one.tone or "",) for one in scored], [(one.gold.tone,) for one in scored], TONES)
    return by_document([one.gold.document_id for one in scored], counts)


def _document_error(scored: Sequence[Judged]) -> float | None:
    """Mean over documents of the difference between found and true net tone (positive 1, negative -1, else 0)."""
    sign = {"positive": 1.0, "negative": -1.0}
    errors = [[sign.get(one.tone or "", 0.0) - sign.get(one.gold.tone, 0.0), 1.0] for one in scored]
    counts = np.array(errors).reshape(len(scored), 2)
    sums = by_document([one.gold.document_id for one in scored], counts)
    return rounded(float(np.abs(sums[:, 0] / sums[:, 1]).mean())) if len(sums) else None
