"""The report in a real Chromium, opened from file:// as a reader would."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pipeline.report import build, collection, html, labels
from pipeline.report.language import DANISH, ENGLISH, Language
from pipeline.resources import root
from tests.report.conftest import CLOSED, HOSTILE

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed: `make browser`")

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
REPAIRED = "dokument-0000000000000000"
DOCUMENT_WITH_HOSTILE_TEXT = "dokument-000000000000000c"


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


@pytest.fixture(scope="module")
def sharded(report, tmp_path_factory) -> Path:
    """The same report with its documents in files beside it, a file for each."""
    site = tmp_path_factory.mktemp("large")
    large = replace(report, inline_paragraphs=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collection, "SHARD", 1)
        (site / "index.html").write_text(html.render(large), encoding="utf-8")
        assert collection.write(site, large) == len(report.documents)
    return site


def opened(browser, site: Path, complaints: list[str], **options):
    """Open a report; what it asks for beside its own data, or says on the console, goes into `complaints`."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    page = context.new_page()
    own = ("data:", (site / "data").as_uri())
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.resource_type == "document" or request.url.startswith(own)
        else complaints.append(request.url),
    )  # fmt: skip
    page.goto((site / "index.html").as_uri())
    return page


@pytest.fixture
def page(browser, site):
    """The report; the test fails when the page asks for anything or says anything on the console."""
    complaints: list[str] = []
    page = opened(browser, site, complaints, color_scheme="light")
    yield page
    page.context.close()
    assert complaints == []


def visible_page(page) -> str:
    return page.evaluate("[...document.querySelectorAll('.page')].filter(p => p.offsetParent).map(p => p.id).join()")


def open_page(page, address: str) -> None:
    page.evaluate(
        """address => new Promise(done => {
            if (location.hash === `#${address}`) return done();
            addEventListener("hashchange", () => setTimeout(done), { once: true });
            location.hash = address;
        })""",
        address,
    )


def found(page) -> str:
    """Return what the search says it found, when it has looked through everything."""
    page.wait_for_function("indexed === 1 && !find('#traeffere').textContent.includes('%')")
    return page.locator("#traeffere").inner_text()


def all_pages(page) -> list[str]:
    return page.evaluate(
        "[...findAll('.page').map(p => p.id), ...Object.keys(collection().where).map(d => `dokument-${d}`)]"
    )


