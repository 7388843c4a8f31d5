"""What the tone classifier sees of a text: its vector, the balance of its words, and the rules that speak."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.sentiment.lexicon import WORD, Lexicon
from pipeline.sentiment.rules import RULES, rule_counts

Floats = NDArray[np.float64]

WORDS = ("positive", "negative", "balance")
FEATURES = (*WORDS, *RULES)


def word_features(texts: Sequence[str], lexicon: Lexicon) -> Floats:
    """Return texts x len(FEATURES): polarity sums damped by length, then the counts of the rules."""
    rows = [[*_words(text, lexicon), *rule_counts(text)] for text in texts]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _words(text: str, lexicon: Lexicon) -> tuple[float, float, float]:
    positive, negative = lexicon.balance(text)
    damping = np.sqrt(5 + len(WORD.findall(text)))
    balance = (positive - negative) / (1 + positive + negative)
    return positive / damping, negative / damping, balance


def stack(vectors: Floats, words: Floats, mean: Floats) -> Floats:
    """Return the classifier's input: centred unit vectors beside the word features."""
    centred = np.asarray(vectors, dtype=np.float64) - mean
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.concatenate([centred / np.where(length == 0, 1, length), words], axis=1)
