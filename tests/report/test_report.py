from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline import population
from pipeline.report import accounts, build, charts, comparability, findings, html
from pipeline.report.__main__ import run as run_report
from pipeline.report.model import Municipality
from tests.report.conftest import HOSTILE, Corpus, theme_rows, workspace_at


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


@pytest.fixture(scope="module")
def page(site) -> HTMLParser:
    return HTMLParser((site / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents(page) -> dict[str, dict]:
    """The documents that the page holds as data, by id."""
    collection = json.loads(page.css_first("#samling").text())
    return {document["id"]: document for shard in collection["shards"] for document in shard["documents"]}


def paragraphs_of(documents: dict[str, dict]) -> dict[str, dict]:
    """Every paragraph of the data by its id."""
    return {
        f"{identity}-{p['i']}": p for identity, document in documents.items() for part in document["parts"]
        for p in part["p"]
    }  # fmt: skip


def test_the_page_is_one_file_that_fetches_nothing(site, page):
    assert not [node.attributes for node in page.css("[src], link[href]:not([href='data:,'])")]
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page.css_first("style").text())
    assert all(node.attributes["href"].startswith("#") for node in page.css("a"))
    assert (site / "index.html").stat().st_size < 1_000_000


def test_every_link_leads_somewhere_and_every_id_is_one_of_its_kind(page, documents):
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert max(ids.values()) == 1
    drawn = {f"dokument-{identity}" for identity in documents} | {f"afsnit-{i}" for i in paragraphs_of(documents)}
    targets = {node.attributes["href"][1:].split("?")[0] for node in page.css("a")}
    assert targets <= ids.keys() | drawn
    assert {node.attributes["href"][1:] for node in page.css("use")} <= ids.keys()


def test_headings_come_in_order_and_tables_have_captions(page):
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(table.css_first("caption") is not None for table in page.css("table"))
    assert all(node.attributes.get("scope") for node in page.css("th"))


def test_hostile_text_is_text_everywhere(site, page, documents):
    assert len(page.css("script")) == 5
    assert len(page.css("style")) == 1
    assert HOSTILE[0] in page.css_first("#dokumenter").text()
    texts = [paragraph["t"] for paragraph in paragraphs_of(documents).values()]
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[3]} <= {text for text in texts if isinstance(text, str)}
    assert any("null\ufffdbyte" in text for text in texts)
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
    shared = run.read("shared_passages")["paragraph_id"]
    counted = population.counted_paragraphs(run.read("documents"), run.read("paragraphs"), shared)
    assert {paragraph.id for paragraph in report.counted} == set(counted["paragraph_id"])
    for place in report.compared:
        row = report.cells["budget", place.name]
        assert (row["documents"], row["paragraphs"]) == (len(place.counted_documents), len(place.paragraphs))


def test_nothing_vanishes(page, documents, run):
    rows = page.css("#dokumentliste tbody tr")
    assert len(rows) == run.read("documents").height
    statuses = Counter(row.attributes["data-status"] for row in rows)
    assert statuses == {
        "talt": 14, "nothing_counted": 1, "quarantined": 1, "not_danish": 1, "no_municipality": 1, "near_duplicate": 1,
    }  # fmt: skip
    assert "Filen er beskadiget: åbn og gem den igen" in page.css_first("#overblik").text()
    shown = paragraphs_of(documents)
    closed = set(run.read("paragraphs").filter("closed")["paragraph_id"])
    assert shown.keys() == set(run.read("paragraphs")["paragraph_id"]) - closed
    assert sum(document["closed"] for document in documents.values()) == len(closed) == 1


def test_a_repaired_word_has_what_stood_there_and_the_raw_text_beside_it(documents):
    repaired = [paragraph for paragraph in paragraphs_of(documents).values() if "o" in paragraph]
    assert len(repaired) == 6
    for paragraph in repaired:
        assert [piece for piece in paragraph["t"] if isinstance(piece, list)] == [["ø", "g", "ocr_letters"]]
        assert [piece for piece in paragraph["o"] if isinstance(piece, list)] == [["g"]]
        assert "".join(piece if isinstance(piece, str) else piece[0] for piece in paragraph["o"]).count("ansggere") == 1


