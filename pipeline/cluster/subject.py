"""Whether a paragraph has a subject at all, or runs the meeting, greets, or names place and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import Floats

ROLES = ("indstilling", "beslutning", "bilag", "økonomi", "sagsfremstilling", "resume")
TRAITS = ("length", "digits", "capitals", "colon", "bullet", "table", "lone", *ROLES)
BOUND = 4.0


def traits(units: Sequence[Unit]) -> Floats:
    """Return paragraphs x len(TRAITS): what a text looks like and where it stands, whatever it is about."""
    return np.array([_traits(unit) for unit in units], dtype=np.float64).reshape(len(units), len(TRAITS))


def _traits(unit: Unit) -> list[float]:
    text = unit.text
    letters = max(1, sum(c.isalpha() for c in text))
    return [
        float(np.log1p(len(text))),
        min(1.0, sum(c.isdigit() for c in text) / letters),
        sum(c.isupper() for c in text) / letters,
        float(text.rstrip().endswith(":")),
        float(unit.form == "bullet"),
        float(unit.form == "table_row"),
        float(not unit.peers),
        *(float(unit.role == role) for role in ROLES),
    ]


@dataclass(frozen=True)
class Topicality:
    """Logistic regression over the placed vector and the traits; it knows no theme, and so serves every codebook."""

    vector: Floats
    traits: Floats
    intercept: float

    def logit(self, placed: Floats, units: Sequence[Unit]) -> Floats:
        """Return the log-odds of having a subject for each paragraph, kept within -4 and 4."""
        odds = placed @ self.vector + traits(units) @ self.traits + self.intercept
        return np.clip(odds, -BOUND, BOUND)
