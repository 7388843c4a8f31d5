"""A municipality's profile: its share of each theme against the range of those that it may be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from pipeline.report import charts, texts
from pipeline.report.figures import forms
from pipeline.report.figures.drawing import BAND, QUIET, Figure, Words
from pipeline.report.figures.forms import WIDE
from pipeline.report.model import Municipality, Report, Row, Theme

SHOWN = 24  # themes: those most written about by the municipality or by the others
ROW, TOP, BOTTOM, SIDE = 42, 4, 30, 24


EACH = 12  # other municipalities that have a stroke each; of more, the median alone has one


@dataclass(frozen=True)
class Line:
    """One theme: the municipality's own row of `comparisons`, and the lowest and highest share of the others."""

    theme: Theme
    row: Row
    lowest: float
    highest: float
    others: tuple[tuple[Municipality, float], ...]


def comparable(report: Report, place: Municipality) -> list[Municipality]:
    """Return the municipalities with which at least one difference could be computed."""
    pairs = {frozenset((row["municipality"], row["other"])) for row in report.computed}
    return [other for other in report.compared if frozenset((place.name, other.name)) in pairs]


def lines(report: Report, place: Municipality) -> list[Line]:
    """Return the themes by the municipality's own share, the largest first; none where it is compared with nobody."""
    others = comparable(report, place)
    found = []
    for theme in report.themes:
        row = report.cells.get((theme.id, place.name))
        cells = [(other, report.cells.get((theme.id, other.name))) for other in others]
        shares = [(other, cell["share"]) for other, cell in cells if cell and cell["share"] is not None]
        if row and row["share"] is not None and shares and (row["share"] or any(share for _, share in shares)):
            values = [share for _, share in shares]
            found.append(Line(theme, row, min(values), max(values), tuple(shares)))
    most = sorted(found, key=lambda line: -max(line.row["share"], line.highest))[:SHOWN]
    return sorted(most, key=lambda line: (-line.row["share"], -line.highest, line.theme.id))


def strokes(line: Line) -> list[float]:
    """Return the shares of the others that are marked: each, or where they are many the median."""
    shares = [share for _place, share in line.others]
    return shares if len(shares) <= EACH else [median(shares)]


def figure(report: Report, place: Municipality) -> Figure | None:
    """Return the profile; none where the municipality is compared with nobody."""
    shown, _, words = lines(report, place), report.language, Words()
    if not shown:
        return None
    on = charts.scale([line.row for line in shown] + [_range(line) for line in shown])
    rows = [
        {
            "y": n, "share": line.row["share"], "low": line.row["share_low"], "high": line.row["share_high"],
            "lowest": line.lowest, "highest": line.highest,
            "text": words(texts.shortened(report.names[line.theme.id], 40)), **forms.looks(place),
        }
        for n, line in enumerate(shown)
    ]  # fmt: skip
    others = [{"y": n, "share": share} for n, line in enumerate(shown) for share in strokes(line)]
    numbers = [{"y": n, "text": words(_.percent(line.row["share"]))} for n, line in enumerate(shown)]
    told = "; ".join(
        _(
            "%(theme)s %(share)s (de andre %(range)s)",
            theme=report.names[line.theme.id],
            share=_.percent(line.row["share"]),
            range=_.percent_range(line.lowest, line.highest),
        )
        for line in shown
    )
    return Figure(
        name=f"kommune-{place.slug}-profil",
        title=_("%(place)s mod de andre", place=place.name),
        text=_("Andel af afsnit i %(place)s: %(told)s.", place=place.name, told=told),
        spec=_spec(rows, others, numbers, [words(_.percent(tick, 0)) for tick in on.ticks], on.ticks),
        words=words.all(),
    )


def _range(line: Line) -> Row:
    return {"share": line.highest, "share_high": None}


@forms.once
def _spec(rows: forms.Data, others: forms.Data, numbers: forms.Data, named: list[str], ticks: list[float]) -> str:
    import altair as alt

    x = alt.X("share:Q", scale=alt.Scale(domain=[0, ticks[-1]]), axis=forms.axis(ticks, named))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[len(rows) - 0.5, -0.5]), axis=None)
    bands = alt.Chart(forms.data(rows)).mark_rule(strokeWidth=9, strokeCap="round", color=BAND, yOffset=8)
    dots = alt.Chart(forms.data(others)).mark_tick(
        orient="vertical", bandSize=9, height=9, thickness=1.5, color=QUIET, opacity=1, yOffset=8
    )
    sure = [row for row in rows if row["low"] is not None]
    spans = alt.Chart(forms.data(sure)).mark_rule(strokeWidth=2.5, yOffset=8)
    layers = [
        forms.ground(rows, WIDE - 2 * SIDE, y),
        bands.encode(x=alt.X("lowest:Q"), x2="highest:Q", y=y),
        dots.encode(x=x, y=y),
        *([spans.encode(x=alt.X("low:Q"), x2="high:Q", y=y, color=forms.as_is("Color", "colour"))] if sure else []),
        forms.marks(rows, x, y, yOffset=8),
        forms.labels(rows, 0, y, "left"),
        forms.labels(numbers, WIDE - 2 * SIDE, y, "right"),
    ]
    return forms.spec(layers, WIDE, TOP + BOTTOM + ROW * len(rows), (TOP, SIDE, BOTTOM, SIDE))
