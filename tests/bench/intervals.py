"""How often the 95 % intervals of `compare` hold the truth, on simulated corpora of few documents of unequal length."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.compare import bootstrap

SIMULATIONS, RESAMPLES = 2000, 1000
MEAN, SPREAD = 0.15, 10.0  # share of paragraphs with the theme, and how much documents agree (beta distribution)


def sample(generator: np.random.Generator, documents: int, mean: float) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.maximum(3, generator.lognormal(3.0, 0.8, documents)).astype(int)
    rates = generator.beta(mean * SPREAD, (1 - mean) * SPREAD, documents)
    return generator.binomial(sizes, rates).astype(float), sizes.astype(float)


def measure() -> Iterator[str]:
    yield "| documents a side | share covered | difference covered (true 0.10) | false discoveries (true 0) |"
    yield "|---|---|---|---|"
    for documents in (5, 10, 30):
        generator = np.random.default_rng(documents)
        weights = [bootstrap.resampling_weights(documents, RESAMPLES, seed) for seed in (1, 2)]
        covered = np.zeros(3)
        for _ in range(SIMULATIONS):
            first = bootstrap.ratio(*sample(generator, documents, MEAN + 0.10), weights[0])
            second = bootstrap.ratio(*sample(generator, documents, MEAN), weights[1])
            third = bootstrap.ratio(*sample(generator, documents, MEAN), weights[0])
            low, high = second.interval(0.95, 0, 1)
            covered[0] += low <= MEAN <= high
            low, high = bootstrap.difference(first, second).interval(0.95, -1, 1)
            covered[1] += low <= 0.10 <= high
            covered[2] += bootstrap.p_value(bootstrap.difference(second, third)) < 0.05
        yield "| {} | {:.1%} | {:.1%} | {:.1%} |".format(documents, *covered / SIMULATIONS)
