"""Intervals for shares and means whose paragraphs come in few clusters (meetings, documents) of unequal length.

The variance is that of the jackknife that leaves out one cluster at a time (CR3; MacKinnon, Nielsen & Webb 2023,
Journal of Applied Econometrics 38(5)). Student's t has as many degrees of freedom as the clusters are worth
(total ** 2 / sum of squares, Kish 1965), at most as many as hold the theme: a theme of three meetings says little,
however many meetings there are. A share has its interval on the logit scale. The interval of a difference is put
together from those of its parts, so that it keeps their skewness (MOVER: Zou & Donner 2008, Statistics in Medicine 27).
`tests/bench/intervals.py` measures how often they hold the truth, and so do others.

Everything is computed for many themes at once: matrices are clusters x themes, vectors are themes, both float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]

LARGEST_T = 1e4  # a p-value whose t is larger is 0
STEPS = 60  # halvings in the search for that t
TINY = 1e-9  # stands for a share of 0 where that is divided by


@dataclass(frozen=True)
class Jackknife:
    """Ratios of sums over clusters; `changes` is what leaving out a cluster adds to the ratio.

    `total` is the sum of the denominators, `effective` the number of equal clusters that the clusters are worth,
    `holding` the number that hold some of the numerator, `lacking` the number that are not all numerator.
    """

    value: Floats
    changes: Floats
    variance: Floats
    total: Floats
    effective: Floats
    holding: Floats
    lacking: Floats


def jackknife(numerator: Floats, denominator: Floats) -> Jackknife:
    """Return sum(numerator) / sum(denominator) over clusters; the denominator may have one column for all themes.

    A cluster with denominator 0 is none. The value is nan without clusters, the variance with fewer than two.
    """
    denominator = np.broadcast_to(denominator, numerator.shape)
    total, clusters = denominator.sum(axis=0), (denominator > 0).sum(axis=0)
    rest = total - denominator
    with np.errstate(divide="ignore", invalid="ignore"):
        value = numerator.sum(axis=0) / total
        changes = np.where(rest > 0, (value * denominator - numerator) / rest, 0.0)
        variance = np.where(clusters > 1, (clusters - 1) / clusters * (changes**2).sum(axis=0), np.nan)
        effective = total**2 / (denominator**2).sum(axis=0)
    holding, lacking = (numerator > 0).sum(axis=0), (numerator < denominator).sum(axis=0)
    return Jackknife(value, changes, variance, total, effective, holding.astype(float), lacking.astype(float))


@dataclass(frozen=True)
class Estimate:
    """Estimates with their variances and degrees of freedom."""

    value: Floats
    variance: Floats
    freedom: Floats

    def reach(self, t: Floats) -> tuple[Floats, Floats]:
        """Return how far the interval goes below and above the value, for a quantile of Student's t."""
        half = t * np.sqrt(self.variance)
        return half, half

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        """Return the ends of the interval."""
        below, above = self.reach(stats.t.ppf((1 + confidence) / 2, self.freedom))
        return self.value - below, self.value + above


@dataclass(frozen=True)
class Share(Estimate):
    """Shares between 0 and 1, of `total` paragraphs in clusters of a mean size of `size` as a paragraph sees it.

    `alike` is how alike the paragraphs of a cluster are (intraclass correlation, 0-1); `effective` as in Jackknife.
    """

    total: Floats
    size: Floats
    alike: Floats

    def reach(self, t: Floats) -> tuple[Floats, Floats]:
        """Return how far the interval goes below and above the value.

        A share of 0 or 1 has no variance: its interval is Wilson's, for as many independent paragraphs as the
        clusters are worth.
        """
        cases = self.total / (1 + (self.size - 1) * self.alike)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            spread = self.value * (1 - self.value)
            centre, half = np.log(self.value / (1 - self.value)), t * np.sqrt(self.variance) / spread
            below = self.value - 1 / (1 + np.exp(half - centre))
            above = 1 / (1 + np.exp(-half - centre)) - self.value
            edge = t**2 / (cases + t**2)
        none, every = self.value <= 0, self.value >= 1
        return (
            np.where(none, 0.0, np.where(every, edge, below)),
            np.where(none, edge, np.where(every, 0.0, above)),
        )


