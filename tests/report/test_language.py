"""The report's two languages: every Danish text has an English one, and the page turns into exactly that."""

from __future__ import annotations

import ast
import datetime
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from pipeline.report import bilingual, build, collection, html
from pipeline.report.language import DANISH, ENGLISH, LOCALES, Language

PACKAGE = Path(html.__file__).parent
# Where the texts stand among a call's arguments.
FORMS = {"_": slice(0, 1), "gettext": slice(0, 1), "ngettext": slice(0, 2), "plural": slice(1, 3)}
HOLE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def environment() -> Environment:
    """What reads the templates' syntax; filters and names do not matter to it."""
    made = Environment(extensions=["jinja2.ext.i18n"])
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    return made


def in_python() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where a text stands and its forms; calls inside f-strings too, which babel's extractor passes over."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                name = "_" if name in ("self", "language") else name  # a language of itself, or by its name
                if name in FORMS:
                    yield f"{path.name}:{call.lineno}", constants(call.args[FORMS[name]])


def in_templates(environment: Environment) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(PACKAGE.rglob("*.jinja")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            name = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
            if name in FORMS:
                yield f"{path.name}:{call.lineno}", constants(call.args[FORMS[name]])


def constants(arguments: list) -> tuple[str, ...]:
    """Return the texts of a call; none where it hands on a text of another place."""
    values = [getattr(argument, "value", None) for argument in arguments]
    return tuple(value for value in values if isinstance(value, str))


@pytest.fixture(scope="module")
def messages(environment) -> dict[str, tuple[str, ...]]:
    return {forms[0]: (place, *forms) for place, forms in (*in_python(), *in_templates(environment)) if forms}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, tuple[str, ...]]:
    with (LOCALES / "en.po").open("rb") as file:
        found = {}
        for message in read_po(file, locale="en"):
            if message.id:
                danish = message.id if isinstance(message.id, tuple | list) else (message.id,)
                english = message.string if isinstance(message.string, tuple | list) else (message.string,)
                found[danish[0]] = (tuple(danish), tuple(english))
        return found


def test_every_danish_text_has_an_english_one(messages, catalogue):
    missing = [
        f"{place}: {text}" for text, (place, *_) in messages.items() if not all(catalogue.get(text, ((), ("",)))[1])
    ]
    assert missing == []


def test_no_english_text_is_left_over(messages, catalogue):
    assert sorted(catalogue.keys() - messages.keys()) == []


def test_no_text_is_translated_twice():
    source = (LOCALES / "en.po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)', source, flags=re.MULTILINE)
    assert [text for text, times in Counter(entries).items() if times > 1] == []


def test_a_text_and_its_translation_have_the_same_holes(catalogue):
    for danish, english in catalogue.values():
        assert set(HOLE.findall("".join(danish))) == set(HOLE.findall("".join(english))), danish
        assert len(english) == len(danish), danish
        for text in (*danish, *english):
            assert text % dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "x") is not None


def test_no_template_calls_something_else_an_underscore(environment):
    for path in sorted(PACKAGE.rglob("*.jinja")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        stored = [node.lineno for node in tree.find_all(nodes.Name) if node.name == "_" and node.ctx != "load"]
        assert stored == [], path.name


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (DANISH, ["12.345,6", "−0,42", "12,5\u00a0%", "8,0–17,0\u00a0%", "under 0,001", "6.\u00a0april\u00a02021",
                  "a, b og c", "1\u00a0dokument", "1.200\u00a0dokumenter", "2021–2023", "8,1\u00a0procentpoint"]),
        (ENGLISH, ["12,345.6", "−0.42", "12.5%", "8.0–17.0%", "below 0.001", "6\u00a0April\u00a02021",
                   "a, b and c", "1\u00a0document", "1,200\u00a0documents", "2021–2023", "8.1\u00a0percentage points"]),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_written_as_in_the_language(language: Language, written: list[str]):
    assert [
        language.number(12345.6, 1),
        language.signed(-0.42),
        language.percent(0.125),
        language.percent_range(0.08, 0.17),
        language.probability(0.0001),
        language.date(datetime.date(2021, 4, 6)),
        language.joined(["a", "b", "c"]),
        language.documents(1),
        language.documents(1200),
        language.years([2023, 2021]),
        language.points(0.081),
    ] == written


# A page as the templates could write it: nested elements with texts and attributes that differ by language.
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
)
PAIRS = st.one_of(TEXTS.map(lambda text: (text, text)), st.tuples(TEXTS, TEXTS))


@st.composite
def pages(draw, depth: int = 3) -> tuple[str, str]:
    danish = english = ""
    for _ in range(draw(st.integers(0, 3))):
        before, title = draw(PAIRS), draw(PAIRS)
        name = draw(st.sampled_from(["p", "b", "td", "br", "svg"]))
        inner = draw(pages(depth=depth - 1)) if depth and name != "br" else ("", "")
        end = "" if name == "br" else f"</{name}>"
        danish += f'{before[0]}<{name} title="{title[0]}">{inner[0]}{end}'
        english += f'{before[1]}<{name} title="{title[1]}">{inner[1]}{end}'
    after = draw(PAIRS)
    return danish + after[0], english + after[1]


