"""The forms that all charts share: size, axis, marks; Altair is imported where a chart is made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from pipeline.report import charts
from pipeline.report.figures.drawing import INK, PAGE, PALETTE, QUIET, RULE
from pipeline.report.model import Municipality

if TYPE_CHECKING:
    import altair as alt

WIDE = 420  # pixels: the width at which the letters of a chart are as large as the page's small ones
SMALL, NORMAL = 12, 13  # font sizes
SIZE = 150  # of a municipality's mark, in Vega's square pixels
SPILL = 20  # pixels by which those strips reach over the ends of the axis
REACH = 7.0  # the marks of charts.py reach from -7 to 7, Vega's from -1 to 1
CIRCLE = "M-.786 0a.786 .786 0 1 0 1.572 0a.786 .786 0 1 0-1.572 0z"
Data = Sequence[dict[str, Any]]


def once(make: Callable[..., str]) -> Callable[..., str]:
    """Remember what a function makes of the same plain arguments: a chart is the same in both languages."""

    @lru_cache(maxsize=4096)
    def made(arguments: str) -> str:
        from altair.utils.schemapi import debug_mode

        # Altair's own checks take most of its time; a test draws every chart with them.
        with debug_mode(False):
            return make(*json.loads(arguments))

    @wraps(make)
    def remembered(*arguments: Any) -> str:
        return made(json.dumps(arguments, ensure_ascii=False))

    return remembered


def colour(place: Municipality) -> str:
    """Return a municipality's colour on the light page."""
    return PALETTE[place.index % len(PALETTE)]


def shape(place: Municipality) -> str:
    """Return a municipality's mark as Vega wants it."""
    path = charts.MARKS[charts.shape(place)]
    return CIRCLE if "a" in path else re.sub(r"-?\d+(\.\d+)?", lambda n: f"{float(n[0]) / REACH:.3f} ", path)


def looks(place: Municipality, outlined: bool = False) -> dict[str, str]:
    """Return a municipality's colour, mark, and what fills it, as columns of a datum; `outlined` leaves it empty."""
    empty = outlined != charts.hollow(place)
    return {"colour": colour(place), "shape": shape(place), "inside": PAGE if empty else colour(place)}


def data(rows: Data) -> alt.InlineData:
    """Return rows as the data of a layer."""
    import altair as alt

    return alt.InlineData(values=list(rows))


def axis(ticks: Sequence[float], words: Sequence[str], **more: Any) -> alt.Axis:
    """Return an axis with these ticks and words at them, a thin line at each tick, and no line of its own."""
    import altair as alt

    named = json.dumps({f"{tick:g}": word for tick, word in zip(ticks, words, strict=True)}, ensure_ascii=False)
    style: dict[str, Any] = {
        "title": None, "domain": False, "ticks": False, "labelOverlap": False, "labelBound": False,
        "labelFlush": False, "labelPadding": 8, "labelFontSize": SMALL, "labelColor": QUIET, "gridColor": RULE,
    }  # fmt: skip
    return alt.Axis(values=list(ticks), labelExpr=f"{named}[datum.value]", **(style | more))


def ground(rows: Data, width: float, y: Any, height: int = 26, shift: int = -10) -> alt.Chart:
    """Return strips of the page's colour behind the words of each row, so that no line runs through them."""
    import altair as alt

    strips = alt.Chart(data([{"y": row["y"]} for row in rows])).mark_bar(color=PAGE, height=height, yOffset=shift)
    drawn: alt.Chart = strips.encode(x=alt.value(-SPILL), x2=alt.value(width + SPILL), y=y)
    return drawn


def as_is(channel: str, column: str) -> Any:
    """Return an encoding that takes a column's values as they are: colours, marks, dashes; `channel` as Altair's."""
    import altair as alt

    return getattr(alt, channel)(column, type="nominal", scale=None, legend=None)


def marks(rows: Data, x: Any, y: Any, **more: Any) -> alt.Chart:
    """Return a municipality's mark for each datum that `looks` has given its columns; `size` where it has one."""
    import altair as alt

    sized = {"size": as_is("Size", "size")} if rows and "size" in rows[0] else {}
    chart = alt.Chart(data(rows)).mark_point(**({"size": SIZE, "opacity": 1, "strokeWidth": 2} | more))
    looking = {"stroke": as_is("Stroke", "colour"), "fill": as_is("Fill", "inside"), "shape": as_is("Shape", "shape")}
    drawn: alt.Chart = chart.encode(x=x, y=y, **looking, **sized)
    return drawn


def labels(rows: Data, x: float, y: Any, align: Any, dy: float = -4, colour: str = INK) -> alt.Chart:
    """Return a column of words (`text`) at a fixed place, each just above the middle of its row."""
    import altair as alt

    chart = alt.Chart(data(rows)).mark_text(align=align, baseline="alphabetic", dy=dy, fontSize=NORMAL, color=colour)
    drawn: alt.Chart = chart.encode(x=alt.value(x), y=y, text=alt.Text("text", type="nominal"))
    return drawn


def spec(layers: Sequence[alt.Chart], width: int, height: int, margins: tuple[int, int, int, int]) -> str:
    """Return layers as one chart in Vega-Lite: outer size, and margins at the top, right, bottom and left."""
    import altair as alt

    top, right, bottom, left = margins
    chart = (
        alt.layer(*layers)
        .properties(
            width=width - left - right,
            height=height - top - bottom,
            autosize=alt.AutoSizeParams(type="none"),
            padding={"top": top, "right": right, "bottom": bottom, "left": left},
        )
        .configure(background=PAGE, font="sans-serif", view=alt.ViewConfig(stroke=None))
    )
    return json.dumps(chart.to_dict(validate=False), ensure_ascii=False, sort_keys=True)
