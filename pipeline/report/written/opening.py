"""The beginning of the written report: what it is, what was found, what may be compared, all themes at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pipeline.report import comparability, findings, labels, texts
from pipeline.report.model import HIDDEN, Report, Row
from pipeline.report.written.blocks import Block, Contents, Heading, Items, Table, Text, Title

ABREAST = 6  # municipalities beside each other in one table
Item = TypeVar("Item")


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Return the items in groups of so many, the last maybe of fewer."""
    return (items[start : start + size] for start in range(0, len(items), size))


def blocks(report: Report) -> Iterator[Block]:
    """Return the title, the notice, the findings, the panel of comparability and the table of all themes."""
    _ = report.language
    yield Title(report.title, identity(report))
    if report.notice:
        yield Text(report.notice, notice=True)
    yield Heading(1, _("Det viser dokumenterne"))
    for finding in findings.findings(report):
        yield Text(finding.text, label=f"{finding.heading}.")
    yield Text(
        _("Et tal siger, hvor meget der skrives om et tema i disse dokumenter, ikke hvor stort problemet er."),
        label=_("Sådan læses tallene."),
    )
    yield Text(f"{_('Temaer og tone er sat af modeller.')} {findings.model_error(report)} {redaction(report)}")
    yield Contents()
    yield from _comparability(report)
    yield from _overview(report)


def identity(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what identifies the report: edition, run, settings, corpus and program."""
    _, versions = report.language, report.versions
    edition = _("til deling: personoplysninger og lukkede punkter er udeladt")
    if report.edition == "authorised":
        edition = _("til autoriseret brug: intet er udeladt")
    return (
        (_("Udgave"), edition),
        (_("Kørsel"), versions.run),
        (_("Konfiguration"), versions.configs),
        (_("Korpus"), versions.corpus),
        (_("Program"), f"temaspejl {versions.program}"),
    )


def redaction(report: Report) -> str:
    """Return in a sentence what was taken out of the texts, or that nothing was."""
    _ = report.language
    if report.edition == "authorised":
        return _("Navne og andre personoplysninger er ikke fjernet i denne udgave: den må ikke deles.")
    words = labels.redactions(_)
    counts = [f"{_.number(count)} {words.get(kind, kind)}" for kind, count in sorted(report.redacted.items()) if count]
    closed = ""
    if report.closed:
        closed = " " + _.plural(
            report.closed,
            "%(n)s afsnit fra lukkede punkter er udeladt.",
            "%(n)s afsnit fra lukkede punkter er udeladt.",
        )
    if not counts:
        return _("Der er ikke fundet personoplysninger at fjerne.") + closed
    return (
        _("Fjernet fra teksterne er %(counts)s; en maskine har fundet dem og kan have overset nogle.",
          counts=_.joined(counts)) + closed
    )  # fmt: skip


def _comparability(report: Report) -> Iterator[Block]:
    _ = report.language
    yield Heading(1, _("Kan tallene sammenlignes?"))
    yield Text(comparability.verdict(report))
    if warnings := comparability.warnings(report):
        yield Items.of(*warnings)
    rows = tuple(
        (
            profile.place.name, _.number(profile.documents), _.number(profile.words), _.number(profile.paragraphs),
            labels.kinds(_, profile.kinds), _.years(profile.years),
            _("%(n)s af %(of)s", n=_.number(profile.ocr_pages), of=_.number(profile.pages)),
            _.percent(profile.damaged),
        )
        for profile in comparability.profiles(report)
    )  # fmt: skip
    head = (
        _("Kommune"), _("Dokumenter"), _("Ord"), _("Afsnit"), _("Typer"), _("År"), _("OCR-sider"), _("Skadede ord"),
    )  # fmt: skip
    note = _("OCR-sider er læst af en maskine fra et billede. Skadede ord er en anslået andel, før de blev rettet.")
    yield Table(_("Hvad tallene for hver kommune bygger på"), head, rows, frozenset({1, 2, 3, 6, 7}), note)
    bodies = [
        f"{profile.place.name}: {', '.join(sorted(profile.bodies, key=texts.collation))}"
        for profile in comparability.profiles(report)
        if profile.bodies
    ]
    if bodies:
        yield Text(_("Udvalg og afsendere i dokumenterne:"))
        yield Items.of(*bodies)


def _overview(report: Report) -> Iterator[Block]:
    if not report.compared:
        return
    _ = report.language
    yield Heading(1, _("Temaer og kommuner"))
    themes = [theme for theme in report.themes if theme.paragraphs]
    for places in batched(report.compared, ABREAST):
        cells = [[_cell(report, report.cells.get((theme.id, place.name))) for place in places] for theme in themes]
        yield Table(
            _("Andel af kommunens talte afsnit, der handler om temaet"),
            (_("Tema"), *(place.name for place in places)),
            tuple((report.names[theme.id], *row) for theme, row in zip(themes, cells, strict=True)),
            frozenset(range(1, len(places) + 1)),
            note=_("I parentes: afsnit og dokumenter med temaet. Kommunerne står i alfabetisk orden."),
        )


def _cell(report: Report, row: Row | None) -> str:
    _ = report.language
    if row and row["note"] == HIDDEN:
        return labels.no_interval(_, HIDDEN, report.minimum)
    if row is None or not row["theme_paragraphs"]:
        return "0"
    figures = f"{_.number(row['theme_paragraphs'])}, {_.number(row['theme_documents'])}"
    return f"{_.percent(row['share'])} ({figures})"