def test_one_page_at_a_time_by_address_and_menu(page):
    assert visible_page(page) == "overblik"
    page.get_by_role("navigation").get_by_role("link", name="Dokumenter").click()
    page.wait_for_function("document.activeElement.id === 'dokumenter-h'")
    assert visible_page(page) == "dokumenter"
    assert page.title() == "Dokumenter – Temaspejl"
    assert page.locator("nav [aria-current=page]").inner_text() == "Dokumenter"
    page.go_back()
    page.wait_for_function("document.querySelector('#overblik').offsetParent")
    assert visible_page(page) == "overblik"


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_opens_and_nothing_runs_off_the_side(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for identity in all_pages(page):
        open_page(page, identity)
        assert visible_page(page) == identity
        assert page.evaluate("document.documentElement.scrollWidth") <= width, identity


def test_a_figure_opens_exactly_the_paragraphs_it_was_counted_from(page, report):
    """The addresses that the report writes, against the rows of the tables that it shows."""
    expected = {}
    slugs = {place.name: place.slug for place in report.municipalities}
    for (theme, place, period), row in report.periods.items():
        expected[f"tema={theme}&kommune={slugs[place]}&aar={period}&talt=1"] = row["theme_paragraphs"]
    for (theme, place), row in report.cells.items():
        expected[f"tema={theme}&kommune={slugs[place]}&talt=1"] = row["theme_paragraphs"]
        for tone in ("positive", "neutral", "negative", "mixed"):
            expected[f"tema={theme}&kommune={slugs[place]}&tone={tone}&talt=1"] = row[tone]
    names = {"role": "rolle", "act": "handling", "holder": "hvem"}
    for (theme, place, dimension), rows in report.tone_groups.items():
        for row in rows:
            query = {"tema": theme, "kommune": slugs[place], names[dimension]: row["value"] or "-", "talt": 1}
            expected[urlencode(query)] = sum(row[tone] for tone in ("positive", "neutral", "negative", "mixed"))
    for theme, rows in report.cooccurrences.items():
        for row in rows:
            place = slugs.get(row["municipality"], "")
            expected[f"tema={theme}&og={row['other']}&kommune={place}&talt=1"] = row["paragraphs"]
    for passage, paragraphs in report.shared.items():
        expected[f"faelles={passage}"] = len(paragraphs)
    for (theme, place), pairs in report.measures.items():
        within = {paragraph.id for pair in pairs for paragraph in (pair.challenge, pair.measure)}
        expected[f"tema={theme}&kommune={slugs[place]}&par=1"] = len(within)
        expected[f"tema={theme}&tiltag={pairs[0].name}&par=measure"] = len({pair.measure.id for pair in pairs})
    row = next(row for row in report.computed if row["theme_id"] == "sick_leave")
    kinds, years = ",".join(row["kinds"]), ",".join(row["years"])
    both = [report.cells["sick_leave", name]["theme_paragraphs"] for name in (row["municipality"], row["other"])]
    places = f"{slugs[row['municipality']]},{slugs[row['other']]}"
    expected[f"tema=sick_leave&kommune={places}&type={kinds}&aar={years}&talt=1"] = sum(both)
    counts = page.evaluate(
        "async queries => { await indexAll(); return queries.map(q => hitsOf(new URLSearchParams(q), []).length); }",
        list(expected),
    )
    assert dict(zip(expected, counts, strict=True)) == expected
    assert len(expected) > 400


def test_every_link_to_evidence_finds_some(page):
    # A difference leads to both sides of it, and one of them may be silent.
    addresses = page.evaluate(
        "[...new Set(findAll('a[href^=\"#soeg?\"]').map(link => link.hash))].filter(hash => !hash.includes('&type='))"
    )
    assert len(addresses) > 50
    empty = page.evaluate(
        """async addresses => {
            await indexAll();
            return addresses.filter(address => {
                const filters = new URLSearchParams(address.split("?")[1]);
                show(filters, 1);
                return !find("#traef > li");
            });
        }""",
        addresses,
    )
    assert empty == []


def test_the_heat_map_leads_to_its_paragraphs(page):
    for link in page.locator(".heat td a").all()[:4]:
        figure = re.search(r"(\d+)\s+afs", link.text_content())
        open_page(page, link.get_attribute("href")[1:])
        assert found(page).startswith(f"{figure[1]} afsnit i ")
        assert page.locator("#traef > li").count() == min(int(figure[1]), 25)


def test_the_account_opens_its_lists(page):
    for link in page.locator(".accounts a[href^='#soeg']").all():
        open_page(page, link.get_attribute("href")[1:])
        assert found(page).split()[0] == link.text_content()
    for link in page.locator(".accounts a[href*='status=']").all():
        open_page(page, link.get_attribute("href")[1:])
        assert page.locator("#dokumentfilter .count").inner_text().split()[0] == link.text_content()


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("sygefravær", 18),  # the words say "Sygefraværet"
        ("fravær", 18),  # part of a compound
        ("-fravær", 18),  # its last part
        ("sygefravaer", 18),  # without the letter
        ("lærer", 13),  # the words say "Lærerne"
        ('"faglige team"', 13),
        ('"team faglige"', 0),
        ('"fravær"', 0),  # a quoted word is that word
        ("sygefraværet bekymrer", 18),
        ("ansøgere", 6),
        ("findesikke", 0),
    ],
)
def test_search_finds_inflections_compounds_and_phrases(page, query, hits):
    open_page(page, "soeg")
    page.get_by_role("searchbox").fill(query)
    text = found(page)
    assert text.startswith(f"{hits} afsnit" if hits else "Ingen afsnit")
    assert page.locator("#traef > li:has(mark)").count() == hits


