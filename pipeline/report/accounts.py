"""Where everything went: files, documents and paragraphs, so that nothing vanishes and the counts add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.report import texts
from pipeline.report.model import Report

STATUS = {
    "": "talt med",
    "quarantined": "kunne ikke læses",
    "not_danish": "ikke på dansk",
    "no_municipality": "kommune ikke fundet",
    "near_duplicate": "næsten kopi",
    "nothing_counted": "ingen talte afsnit",
}


@dataclass(frozen=True)
class Line:
    """One line of the account; lines of level 1 add up to the line of level 0 above them."""

    label: str
    count: int
    level: int
    page: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def lines(report: Report) -> list[Line]:
    """Return the account: files = documents + copies; documents = counted + not; paragraphs = counted + not."""
    return [*_documents(report), *_paragraphs(report)]


def _documents(report: Report) -> list[Line]:
    files = sum(len(document.row["paths"]) for document in report.documents)
    reasons = Counter(document.uncounted for document in report.documents)
    account = [
        Line("Filer i mappen", files, 0, "dokumenter"),
        Line("forskellige dokumenter", len(report.documents), 1, "dokumenter"),
        Line("identiske kopier af dem", files - len(report.documents), 1, "dokumenter", {"status": "kopier"}),
        Line("Forskellige dokumenter", len(report.documents), 0, "dokumenter"),
        Line("læst og talt med", reasons[""], 1, "dokumenter", {"status": "talt"}),
    ]
    return account + [
        Line(f"tælles ikke: {STATUS[reason]}", reasons[reason], 1, "dokumenter", {"status": reason})
        for reason in STATUS
        if reason and reasons[reason]
    ]


def _paragraphs(report: Report) -> list[Line]:
    paragraphs = [paragraph for document in report.documents for paragraph in document.paragraphs]
    reasons = Counter(paragraph.uncounted for paragraph in paragraphs)
    account = [
        Line("Afsnit i dokumenterne", len(paragraphs), 0, "soeg", {"vis": "alle"}),
        Line("talt med", reasons[""], 1, "soeg", {"talt": "1", "vis": "alle"}),
    ]
    return account + [
        Line(f"tælles ikke: {label}", reasons[reason], 1, "soeg", {"grund": reason})
        for reason, label in texts.UNCOUNTED.items()
        if reasons[reason]
    ]