def mean(found: Jackknife) -> Estimate:
    """Return means, to which every cluster adds by its weight."""
    return Estimate(found.value, found.variance, found.effective)


def share(found: Jackknife) -> Share:
    """Return shares. Where every cluster has the same share, the variance is that of independent paragraphs."""
    value, total = found.value, found.total
    independent = value * (1 - value) / total
    variance = np.where(found.variance > TINY * independent, found.variance, independent)
    size = total / found.effective
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = np.clip((variance / independent - 1) / (size - 1), 0, 1)
    usual = (value > 0) & (value < 1)
    few = np.where(usual, np.minimum(found.holding, found.lacking), np.inf)
    freedom = np.maximum(1, np.minimum(found.effective, few))
    return Share(value, variance, freedom, total, size, np.where(np.isfinite(alike), alike, 1))


@dataclass(frozen=True)
class Combination:
    """Sums and differences of independent estimates: each part with 1 (added) or -1 (subtracted)."""

    parts: Sequence[tuple[Estimate, int]]
    freedom: Floats

    @property
    def value(self) -> Floats:
        """Return the values."""
        values: Floats = np.sum([sign * part.value for part, sign in self.parts], axis=0)
        return values

    def reach(self, t: Floats) -> tuple[Floats, Floats]:
        """Return how far the interval goes below and above the value, for a quantile of Student's t."""
        reaches = [part.reach(t)[::sign] for part, sign in self.parts]
        below, above = (np.sqrt(np.sum([reach[side] ** 2 for reach in reaches], axis=0)) for side in (0, 1))
        return below, above

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        """Return the ends of the interval."""
        below, above = self.reach(stats.t.ppf((1 + confidence) / 2, self.freedom))
        return self.value - below, self.value + above

    def p_value(self) -> Floats:
        """Return the two-sided p-values of the value being zero: 1 less the confidence whose interval ends there."""
        distance, side = np.abs(self.value), (self.value < 0).astype(int)
        low, high = np.zeros_like(distance), np.full_like(distance, LARGEST_T)
        for _ in range(STEPS):
            middle = (low + high) / 2
            short = np.choose(side, self.reach(middle)) < distance
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        p_values: Floats = np.where(distance > 0, 2 * stats.t.sf(low, self.freedom), 1.0)
        return p_values


def stacked(shares: Sequence[Share]) -> Share:
    """Return shares of several populations as one, end to end."""
    return Share(
        **{field.name: np.concatenate([getattr(one, field.name) for one in shares]) for field in fields(Share)}
    )


def difference(first: Share, second: Share) -> Combination:
    """Return first minus second.

    Degrees of freedom are pooled after Satterthwaite (1946, Biometrics Bulletin 2), by the variance that a share has
    with such clusters, not by that found, which is too uncertain itself. Where one side lacks the theme, its
    paragraphs are taken to be as alike as the other's.
    """
    weights = [np.maximum(one.value * (1 - one.value), TINY) * one.size / one.total for one in (first, second)]
    spread = weights[0] ** 2 / first.freedom + weights[1] ** 2 / second.freedom
    freedom = (weights[0] + weights[1]) ** 2 / spread
    return Combination([(_beside(first, second), 1), (_beside(second, first), -1)], freedom)


def _beside(one: Share, other: Share) -> Share:
    usual = (other.value > 0) & (other.value < 1)
    return replace(one, alike=np.where(usual, other.alike, one.alike))


def corrected(value: Combination, errors: Sequence[tuple[Estimate, int]]) -> Combination:
    """Return the value with the model's errors added (1) or subtracted (-1); they never make it more certain."""
    freedom = np.min([value.freedom, *(error.freedom for error, _ in errors)], axis=0)
    return Combination([*value.parts, *errors], freedom)
