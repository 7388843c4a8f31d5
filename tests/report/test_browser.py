"""The report in a real Chromium, opened from file:// as a reader would."""

from __future__ import annotations

import re
import shutil

import pytest

from pipeline.resources import root

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed: `make browser`")

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, site):
    """The report; the test fails when the page asks for anything or says anything on the console."""
    complaints: list[str] = []
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], color_scheme="light")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if request.resource_type != "document" else None)
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()
    assert [text for text in complaints if not text.startswith("data:")] == []


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


def test_every_page_opens(page):
    for identity in page.evaluate("[...document.querySelectorAll('.page')].map(p => p.id)"):
        open_page(page, identity)
        assert visible_page(page) == identity


def test_a_figure_opens_exactly_the_paragraphs_it_was_counted_from(page):
    links = page.locator(".heat td a")
    for n in range(links.count()):
        link = links.nth(n)
        figure = re.search(r"(\d+) afs\. · (\d+) dok", link.text_content())
        open_page(page, link.get_attribute("href")[1:])
        opened = page.locator("#traeffere").inner_text()
        assert re.match(rf"{figure[1]} afsnit i {figure[2]} dokument", opened)
        assert page.locator("#traef > li").count() == int(figure[1])


def test_the_account_opens_its_lists(page):
    for link in page.locator(".accounts a[href^='#soeg']").all():
        open_page(page, link.get_attribute("href")[1:])
        count = page.locator("#traeffere").inner_text().split()[0]
        assert count == link.text_content()
    for link in page.locator(".accounts a[href*='status=']").all():
        open_page(page, link.get_attribute("href")[1:])
        assert page.locator("#dokumentfilter .count").inner_text().split()[0] == link.text_content()


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("sygefravær", 18),  # the words say "Sygefraværet"
        ("fravær", 18),  # part of a compound
        ("sygefravaer", 18),  # without the letter
        ("lærer", 13),  # the words say "Lærerne"
        ('"faglige team"', 13),
        ('"team faglige"', 0),
        ("sygefraværet bekymrer", 18),
        ("ansøgere", 6),
        ("findesikke", 0),
    ],
)
def test_search_finds_inflections_compounds_and_phrases(page, query, hits):
    open_page(page, "soeg")
    page.get_by_role("searchbox").fill(query)
    text = page.locator("#traeffere").inner_text()
    assert text.startswith(f"{hits} afsnit" if hits else "Ingen afsnit")
    if hits:
        assert page.locator("#traef mark").count() >= hits


def test_filters_narrow_and_stay_in_the_address(page):
    open_page(page, "soeg")
    page.locator("#soegeform [name=tema]").select_option("budget")
    page.locator("#soegeform [name=kommune]").select_option("koebenhavn")
    assert page.locator("#traeffere").inner_text().startswith("12 afsnit i 6 dokumenter")
    assert page.evaluate("location.hash") == "#soeg?tema=budget&kommune=koebenhavn"
    page.get_by_role("button", name="Ryd").click()
    page.wait_for_function("location.hash === '#soeg'")


def test_hostile_text_is_found_as_text(page):
    open_page(page, "soeg")
    page.get_by_role("searchbox").fill("script alert")
    assert "<script>alert('x')</script>" in page.locator("#traef blockquote").first.inner_text()
    assert page.locator("#traef script").count() == 0


def test_a_quote_is_copied_with_its_source(page):
    open_page(page, "tema-sick_leave")
    page.locator("#tema-sick_leave .copy").nth(1).click()
    page.locator("#besked.shown").filter(has_text="Kopieret med kilde").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(
        r"»Sygefraværet er steget .*« \(København, Referat 1 af møde i LokalMED, 6. juni 2021.*\)", copied
    )


def test_a_quote_leads_to_its_place_in_the_document(page):
    open_page(page, "tema-sick_leave")
    page.locator("#tema-sick_leave .quote a").first.click()
    page.wait_for_selector(".p.found")
    assert visible_page(page).startswith("dokument-")
    assert page.locator(".p.found .t").bounding_box()["y"] > 0


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
    assert page.evaluate("words => words.map(stem)", words) == stemmer.stemWords(words)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_off_the_side(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for identity in page.evaluate("[...document.querySelectorAll('.page')].map(p => p.id)"):
        open_page(page, identity)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, identity


def test_without_script_everything_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("#overblik-h").is_visible()
    assert page.locator("#metode-h").is_visible()
    assert not page.locator("#soegeform").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, site, scheme):
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto((site / "index.html").as_uri())
    kinds = ["overblik", "temaer", "tema-sick_leave", "kommuner", "kommune-aarhus", "dokumenter",
             "dokument-0000000000000000", "dokument-000000000000000c", "soeg?tema=budget", "metode"]  # fmt: skip
    for address in kinds:
        open_page(page, address)
        found = axe_playwright.Axe().run(page)
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == [], address
    page.context.close()
