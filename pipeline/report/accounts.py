"""Where everything went: files, documents and paragraphs, so that nothing vanishes and the counts add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.report import labels
from pipeline.report.language import Language
from pipeline.report.model import Report


@dataclass(frozen=True)
class Line:
    """One line of the account; lines of level 1 add up to the line of level 0 above them."""

    label: str
    count: int
    level: int
    page: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def status(_: Language) -> dict[str, str]:
    """Return the word for what became of a document, by its obstacle; the empty one for none."""
    return {
        "": _("talt med"),
        "quarantined": _("kunne ikke læses"),
        "not_danish": _("ikke på dansk"),
        "no_municipality": _("kommune ikke fundet"),
        "near_duplicate": _("næsten kopi"),
        "nothing_counted": _("ingen talte afsnit"),
    }


def lines(report: Report) -> list[Line]:
    """Return the account: files = documents + copies; documents = counted + not; paragraphs = counted + not."""
    return [*_documents(report), *_paragraphs(report)]


def _documents(report: Report) -> list[Line]:
    _ = report.language
    files = sum(len(document.row["paths"]) for document in report.documents)
    reasons = Counter(document.uncounted for document in report.documents)
    account = [
        Line(_("Filer i mappen"), files, 0, "dokumenter"),
        Line(_("forskellige dokumenter"), len(report.documents), 1, "dokumenter"),
        Line(_("identiske kopier af dem"), files - len(report.documents), 1, "dokumenter", {"status": "kopier"}),
        Line(_("Forskellige dokumenter"), len(report.documents), 0, "dokumenter"),
        Line(_("læst og talt med"), reasons[""], 1, "dokumenter", {"status": "talt"}),
    ]
    return account + [
        Line(_("tælles ikke: %(reason)s", reason=label), reasons[reason], 1, "dokumenter", {"status": reason})
        for reason, label in status(_).items()
        if reason and reasons[reason]
    ]


def _paragraphs(report: Report) -> list[Line]:
    _ = report.language
    paragraphs = [paragraph for document in report.documents for paragraph in document.paragraphs]
    reasons = Counter(paragraph.uncounted for paragraph in paragraphs)
    account = [
        Line(_("Afsnit i dokumenterne"), len(paragraphs), 0, "soeg", {"vis": "alle"}),
        Line(_("talt med"), reasons[""], 1, "soeg", {"talt": "1", "vis": "alle"}),
    ]
    return account + [
        Line(_("tælles ikke: %(reason)s", reason=label), reasons[reason], 1, "soeg", {"grund": reason})
        for reason, label in labels.uncounted(_).items()
        if reasons[reason]
    ]
