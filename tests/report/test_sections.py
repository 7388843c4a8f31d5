"""The pages of themes and municipalities: what they say where much, little or nothing may be said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.report import build, html, sections
from pipeline.report.language import DANISH, ENGLISH

FIGURES = (
    "share", "word_share", "theme_paragraphs", "theme_documents", "theme_clusters", "theme_words", "tone", "positive",
    "neutral", "negative", "mixed", "procedure", "share_low", "share_high", "tone_low", "tone_high", "tone_shrunk",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


def page(report, language=DANISH) -> HTMLParser:
    return HTMLParser(html.rendered(report, language))


def test_a_theme_page_says_what_it_rests_on(report):
    shown = page(report)
    text = shown.css_first("#tema-sick_leave").text()
    for words in (
        "hvor meget der skrives om temaet", "Modellens fejl er ikke regnet med", "Forskelle mellem kommuner",
        "Over tid", "I hvilken tone?", "Ordret fra dokumenterne", "eksperimentelt", "medarbejderside",
    ):  # fmt: skip
        assert words in text
    assert "andres ord, der ikke tælles med" in shown.css_first("#tema-budget").text()
    assert "Nævnes sammen med" in shown.css_first("#tema-recruitment").text()
    assert "Ikke omtalt i 2\u00a0dokumenter" in shown.css_first("#tema-school").text()


def test_every_chart_has_a_text_and_its_figures_stand_in_a_table_beside_it(report):
    for section in page(report).css(".page.theme, .page.municipality"):
        charts = section.css("svg.figure")
        assert all(chart.attributes["aria-label"] for chart in charts)
        if charts:
            assert section.css("table")


def test_where_nothing_may_be_compared_each_speaks_for_itself(small_run):
    small = page(build.report(small_run, small_run)).css_first("#tema-sick_leave")
    names = [node.text().strip() for node in small.css(".own h4")]
    assert names == ["Ballerup", "København", "Aarhus"]
    assert len(small.css(".own .quote")) == 3
    text = small.text()
    assert "kan ikke sammenlignes på dette grundlag: ingen fælles dokumenttyper (3 par)" in " ".join(text.split())
    assert "Forskelle mellem" not in text
    assert "over Aarhus" not in text
    assert not small.css(".amounts")


def test_withheld_figures_stay_withheld(report):
    hidden = {
        key: row | dict.fromkeys(FIGURES) | {"note": "small_group"} if key == ("sick_leave", "Aarhus") else row
        for key, row in report.cells.items()
    }
    periods = {
        key: row | dict.fromkeys(FIGURES) | {"note": "small_group"} if key[:2] == ("sick_leave", "Aarhus") else row
        for key, row in report.periods.items()
    }
    withheld = replace(report, cells=hidden, periods=periods, differences={})
    cell = next(cell for cell in sections.of_theme(withheld, withheld.theme("sick_leave")) if cell.hidden)
    assert (cell.place.name, cell.mentioned, cell.said, cell.years) == ("Aarhus", False, True, ())
    for language in (DANISH, ENGLISH):
        shown = page(withheld, language)
        theme = shown.css_first("#tema-sick_leave")
        assert not theme.css(".figures")
        assert not theme.css(".apart")
        assert len(theme.css(".quote")) > 3
        assert not [
            node for node in shown.css("#kommune-aarhus .amounts a") if "tema=sick_leave" in node.attributes["href"]
        ]


def test_a_pair_stands_once_on_a_municipality_s_page(report):
    place = report.place("Aarhus")
    pairs = report.measures["sick_leave", "Aarhus"]
    doubled = replace(report, measures={("sick_leave", "Aarhus"): pairs, ("budget", "Aarhus"): pairs})
    found = sections.measures(doubled, place)
    assert len(found) == len(pairs)
    assert {theme.id for theme in found[0][1]} == {"sick_leave", "budget"}


def test_recurrence_is_ranked_by_meetings(report):
    cells = sections.recurring(sections.of_place(report, report.place("Aarhus")))
    clusters = [cell.row["theme_clusters"] for cell in cells]
    assert clusters == sorted(clusters, reverse=True)
    assert min(clusters) >= sections.FEWEST
