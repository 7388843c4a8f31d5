"""Theme x municipality x period: share of the paragraphs and of the words, recurrence and mean tone, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np

from pipeline.compare import intervals
from pipeline.compare.counts import TONES, Documents, Floats
from pipeline.compare.shrinkage import shrunk
from pipeline.population import ALL_PERIODS
from pipeline.settings import Compare
from pipeline.validation import Error

Row = dict[str, Any]


def compare(
    places: Mapping[str, Documents],
    themes: Sequence[str],
    settings: Compare,
    errors: Mapping[tuple[str, str], Error] | None = None,
) -> list[Row]:
    """Return one row per theme, municipality and period: all years together, each year, each half-year.

    `places` is that of `counts`, `errors` that of `validation`: they correct the shares of all years together. A theme
    that nobody wrote about has a row too, with share 0.
    """
    periods = sorted({str(period) for place in places.values() for period in {*place.years, *place.halves} - {""}})
    rows: list[Row] = []
    for period in (ALL_PERIODS, *periods):
        parts = {name: _within(place, period) for name, place in places.items()}
        parts = {name: part for name, part in parts.items() if len(part)}
        drawn = shrunk([(part.by_cluster(part.themes["score"]), part.by_cluster(part.themes["toned"]))
                        for part in parts.values()])  # fmt: skip
        for (name, part), tones in zip(parts.items(), drawn, strict=True):
            base = {"municipality": name, "period": period}
            columns = _columns(part, settings) | {"tone_shrunk": tones}
            if period == ALL_PERIODS and errors:
                columns |= _corrected(part, [errors.get((theme, name)) for theme in themes], settings)
            rows += [
                {"theme_id": theme, **base, **row}
                for theme, row in zip(themes, as_rows(columns, len(themes)), strict=True)
            ]
    return rows


def share_of(part: Documents) -> intervals.Share:
    """Return the share of the paragraphs that each theme has."""
    found = intervals.jackknife(part.by_cluster(part.themes["themed"]), part.by_cluster(part.paragraphs))
    return intervals.share(found)


def error_of(errors: Sequence[Error | None]) -> intervals.Estimate:
    """Return the model's errors as estimates, nan where there is none."""
    rows = [(e.mean, e.error**2, max(1, e.sampled - 1)) if e else (np.nan, np.nan, 1) for e in errors]
    mean, variance, freedom = np.array(rows, dtype=np.float64).T
    return intervals.Estimate(mean, variance, freedom)


def _within(place: Documents, period: str) -> Documents:
    return place if period == ALL_PERIODS else place.take((place.years == period) | (place.halves == period))


def _columns(part: Documents, settings: Compare) -> dict[str, Any]:
    """Return the columns of one municipality and period: a number for all themes, or a vector with one for each."""
    themed, words = (part.themes[name].sum(axis=0) for name in ("themed", "words"))
    of_theme = part.by_cluster(part.themes["themed"])
    clusters, absent = len(of_theme), themed == 0
    low, high = share_of(part).interval(settings.confidence)
    certain = ~absent & (clusters >= settings.min_documents)
    return {
        "documents": len(part),
        "clusters": clusters,
        "theme_documents": (part.themes["themed"] > 0).sum(axis=0),
        "theme_clusters": (of_theme > 0).sum(axis=0),
        "paragraphs": int(part.paragraphs.sum()),
        "theme_paragraphs": themed.astype(int),
        "words": int(part.words.sum()),
        "theme_words": words.astype(int),
        "share": themed / part.paragraphs.sum(),
        "share_low": np.where(certain, low, np.nan),
        "share_high": np.where(certain, high, np.nan),
        "word_share": words / (part.words.sum() or np.nan),
        **_tone(part, settings),
        "procedure": part.themes["procedure"].sum(axis=0).astype(int),
        "note": np.where(absent, "not_mentioned", "too_few" if clusters < settings.min_documents else ""),
    }


def _tone(part: Documents, settings: Compare) -> dict[str, Any]:
    toned = part.by_cluster(part.themes["toned"])
    found = intervals.jackknife(part.by_cluster(part.themes["score"]), toned)
    low, high = intervals.mean(found).interval(settings.confidence)
    certain = (toned > 0).sum(axis=0) >= settings.min_documents
    return {
        "tone": found.value,
        "tone_low": np.where(certain, np.maximum(low, -1), np.nan),
        "tone_high": np.where(certain, np.minimum(high, 1), np.nan),
        **{tone: part.themes[tone].sum(axis=0).astype(int) for tone in TONES},
    }


def _corrected(part: Documents, errors: Sequence[Error | None], settings: Compare) -> dict[str, Floats]:
    """Return the shares less the model's mean errors; the intervals hold the error of both samples.

    Below `min_documents` there is no interval, as for the share itself.
    """
    share = share_of(part)
    value = intervals.corrected(intervals.Combination([(share, 1)], share.freedom), [(error_of(errors), -1)])
    low, high = (np.clip(end, 0, 1) for end in value.interval(settings.confidence))
    if len(part.by_cluster(part.paragraphs)) < settings.min_documents:
        low = high = np.full(len(errors), np.nan)
    return {"corrected": np.clip(value.value, 0, 1), "corrected_low": low, "corrected_high": high}


def as_rows(columns: Mapping[str, Any], size: int) -> Iterator[Row]:
    """Turn columns (vectors of this size, or one value for all) into rows of plain values, nan into none."""
    lists = [column.tolist() if isinstance(column, np.ndarray) else [column] * size for column in columns.values()]
    for values in zip(*lists, strict=True):
        plain = (None if isinstance(value, float) and isnan(value) else value for value in values)
        yield dict(zip(columns, plain, strict=True))
