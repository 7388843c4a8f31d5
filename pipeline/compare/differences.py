"""Theme x pair of municipalities: the difference of their shares, within the kinds and years that both have.

A document without a date may be of any year: it counts only where neither side has a date at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pipeline.compare import intervals
from pipeline.compare.counts import Documents, Flags, Floats
from pipeline.compare.shares import as_rows, error_of, share_of
from pipeline.settings import Compare
from pipeline.validation import Error

Row = dict[str, Any]
Errors = Mapping[tuple[str, str], Error]


@dataclass(frozen=True)
class Pair:
    """Two municipalities, the kinds and years that both have, and the documents of these alone."""

    names: tuple[str, str]
    sides: tuple[Documents, Documents]
    kinds: list[str]
    years: list[str]
    note: str


def compare(
    places: Mapping[str, Documents], themes: Sequence[str], settings: Compare, errors: Errors | None = None
) -> list[Row]:
    """Return one row per theme and pair of municipalities in alphabetical order.

    `places` is that of `counts`, `errors` that of `validation`, which are taken to be the same in all kinds and years.
    Where a side has fewer than `min_documents` meetings or documents in common kinds and years, or there are none, the
    difference is empty and `note` says why. q-values are Benjamini-Hochberg over all pairs and themes.
    """
    places = {name: replace(place, themes={"themed": place.themes["themed"]}) for name, place in places.items()}
    pairs = [_common(pair, places, settings.min_documents) for pair in combinations(sorted(places), 2)]
    rows = [row for pair in pairs if pair.note for row in _rows(pair, themes, {})]
    tested = [pair for pair in pairs if not pair.note]
    if tested:
        figures = _figures(tested, themes, settings, errors or {})
        for number, pair in enumerate(tested):
            within = slice(number * len(themes), (number + 1) * len(themes))
            rows += _rows(pair, themes, {name: column[within] for name, column in figures.items()})
    return rows


def _rows(pair: Pair, themes: Sequence[str], figures: Mapping[str, Any]) -> list[Row]:
    columns: dict[str, Any] = {
        "municipality": pair.names[0],
        "other": pair.names[1],
        "kinds": pair.kinds,
        "years": pair.years,
        "influential": [],
        "fragile": False,
        "note": pair.note,
    }
    for prefix, side in zip(("", "other_"), pair.sides, strict=True):
        columns |= {f"{prefix}documents": len(side), f"{prefix}clusters": len(np.unique(side.clusters))}
    rows = as_rows(columns | dict(figures), len(themes))
    return [{"theme_id": theme, **row} for theme, row in zip(themes, rows, strict=True)]


def _common(names: tuple[str, str], places: Mapping[str, Documents], minimum: int) -> Pair:
    """Keep what is of a kind and year that both have, until what is left of either has the other's kinds and years."""
    first, second = _matching(places[names[0]], places[names[1]], "kinds")
    note, sizes = "" if len(first) else "no_common_kind", None
    if first.dated.any() or second.dated.any():
        first, second = (side.take(side.dated) for side in (first, second))
        note = note or ("" if len(first) and len(second) else "no_common_year")
    while not note and sizes != (sizes := (len(first), len(second))):
        for name in ("kind", "year"):
            if not note:
                first, second = _matching(first, second, f"{name}s")
                note = "" if len(first) else f"no_common_{name}"
    if not note and min(len(np.unique(side.clusters)) for side in (first, second)) < minimum:
        note = "too_few"
    kinds, years = (sorted({str(value) for value in values}) for values in (first.kinds, first.years[first.dated]))
    return Pair(names, (first, second), kinds, years, note)


def _matching(first: Documents, second: Documents, name: str) -> tuple[Documents, Documents]:
    here, there = getattr(first, name), getattr(second, name)
    return first.take(np.isin(here, there)), second.take(np.isin(there, here))


def _figures(pairs: Sequence[Pair], themes: Sequence[str], settings: Compare, errors: Errors) -> dict[str, Any]:
    """Return the columns of all themes of the first pair, then of the second, and so on."""
    first, second = (intervals.stacked([share_of(pair.sides[side]) for pair in pairs]) for side in (0, 1))
    value = intervals.difference(first, second)
    low, high = value.interval(settings.confidence)
    absent = (first.value == 0) & (second.value == 0)
    p_value = value.p_value()
    q_value = np.full(len(p_value), np.nan)
    if not absent.all():
        q_value[~absent] = stats.false_discovery_control(p_value[~absent], method="bh")
    columns = {"difference": value.value, "low": low, "high": high, "p_value": p_value, "q_value": q_value}
    columns |= _influence(pairs, value.value, (low > 0) | (high < 0), settings)
    if errors:
        parts = [
            error_of([errors.get((theme, pair.names[side])) for pair in pairs for theme in themes]) for side in (0, 1)
        ]
        true = intervals.corrected(value, [(parts[0], -1), (parts[1], 1)])
        columns |= dict(zip(("corrected_low", "corrected_high"), true.interval(settings.confidence), strict=True))
        columns["corrected"] = true.value
    emptied = {name: np.where(absent, np.nan, column) for name, column in columns.items() if column.dtype == np.float64}
    return columns | emptied | {"note": np.where(absent, "not_mentioned", "")}


def _influence(pairs: Sequence[Pair], value: Floats, sure: Flags, settings: Compare) -> dict[str, Any]:
    """Return for each difference the meeting or document without which least is left of it, and what is left then.

    It is fragile where it was `sure` (its interval does not hold zero) and is so no more, or where its sign turns.
    """
    found = [_without(pair) for pair in pairs]
    left = intervals.difference(*(intervals.stacked([sides[side] for sides, _ in found]) for side in (0, 1)))
    low, high = left.interval(settings.confidence)
    influential = np.concatenate([documents for _, documents in found])
    fragile = (sure & (low <= 0) & (high >= 0)) | (value * left.value < 0)
    return {"influential": influential, "without": left.value, "fragile": fragile}


def _without(pair: Pair) -> tuple[list[intervals.Share], NDArray[np.object_]]:
    """Return the shares of both sides without the cluster that their difference rests on most, and its documents."""
    themed = [side.by_cluster(side.themes["themed"]) for side in pair.sides]
    paragraphs = [np.broadcast_to(side.by_cluster(side.paragraphs), x.shape).copy()
                  for side, x in zip(pair.sides, themed, strict=True)]  # fmt: skip
    found = [intervals.jackknife(*counts) for counts in zip(themed, paragraphs, strict=True)]
    direction = np.where(found[0].value < found[1].value, -1, 1)
    losses = np.concatenate([-direction * found[0].changes, direction * found[1].changes])
    most = losses.argmax(axis=0)
    owners, size = (most >= len(themed[0])).astype(int), len(themed[0])
    names = np.empty(len(most), dtype=object)
    for theme, (owner, place) in enumerate(zip(owners, most, strict=True)):
        cluster = place - owner * size
        themed[owner][cluster, theme] = paragraphs[owner][cluster, theme] = 0
        documents = pair.sides[owner].ids[pair.sides[owner].clusters == cluster]
        names[theme] = documents.tolist() if losses[place, theme] > 0 else []
    shares = [intervals.share(intervals.jackknife(x, n)) for x, n in zip(themed, paragraphs, strict=True)]
    return shares, names
