"""From the probabilities of sentences to a tone, a score and the sentence that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sentiment.head import ACTS, TONES, Scores

NEGATIVE, NEUTRAL, POSITIVE, MIXED = range(len(TONES))
PROCEDURE = ACTS.index("procedure")


@dataclass(frozen=True)
class Tone:
    """`tone` is positive, neutral, negative or mixed; `score` goes from -1 (negative) to 1 (positive)."""

    tone: str
    score: float


@dataclass(frozen=True)
class Limits:
    """When several sentences together are neutral (`neutral`: mean probability) or mixed (`mixed`: weaker/stronger)."""

    neutral: float
    mixed: float


def tone_of(probabilities: NDArray[np.float64]) -> Tone:
    """Return the most probable tone of one sentence, from its probabilities in the order of TONES.

    The score is P(positive) - P(negative): mixed stands in the middle.
    """
    score = round(float(probabilities[POSITIVE] - probabilities[NEGATIVE]), 6)
    return Tone(TONES[int(probabilities.argmax())], score)


def tone_together(scores: Scores, lengths: Sequence[int], limits: Limits) -> Tone:
    """Return the tone of sentences that speak about one theme.

    A sentence weighs by the root of its length, and less the more it is procedure, which has no tone. The mean
    probabilities are then neutral, mixed, or on one side; the probability of mixed counts half on either.
    """
    if len(lengths) == 1:
        return tone_of(scores.tones[0])
    weights = np.sqrt(np.array(lengths, dtype=np.float64)) * (1 - scores.acts[:, PROCEDURE])
    if not weights.sum():
        return Tone("neutral", 0.0)
    mean = weights @ scores.tones / weights.sum()
    positive, negative = (float(mean[side] + mean[MIXED] / 2) for side in (POSITIVE, NEGATIVE))
    score = round(positive - negative, 6)
    if mean[NEUTRAL] > limits.neutral:
        return Tone("neutral", score)
    if min(positive, negative) > limits.mixed * max(positive, negative):
        return Tone("mixed", score)
    return Tone("positive" if positive > negative else "negative", score)


def deciding_sentence(tone: str, sentences: NDArray[np.float64]) -> int:
    """Return which sentence (row of probabilities) shows a tone best; of equals the first."""
    column = TONES.index(tone)
    if column == MIXED:
        # What is said on both sides in one sentence, else the stronger of the two sides.
        return int((sentences[:, MIXED] + np.abs(sentences[:, POSITIVE] - sentences[:, NEGATIVE])).argmax())
    return int(sentences[:, column].argmax())
