"""From probabilities to a tone and a score, and to the sentence that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sentiment.head import TONES

NEGATIVE, NEUTRAL, POSITIVE, MIXED = range(len(TONES))


@dataclass(frozen=True)
class Tone:
    """`tone` is positive, neutral, negative or mixed; `score` goes from -1 (negative) to 1 (positive)."""

    tone: str
    score: float


def tone_of(probabilities: NDArray[np.float64], neutral_band: float) -> Tone:
    """Return the most probable tone; one whose score lies within the band around 0 is neutral.

    `probabilities` are in the order of TONES. The score is P(positive) - P(negative): mixed stands in the middle.
    """
    score = round(float(probabilities[POSITIVE] - probabilities[NEGATIVE]), 6)
    best = int(probabilities.argmax())
    if best in (NEGATIVE, POSITIVE) and abs(score) < neutral_band:
        best = NEUTRAL
    return Tone(TONES[best], score)


def deciding_sentence(tone: str, sentences: NDArray[np.float64]) -> int:
    """Return which sentence (row of probabilities) shows a tone best; of equals the first."""
    column = TONES.index(tone)
    if column == MIXED:
        # What is said on both sides in one sentence, else the stronger of the two sides.
        return int((sentences[:, MIXED] + np.abs(sentences[:, POSITIVE] - sentences[:, NEGATIVE])).argmax())
    return int(sentences[:, column].argmax())
