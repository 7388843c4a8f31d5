"""Rows of the plots that `dvc plots` draws: confusion, calibration, F1 per theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.evaluate.bootstrap import rounded
from pipeline.evaluate.labels import Judged, class_counts

Row = dict[str, Any]
NONE = "none"
BINS = 10
CONFUSION = ("gold", "found")
CALIBRATION = ("split", "score", "share_right", "assignments")
PER_THEME = ("split", "theme", "precision", "recall", "f1", "gold", "found")


def confusion(judged: Sequence[Judged]) -> list[Row]:
    """Return one row per gold span: its main theme and that of the run."""
    return [
        {"gold": (one.gold.themes or (NONE,))[0], "found": one.themes[0][0] if one.themes else NONE} for one in judged
    ]


def calibration(by_split: Mapping[str, Sequence[Judged]]) -> list[Row]:
    """Return per split and tenth of the score how often an assigned theme is in the gold."""
    rows = []
    for split, judged in by_split.items():
        pairs = [(score, float(theme in one.gold.themes)) for one in judged for theme, score in one.themes]
        scores, right = np.array(pairs, dtype=np.float64).reshape(len(pairs), 2).T
        bins = np.minimum((scores * BINS).astype(int), BINS - 1)
        for number in sorted(set(bins.tolist())):
            inside = bins == number
            rows.append(
                {
                    "split": split,
                    "score": rounded(float(scores[inside].mean())),
                    "share_right": rounded(float(right[inside].mean())),
                    "assignments": int(inside.sum()),
                }
            )
    return rows


def per_theme(by_split: Mapping[str, Sequence[Judged]], themes: Sequence[str]) -> list[Row]:
    """Return precision, recall and F1 of each theme in each split; empty where there is nothing to divide by."""
    rows = []
    for split, judged in by_split.items():
        predicted = [[theme for theme, _ in one.themes] for one in judged]
        both, said, true = np.split(class_counts(predicted, [o.gold.themes for o in judged], themes).sum(axis=0), 3)
        for index, theme in enumerate(themes):
            rows.append(
                {
                    "split": split,
                    "theme": theme,
                    "precision": _part(both[index], said[index]),
                    "recall": _part(both[index], true[index]),
                    "f1": _part(2 * both[index], said[index] + true[index]),
                    "gold": int(true[index]),
                    "found": int(said[index]),
                }
            )
    return rows


def _part(above: float, below: float) -> float | None:
    return rounded(float(above / below)) if below else None
