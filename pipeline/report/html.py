"""The report as one self-contained HTML file: templates, style and script are files beside this module."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import tables
from pipeline.report import (
    accounts,
    bilingual,
    charts,
    collection,
    comparability,
    differences,
    exports,
    figures,
    findings,
    labels,
    overview,
    quotes,
    sections,
    since,
    texts,
    words,
)
from pipeline.report.language import DANISH, ENGLISH, Language
from pipeline.report.model import Report

TEMPLATES = Path(__file__).parent / "templates"
STYLES = ("base.css", "parts.css", "pages.css", "themes.css", "documents.css", "print.css")
SCRIPTS = (
    "stemmer.js", "router.js", "language.js", "collection.js", "lookup.js", "documents.js", "search.js", "sorting.js",
    "controls.js",
)  # fmt: skip


def render(report: Report) -> str:
    """Return the report as HTML, in Danish with what it says in English beside it.

    Everything that comes from documents is escaped; nothing is fetched when it opens.
    """
    return collection.page(bilingual.merge(rendered(report, DANISH), rendered(report, ENGLISH)), report)


def rendered(report: Report, language: Language) -> str:
    """Return the report as HTML in one language."""
    report = replace(report, language=language)
    return (
        environment(report)
        .get_template("index.html.jinja")
        .render(
            report=report,
            accounts=accounts.lines(report),
            profiles=comparability.profiles(report),
            warnings=comparability.warnings(report),
            verdict=comparability.verdict(report),
            obstacles=comparability.obstacles(report),
            reasons=comparability.reasons(report),
            findings=findings.findings(report),
            model_error=findings.model_error(report),
            changes=since.since(report),
            certain=differences.certain(report),
            tops=_tops(report),
            tables=[tables.table(name) for name in tables.names()],
            citation=exports.citation(report),
            style=Markup("\n".join(_read(name) for name in STYLES)),
            first=Markup(_read("first.js")),
            script=Markup("\n".join(_read(name) for name in SCRIPTS)),
            words=words.as_json(),
        )
    )


def _tops(report: Report) -> dict[str, float]:
    """Return the share that is darkest in each municipality's column: the same for all, where they can be compared."""
    tops = {
        place.name: max(row["share"] or 0 for (_, name), row in report.cells.items() if name == place.name)
        for place in report.compared
    }
    return dict.fromkeys(tops, max(tops.values(), default=0)) if report.computed else tops


def environment(report: Report) -> Environment:
    """Return the environment in which the templates of a report are rendered.

    `_` is the report's language: `{{ _("Temaer") }}`, `{{ _.plural(n, "%(n)s tema", "%(n)s temaer") }}`, and for a
    sentence with markup in it `{% trans place=name %}Læs <b>{{ place }}</b>{% endtrans %}`.
    """
    language = report.language
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "number": language.number,
        "signed": language.signed,
        "percent": language.percent,
        "points": language.points,
        "probability": language.probability,
        "date": language.date,
        "joined": language.joined,
        "years": language.years,
        "capital": texts.capital,
        "shortened": texts.shortened,
    }
    made.globals |= {
        "_": language,
        "charts": charts,
        "figures": figures,
        "sections": sections,
        "comparability": comparability,
        "differences": differences,
        "overview": overview,
        "since": since,
        "labels": labels,
        "quotes": quotes,
        "texts": texts,
        "STATUS": accounts.status(language),
        "UNCOUNTED": labels.uncounted(language),
        "TONES": labels.tones(language),
        "TONE_SIGNS": labels.TONE_SIGNS,
        "places": {place.name: place for place in report.municipalities},
        "names": report.names,
        "by_id": {document.id: document for document in report.documents},
        "evidence": evidence,
        "address": address,
    }
    return made


def _printable(value: object) -> object:
    """Make what a reader cannot see visible; in a sentence of `trans` it stands inside markup."""
    if type(value) is Markup:
        return Markup(texts.visible(str(value)))
    return texts.visible(value) if type(value) is str else value


def address(page: str, **filters: str) -> str:
    """Return the address of a page with its filters: `#dokumenter?status=quarantined`."""
    return f"#{page}?{urlencode(filters)}" if filters else f"#{page}"


def evidence(**filters: str) -> str:
    """Return the address of the list of counted paragraphs that a figure was counted from."""
    return address("soeg", **filters, talt="1")


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").rstrip()