def test_a_word_itself_comes_before_what_is_made_of_it(page):
    order = page.evaluate(
        """() => {
            const ids = ["ledelsen blev drøftet", "et led i planen", "ledige stillinger", "flere led"];
            for (const text of ids) addEntry({ text });
            return [...lookUp(parse("led"))].filter(([entry]) => entry < ids.length)
              .sort((one, other) => other[1] - one[1]).map(([entry]) => ids[entry]);
        }"""
    )
    assert set(order[:2]) == {"et led i planen", "flere led"}


def test_filters_narrow_and_stay_in_the_address(page):
    open_page(page, "soeg")
    page.locator("#soegeform [name=tema]").select_option("budget")
    page.locator("#soegeform [name=kommune]").select_option("koebenhavn")
    page.locator("#soegeform [name=talt]").check()
    assert found(page).startswith("12 afsnit i 6 dokumenter")
    assert page.evaluate("location.hash") == "#soeg?tema=budget&kommune=koebenhavn&talt=1"
    page.get_by_role("button", name="Ryd").click()
    page.wait_for_function("location.hash === '#soeg'")
    assert page.locator("#traef > li").count() == 0


def test_several_kinds_at_once_are_named_in_their_field(page):
    open_page(page, "soeg?type=politik,referat&dok=0000000000000000,000000000000000c")
    found(page)
    chosen = page.evaluate("['type', 'dok'].map(name => form.elements[name].selectedOptions[0].text)")
    assert chosen == ["politik, referat", f"Referat 0 af møde i LokalMED, {HOSTILE[0]}"]
    open_page(page, "soeg?type=politik")
    assert page.locator("#soegeform [data-several]").count() == 0


def test_what_no_field_offers_is_named_and_can_be_dropped(page):
    open_page(page, "soeg?tema=sick_leave&par=1&talt=1")
    assert found(page).startswith("12 afsnit i 6 dokumenter")
    page.get_by_role("button", name="Fjern valget »i par af udfordring og tiltag«").click()
    page.wait_for_function("!location.hash.includes('par')")
    assert found(page).startswith("18 afsnit")


def test_hits_are_paged_and_sorted_by_date(page):
    open_page(page, "soeg?talt=1&orden=nyeste")
    total = int(found(page).split()[0])
    dates = page.locator("#traef cite").all_inner_texts()
    assert len(dates) == 25
    assert dates[0].rpartition(", ")[0] != dates[-1].rpartition(", ")[0]
    first = page.locator("#traef blockquote").all_inner_texts()
    page.get_by_role("link", name="Næste").click()
    page.wait_for_function("location.hash.includes('side=2')")
    assert page.locator("#traef").get_attribute("start") == "26"
    assert page.locator("#traef > li").count() == min(25, total - 25)
    assert page.locator("#traef blockquote").all_inner_texts() != first
    page.go_back()
    page.wait_for_function("!location.hash.includes('side=2')")
    assert page.locator("#traef blockquote").all_inner_texts() == first


def test_a_document_shows_what_was_repaired_beside_the_raw_text(page):
    open_page(page, REPAIRED)
    altered = page.locator(".p.altered")
    assert altered.count() == 1
    assert "ansøgere" in altered.locator(".t").inner_text()
    assert "ansggere" in altered.locator(".o").inner_text()
    assert altered.locator("ins").all_inner_texts() == ["ø"]
    assert altered.locator("del").all_inner_texts() == ["g"]
    assert "fejllæste bogstaver" in altered.locator("ins").get_attribute("title")
    text, raw = (altered.locator(part).bounding_box() for part in (".t", ".o"))
    assert raw["x"] > text["x"] + text["width"]
    page.set_viewport_size({"width": 390, "height": 900})
    text, raw = (altered.locator(part).bounding_box() for part in (".t", ".o"))
    assert raw["y"] >= text["y"] + text["height"]
    page.get_by_label("Vis råteksten ved siden af").uncheck()
    assert not altered.locator(".o").is_visible()
    page.get_by_label("Vis kun afsnit med rettelser").check()
    assert page.locator(".reading .p:visible").count() == 1
    assert page.get_by_text("1 af 8 afsnit vises").is_visible()


