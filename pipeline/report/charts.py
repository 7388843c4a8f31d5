"""Charts as inline SVG without text: each stands in a table row that gives its figures, so it is hidden from readers.

Positions are percentages of the width, so that a chart fills its cell on paper, screen and phone alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from pipeline.report.language import Language
from pipeline.report.model import Municipality, Row

COLOURS = 7  # classes c0-c6 of report.css: Okabe & Ito's palette, darkened to 3:1 against the page
TONES = ("positive", "neutral", "negative", "mixed")
HEAT = 8  # classes h0-h8
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
# Seven marks around 0,0; with seven colours, filled and hollow, 98 municipalities are told apart.
MARKS = (
    "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
    "M-5-5H5V5H-5z",
    "M0-6.5L6.5 0L0 6.5L-6.5 0z",
    "M0-6L6 5H-6z",
    "M0 6L6-5H-6z",
    "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z",
    "M-6-4L0-1L6-4L3 6H-3z",
)


@dataclass(frozen=True)
class Scale:
    """A scale from 0 to `top` (a share) with evenly spaced ticks."""

    top: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> str:
        """Return the position of a share as a percentage."""
        return f"{100 * min(max(value / self.top, 0), 1):.2f}%"


def scale(rows: Iterable[Row]) -> Scale:
    """Return the scale that holds every share and interval of the rows, with three to five ticks."""
    largest = max((row["share_high"] or row["share"] or 0 for row in rows), default=0)
    step = next((step for step in STEPS if largest / step <= 4), STEPS[-1])
    count = max(1, ceil(round(largest / step, 6)))
    ticks = tuple(round(step * n, 6) for n in range(count + 1))
    return Scale(ticks[-1], ticks)


def colour(place: Municipality) -> str:
    """Return the class that carries the colour of a municipality."""
    return f"c{place.index % COLOURS}"


def shape(place: Municipality) -> int:
    """Return which of MARKS is a municipality's."""
    return (place.index + place.index // COLOURS) % len(MARKS)


def hollow(place: Municipality) -> bool:
    """Whether its mark is drawn in outline."""
    return bool(place.index // (COLOURS * len(MARKS)) % 2)


def mark(place: Municipality) -> str:
    """Return the id of a municipality's mark among `definitions`."""
    return f"mark{shape(place)}{'h' if hollow(place) else ''}"


def definitions() -> Markup:
    """Return the marks, to be used by id."""
    shapes = (
        Markup('<path id="mark{n}" d="{d}"/><path id="mark{n}h" d="{d}" class="hollow"/>').format(n=n, d=path)
        for n, path in enumerate(MARKS)
    )
    return Markup('<svg width="0" height="0" class="definitions" aria-hidden="true"><defs>{}</defs></svg>').format(
        Markup("").join(shapes)
    )


def chip(place: Municipality) -> Markup:
    """Return a municipality's mark in its colour, to stand before its name."""
    return Markup(
        '<svg class="mark {}" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">'
        '<use href="#{}"/></svg>'
    ).format(colour(place), mark(place))


def interval(row: Row, place: Municipality, on: Scale) -> Markup:
    """Return the share as a mark and its interval, where there is one, as a line."""
    grid = Markup("").join(
        Markup('<line class="grid" x1="{0}" x2="{0}" y1="0" y2="28"/>').format(on.at(tick)) for tick in on.ticks
    )
    line = Markup("")
    if row["share_low"] is not None:
        line = Markup(
            '<line class="span" x1="{0}" x2="{1}" y1="14" y2="14"/><line class="end" x1="{0}" x2="{0}" y1="9" y2="19"/>'
            '<line class="end" x1="{1}" x2="{1}" y1="9" y2="19"/>'
        ).format(on.at(row["share_low"]), on.at(row["share_high"]))
    return Markup(
        '<svg class="plot {}" width="100%" height="28" aria-hidden="true" focusable="false">{}{}'
        '<svg x="{}" y="14" overflow="visible"><use href="#{}"/></svg></svg>'
    ).format(colour(place), grid, line, on.at(row["share"]), mark(place))


def axis(on: Scale, language: Language) -> Markup:
    """Return the labels of a scale, to stand above the plots."""
    last = len(on.ticks) - 1
    labels = Markup("").join(
        Markup('<text x="{}" y="12" class="{}">{}</text>').format(
            on.at(tick), "first" if n == 0 else "last" if n == last else "", language.percent(tick, 0)
        )
        for n, tick in enumerate(on.ticks)
    )
    return Markup('<svg class="axis" width="100%" height="16" aria-hidden="true" focusable="false">{}</svg>').format(
        labels
    )


def tone_bar(row: Row) -> Markup:
    """Return the shares of the four tones as one bar; nothing where no tone was scored."""
    total = sum(row[tone] for tone in TONES)
    if not total:
        return Markup("")
    bars, start = [], 0.0
    for tone in TONES:
        width = 100 * row[tone] / total
        if row[tone]:
            bars.append(
                Markup('<rect class="tone-{}" x="{:.2f}%" width="{:.2f}%" height="18"/>').format(tone, start, width)
            )
        start += width
    return Markup('<svg class="tones" width="100%" height="18" aria-hidden="true" focusable="false">{}</svg>').format(
        Markup("").join(bars)
    )


def heat(share: float, top: float) -> str:
    """Return the class of a heat-map cell: h0 for nothing, h8 for the largest share of the map."""
    return f"h{0 if share <= 0 or top <= 0 else max(1, round(HEAT * share / top))}"
