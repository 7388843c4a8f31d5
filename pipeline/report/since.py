"""What has changed since the previous run, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.report.language import Language
from pipeline.report.model import Report, Row


@dataclass(frozen=True)
class Group:
    """Documents to which the same has happened."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Since:
    """The changes since the previous run; `compared` is false where none was named; `gone` are paths by document."""

    compared: bool
    summary: str
    documents: Sequence[Group]
    themes: Sequence[Row]
    gone: Mapping[str, str]


def kinds(_: Language) -> dict[str, str]:
    """Return the word for what has happened to a theme (changes.kind)."""
    return {
        "theme_new": _("nyt"),
        "theme_grown": _("vokset"),
        "theme_shrunk": _("skrumpet"),
        "theme_split": _("delt"),
        "theme_merged": _("lagt sammen"),
        "theme_gone": _("væk"),
        "theme_replaced": _("omdøbt eller samlet"),
    }


def since(report: Report) -> Since:
    """Return the changes of a report: documents by what happened to them, themes with the real changes first."""
    _ = report.language
    headings = {
        "document_new": _("Nye dokumenter"),
        "document_changed": _("Ændrede dokumenter"),
        "document_gone": _("Dokumenter, der er væk"),
    }
    groups = [
        Group(f"{heading} ({_.number(len(rows))})", rows)
        for kind, heading in headings.items()
        if (rows := [row for row in report.changes if row["kind"] == kind])
    ]
    order = list(kinds(_))
    themes = [row for row in report.changes if row["kind"] in order]
    themes.sort(key=lambda row: (not row["real"], -_moved(row), order.index(row["kind"]), row["subject"]))
    gone = {row["subject"]: row["label"] for row in report.changes if row["kind"] == "document_gone"}
    return Since(bool(report.changes), _summary(_, report.changes, themes), groups, themes, gone)


def related(_: Language, row: Row, names: dict[str, str]) -> str:
    """Return the themes that a theme was split off from, merged into, or stands for, in words."""
    named = _.joined([names.get(theme, theme) for theme in row["related"]])
    return {
        "theme_split": _("delt fra %(themes)s", themes=named),
        "theme_merged": _("lagt ind under %(themes)s", themes=named),
    }.get(row["kind"], _("står for %(themes)s", themes=named))


def _moved(row: Row) -> float:
    return float(abs((row["share_now"] or 0.0) - (row["share_before"] or 0.0)))


def _summary(_: Language, changes: Sequence[Row], themes: Sequence[Row]) -> str:
    if not changes:
        return _("Der er ikke angivet en tidligere kørsel at sammenligne med.")
    documents = sum(row["kind"].startswith("document") for row in changes)
    real = sum(row["real"] for row in themes)
    if not documents and not themes:
        return _("Ingen ændringer: de samme dokumenter og de samme temaer som sidst.")
    moved = _.plural(documents, "%(n)s dokument er nyt, ændret eller væk", "%(n)s dokumenter er nye, ændrede eller væk")
    if not real:
        return f"{_('Ingen reelle ændringer: intet tema er flyttet mere, end tilfældet kan forklare.')} {moved}."
    return f"{_.plural(real, '%(n)s tema har ændret sig reelt', '%(n)s temaer har ændret sig reelt')}; {moved}."