def test_suggestions_that_were_not_made_are_listed_and_lead_to_their_place(page):
    open_page(page, REPAIRED)
    page.get_by_text("1 forslag, der ikke er rettet").click()
    row = page.locator(".suggestions tbody tr").inner_text().split("\t")
    assert [cell.strip() for cell in row] == [
        "team", "tema", "ordet findes, men passer ikke i sætningen", "31\u00a0%", "vis i teksten"
    ]  # fmt: skip
    page.get_by_role("link", name="vis i teksten").click()
    page.wait_for_selector(".p.found")
    assert "team" in page.locator(".p.found .t").inner_text()


def test_a_document_says_what_its_facts_rest_on(page):
    open_page(page, REPAIRED)
    facts = page.locator(".document .facts").inner_text()
    for words in ("Aarhus Kommune", "sikkerhed 90", "ud fra: 6. april 2021", "LokalMED", "81.38.00-P35-3-24",
                  "dok_00.txt, mappe/kopi af dok_00.txt", "2,0\u00a0% af ordene vurderes skadet"):  # fmt: skip
        assert words in facts
    open_page(page, "dokument-000000000000000b")
    assert page.get_by_text("1 afsnit fra et lukket punkt er udeladt").is_visible()
    assert CLOSED not in page.content()


def test_hostile_text_is_text_everywhere(page):
    open_page(page, DOCUMENT_WITH_HOSTILE_TEXT)
    assert page.locator("h2:visible").inner_text() == HOSTILE[0]
    shown = page.locator(".reading").inner_text()
    for hostile in (HOSTILE[0], HOSTILE[1], HOSTILE[3], "{{ 7 * 7 }}", "null\ufffdbyte"):
        assert hostile in shown
    # Text from right to left turns nothing around it: every paragraph and title is isolated.
    isolated = "[...findAll('.reading .t'), ...findAll('.document h2 bdi')].every(e => getComputedStyle(e).unicodeBidi"
    assert page.evaluate(f"{isolated}.startsWith('isolate'))")
    open_page(page, "soeg")
    page.get_by_role("searchbox").fill("script alert")
    found(page)
    assert "<script>alert('x')</script>" in page.locator("#traef blockquote").first.inner_text()
    assert page.locator("#traef script, .document script").count() == 0
    page.get_by_role("searchbox").fill("w" * 10_000)
    assert found(page).startswith("1 afsnit")


def test_a_quote_is_copied_with_its_source(page):
    open_page(page, "soeg?q=sygefraværet&kommune=aarhus")
    found(page)
    page.locator("#traef .copy").first.click()
    page.locator("#besked.shown").filter(has_text="Kopieret med kilde").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ")
    assert re.fullmatch(r"»Sygefraværet er steget .*« \(Aarhus, .*LokalMED, \d+\. \w+ 20\d\d.*\)", copied)


@pytest.mark.parametrize("language", [DANISH, ENGLISH])
def test_the_page_and_the_other_formats_name_a_source_alike(page, report, language: Language):
    if language is ENGLISH:
        page.locator("#skift-sprog").click()
    lines = page.evaluate(
        "async () => { await indexAll(); return entries.map(e => [e.paragraph.id, sourceOf(e.paragraph)]); }"
    )
    paragraphs = {p.id: (document, p) for document in report.documents for p in document.paragraphs}
    assert len(lines) == len(paragraphs)
    for identity, line in lines:
        assert line == labels.source(language, *paragraphs[identity]).replace("\u0001", "\ufffd"), identity


def test_a_quote_leads_to_its_place_in_the_document(page):
    open_page(page, "tema-sick_leave")
    page.locator("#tema-sick_leave a[href^='#afsnit-']").first.click()
    page.wait_for_selector(".p.found")
    assert visible_page(page).startswith("dokument-")
    assert page.evaluate("document.activeElement.classList.contains('found')")
    box = page.locator(".p.found .t").bounding_box()
    assert 0 < box["y"] < page.viewport_size["height"]


def test_the_language_switch_turns_documents_and_search_too(page):
    open_page(page, REPAIRED)
    page.locator("#skift-sprog").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_text("Facts and what they rest on").is_visible()
    assert page.get_by_label("Show only paragraphs with repairs").is_visible()
    assert page.locator(".document .facts").inner_text().count("6\u00a0April\u00a02021") == 1
    open_page(page, "soeg?q=fravær")
    page.wait_for_function("find('#traeffere').textContent.startsWith('18\u00a0paragraphs') || "
                           "find('#traeffere').textContent.startsWith('18 paragraphs')")  # fmt: skip
    assert page.get_by_role("link", name="Show in the document").first.is_visible()
    page.locator("#skift-sprog").click()
    assert found(page).startswith("18 afsnit")


