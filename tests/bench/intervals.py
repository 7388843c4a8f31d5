"""How often the 95 % intervals of `compare` hold the truth, on simulated corpora of few documents of unequal length.

Documents are as long as the sample's and the real ones are (log-normal), and each writes more or less about a theme
than the municipality does on the whole (beta-binomial). The method of `compare` stands beside three others, over the
same corpora: a symmetric t interval from the jackknife, one from the standard error of a cluster bootstrap, and the
bootstrap's percentiles. False discoveries are counted over all pairs and themes of three municipalities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import stats

from pipeline.compare import intervals
from pipeline.compare.intervals import Floats

SIMULATIONS, RESAMPLES = 2000, 999
SIZES = ((5, 5), (10, 10), (30, 30), (5, 30))
SHARES = (0.02, 0.05, 0.10, 0.20, 0.30)
LARGER, MUCH_LARGER = 0.10, 0.25  # true differences: to be covered, and to be discovered
ALIKE = (0.03, 0.1, 0.3)  # how alike the paragraphs of a document are; in the sample half of the themes are above 0.1
EQUAL, DIFFERENT = 6, 4  # themes of three municipalities
Ends = tuple[Floats, Floats]


class Sample(NamedTuple):
    """Documents x simulations: paragraphs with the theme (or the sum of their tones), paragraphs."""

    themed: Floats
    paragraphs: Floats


def paragraphs(generator: np.random.Generator, documents: int, median: float = 20, least: int = 3) -> Floats:
    lengths = generator.lognormal(np.log(median), 0.8, (documents, SIMULATIONS))
    return np.maximum(least, lengths).astype(int).astype(float)


def sample(generator: np.random.Generator, lengths: Floats, share: float, alike: float) -> Sample:
    spread = 1 / alike - 1
    rates = generator.beta(share * spread, (1 - share) * spread, lengths.shape)
    return Sample(generator.binomial(lengths.astype(int), rates).astype(float), lengths)


def tones(generator: np.random.Generator, documents: int, alike: float) -> Sample:
    """Sums of tones of mean 0 and variance 0.2 (the sample's), of a few paragraphs a document."""
    toned = paragraphs(generator, documents, median=3, least=1)
    own = generator.normal(0, np.sqrt(0.2 * alike), toned.shape)
    return Sample(own * toned + generator.normal(0, np.sqrt(0.2 * (1 - alike)), toned.shape) * np.sqrt(toned), toned)


def estimate(one: Sample) -> intervals.Share:
    return intervals.share(intervals.jackknife(*one))


def chosen(*sides: Sample) -> Ends:
    shares = [estimate(side) for side in sides]
    return (intervals.difference(*shares) if len(shares) == 2 else shares[0]).interval(0.95)


def symmetric(*sides: Sample) -> Ends:
    return _by_error([(found.value, found.variance) for found in (intervals.jackknife(*side) for side in sides)], sides)


def bootstrap_error(*sides: Sample) -> Ends:
    draws = [_resampled(side, number) for number, side in enumerate(sides)]
    factors = [len(side.themed) / (len(side.themed) - 1) for side in sides]
    errors = [draw.var(axis=0, ddof=1) * factor for draw, factor in zip(draws, factors, strict=True)]
    return _by_error([(x.sum(axis=0) / n.sum(axis=0), e) for (x, n), e in zip(sides, errors, strict=True)], sides)


def percentiles(*sides: Sample) -> Ends:
    draws = [_resampled(side, number) for number, side in enumerate(sides)]
    low, high = np.percentile(draws[0] if len(draws) == 1 else draws[0] - draws[1], (2.5, 97.5), axis=0)
    return low, high


METHODS: dict[str, Callable[..., Ends]] = {
    "compare": chosen, "jackknife, symmetric t": symmetric, "bootstrap error, t": bootstrap_error,
    "bootstrap percentiles": percentiles,
}  # fmt: skip


def _resampled(side: Sample, seed: int) -> Floats:
    documents = len(side.themed)
    weights = np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), size=RESAMPLES)
    ratios: Floats = (weights @ side.themed) / (weights @ side.paragraphs)
    return ratios


