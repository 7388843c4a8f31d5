"""What the first page says of the collection as a whole: its title, and what was left out of it."""

from __future__ import annotations

from collections import Counter

from pipeline.report import accounts, labels
from pipeline.report.model import HIDDEN, Municipality, Report

NAMED = 6  # municipalities that the title may list


def title(report: Report) -> str:
    """Return `38 dokumenter fra Albertslund og Ballerup, 2021–2025`."""
    _ = report.language
    read = [document for document in report.documents if not document.uncounted]
    places = [place.name for place in report.compared]
    years = [document.year for document in read if document.year]
    named = _.joined(places) if len(places) <= NAMED else _.plural(len(places), "%(n)s kommune", "%(n)s kommuner")
    text = _.documents(len(read))
    if places:
        text = _("%(documents)s fra %(places)s", documents=text, places=named)
    return f"{text}, {_.years(years)}" if years else text


def silent(report: Report) -> list[Municipality]:
    """Return the municipalities that do not mention some theme that others do."""
    mentioned = [theme.id for theme in report.themes if theme.paragraphs]
    return [place for place in report.compared if not all(mentions(report, theme, place) for theme in mentioned)]


def mentions(report: Report, theme: str, place: Municipality) -> bool:
    """Whether a municipality mentions a theme; a group too small for figures does."""
    row = report.cells.get((theme, place.name))
    return row is not None and bool(row["theme_paragraphs"] or row["note"] == HIDDEN)


def left_out(report: Report) -> list[str]:
    """Return what was left out of the report, one sentence each: personal data and closed items."""
    return [_private(report), _closed(report)]


def uncounted(report: Report) -> str:
    """Return which documents are not counted: `Ikke talt med: 2 dokumenter (1 kunne ikke læses, 1 næsten kopi)`."""
    _ = report.language
    reasons = Counter(document.uncounted for document in report.documents if document.uncounted)
    words = accounts.status(_)
    counts = [f"{_.number(count)} {words[reason]}" for reason, count in sorted(reasons.items())]
    return _(
        "Ikke talt med: %(documents)s (%(reasons)s).",
        documents=_.documents(reasons.total()),
        reasons=", ".join(counts),
    )


def _private(report: Report) -> str:
    _ = report.language
    if report.edition != "shared":
        return _(
            "Udgave til autoriseret brug: navne og andre personoplysninger er ikke fjernet. Del den kun med dem, der "
            "må se dokumenterne."
        )
    words = labels.redactions(_)
    counts = [f"{_.number(report.redacted[kind])} {word}" for kind, word in words.items() if report.redacted.get(kind)]
    if not counts:
        return _("Personoplysninger: der er ikke fundet nogen at fjerne.")
    return _(
        "Personoplysninger: %(counts)s er erstattet med mærker som [navn]. Navne på dem, der har et hverv, står. Et "
        "program har fundet dem, og det kan have overset nogle.",
        counts=_.joined(counts),
    )


def _closed(report: Report) -> str:
    _ = report.language
    if not report.closed:
        return _("Lukkede punkter: der er ikke fundet nogen i dokumenterne.")
    if report.edition != "shared":
        return _.plural(
            report.closed,
            "Lukkede punkter: %(n)s afsnit. De vises her, men tælles ikke.",
            "Lukkede punkter: %(n)s afsnit. De vises her, men tælles ikke.",
        )
    return _.plural(
        report.closed,
        "Lukkede punkter: teksten af %(n)s afsnit er udeladt, og det tælles ikke.",
        "Lukkede punkter: teksten af %(n)s afsnit er udeladt, og de tælles ikke.",
    )
