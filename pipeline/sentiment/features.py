"""What the classifiers see of a sentence: its vector, its paragraph's, the balance of its words, what rules say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.sentiment.lexicon import WORD, Lexicon
from pipeline.sentiment.rules import RULES, rule_counts

Floats = NDArray[np.float64]

WORDS = ("positive", "negative", "balance", "denied_positive", "denied_negative")
FEATURES = (*WORDS, *RULES)


def word_features(texts: Sequence[str], lexicon: Lexicon) -> Floats:
    """Return texts x len(FEATURES): polarity sums damped by length, then the counts of the rules."""
    rows = [[*_words(text, lexicon), *rule_counts(text)] for text in texts]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _words(text: str, lexicon: Lexicon) -> tuple[float, ...]:
    positive, negative = lexicon.balance(text)
    damping = np.sqrt(5 + len(WORD.findall(text)))
    balance = (positive - negative) / (1 + positive + negative)
    return positive / damping, negative / damping, balance, *lexicon.denied(text)


def stack(vectors: Floats, contexts: Floats, words: Floats, mean: Floats) -> Floats:
    """Return the classifiers' input: centred unit vectors of the sentences and their paragraphs, the word features."""
    return np.concatenate([_centred(vectors, mean), _centred(contexts, mean), words], axis=1)


def _centred(vectors: Floats, mean: Floats) -> Floats:
    centred = np.asarray(vectors, dtype=np.float64) - mean
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    result: Floats = centred / np.where(length == 0, 1, length)
    return result
