"""Similarity of texts by the character sequences they share: TF-IDF of 3-5 grams inside word boundaries.

Character n-grams see the parts of Danish compounds and survive inflection and OCR errors (Cavnar & Trenkle 1994;
scikit-learn's `char_wb` analyser is the model). They are hashed, and their weights are frozen with the head, so that a
new document never changes the similarity of old ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SIZES = (3, 4, 5)
_BITS = 18
BUCKETS = 1 << _BITS
_CHUNK = 512
_NOT_WORD = re.compile(r"[\W\d_]+")
_MULTIPLIER = np.uint64(0x100000001B3)  # FNV's prime spreads code points over 64 bits
_SCATTER = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: the top bits choose the bucket

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def counts(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Return (row, bucket, count) of every distinct n-gram bucket of each text, sorted by row and bucket."""
    padded = [f"  {_NOT_WORD.sub(' ', text.casefold()).strip()}  " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(padded), dtype=np.int64), [len(text) for text in padded])
    space = codes == ord(" ")
    keys = [_windows(codes, owner, space, size) for size in SIZES]
    distinct, number = np.unique(np.concatenate(keys), return_counts=True)
    return distinct // BUCKETS, distinct % BUCKETS, number.astype(np.int64)


def _windows(codes: NDArray[np.uint64], owner: Ints, space: NDArray[np.bool_], size: int) -> Ints:
    length = len(codes) - size + 1
    if length <= 0:
        return np.empty(0, dtype=np.int64)
    value = np.full(length, size, dtype=np.uint64)
    inner = np.zeros(length, dtype=bool)
    for offset in range(size):
        value = value * _MULTIPLIER + codes[offset : offset + length]
        if 0 < offset < size - 1:
            inner |= space[offset : offset + length]
    bucket = (value * _SCATTER) >> np.uint64(64 - _BITS)
    keys: Ints = owner[:length] * BUCKETS + bucket.astype(np.int64)
    return keys[~inner]


def inverse_document_frequency(texts: Sequence[str]) -> NDArray[np.float16]:
    """Return the smoothed IDF of each bucket over the texts; unseen buckets weigh most."""
    frequency = np.zeros(BUCKETS)
    for start in range(0, len(texts), _CHUNK):
        _, bucket, _ = counts(texts[start : start + _CHUNK])
        frequency += np.bincount(bucket, minlength=BUCKETS)
    return (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float16)


def rarity(stem: str, idf: NDArray[np.float16]) -> float:
    """Return the largest IDF among the longest n-grams inside a stem: a lower bound for the stem's own."""
    codes = np.frombuffer(stem.casefold().encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = min(len(codes), SIZES[-1])
    keys = _windows(codes, np.zeros(len(codes), dtype=np.int64), codes == ord(" "), size)
    return float(idf[keys].max()) if size >= SIZES[0] and len(keys) else 1.0


def similarity(texts: Sequence[str], themes: Sequence[str], idf: NDArray[np.float16]) -> Floats:
    """Return the cosine of the TF-IDF vectors of each text (rows) and each theme's text (columns)."""
    weights = idf.astype(np.float64)
    columns = np.zeros((BUCKETS, len(themes)))
    for row, bucket, weight in _weighted(themes, weights):
        columns[bucket, row] = weight
    result = np.zeros((len(texts), len(themes)))
    for row, bucket, weight in _weighted(texts, weights):
        shared = columns[bucket] * weight[:, None]
        for theme in range(len(themes)):
            result[:, theme] += np.bincount(row, weights=shared[:, theme], minlength=len(texts))
    return result


def _weighted(texts: Sequence[str], weights: Floats) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield (row, bucket, weight) of chunks of the texts; each text's weights have length 1."""
    for start in range(0, len(texts), _CHUNK):
        row, bucket, number = counts(texts[start : start + _CHUNK])
        weight = (1 + np.log(number)) * weights[bucket]
        length = np.sqrt(np.bincount(row, weights=weight**2, minlength=_CHUNK))
        yield row + start, bucket, weight / length[row]