def _by_error(parts: list[tuple[Floats, Floats]], sides: tuple[Sample, ...]) -> Ends:
    """t with Welch's degrees of freedom."""
    value = parts[0][0] - (parts[1][0] if len(parts) == 2 else 0)
    variance = sum(part[1] for part in parts)
    spread = sum(part[1] ** 2 / (len(side.themed) - 1) for part, side in zip(parts, sides, strict=True))
    freedom = np.divide(variance**2, spread, out=np.ones_like(variance), where=spread > 0)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(variance)
    return value - half, value + half


def covered(ends: Ends, truth: float, sides: tuple[Sample, ...]) -> float:
    """Return how often the truth is held, among corpora in which the theme is found at all: others have no interval."""
    found = sum(side.themed.sum(axis=0) for side in sides) > 0
    return float(((ends[0] <= truth) & (truth <= ends[1]))[found].mean())


def coverage(documents: tuple[int, int], method: str) -> dict[str, list[float]]:
    """Return coverages by what is estimated, over all SHARES and ALIKE."""
    found: dict[str, list[float]] = {"share": [], "no difference": [], "difference of .10": []}
    for alike in ALIKE:
        for share in SHARES:
            generator = np.random.default_rng([*documents, int(100 * share), int(100 * alike)])
            lengths = [paragraphs(generator, number) for number in documents]
            first, second = (sample(generator, length, share, alike) for length in lengths)
            larger = sample(generator, lengths[0], share + LARGER, alike)
            for name, truth, sides in (
                ("share", share, (second,)),
                ("no difference", 0.0, (first, second)),
                ("difference of .10", LARGER, (larger, second)),
            ):
                found[name].append(covered(METHODS[method](*sides), truth, sides))
    return found


def tone_coverage(documents: int) -> list[float]:
    result = []
    for alike in (0.0, *ALIKE):
        one = tones(np.random.default_rng([documents, int(100 * alike)]), documents, alike)
        low, high = intervals.mean(intervals.jackknife(*one)).interval(0.95)
        result.append(float(((low <= 0) & (high >= 0)).mean()))
    return result


def false_discoveries(documents: tuple[int, int], alike: float, different: int = DIFFERENT) -> tuple[float, float]:
    """Return the false ones' share of the discoveries (0 where there are none), and the share of the true ones found.

    Three municipalities, the first with documents[0] documents, have EQUAL themes alike; of `different` the first
    writes more. All pairs and themes are tested together; q-values after Benjamini and Hochberg are below .05.
    """
    generator = np.random.default_rng([*documents, int(100 * alike), different])
    lengths = [paragraphs(generator, number) for number in (*documents, documents[1])]
    p_values = []
    for theme in range(EQUAL + different):
        share = SHARES[theme % len(SHARES)]
        more = (MUCH_LARGER if theme >= EQUAL else 0, 0, 0)
        sides = [
            estimate(sample(generator, length, share + extra, alike))
            for length, extra in zip(lengths, more, strict=True)
        ]
        p_values += [intervals.difference(*pair).p_value() for pair in combinations(sides, 2)]
    called = stats.false_discovery_control(p_values, axis=0) < 0.05
    true = np.array([theme >= EQUAL and pair < 2 for theme in range(EQUAL + different) for pair in range(3)])
    wrong = called[~true].sum(axis=0) / np.maximum(1, called.sum(axis=0))
    return float(wrong.mean()), float(called[true].mean()) if different else 0.0


def measure() -> Iterator[str]:
    yield "Share of the 95 % intervals that hold the truth: mean (lowest-highest) over shares of .02-.30"
    yield "| documents | method | share | no difference | difference of .10 |"
    yield "|---|---|---|---|---|"
    for documents in SIZES:
        for method in METHODS:
            cells = [_span(values) for values in coverage(documents, method).values()]
            yield f"| {documents[0]} and {documents[1]} | {method} | {' | '.join(cells)} |"
    yield ""
    yield "| documents | mean tone | false discoveries, no theme differs | the same, 4 of 10 differ | of these found |"
    yield "|---|---|---|---|---|"
    for documents in SIZES:
        none = [false_discoveries(documents, alike, 0)[0] for alike in ALIKE]
        some = [false_discoveries(documents, alike) for alike in ALIKE]
        cells = [
            _span(tone_coverage(documents[0])),
            _span(none),
            _span([s[0] for s in some]),
            _span([s[1] for s in some]),
        ]
        yield f"| {documents[0]} and {documents[1]} | {' | '.join(cells)} |"


def _span(values: list[float]) -> str:
    return f"{np.mean(values):.1%} ({min(values):.1%}-{max(values):.1%})"
