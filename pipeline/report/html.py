"""The report as one self-contained HTML file: templates, style and script are files beside this module."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import tables
from pipeline.report import accounts, charts, comparability, exports, findings, labels, quotes, texts
from pipeline.report.model import Report

TEMPLATES = Path(__file__).parent / "templates"
STYLES = ("base.css", "parts.css", "pages.css", "print.css")
SCRIPTS = ("stemmer.js", "router.js", "search.js", "controls.js")


def render(report: Report) -> str:
    """Return the report as HTML. Everything that comes from documents is escaped; nothing is fetched when it opens."""
    environment = _environment(report)
    return environment.get_template("index.html.jinja").render(
        report=report,
        accounts=accounts.lines(report),
        profiles=comparability.profiles(report),
        warnings=comparability.warnings(report),
        verdict=comparability.verdict(report),
        obstacles=comparability.obstacles(report),
        reasons=comparability.reasons(report),
        findings=findings.findings(report),
        certain=findings.certain(report),
        tops=_tops(report),
        tables=[tables.table(name) for name in tables.names()],
        citation=exports.citation(report),
        style=Markup("\n".join(_read(name) for name in STYLES)),
        script=Markup("\n".join(_read(name) for name in SCRIPTS)),
    )


def _tops(report: Report) -> dict[str, float]:
    """Return the share that is darkest in each municipality's column: the same for all, where they can be compared."""
    tops = {
        place.name: max(row["share"] or 0 for (_, name), row in report.cells.items() if name == place.name)
        for place in report.compared
    }
    return dict.fromkeys(tops, max(tops.values(), default=0)) if report.computed else tops


def _environment(report: Report) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters |= {
        "number": texts.number,
        "signed": texts.signed,
        "percent": texts.percent,
        "points": texts.points,
        "probability": texts.probability,
        "date": texts.date,
        "joined": texts.joined,
        "capital": texts.capital,
        "shortened": texts.shortened,
    }
    environment.globals |= {
        "charts": charts,
        "comparability": comparability,
        "labels": labels,
        "quotes": quotes,
        "texts": texts,
        "STATUS": accounts.STATUS,
        "TONES": tuple(texts.TONES),
        "places": {place.name: place for place in report.municipalities},
        "names": report.names,
        "by_id": {document.id: document for document in report.documents},
        "evidence": evidence,
        "address": address,
    }
    return environment


def _printable(value: object) -> object:
    return texts.visible(value) if type(value) is str else value


def address(page: str, **filters: str) -> str:
    """Return the address of a page with its filters: `#dokumenter?status=quarantined`."""
    return f"#{page}?{urlencode(filters)}" if filters else f"#{page}"


def evidence(**filters: str) -> str:
    """Return the address of the list of counted paragraphs that a figure was counted from."""
    return address("soeg", **filters, talt="1")


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").rstrip()
