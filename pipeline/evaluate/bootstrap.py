"""Figures with intervals: counts summed over documents, documents resampled whole.

Paragraphs of one document are alike, so a document is the unit that is drawn (cluster bootstrap, percentile interval).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]

DIGITS = 4
LEVEL = 0.95


def by_document(documents: Sequence[Hashable], counts: Floats) -> Floats:
    """Sum the rows of counts over each document; one row a document, in the order of their first row."""
    order = {document: index for index, document in enumerate(dict.fromkeys(documents))}
    result = np.zeros((len(order), counts.shape[1]))
    np.add.at(result, [order[document] for document in documents], counts)
    return result


def figure(counts: Floats, statistic: Statistic, *, resamples: int, seed: int) -> dict[str, float | None]:
    """Return value, low and high of a statistic of summed counts.

    `counts` are documents x columns; `statistic` maps n x columns of sums to n values, NaN where there is nothing to
    divide by. None stands for such a value; fewer than two documents have no interval.
    """
    value = float(statistic(counts.sum(axis=0, keepdims=True))[0])
    low = high = float("nan")
    if len(counts) > 1:
        draws = np.random.default_rng(seed).multinomial(len(counts), [1 / len(counts)] * len(counts), size=resamples)
        values = statistic(draws @ counts)
        if not np.isnan(values).all():
            low, high = np.nanquantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {"value": rounded(value), "low": rounded(low), "high": rounded(high)}


def rounded(value: float) -> float | None:
    """Round to four digits; None for NaN."""
    return None if np.isnan(value) else round(float(value), DIGITS)


def ratio(sums: Floats) -> Floats:
    """Statistic of two columns: first / second."""
    return _divide(sums[:, 0], sums[:, 1])


def micro_f1(sums: Floats) -> Floats:
    """Statistic of classes x (both, predicted, gold) columns: F1 of all pairs together."""
    both, predicted, gold = _split(sums)
    return _divide(2 * both.sum(axis=1), predicted.sum(axis=1) + gold.sum(axis=1))


def macro_f1(sums: Floats) -> Floats:
    """Statistic of the same columns: mean F1 of the classes that occur in the gold."""
    both, predicted, gold = _split(sums)
    f1 = np.where(gold > 0, _divide(2 * both, predicted + gold), np.nan)
    return _divide(np.nansum(f1, axis=1), (gold > 0).sum(axis=1).astype(np.float64))


def _split(sums: Floats) -> tuple[Floats, Floats, Floats]:
    both, predicted, gold = np.split(sums, 3, axis=1)
    return both, predicted, gold


def _divide(above: Floats, below: Floats) -> Floats:
    result = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
