"""How right the themes are, by a random sample that people labelled, and what that says of the shares.

The sample is drawn with known probabilities and never trained on. So its mean error is an unbiased estimate of the
error of the whole, whatever the model: prediction-powered inference (Angelopoulos et al. 2023, Science 382), which for
a share equals design-based supervised learning (Egami et al. 2023, NeurIPS) under simple random sampling per stratum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.labels import MIN_OVERLAP, Label
from pipeline.spans import match

if TYPE_CHECKING:
    import polars as pl

EVERYWHERE = "alle"
FEWEST = 10  # sampled paragraphs from which an error is estimated

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sampled:
    """One sampled paragraph: `said` holds the themes that each annotator gave, main first, `found` those of the run."""

    municipality: str
    probability: float
    said: tuple[tuple[str, ...], ...]
    found: frozenset[str]

    def given(self, theme: str) -> float:
        """Return the share of the annotators who gave the theme."""
        return sum(theme in one for one in self.said) / len(self.said)


@dataclass(frozen=True)
class Error:
    """Mean of found minus given in one municipality: how much too large its share is, with standard error."""

    mean: float
    error: float
    sampled: int


def sampled(
    labels: Sequence[Label],
    counted: pl.DataFrame,
    paragraphs: Iterable[Mapping[str, Any]],
    assignments: Iterable[Mapping[str, Any]],
) -> list[Sampled]:
    """Return the counted paragraphs of the validation sample, one each, beside what the run says of them.

    Labels of spans that are no counted paragraph now are left out; `counted` is that of `population`.
    """
    drawn = [label for label in labels if label.purpose == "validate"]
    municipality = dict(counted.select("paragraph_id", "municipality").iter_rows())
    by_paragraph: dict[str, list[Label]] = defaultdict(list)
    for label, paragraph_id in zip(drawn, match(drawn, paragraphs, MIN_OVERLAP), strict=True):
        if paragraph_id is not None and paragraph_id in municipality:
            by_paragraph[paragraph_id].append(label)
    found: dict[str, set[str]] = defaultdict(set)
    for row in assignments:
        if row["paragraph_id"] in by_paragraph:
            found[row["paragraph_id"]].add(row["theme_id"])
    return [
        Sampled(
            municipality=municipality[name],
            probability=min(label.probability for label in said),
            said=tuple(label.themes for label in sorted(said, key=lambda label: label.annotator)),
            found=frozenset(found[name]),
        )
        for name, said in sorted(by_paragraph.items())
    ]


def rows(sample: Sequence[Sampled], themes: Sequence[str], confidence: float) -> list[dict[str, Any]]:
    """Return the rows of `validation`, with intervals of this confidence."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    groups = {EVERYWHERE: list(sample)} if sample else {}
    for one in sample:
        groups.setdefault(one.municipality, []).append(one)
    return [
        {"theme_id": theme, "municipality": name, "sampled": len(group), **_figures(group, theme, z)}
        for name, group in groups.items()
        for theme in themes
    ]


def _figures(group: Sequence[Sampled], theme: str, z: float) -> dict[str, Any]:
    given = np.array([one.given(theme) for one in group])
    found = np.array([float(theme in one.found) for one in group])
    weights = np.array([1 / one.probability for one in group])
    row: dict[str, Any] = {"given": float(given.sum()), "found": int(found.sum())}
    for name, base in (("precision", found), ("recall", given)):
        value, low, high = _share(given * found, base, weights, z)
        row |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return row | {"alpha": alpha([[theme in said for said in one.said] for one in group])}


def _share(
    both: Floats, base: Floats, weights: Floats, z: float
) -> tuple[float, float, float] | tuple[None, None, None]:
    """Return a weighted share with Wilson's interval, for Kish's effective number of cases."""
    held = weights * base
    if not held.sum():
        return None, None, None
    share = float((weights * both).sum() / held.sum())
    cases = float(held.sum() ** 2 / (held**2).sum())
    centre = (share + z**2 / (2 * cases)) / (1 + z**2 / cases)
    half = z * sqrt(share * (1 - share) / cases + z**2 / (4 * cases**2)) / (1 + z**2 / cases)
    return share, max(0.0, centre - half), min(1.0, centre + half)


def errors(sample: Sequence[Sampled], themes: Sequence[str]) -> dict[tuple[str, str], Error]:
    """Return the error of the share of each (theme, municipality) with at least FEWEST sampled paragraphs."""
    groups: dict[str, list[Sampled]] = defaultdict(list)
    for one in sample:
        groups[one.municipality].append(one)
    return {
        (theme, name): _error(group, theme)
        for name, group in groups.items()
        if len(group) >= FEWEST
        for theme in themes
    }


def _error(group: Sequence[Sampled], theme: str) -> Error:
    """Estimate the mean error.

    One error of each kind is added for the standard error (Bonett & Price 2012, paired proportions), so that a sample
    without errors is not taken for a model without errors; a municipality that is labelled whole has none to estimate.
    """
    wrong = np.array([(theme in one.found) - one.given(theme) for one in group])
    weights = np.array([1 / one.probability for one in group])
    mean = float((weights * wrong).sum() / weights.sum())
    cases = float(weights.sum() ** 2 / (weights**2).sum()) + 2
    square = (float((weights * wrong**2).sum() / weights.sum()) * (cases - 2) + 2) / cases
    spread = square - (mean * (cases - 2) / cases) ** 2
    unsampled = 1 - float(np.mean([one.probability for one in group]))
    return Error(mean, sqrt(max(0.0, spread) / cases * unsampled), len(group))


def main_theme_alpha(sample: Sequence[Sampled]) -> float | None:
    """Return Krippendorff's alpha of the main theme; no theme counts as one."""
    return alpha([[said[0] if said else "" for said in one.said] for one in sample])


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal values (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").

    Each unit holds the values that its coders gave; those of a single coder say nothing. None where there is nothing
    to agree on: no unit of two coders, or one value throughout.
    """
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    total: Counter[Hashable] = sum(pairable, Counter())
    number = sum(total.values())
    expected = number**2 - sum(n**2 for n in total.values())
    if not expected:
        return None
    observed = sum((unit.total() ** 2 - sum(n**2 for n in unit.values())) / (unit.total() - 1) for unit in pairable)
    return 1 - (number - 1) * observed / expected