def test_the_theme_switch_is_remembered(page):
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("button", name="Skift til mørk visning").click()
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == dark
    page.get_by_role("button", name="Skift til lys visning").click()
    assert page.evaluate(background) == light


def test_the_keyboard_reaches_the_content_first(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Spring til indholdet"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'overblik-h'")


def test_the_stemmer_is_snowballs(page):
    snowballstemmer = pytest.importorskip("snowballstemmer")
    codebook = (root() / "configs" / "themes.yaml").read_text(encoding="utf-8")
    words = sorted(set(re.findall(r"[a-zæøå]+", codebook.lower())))
    assert len(words) > 500
    stemmer = snowballstemmer.stemmer("danish")
    assert page.evaluate("words => words.map(word => stem(word))", words) == stemmer.stemWords(words)


def test_without_script_everything_but_the_documents_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("#overblik-h").is_visible()
    assert page.locator("#metode-h").is_visible()
    assert not page.locator("#soegeform").is_visible()
    context.close()


def test_a_large_collection_reads_its_files_when_they_are_needed(browser, sharded):
    complaints: list[str] = []
    page = opened(browser, sharded, complaints)
    assert page.evaluate("shards.size") == 0
    open_page(page, REPAIRED)
    page.wait_for_selector(".p.altered")
    assert page.evaluate("shards.size") == 1
    paragraph = page.evaluate("find('.p.altered').id")
    open_page(page, "soeg?q=fravær")
    assert found(page).startswith("18 afsnit")
    open_page(page, paragraph)
    page.wait_for_selector(".p.found")
    assert page.evaluate("document.activeElement.id") == paragraph
    page.context.close()
    assert complaints == []


def test_a_missing_file_is_named(browser, sharded, tmp_path):
    shutil.copy(sharded / "index.html", tmp_path / "index.html")
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    open_page(page, REPAIRED)
    page.get_by_role("heading", name="data/documents-").wait_for()
    open_page(page, "soeg?q=fravær")
    page.get_by_text("Mappen »data« skal ligge ved siden af index.html").and_(page.locator("#traeffere")).wait_for()
    page.close()


def test_files_of_an_earlier_run_are_removed(sharded, report, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(sharded / "data", data)
    (data / "mine.txt").write_text("kept")
    assert collection.write(tmp_path, replace(report, inline_paragraphs=0)) == 1
    assert sorted(path.name for path in data.iterdir()) == ["documents-01.js", "mine.txt"]
    (data / "mine.txt").unlink()
    assert collection.write(tmp_path, report) == 0
    assert not data.exists()


@pytest.mark.parametrize("language", ["da", "en"])
def test_axe_finds_nothing_in_light_or_dark(browser, site, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    page.goto(f"{(site / 'index.html').as_uri()}?lang={language}")
    page.evaluate(axe.axe_script)
    pages = page.evaluate("findAll('.page').map(p => p.id)")
    alike = [identity for kind in ("tema-", "kommune-") for identity in pages if identity.startswith(kind)][2:]
    addresses = [
        *(identity for identity in pages if identity not in alike), "kommune-aarhus", REPAIRED,
        DOCUMENT_WITH_HOSTILE_TEXT, "soeg?tema=budget&par=1", "soeg?q=fravær", "dokumenter?status=talt",
    ]  # fmt: skip
    for address in addresses:
        open_page(page, address)
        page.evaluate("findAll('details').forEach(details => { details.open = true; })")
        # The schemes differ in colours alone.
        for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            page.emulate_media(color_scheme=scheme)
            violations = page.evaluate(
                "async options => (await axe.run(document, options)).violations.map(v => [v.id, v.nodes[0].html])",
                {"resultTypes": ["violations"]} | rules,
            )
            assert violations == [], (address, scheme)
    page.close()
