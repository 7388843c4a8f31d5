"""Means drawn towards what all municipalities have in common, the more the less is known of each.

Empirical Bayes with variances by the method of moments: the credibility of Bühlmann & Straub (1970), "Glaubwürdigkeit
für Schadensätze", Mitteilungen der Vereinigung schweizerischer Versicherungsmathematiker 70, 111-133.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shrunk(groups: Sequence[tuple[Floats, Floats]]) -> list[Floats]:
    """Return the mean of each group, drawn towards that of all groups.

    A group is (sums, weights), both clusters x themes. Its mean counts weight / (weight + within / between), where
    `within` is the variance of clusters of weight 1 in a group and `between` that of the groups' true means. It is nan
    where the group has no weight, and for all groups where no group has two clusters or there are no two groups, from
    which the variances could be estimated.
    """
    if not groups:
        return []
    weight = np.array([weights.sum(axis=0) for _, weights in groups])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.array([sums.sum(axis=0) for sums, _ in groups]) / weight
        within = _within(groups, mean)
        between = _between(mean, weight, within)
        trust = np.where(between > 0, weight / (weight + within / between), 0.0)
        common = np.where(between > 0, _average(mean, trust), _average(mean, weight))
    drawn = np.where(trust > 0, trust * mean, 0.0) + (1 - trust) * common
    known = np.isfinite(within) & ((weight > 0).sum(axis=0) > 1)
    return list(np.where(known & (weight > 0), drawn, np.nan))


def _average(mean: Floats, weight: Floats) -> Floats:
    average: Floats = np.where(weight > 0, weight * mean, 0.0).sum(axis=0) / weight.sum(axis=0)
    return average


def _within(groups: Sequence[tuple[Floats, Floats]], mean: Floats) -> Floats:
    """Return the variance of clusters of weight 1, pooled over the groups; nan where no group has two clusters."""
    squares = sum(
        np.where(weights > 0, (sums - weights * centre) ** 2 / weights, 0.0).sum(axis=0)
        for (sums, weights), centre in zip(groups, mean, strict=True)
    )
    freedom = sum(np.maximum((weights > 0).sum(axis=0) - 1, 0) for _, weights in groups)
    pooled: Floats = np.where(freedom > 0, squares / freedom, np.nan)
    return pooled


def _between(mean: Floats, weight: Floats, within: Floats) -> Floats:
    """Return the variance of the true means, 0 where the means differ no more than `within` explains."""
    total, groups = weight.sum(axis=0), (weight > 0).sum(axis=0)
    squares = np.where(weight > 0, weight * (mean - _average(mean, weight)) ** 2, 0.0).sum(axis=0)
    variance: Floats = (squares - (groups - 1) * within) / (total - (weight**2).sum(axis=0) / total)
    return np.maximum(np.nan_to_num(variance), 0)