@given(pages())
def test_the_catalogue_makes_exactly_the_english_page(pair):
    danish, english = (f"<div>{page}</div>{bilingual.EMPTY}" for page in pair)
    merged = bilingual.merge(danish, english)
    assert applied(merged) == normal(english)
    assert re.sub(r' data-l="\d+"', "", re.sub(r'(?<=id="oversat">).*(?=</script>)', "", merged)) == danish


def test_the_whole_page_turns_into_the_english_one(run):
    report = build.report(run, run)
    danish, english = (html.rendered(report, language) for language in (DANISH, ENGLISH))
    assert danish != english
    assert applied(bilingual.merge(danish, english)) == normal(english)


@pytest.mark.parametrize(
    ("danish", "english", "complaint"),
    [
        ("<p>a</p>", "<b>a</b>", "built differently"),
        ("<p>a</p><p>b</p>", "<p>a</p>", "built differently"),
        ("<p><b>a</p>", "<p><b>a</p>", "is not closed"),
        ("<script>a</script>", "<script>b</script>", "built differently"),
    ],
)
def test_pages_that_are_not_alike_are_refused(danish, english, complaint):
    with pytest.raises(ValueError, match=complaint):
        bilingual.merge(danish + bilingual.EMPTY, english + bilingual.EMPTY)


# What a page says, but for what scripts count when they are asked; with scripts nothing inside noscript is an element.
WRITTEN = r"""() => [document.title, document.documentElement.lang, document.body.innerHTML
    .replace(/ data-l="\d+"/g, "").replace(/(id="oversat">)[^]*?(<.script>)/, "$1$2")
    .replace(/<noscript>[^]*?<.noscript>/, "").replace(/(role="status"[^>]*>)[^<]*/g, "$1")]"""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed: `make browser`")
def test_the_switch_makes_the_english_page_and_the_danish_one_again(run, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api")
    report = build.report(run, run)
    english = html.rendered(report, ENGLISH)
    for name, page in (("both", html.render(report)), ("english", bilingual.merge(english, english))):
        (tmp_path / f"{name}.html").write_text(collection.page(page, report), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "english.html").as_uri())
        wanted = page.evaluate(WRITTEN)
        page.goto((tmp_path / "both.html").as_uri())
        danish = page.evaluate(WRITTEN)
        page.get_by_role("button", name="English").press("Enter")
        assert page.evaluate(WRITTEN) == wanted
        page.reload()  # the choice is remembered
        assert page.evaluate(WRITTEN) == wanted
        page.get_by_role("button", name="Dansk").press("Enter")
        assert page.evaluate(WRITTEN) == danish
        page.goto(f"{(tmp_path / 'both.html').as_uri()}?lang=en#metode")
        assert page.evaluate("[document.title, location.hash]") == ["Method, limits and data – Temaspejl", "#metode"]
        foreign = "findAll('.page:not(#metode) .verbatim').filter(one => one.closest('[lang]').lang !== 'da')"
        assert page.evaluate(f"{foreign}.map(one => one.outerHTML.slice(0, 200))") == []
        browser.close()


# What the browser's script does, on the parsed page.


def normal(page: str) -> list:
    class Events(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.root: dict = {"tag": "", "attributes": {}, "children": [], "texts": [""]}
            self.stack = [self.root]

        def handle_starttag(self, tag, attrs):
            element = {"tag": tag, "attributes": dict(attrs), "children": [], "texts": [""]}
            self.stack[-1]["children"].append(element)
            self.stack[-1]["texts"].append("")
            if tag not in bilingual.VOID:
                self.stack.append(element)

        def handle_endtag(self, tag):
            self.stack.pop()

        def handle_startendtag(self, tag, attrs):
            self.handle_starttag(tag, attrs)
            if tag not in bilingual.VOID:
                self.stack.pop()

        def handle_data(self, data):
            self.stack[-1]["texts"][-1] += data

    events = Events()
    events.feed(page)
    events.close()
    return events.root


def applied(merged: str) -> dict:
    tree = normal(merged)
    found: list = []

    def walk(element):
        if element["attributes"].get("id") == "oversat":
            found.append(json.loads(element["texts"][0]))
            element["texts"][0] = ""
        for child in element["children"]:
            walk(child)

    def turn(element):
        number = element["attributes"].pop("data-l", None)
        if number is not None:
            texts, attributes = (*found[0][int(number)], {})[:2]
            for slot, text in texts.items():
                element["texts"][int(slot)] = text
            for name, value in attributes.items():
                element["attributes"][name] = value
        for child in element["children"]:
            turn(child)

    walk(tree)
    turn(tree)
    return tree