def test_paragraphs_that_municipalities_share_are_shown_and_counted_as_nobodys(report, documents):
    (passage,) = report.shared.values()
    assert {paragraph.uncounted for paragraph in passage} == {"shared"}
    shown = paragraphs_of(documents)
    assert {shown[paragraph.id]["h"] for paragraph in passage} == set(report.shared)


def test_data_can_stand_in_a_script(site):
    source = (site / "index.html").read_text(encoding="utf-8")
    data = source.split('id="samling">')[1].split("</script>")[0]
    assert "<" not in data
    assert not re.search("[\u2028\u2029\x00-\x1f]", data)


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
    report = build.report(small_run, small_run)
    headings = [finding.heading for finding in findings.findings(report)]
    assert "Ingen sammenligning" in headings
    page = HTMLParser((small_run.reports / "site" / "index.html").read_text(encoding="utf-8"))
    text = " ".join(node.text() for node in page.css(".page:not(#metode)"))
    assert "procentpoint" not in text
    assert "q-værdi" not in text
    assert "fylder mere" not in text
    assert page.css_first("#forskelle") is None
    assert page.css_first("#overblik").text().count("ingen fælles dokumenttyper") >= 1
    assert "Nej: der er intet par af kommuner" in page.css_first("#overblik").text()
    order = [node.text().strip() for node in page.css(".heat thead .place")]
    assert order == ["Ballerup", "København", "Aarhus"]
    assert "Ikke omtalt i 1\u00a0dokument" in page.css_first("#tema-pandemic").text()


def test_the_notice_comes_with_the_corpus(page, small_run):
    assert "Eksempelkorpus" in page.css_first(".notice").text()
    assert "Eksempelkorpus" not in (small_run.reports / "site" / "index.html").read_text(encoding="utf-8")


def test_the_page_says_which_edition_it_is(report):
    shared = HTMLParser(html.render(report))
    assert "erstattet med mærker som [navn]" in shared.css_first("#metode").text()
    authorised = HTMLParser(html.render(replace(report, edition="authorised")))
    assert "er ikke fjernet i denne udgave" in authorised.css_first("#metode").text()
    assert "Udgave til autoriseret brug" in authorised.css_first("#overblik").text()


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
    run_report(workspace)
    page = HTMLParser((workspace.reports / "site" / "index.html").read_text(encoding="utf-8"))
    assert "Ingen afsnit kan tælles" in page.css_first("#overblik").text()
    assert len(page.css("#dokumentliste tbody tr")) == 1


def test_98_municipalities_are_told_apart_by_colour_and_mark():
    places = [Municipality(str(n), str(n), n, ()) for n in range(98)]
    assert len({(charts.colour(place), charts.mark(place)) for place in places}) == 98
    assert len({charts.colour(place) for place in places[:7]}) == 7


def difference(**changed) -> dict:
    """A certain difference between Aarhus and København."""
    return {
        "theme_id": "sick_leave", "municipality": "Aarhus", "other": "København", "kinds": ["referat"],
        "years": ["2021", "2022"], "documents": 6, "other_documents": 6, "clusters": 6, "other_clusters": 6,
        "difference": 0.2, "low": 0.1, "high": 0.3, "p_value": 0.001, "q_value": 0.01, "influential": [],
        "without": 0.18, "fragile": False, "corrected": None, "corrected_low": None, "corrected_high": None, "note": "",
    } | changed  # fmt: skip


