"""The end of the written report: what changed, what towns share, how it was made, its limits, where everything went."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import accounts, exports, findings, labels, texts
from pipeline.report.language import DASH
from pipeline.report.model import Report
from pipeline.report.sections import WHOLE
from pipeline.report.written import changes
from pipeline.report.written.blocks import Block, Heading, Items, Quote, Table, Text

SHARED = 10  # passages that are quoted


def blocks(report: Report) -> Iterator[Block]:
    """Return the sections after the themes."""
    yield from changes.blocks(report)
    yield from _shared(report)
    yield from _method(report)
    yield from _validation(report)
    yield from _limits(report)
    yield from _accounts(report)
    yield from _unread(report)
    _ = report.language
    yield Heading(1, _("Sådan citeres rapporten"))
    yield Text(exports.citation(report))


def _shared(report: Report) -> Iterator[Block]:
    passages = [members for members in report.shared.values() if members]
    if not passages:
        return
    _ = report.language
    yield Heading(1, _("Passager, som kommuner deler"))
    yield Text(_("Skabeloner og fælles aftaler står næsten ordret hos flere kommuner. De er ikke talt med som den "
                 "enkelte kommunes egne ord."))  # fmt: skip
    documents = {document.id: document for document in report.documents}
    for members in passages[:SHARED]:
        sources = [labels.source(_, documents[one.document], one) for one in members if one.document in documents]
        yield Quote(texts.shortened(members[0].text, 500), "; ".join(sources), members[0].id)
    if len(passages) > SHARED:
        more = len(passages) - SHARED
        yield Text(_.plural(more, "%(n)s passage til står i regnearket.", "%(n)s passager til står i regnearket."))


def _method(report: Report) -> Iterator[Block]:
    _ = report.language
    yield Heading(1, _("Metoden i korte træk"))
    yield Items.of(
        _("Dokumenterne læses, side for side; skader fra skanning rettes, og hver rettelse kan ses og føres tilbage."),
        _("Teksten deles i afsnit. Talt med er brødtekst og punkter i kommunens egne ord, fra danske dokumenter, hvis "
          "kommune er fundet, og som ikke er en kopi af et andet."),
        _("Hvert afsnit får op til nogle få temaer fra en kodebog af en model, der vejer betydning og ord. Temaer uden "
          "for kodebogen findes i det, der er tilbage."),
        _("Tonen sættes af en model ud fra de sætninger, der handler om temaet."),
        _("Intervallerne regnes med møder (eller dokumenter, hvor der ikke er et møde) som enheder, så lange "
          "dokumenter ikke ser sikrere ud, end de er."),
        _("Forskelle regnes kun inden for de dokumenttyper og år, som begge kommuner har, og q-værdierne tager højde "
          "for, at mange forskelle undersøges på én gang."),
    )  # fmt: skip
    named = [f"{labels.models(_)[model]}: {name}" for model, name in report.versions.models]
    yield Text("; ".join(named), label=_("Modeller."))


def _validation(report: Report) -> Iterator[Block]:
    _ = report.language
    rows = tuple(
        (
            str(report.names.get(row["theme_id"], row["theme_id"])), _.number(row["sampled"]),
            _.percent(row["precision"], 0),
            _.percent(row["recall"], 0), DASH if row["alpha"] is None else _.number(row["alpha"], 2),
        )
        for row in report.validation
        if row["municipality"] == WHOLE
    )  # fmt: skip
    if rows:
        head = (_("Tema"), _("Afsnit mærket"), _("Præcision"), _("Fuldstændighed"), _("Krippendorffs alfa"))
        yield Table(_("Modellens temaer holdt op mod menneskers"), head, rows, frozenset({1, 2, 3, 4}))


def _limits(report: Report) -> Iterator[Block]:
    _ = report.language
    yield Heading(1, _("Kendte grænser"))
    yield Items.of(
        _("Et tal siger, hvor meget der skrives om et tema, ikke hvor stort problemet er, og intet om dokumenter, der "
          "ikke er i mappen."),
        findings.model_error(report),
        _("At et tema ikke er omtalt, siger kun, at det ikke er fundet i netop disse dokumenter."),
        _("Tiltag og udfordringer er parret af en model på forsøgsbasis."),
        _("En maskine kan overse personoplysninger: læs igennem, før rapporten deles uden for kommunen."),
    )  # fmt: skip


def _accounts(report: Report) -> Iterator[Block]:
    _ = report.language
    yield Heading(1, _("Regnskab"))
    yield Text(_("Intet forsvinder: hver fil, hvert dokument og hvert afsnit er enten talt med eller står her med "
                 "grunden."))  # fmt: skip
    yield Items(tuple((f"{line.label}: {_.number(line.count)}", line.level) for line in accounts.lines(report)))


def _unread(report: Report) -> Iterator[Block]:
    _ = report.language
    unread = [document.row for document in report.documents if document.uncounted == "quarantined"]
    if unread:
        yield Heading(2, _("Kunne ikke læses"))
        yield Items.of(*(f"{row['path']}: {row['reason']}" for row in unread))
