"""The differences of a theme between municipalities: a forest plot, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report import texts
from pipeline.report.differences import rests_on_one
from pipeline.report.figures import forms
from pipeline.report.figures.drawing import QUIET, Figure, Words
from pipeline.report.figures.forms import WIDE
from pipeline.report.model import Document, Municipality, Report, Row, Theme

SHOWN = 12  # differences in the plot and its table; all stand in the workbook
CERTAIN = 0.05  # the expected share of false ones among the differences that are called certain
ROW, TOP, BOTTOM, SIDE = 46, 4, 30, 24
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True)
class Difference:
    """A difference turned so that `more` has the larger share; `value`, `low` and `high` are shares, not percent."""

    more: Municipality
    less: Municipality
    value: float
    low: float
    high: float
    without: float | None
    corrected: tuple[float, float, float] | None
    certain: bool
    influential: tuple[Document, ...]
    row: Row

    @property
    def fragile(self) -> bool:
        """Whether it rests on one meeting or document; no question of that where its interval holds zero anyway."""
        return rests_on_one(self.row)


def differences(report: Report, theme: Theme) -> list[Difference]:
    """Return the differences that could be computed: at most SHOWN, the certain before others, by size."""
    rows = [row for row in report.differences.get(theme.id, ()) if row["difference"] is not None]
    found = [_turned(report, row) for row in rows]
    found.sort(key=lambda item: (not item.certain, -item.value, item.more.index, item.less.index))
    return sorted(found[:SHOWN], key=lambda item: (-item.value, item.more.index, item.less.index))


def counts(report: Report, theme: Theme) -> tuple[int, int]:
    """Return how many differences are certain, and how many could be computed."""
    rows = [row for row in report.differences.get(theme.id, ()) if row["difference"] is not None]
    return sum(_certain(row) for row in rows), len(rows)


def _certain(row: Row) -> bool:
    return row["q_value"] is not None and row["q_value"] < CERTAIN


def _turned(report: Report, row: Row) -> Difference:
    pair = [place for name in (row["municipality"], row["other"]) if (place := report.place(name))]
    turned = row["difference"] < 0
    more, less = reversed(pair) if turned else pair
    corrected = _interval(row, "corrected", turned)
    wanted = set(row["influential"])
    return Difference(
        more=more,
        less=less,
        value=abs(row["difference"]),
        low=-row["high"] if turned else row["low"],
        high=-row["low"] if turned else row["high"],
        without=None if row["without"] is None else -row["without"] if turned else row["without"],
        corrected=corrected,
        certain=_certain(row),
        influential=tuple(document for document in report.documents if document.id in wanted),
        row=row,
    )


def _interval(row: Row, column: str, turned: bool) -> tuple[float, float, float] | None:
    value, low, high = row[column], row[f"{column}_low"], row[f"{column}_high"]
    if value is None or low is None or high is None:
        return None
    return (-value, -high, -low) if turned else (value, low, high)


def figure(report: Report, theme: Theme) -> Figure | None:
    """Return the forest plot of a theme's differences; none where there are none."""
    shown, _ = differences(report, theme), report.language
    if not shown:
        return None
    words = Words()
    rows = [
        {
            "y": n, "value": item.value, "low": item.low, "high": item.high, "dash": [3, 3] if item.fragile else [1, 0],
            "text": words(_pair(item, report)), **forms.looks(item.more, outlined=item.fragile),
        }
        for n, item in enumerate(shown)
    ]  # fmt: skip
    values = [{"y": n, "text": words(_.signed(100 * item.value, 1))} for n, item in enumerate(shown)]
    ticks = _ticks(min(0.0, *(item.low for item in shown)), max(item.high for item in shown))
    named = [words(_.signed(100 * tick, 0) if tick else "0") for tick in ticks]
    return Figure(
        name=f"tema-{theme.id}-forskelle",
        title=_("%(theme)s: forskelle mellem kommuner", theme=report.names[theme.id]),
        text=_(
            "Forskelle i andel af afsnit, i procentpoint med interval, den største først: %(pairs)s. Tallene står i "
            "tabellen.",
            pairs=", ".join(f"{_pair(item, report)} {_.signed(100 * item.value, 1)}" for item in shown),
        ),
        spec=_spec(rows, values, ticks, named),
        words=words.all(),
    )


def _pair(item: Difference, report: Report) -> str:
    names = [texts.shortened(place.name, 18) for place in (item.more, item.less)]
    _ = report.language
    return _("%(more)s over %(less)s", more=names[0], less=names[1])


def _ticks(low: float, high: float) -> list[float]:
    step = next((step for step in STEPS if (high - low) / step <= 6), STEPS[-1])
    first, last = int(low // step), -int(-high // step)
    return [round(step * n, 6) for n in range(first, last + 1)]


@forms.once
def _spec(rows: forms.Data, values: forms.Data, ticks: Sequence[float], named: Sequence[str]) -> str:
    import altair as alt

    height = TOP + BOTTOM + ROW * len(rows)
    x = alt.X("value:Q", scale=alt.Scale(domain=[ticks[0], ticks[-1]]), axis=forms.axis(ticks, named))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[len(rows) - 0.5, -0.5]), axis=None)
    colour, dash = forms.as_is("Color", "colour"), forms.as_is("StrokeDash", "dash")
    zero = alt.Chart(forms.data([{"value": 0}])).mark_rule(color=QUIET, strokeWidth=1.5)
    lines = alt.Chart(forms.data(rows)).mark_rule(strokeWidth=2.5, yOffset=8)
    return forms.spec(
        [
            zero.encode(x=x),
            forms.ground(rows, WIDE - 2 * SIDE, y),
            lines.encode(x=alt.X("low:Q"), x2="high:Q", y=y, color=colour, strokeDash=dash),
            forms.marks(rows, x, y, yOffset=8),
            forms.labels(rows, 0, y, "left"),
            forms.labels(values, WIDE - 2 * SIDE, y, "right"),
        ],
        WIDE, height, (TOP, SIDE, BOTTOM, SIDE),
    )  # fmt: skip
