"""From scores to themes: none to a few per paragraph, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import Floats


def assignments(
    units: Sequence[Unit],
    scores: Floats,
    theme_ids: Sequence[str],
    allowed: Sequence[bool],
    *,
    min_score: float,
    max_themes: int,
) -> list[dict[str, Any]]:
    """Return rows of the table `assignments`: of each allowed paragraph the best themes that reach `min_score`.

    `scores` are paragraphs x themes. Ties go to the theme that stands first in the codebook.
    """
    rows: list[dict[str, Any]] = []
    for unit, row, may in zip(units, scores, allowed, strict=True):
        if not may:
            continue
        order = np.argsort(-row, kind="stable")[:max_themes]
        chosen = [index for index in order if row[index] >= min_score]
        rows += [
            {
                "paragraph_id": unit.paragraph_id,
                "theme_id": theme_ids[index],
                "score": float(row[index]),
                "rank": rank,
                "origin": "codebook",
            }
            for rank, index in enumerate(chosen, start=1)
        ]
    return rows
