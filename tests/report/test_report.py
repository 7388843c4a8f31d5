from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline import population
from pipeline.compare.__main__ import run as run_compare
from pipeline.report import accounts, build, charts, comparability, findings
from pipeline.report.__main__ import run as run_report
from pipeline.report.model import Municipality
from tests.report.conftest import HOSTILE, Corpus, theme_rows, workspace_at


@pytest.fixture(scope="module")
def report(run):
    return build.report(run)


@pytest.fixture(scope="module")
def page(site) -> HTMLParser:
    return HTMLParser((site / "index.html").read_text(encoding="utf-8"))


def test_the_page_is_one_file_that_fetches_nothing(site, page):
    assert not [node.attributes for node in page.css("[src], link[href]:not([href='data:,'])")]
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page.css_first("style").text())
    assert all(node.attributes["href"].startswith("#") for node in page.css("a"))
    assert (site / "index.html").stat().st_size < 1_000_000


def test_every_link_leads_somewhere_and_every_id_is_one_of_its_kind(page):
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert max(ids.values()) == 1
    targets = {node.attributes["href"][1:].split("?")[0] for node in page.css("a")}
    assert targets <= ids.keys()
    assert {node.attributes["href"][1:] for node in page.css("use")} <= ids.keys()


def test_headings_come_in_order_and_tables_have_captions(page):
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(table.css_first("caption") is not None for table in page.css("table"))
    assert all(node.attributes.get("scope") for node in page.css("th"))


def test_hostile_text_is_text_everywhere(site, page):
    assert len(page.css("script")) == 2
    assert len(page.css("style")) == 1
    text = page.body.text()
    for hostile in HOSTILE[:2] + HOSTILE[3:]:
        assert hostile in text
    assert "null\ufffdbyte" in text
    assert "49" not in page.css_first("#soeg").text()
    markdown = (site / "rapport.md").read_text(encoding="utf-8")
    assert "<script" not in markdown
    assert "&lt;script>" in markdown


def test_the_account_adds_up(report):
    totals: dict[str, list[int]] = {}
    for line in accounts.lines(report):
        if line.level == 0:
            total = line.label
            totals[total] = [line.count, 0]
        else:
            totals[total][1] += line.count
    assert all(whole == parts for whole, parts in totals.values())
    assert totals["Filer i mappen"] == [20, 20]


def test_the_report_counts_what_compare_counts(run, report):
    counted = population.counted_paragraphs(run.read("documents"), run.read("paragraphs"))
    assert {paragraph.id for paragraph in report.counted} == set(counted["paragraph_id"])
    for place in report.compared:
        row = report.cells["budget", place.name]
        assert (row["documents"], row["paragraphs"]) == (len(place.counted_documents), len(place.paragraphs))


def test_every_figure_of_the_heat_map_is_the_number_of_paragraphs_behind_it(page):
    """What the search page's script would list is worked out here from the same attributes."""
    paragraphs = page.css(".document .p")
    places = {node.attributes["id"]: node.attributes["data-kommune"] for node in page.css(".document")}
    found: Counter[tuple[str, str]] = Counter()
    for node in paragraphs:
        section = node
        while "document" not in (section.attributes.get("class") or "").split():
            section = section.parent
        if node.attributes.get("data-u"):
            continue
        for tag in (node.attributes.get("data-t") or "").split():
            found[tag.split(":")[0], places[section.attributes["id"]]] += 1
    cells = page.css(".heat td a")
    assert len(cells) == len(found) == 10
    for cell in cells:
        filters = parse_qs(cell.attributes["href"].split("?")[1])
        shown = re.search(r"(\d+) afs", cell.text())
        assert int(shown[1]) == found[filters["tema"][0], filters["kommune"][0]]


def test_nothing_vanishes(page, run):
    rows = page.css("#dokumentliste tbody tr")
    assert len(rows) == run.read("documents").height
    statuses = Counter(row.attributes["data-status"] for row in rows)
    assert statuses == {
        "talt": 14, "nothing_counted": 1, "quarantined": 1, "not_danish": 1, "no_municipality": 1, "near_duplicate": 1,
    }  # fmt: skip
    assert "Filen er beskadiget: åbn og gem den igen" in page.css_first("#overblik").text()
    assert len(page.css(".document .p")) == run.read("paragraphs").height


def test_a_repaired_word_shows_what_stood_there(page):
    repaired = page.css("ins[title]")
    assert repaired
    assert all(node.attributes["title"] == "Stod der: g" and node.text() == "ø" for node in repaired)
    assert "ansggere" in page.css_first("details.raw pre").text()


def test_findings_carry_their_uncertainty(report):
    most, difference, _ = findings.findings(report)
    assert "95\u00a0%-interval" in most.text
    assert difference.heading == "Størst forskel"
    assert "procentpoint" in difference.text
    assert "regnet inden for referater" in difference.text


def test_warnings_are_plain(report):
    (warning,) = comparability.warnings(report)
    assert warning.startswith("For få dokumenter: Ballerup (2\u00a0dokumenter)")


def test_with_too_little_nothing_is_compared_and_nobody_ranked(small_run):
    report = build.report(small_run)
    headings = [finding.heading for finding in findings.findings(report)]
    assert "Ingen sammenligning" in headings
    page = HTMLParser((small_run.reports / "site" / "index.html").read_text(encoding="utf-8"))
    text = " ".join(node.text() for node in page.css(".page:not(#metode)"))
    assert "procentpoint" not in text
    assert "q-værdi" not in text
    assert "fylder mere" not in text
    assert page.css_first("#forskelle") is None
    assert "ingen fælles dokumenttyper (3 par)" in page.css_first("#overblik").text()
    assert "Nej: der er intet par af kommuner" in page.css_first("#overblik").text()
    order = [node.text().strip() for node in page.css(".heat thead .place")]
    assert order == ["Ballerup", "København", "Aarhus"]
    assert "Ikke omtalt i 3\u00a0dokumenter" in page.css_first("#tema-pandemic").text()


def test_the_notice_comes_with_the_corpus(page, small_run):
    assert "Eksempelkorpus" in page.css_first(".notice").text()
    assert "Eksempelkorpus" not in (small_run.reports / "site" / "index.html").read_text(encoding="utf-8")


def test_names_are_said_not_to_be_redacted(page):
    assert "er ikke fjernet i denne udgave" in page.css_first("#metode").text()


def test_the_same_tables_give_the_same_bytes(run, site):
    before = {path.relative_to(site): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    run_report(run)
    after = {path.relative_to(site): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    assert before == after


def test_a_folder_without_a_known_municipality_still_gives_a_report(tmp_path):
    workspace = workspace_at(tmp_path)
    corpus = Corpus()
    corpus.add(None, ["budget"])
    corpus.write(workspace, theme_rows("budget"))
    run_compare(workspace)
    run_report(workspace)
    page = HTMLParser((workspace.reports / "site" / "index.html").read_text(encoding="utf-8"))
    assert "Ingen afsnit kan tælles" in page.css_first("#overblik").text()
    assert len(page.css("#dokumentliste tbody tr")) == 1


def test_98_municipalities_are_told_apart_by_colour_and_mark():
    places = [Municipality(str(n), str(n), n, ()) for n in range(98)]
    assert len({(charts.colour(place), charts.mark(place)) for place in places}) == 98
    assert len({charts.colour(place) for place in places[:7]}) == 7
