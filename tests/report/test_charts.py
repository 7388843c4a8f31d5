from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import charts
from pipeline.report.language import DANISH, ENGLISH
from pipeline.report.model import Municipality

PLACE = Municipality("Aarhus", "aarhus", 3, ())
SHARE = st.floats(0, 1)


def positions(markup: str) -> list[float]:
    return [float(value) for value in re.findall(r'\bx[12]?="([\d.]+)%"', markup)]


@given(st.lists(st.tuples(SHARE, SHARE, SHARE), min_size=1))
def test_a_scale_holds_every_share_and_interval_of_its_rows(values):
    rows = [dict(zip(("share_low", "share", "share_high"), sorted(three), strict=True)) for three in values]
    on = charts.scale(rows)
    assert on.top >= max(row["share_high"] for row in rows) - 1e-9
    assert 2 <= len(on.ticks) <= 6
    assert on.ticks[0] == 0
    assert on.ticks[-1] == on.top


def test_a_mark_stands_at_its_share_and_the_line_spans_its_interval():
    row = {"share": 0.1, "share_low": 0.05, "share_high": 0.2}
    on = charts.scale([row])
    drawn = charts.interval(row, PLACE, on)
    assert '<line class="span" x1="25.00%" x2="100.00%"' in drawn
    assert positions(drawn)[-1] == pytest.approx(100 * 0.1 / on.top)
    assert "span" not in charts.interval(row | {"share_low": None}, PLACE, on)


def test_tones_fill_the_bar_in_proportion():
    row = {"positive": 1, "neutral": 2, "negative": 1, "mixed": 0}
    widths = [float(width) for width in re.findall(r'width="([\d.]+)%" height', charts.tone_bar(row).split(">", 1)[1])]
    assert widths == [25, 50, 25]
    assert charts.tone_bar(dict.fromkeys(row, 0)) == ""


def test_an_axis_differs_between_languages_in_its_words_alone():
    on = charts.scale([{"share": 0.31, "share_high": None}])
    danish, english = charts.axis(on, DANISH), charts.axis(on, ENGLISH)
    assert "20\u00a0%" in danish
    assert "20%" in english
    assert re.sub(r">[^<]*<", "><", danish) == re.sub(r">[^<]*<", "><", english)


def test_98_municipalities_have_looks_of_their_own():
    places = [Municipality(str(n), str(n), n, ()) for n in range(98)]
    assert len({(charts.colour(p), charts.shape(p), charts.hollow(p)) for p in places}) == 98
    assert len({(charts.colour(p), charts.mark(p)) for p in places}) == 98
