"""What has changed since the previous run, one sentence a change."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import since, texts
from pipeline.report.language import DASH, Language
from pipeline.report.model import Report, Row
from pipeline.report.written.blocks import Block, Heading, Items, Table, Text

NAMED = 3  # documents that a change names


def kinds(_: Language) -> dict[str, str]:
    """Return the word for each kind of change (changes.kind)."""
    return {
        "document_new": _("nyt dokument"),
        "document_changed": _("ændret dokument"),
        "document_gone": _("dokument væk"),
        "no_change": _("ingen ændringer"),
    } | since.kinds(_)


def blocks(report: Report) -> Iterator[Block]:
    """Return the section on changes; that there is nothing to compare with where no earlier run was named."""
    found = since.since(report)
    yield Heading(1, report.language("Siden sidste kørsel"))
    yield Text(found.summary)
    for group in found.documents:
        yield Text("", label=group.heading, leads=True)
        yield Items.of(*(_name(row, report) for row in group.rows))
    moved = [row for row in found.themes if not _by_chance(row)]
    if moved:
        yield Text("", label=report.language("Temaer"), leads=True)
        yield Items.of(*(sentence(row, report) for row in moved))
    yield from _chance([row for row in found.themes if _by_chance(row)], report)


def _chance(rows: list[Row], report: Report) -> Iterator[Block]:
    """Return the themes that chance may have moved, as figures alone: nothing has caused that."""
    _ = report.language
    if not rows:
        return
    head = (_("Tema"), _("Afsnit før"), _("Afsnit nu"), _("Andel før"), _("Andel nu"))
    cells = tuple(
        (
            _name(row, report), *(_.number(row[key]) if row[key] is not None else DASH for key in ("before", "now")),
            *(_.percent(row[key]) if row[key] is not None else DASH for key in ("share_before", "share_now")),
        )
        for row in rows
    )  # fmt: skip
    yield Table(_("Temaer, der ikke er flyttet mere, end tilfældet kan forklare"), head, cells, frozenset({1, 2, 3, 4}))


def _by_chance(row: Row) -> bool:
    return not row["real"] and row["kind"] in {"theme_grown", "theme_shrunk"}


def of_theme(theme_id: str, report: Report) -> list[str]:
    """Return the changes of one theme, one sentence each."""
    return [sentence(row, report) for row in since.since(report).themes if row["subject"] == theme_id]


def sentence(row: Row, report: Report) -> str:
    """Return one change: `Sygefravær: vokset, fra 12 til 30 afsnit, 4,0 % til 7,1 % af de talte, på grund af …`."""
    _ = report.language
    parts = [] if _by_chance(row) else [kinds(_)[row["kind"]]]
    if row["before"] is not None and row["now"] is not None:
        parts.append(_("fra %(before)s til %(now)s afsnit", before=_.number(row["before"]), now=_.number(row["now"])))
    if row["share_before"] is not None and row["share_now"] is not None:
        shares = {"before": _.percent(row["share_before"]), "now": _.percent(row["share_now"])}
        parts.append(_("%(before)s til %(now)s af de talte", **shares))
    if row["related"]:
        parts.append(since.related(_, row, report.names))
    if (cause := _documents(row, report)) and not _by_chance(row):
        parts.append(_("på grund af %(documents)s", documents=cause))
    if not row["real"] and row["kind"].startswith("theme"):
        parts.append(_("ikke mere, end tilfældet kan forklare"))
    return f"{_name(row, report)}: {', '.join(parts)}"


def _name(row: Row, report: Report) -> str:
    return report.names.get(row["subject"]) or row["label"] or report.language("Alt")


def _documents(row: Row, report: Report) -> str:
    """Return the documents that caused the change of a theme, the first few by name."""
    if not row["kind"].startswith("theme"):
        return ""
    gone = {one["subject"]: str(one["label"]) for one in report.changes if one["kind"] == "document_gone"}
    titles = gone | {document.id: str(document.row["title"]) for document in report.documents}
    named = [f"»{texts.shortened(' '.join(titles.get(one, one).split()), 80)}«" for one in row["documents"]]
    more = [report.language.plural(len(named) - NAMED, "%(n)s til", "%(n)s til")] if len(named) > NAMED else []
    return report.language.joined([*named[:NAMED], *more])
