"""A theme over time: one small chart a municipality, all on one scale, each share with its interval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.report import charts
from pipeline.report.figures import forms
from pipeline.report.figures.drawing import Figure, Words
from pipeline.report.model import Municipality, Report, Row, Theme

SHOWN = 12  # municipalities with a chart of their own: those with most paragraphs of the theme
WIDTH, HEIGHT = 264, 160
TOP, RIGHT, BOTTOM, LEFT = 12, 12, 28, 44
NAMED = 6  # periods that are named on the axis
YEAR, HALF = re.compile(r"^\d{4}$"), re.compile(r"^(\d{4})-H([12])$")


@dataclass(frozen=True)
class Trend:
    """The periods of a theme in order, without gaps, the municipalities with at least two, and how many were left out.

    `cells` gives the row of `comparisons` for (municipality, period), where there are documents of the period.
    """

    periods: tuple[str, ...]
    places: tuple[Municipality, ...]
    left_out: int
    cells: dict[tuple[str, str], Row]

    @property
    def scale(self) -> charts.Scale:
        """The scale of all the charts."""
        return charts.scale(self.cells.values())


def trend(report: Report, theme: Theme) -> Trend | None:
    """Return the theme over half-years where each has documents enough, else over years; none where dates are lacking.

    Enough is that at least half of the municipalities' half-years have the fewest documents of an interval.
    """
    rows = {
        (place, period): row
        for (identity, place, period), row in report.periods.items()
        if identity == theme.id and row["share"] is not None
    }
    halves = {key: row for key, row in rows.items() if HALF.match(key[1])}
    years = {key: row for key, row in rows.items() if YEAR.match(key[1])}
    dense = halves and median(row["documents"] for row in halves.values()) >= report.minimum
    several_years = len({period for _, period in years}) > 1
    cells = halves if dense or not several_years else years
    periods = _every(sorted({period for _, period in cells}))
    able = [place for place in report.compared if sum((place.name, period) in cells for period in periods) > 1]
    able = [place for place in able if any(cells[key]["theme_paragraphs"] for key in cells if key[0] == place.name)]
    if not able:
        return None
    most = sorted(able, key=lambda place: -(report.cells[theme.id, place.name]["theme_paragraphs"] or 0))[:SHOWN]
    names = {place.name for place in most}
    shown = tuple(place for place in able if place.name in names)
    kept = {key: row for key, row in cells.items() if key[0] in names}
    return Trend(tuple(periods), shown, len(able) - len(shown), kept)


def _every(periods: Sequence[str]) -> list[str]:
    """Return the periods from the first to the last, also those without documents."""
    if not periods:
        return []
    first, last = periods[0], periods[-1]
    every = [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    if HALF.match(first):
        every = [f"{year}-H{half}" for year in every for half in (1, 2)]
    return [period for period in every if first <= period <= last]


def period_name(report: Report, period: str) -> str:
    """Return `2021`, or for a half-year `1. halvår 2021`."""
    half, _ = HALF.match(period), report.language
    return _("%(half)s. halvår %(year)s", half=half[2], year=half[1]) if half else period


def figure(report: Report, theme: Theme, over: Trend, place: Municipality) -> Figure:
    """Return one municipality's share of paragraphs in each period."""
    _, words, on = report.language, Words(), over.scale
    points = []
    for n, period in enumerate(over.periods):
        row = over.cells.get((place.name, period))
        share = None if row is None else row["share"]
        low, high = (None, None) if row is None else (row["share_low"], row["share_high"])
        points.append({"x": n, "share": share, "low": low, "high": high, **forms.looks(place)})
    step = -(-len(over.periods) // NAMED)
    named = [words(_short(report, period)) if n % step == 0 else words("") for n, period in enumerate(over.periods)]
    told = [
        f"{period_name(report, period)}: {_.percent(over.cells[place.name, period]['share'])}"
        for period in over.periods
        if (place.name, period) in over.cells
    ]
    return Figure(
        name=f"tema-{theme.id}-tid-{place.slug}",
        title=_("%(theme)s over tid: %(place)s", theme=report.names[theme.id], place=place.name),
        text=_("Andel af afsnit i %(place)s: %(shares)s.", place=place.name, shares=", ".join(told)),
        spec=_spec(points, [words(_.percent(tick, 0)) for tick in on.ticks], named, on.ticks, forms.colour(place)),
        words=words.all(),
    )


def _short(report: Report, period: str) -> str:
    half, _ = HALF.match(period), report.language
    return _("%(half)s/%(year)s", half=half[2], year=half[1][2:]) if half else period


@forms.once
def _spec(points: list[dict[str, object]], shares: list[str], named: list[str], ticks: list[float], colour: str) -> str:
    import altair as alt

    last = len(points) - 1
    x = alt.X("x:Q", scale=alt.Scale(domain=[-0.3, last + 0.3]), axis=forms.axis(range(last + 1), named, grid=False))
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, ticks[-1]]), axis=forms.axis(ticks, shares))
    known = [point for point in points if point["share"] is not None]
    sure = [point for point in known if point["low"] is not None]
    line = alt.Chart(forms.data(points)).mark_line(strokeWidth=1.5, color=colour, invalid="break-paths-show-domains")
    spans = alt.Chart(forms.data(sure)).mark_rule(strokeWidth=2.5, opacity=0.45, color=colour)
    layers = [line.encode(x=x, y=y)]
    if sure:
        layers.append(spans.encode(x=x, y=alt.Y("low:Q"), y2="high:Q"))
    layers.append(forms.marks(known, x, y, size=90))
    return forms.spec(layers, WIDTH, HEIGHT, (TOP, RIGHT, BOTTOM, LEFT))
