"""The charts: their figures are those of the tables, their bytes do not change, and no text does harm or runs over."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.report import build, charts, figures
from pipeline.report.figures import differences, drawing, files, forms
from pipeline.report.language import DANISH, ENGLISH
from pipeline.report.model import Municipality

HOSTILE = "</svg><script>alert('x')</script> & \"{{ 7 * 7 }}\" \\ ⟦0⟧ \u202egnal\x01"
SHIFT = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
WIDEST = 0.6  # of a letter's height: the mean width of letters in wide sans-serif fonts


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


@pytest.fixture(scope="module")
def theme(report):
    return report.theme("sick_leave")


@pytest.fixture(scope="module")
def every(report):
    return list(files.every(report))


def data(figure, *columns: str) -> list[dict]:
    """Return the data of a chart that have these columns."""
    rows = [row for listed in drawing.vega_lite(figure)["datasets"].values() for row in listed]
    found = {json.dumps(row, sort_keys=True): row for row in rows if set(columns) <= row.keys()}
    return sorted(found.values(), key=lambda row: row.get("y", row.get("x", 0)))


def texts_of(root: ElementTree.Element, x: float = 0, y: float = 0):
    """Yield every text of a drawing with where it stands, its anchor and size."""
    moved = SHIFT.search(root.get("transform", ""))
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    if root.tag.endswith("text"):
        size = float(root.get("font-size", "0").removesuffix("px"))
        yield root.text or "", x, y, root.get("text-anchor", "start"), size
    for child in root:
        yield from texts_of(child, x, y)


def test_a_theme_over_time_shows_the_shares_of_the_table(report, theme):
    over = figures.trend.trend(report, theme)
    assert over is not None
    assert len(over.periods) > 1
    for place in over.places:
        drawn = data(figures.trend.figure(report, theme, over, place), "share", "x")
        for n, period in enumerate(over.periods):
            row = report.periods.get((theme.id, place.name, period))
            points = [point for point in drawn if point["x"] == n]
            assert {point["share"] for point in points} == {row["share"] if row else None}


def test_the_forest_plot_shows_the_differences_turned_and_by_size(report, theme):
    shown = figures.differences.differences(report, theme)
    rows = [row for row in report.differences[theme.id] if row["difference"] is not None]
    assert len(shown) == len(rows) > 0
    drawn = data(figures.differences.figure(report, theme), "value", "low")
    assert [row["value"] for row in drawn] == sorted((abs(row["difference"]) for row in rows), reverse=True)
    for item, row in zip(shown, drawn, strict=True):
        assert (row["value"], row["low"], row["high"]) == (item.value, item.low, item.high)
        assert item.low <= item.value <= item.high
        assert (row["inside"] == drawing.PAGE) == item.fragile
        assert row["text"] == f"{item.more.name} over {item.less.name}"


def test_a_difference_turns_as_a_whole(report):
    row = next(iter(report.computed))
    turned = dict(row) | {
        "difference": -0.1, "low": -0.3, "high": 0.05, "without": -0.02, "corrected": -0.09, "corrected_low": -0.4,
        "corrected_high": 0.1,
    }  # fmt: skip
    item = differences._turned(report, turned)
    assert (item.more.name, item.less.name) == (row["other"], row["municipality"])
    assert (item.value, item.low, item.high, item.without) == (0.1, -0.05, 0.3, 0.02)
    assert item.corrected == (0.09, -0.1, 0.4)


def test_only_so_many_differences_are_shown_the_certain_first(report, theme):
    row = next(row for row in report.differences[theme.id] if row["difference"] is not None)
    row |= {"low": 0.0, "high": 1.0}
    many = [row | {"difference": 0.01 * n, "q_value": 0.01 if n < 3 else 0.5} for n in range(40)]
    crowded = replace(report, differences={theme.id: many})
    shown = figures.differences.differences(crowded, theme)
    assert len(shown) == figures.differences.SHOWN
    assert sum(item.certain for item in shown) == 3
    assert figures.differences.counts(crowded, theme) == (3, 40)


def test_the_tones_and_the_themes_beside_are_those_of_the_tables(report, theme):
    roles = figures.tones.groups(report, theme, "role")
    rows = [row for (t, _, dimension), listed in report.tone_groups.items() for row in listed
            if t == theme.id and dimension == "role" and row["tone"] is not None]  # fmt: skip
    assert sum(len(role.rows) for role in roles) == len(rows)
    assert sum(role.paragraphs for role in roles) == sum(figures.tones.scored(row) for row in rows)
    recruitment = report.theme("recruitment")
    drawn = data(figures.cooccurrences.figure(report, recruitment), "share", "from")
    beside = figures.cooccurrences.rows(report, recruitment)
    assert [round(row["share"] * recruitment.paragraphs) for row in drawn] == [row["paragraphs"] for row in beside]


def test_a_profile_stands_against_those_it_may_be_compared_with(report):
    place = report.place("Aarhus")
    assert [other.name for other in figures.profile.comparable(report, place)] == ["København"]
    drawn = data(figures.profile.figure(report, place), "lowest", "highest")
    for line, row in zip(figures.profile.lines(report, place), drawn, strict=True):
        other = report.cells[line.theme.id, "København"]["share"]
        assert (row["share"], row["lowest"], row["highest"]) == (line.row["share"], other, other)
    assert figures.profile.figure(report, report.place("Ballerup")) is None


def test_with_too_little_there_is_no_chart_of_differences(small_run):
    small = build.report(small_run, small_run)
    names = [figure.name for figure in files.every(small)]
    assert not [name for name in names if name.endswith(("forskelle", "profil"))]


def test_both_languages_have_the_same_drawing(report, every):
    english = list(files.every(replace(report, language=ENGLISH)))
    assert [figure.name for figure in english] == [figure.name for figure in every]
    for one, other in zip(every, english, strict=True):
        assert one.spec == other.spec
        assert len(one.words) == len(other.words)
    assert any(one.words != other.words for one, other in zip(every, english, strict=True))


def test_the_same_tables_give_the_same_bytes(report, tmp_path):
    def written() -> dict[str, bytes]:
        figures.write(tmp_path, report)
        return {path.name: path.read_bytes() for path in (tmp_path / files.FOLDER).iterdir()}

    first = written()
    (tmp_path / files.FOLDER / "gammel.svg").write_text("", encoding="utf-8")
    drawing._drawn.cache_clear()
    assert written() == first
    assert len(first) == 2 * len(list(files.every(report)))


def test_files_stand_alone_and_the_page_has_its_own_colours(every):
    for figure in every:
        root = ElementTree.fromstring(drawing.svg(figure))
        assert root.find("{*}title").text == figure.title
        assert root.find("{*}desc").text == figure.text
        assert {node.get("font-family") for node in root.iter() if node.get("font-family")} <= {"sans-serif"}
        inside = str(drawing.inline(figure))
        assert not re.search(r'(?:fill|stroke)="#', inside)
        assert not re.search(r"\bid=|url\(|href", inside)
        assert drawing.vega_lite(figure)["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_altair_finds_every_chart_valid(every):
    import altair

    for figure in every:
        altair.Chart.from_dict(drawing.vega_lite(figure))


def test_hostile_names_are_text(report, theme):
    places = tuple(replace(place, name=HOSTILE) if place.name == "Aarhus" else place for place in report.municipalities)
    renamed = {"Aarhus": HOSTILE}
    rows = [row | {key: renamed.get(row[key], row[key]) for key in ("municipality", "other")}
            for row in report.differences[theme.id]]  # fmt: skip
    hostile = replace(report, municipalities=places, differences={theme.id: rows})
    figure = figures.differences.figure(hostile, theme)
    for markup in (drawing.svg(figure), str(drawing.inline(figure))):
        root = ElementTree.fromstring(markup)
        assert not [node for node in root.iter() if node.tag.endswith("script")]
    drawn = "".join(text for text, *_ in texts_of(ElementTree.fromstring(drawing.svg(figure))))
    assert "</svg><script>" in drawn
    assert "\x01" not in drawn
    words = [row["text"] for row in data(figure, "text", "value")]
    assert any(word.startswith("</svg><script>") for word in words)


def test_nothing_runs_over(report, theme):
    long = {"Aarhus": "Ringkøbing-Skjern", "København": "Lyngby-Taarbæk"}
    places = tuple(replace(place, name=long.get(place.name, place.name)) for place in report.municipalities)
    rows = [row | {key: long.get(row[key], row[key]) for key in ("municipality", "other")}
            for row in report.differences[theme.id]]  # fmt: skip
    crowded = replace(report, municipalities=places, differences={theme.id: rows})
    for figure in (figures.differences.figure(crowded, theme), *files.every(report)):
        root = ElementTree.fromstring(drawing.svg(figure))
        width, height = float(root.get("width")), float(root.get("height"))
        for text, x, y, anchor, size in texts_of(root):
            reach = WIDEST * size * len(text)
            left = x - {"start": 0, "middle": reach / 2, "end": reach}[anchor]
            assert left >= -1, (figure.name, text)
            assert left + reach <= width + 1, (figure.name, text)
            assert 0 <= y <= height, (figure.name, text)


def test_a_mark_and_a_colour_are_the_same_in_every_chart():
    for index in (0, 6, 7, 48, 60):
        place = Municipality(str(index), str(index), index, ())
        looks = forms.looks(place)
        assert drawing.VARIABLES[looks["colour"]] == charts.colour(place)
        assert (looks["inside"] == drawing.PAGE) == charts.hollow(place)
    assert len({forms.shape(Municipality(str(n), str(n), n, ())) for n in range(7)}) == 7


def test_half_years_are_named_in_both_languages(report):
    assert figures.trend.period_name(report, "2021-H2") == "2. halvår 2021"
    assert figures.trend.period_name(replace(report, language=ENGLISH), "2021-H2") == "half 2 of 2021"
    assert figures.trend._every(["2021-H2", "2022-H2"]) == ["2021-H2", "2022-H1", "2022-H2"]
    assert report.language == DANISH