def test_a_difference_that_rests_on_one_document_says_so_and_waits_behind_the_others(report):
    document = report.compared[0].documents[0]
    fragile = difference(difference=0.4, fragile=True, influential=[document.id], without=0.02)
    (_, alone, *_) = findings.findings(replace(report, differences={"sick_leave": [fragile]}))
    assert "Denne forskel hviler på ét dokument" in alone.caveat
    assert "Uden det er den 2,0\u00a0procentpoint og kan være et tilfælde." in alone.caveat
    other = difference(theme_id="budget", municipality="Aarhus")
    (_, first, *_) = findings.findings(replace(report, differences={"sick_leave": [fragile], "budget": [other]}))
    assert "hviler på" not in first.text
    assert "referater fra 2021–2022" in first.text


def test_the_models_errors_are_in_the_figures_or_said_not_to_be(report):
    plain = replace(report, differences={"sick_leave": [difference()]})
    assert "Modellens fejl er ikke regnet med." in findings.findings(plain)[1].text
    row = difference(difference=-0.2, low=-0.3, high=-0.1, corrected=-0.15, corrected_low=-0.3, corrected_high=-0.01)
    text = findings.findings(replace(report, differences={"sick_leave": [row]}))[1].text
    assert "Rettet for modellens fejl, målt på en stikprøve, er den 15,0\u00a0procentpoint (1,0 til 30,0)." in text
    assert "fylder mere i dokumenterne fra København end i dem fra Aarhus" in text


def test_an_absence_comes_with_its_denominator(report):
    ballerup = report.place("Ballerup")
    assert comparability.absent(report, ballerup) == (
        "i 2\u00a0dokumenter (2\u00a0politikker); ingen MED-referater iblandt"
    )
    aarhus = report.place("Aarhus")
    assert "MED" not in comparability.absent(report, aarhus)


def test_a_cell_of_a_small_group_is_not_shown(report):
    cells = dict(report.cells)
    key = next(key for key, row in cells.items() if row["theme_paragraphs"])
    figure = cells[key]["theme_paragraphs"]
    cells[key] = {**cells[key], "note": "small_group", "share": None, "theme_paragraphs": 0}
    page = HTMLParser(html.render(replace(report, cells=cells)))
    assert figure
    assert "for lille gruppe" in page.css_first(".heat").text()
    assert "kunne pege på enkelte medarbejdere" in page.css_first("#overblik").text()


def change(kind: str, subject: str, **changed) -> dict:
    return {"kind": kind, "subject": subject, "label": subject, "before": None, "now": None, "share_before": None,
            "share_now": None, "real": True, "documents": [], "related": []} | changed  # fmt: skip


def test_changes_say_what_is_real_and_what_is_chance(report):
    identity = report.documents[0].id
    rows = [
        change("document_new", identity),
        change("theme_grown", "budget", before=2, now=9, share_before=0.1, share_now=0.4, documents=[identity]),
        change("theme_shrunk", "school", before=5, now=4, share_before=0.2, share_now=0.18, real=False),
    ]
    page = HTMLParser(html.render(replace(report, changes=rows))).css_first("#aendringer")
    assert "1\u00a0tema har ændret sig reelt" in page.css_first(".lede").text()
    grown, shrunk = page.css("tbody tr")
    assert grown.css_first(f"a[href='#dokument-{identity}']")
    assert "inden for tilfældige udsving" in shrunk.text()
    assert len(page.css(f".plainlist a[href='#dokument-{identity}']")) == 1


def test_no_change_and_no_earlier_run_are_told_apart(report):
    none = HTMLParser(html.render(replace(report, changes=[]))).css_first("#aendringer").text()
    assert "temaspejl snapshot" in none
    same = HTMLParser(html.render(replace(report, changes=[change("no_change", "")]))).css_first("#aendringer").text()
    assert "Ingen ændringer: de samme dokumenter" in same
    noise = [change("document_new", "x"), change("theme_grown", "budget", real=False)]
    moved = HTMLParser(html.render(replace(report, changes=noise))).css_first("#aendringer").text()
    assert "Ingen reelle ændringer" in moved
