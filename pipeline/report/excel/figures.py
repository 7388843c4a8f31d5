"""The sheets of figures: themes and municipalities, periods, differences, tone, what stands together."""

from __future__ import annotations

from pipeline.population import ALL_PERIODS
from pipeline.report import comparability, labels, texts
from pipeline.report.differences import FALSE_DISCOVERIES
from pipeline.report.excel.sheet import Column, Sheet, joined
from pipeline.report.language import Language
from pipeline.report.model import HIDDEN, Report, Row
from pipeline.report.sections import WHOLE


def overview(report: Report) -> Sheet:
    """Return the shares of all themes in all municipalities, on a scale of colours."""
    _ = report.language
    columns = [(_("Tema"), "text", 32), *((place.name, "shaded", 13) for place in report.compared)]
    rows = [
        [report.names[theme.id], *(_share(report.cells.get((theme.id, place.name))) for place in report.compared)]
        for theme in report.themes
    ]
    about = _("Andel af hver kommunes talte afsnit, der handler om temaet. Det siger, hvor meget der skrives om det.")
    return Sheet(_("Overblik"), about, columns, rows)


def _share(row: Row | None) -> float | None:
    return row["share"] if row else None


def places(report: Report) -> Sheet:
    """Return what the figures of each municipality rest on."""
    _ = report.language
    columns = [
        (_("Kommune"), "text", 16), (_("Dokumenter"), "count", 12), (_("Ord"), "count", 10), (_("Afsnit"), "count", 10),
        (_("Typer"), "long", 40), (_("Udvalg"), "long", 50), (_("År"), "text", 12), (_("Uden dato"), "count", 10),
        (_("Sider"), "count", 8), (_("Sider læst ved OCR"), "count", 12), (_("Skadede ord"), "share", 10),
        (_("Største dokuments andel"), "share", 12),
    ]  # fmt: skip
    rows = [
        [
            profile.place.name, profile.documents, profile.words, profile.paragraphs, labels.kinds(_, profile.kinds),
            "; ".join(sorted(profile.bodies, key=texts.collation)), _.years(profile.years), profile.undated,
            profile.pages,
            profile.ocr_pages, profile.damaged, profile.largest_share,
        ]
        for profile in comparability.profiles(report)
    ]  # fmt: skip
    return Sheet(
        _("Kommuner"), _("Hvad tallene for hver kommune bygger på: se her, før du sammenligner."), columns, rows
    )


def comparisons(report: Report) -> Sheet:
    """Return each theme in each municipality over all years."""
    _ = report.language
    rows = [
        _cell(report, row) for theme in report.themes for place in report.compared
        if (row := report.cells.get((theme.id, place.name)))
    ]  # fmt: skip
    about = _("Hvert tema i hver kommune, alle år: andele med intervaller, gentagelse og tone.")
    return Sheet(_("Tema og kommune"), about, _cell_columns(_), rows)


def periods(report: Report) -> Sheet:
    """Return the same for single years and half-years."""
    _ = report.language
    order = {theme.id: number for number, theme in enumerate(report.themes)}
    found = sorted(
        report.periods.items(), key=lambda item: (order[item[0][0]], texts.collation(item[0][1]), item[0][2])
    )
    rows = [_cell(report, row) for _key, row in found if row["theme_paragraphs"] or row["note"] == HIDDEN]
    about = _("Det samme for hvert år og halvår (2021-H1), hvor temaet er omtalt.")
    return Sheet(_("Perioder"), about, _cell_columns(_), rows)


def _cell_columns(_: Language) -> list[Column]:
    return [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Periode"), "text", 10),
        (_("Andel af afsnit"), "share", 9),
        (_("Andel, nedre"), "share", 9), (_("Andel, øvre"), "share", 9), (_("Andel af ord"), "share", 9),
        (_("Afsnit med temaet"), "count", 10), (_("Talte afsnit"), "count", 9),
        (_("Dokumenter med temaet"), "count", 12), (_("Dokumenter"), "count", 11), (_("Møder med temaet"), "count", 10),
        (_("Møder eller dokumenter"), "count", 12), (_("Rettet for modellens fejl"), "share", 12),
        (_("Rettet, nedre"), "share", 9), (_("Rettet, øvre"), "share", 9), (_("Tone, gennemsnit"), "signed", 11),
        (_("Tone, nedre"), "signed", 9), (_("Tone, øvre"), "signed", 9), (_("Tone, udjævnet"), "signed", 10),
        *((texts.capital(word), "count", 9) for word in labels.tones(_).values()), (_("Kun sagsgang"), "count", 9),
        (_("Bemærkning"), "text", 50),
    ]  # fmt: skip


def _cell(report: Report, row: Row) -> list[object]:
    _ = report.language
    period = _("alle") if row["period"] == ALL_PERIODS else row["period"]
    head = [report.names[row["theme_id"]], row["municipality"], period]
    note = labels.no_interval(_, row["note"], report.minimum)
    if row["note"] == HIDDEN:
        return [*head, *[None] * (len(_cell_columns(_)) - len(head) - 1), note]
    return [
        *head, row["share"], row["share_low"], row["share_high"], row["word_share"], row["theme_paragraphs"],
        row["paragraphs"], row["theme_documents"], row["documents"], row["theme_clusters"], row["clusters"],
        row["corrected"], row["corrected_low"], row["corrected_high"], row["tone"], row["tone_low"], row["tone_high"],
        row["tone_shrunk"], *(row[tone] for tone in labels.tones(_)), row["procedure"], note,
    ]  # fmt: skip


def differences(report: Report) -> Sheet:
    """Return every pair of municipalities for every theme: the difference, or why there is none."""
    _ = report.language
    columns = [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Anden kommune"), "text", 16),
        (_("Forskel i andel"), "points", 10), (_("Nedre"), "points", 9), (_("Øvre"), "points", 9),
        (_("p-værdi"), "probability", 9), (_("q-værdi"), "probability", 9), (_("Sikker"), "text", 8),
        (_("Hviler på ét møde eller dokument"), "text", 12), (_("Forskel uden det"), "points", 10),
        (_("Mødet eller dokumentet"), "text", 40), (_("Rettet for modellens fejl"), "points", 12),
        (_("Rettet, nedre"), "points", 9), (_("Rettet, øvre"), "points", 9), (_("Fælles typer"), "text", 30),
        (_("Fælles år"), "text", 16), (_("Dokumenter"), "count", 11), (_("Andens dokumenter"), "count", 11),
        (_("Møder eller dokumenter"), "count", 11), (_("Andens møder eller dokumenter"), "count", 11),
        (_("Bemærkning"), "text", 60),
    ]  # fmt: skip
    titles = {document.id: str(document.row["title"]) for document in report.documents}
    rows = [_difference(report, row, titles) for theme in report.themes for row in report.differences.get(theme.id, ())]
    about = _(
        "Forskelle mellem to kommuner, regnet inden for de dokumenttyper og år, begge har. Sikker: q-værdi under "
        "%(limit)s. Hvor der ingen er, står grunden.",
        limit=_.number(FALSE_DISCOVERIES, 2),
    )
    return Sheet(_("Forskelle"), about, columns, rows)


def _difference(report: Report, row: Row, titles: dict[str, str]) -> list[object]:
    _ = report.language
    computed = row["difference"] is not None
    certain = row["q_value"] is not None and row["q_value"] < FALSE_DISCOVERIES
    return [
        report.names[row["theme_id"]], row["municipality"], row["other"], row["difference"], row["low"], row["high"],
        row["p_value"], row["q_value"], (_("ja") if certain else _("nej")) if computed else None,
        (_("ja") if row["fragile"] else _("nej")) if computed else None, row["without"],
        joined(titles.get(one, one) for one in row["influential"]), row["corrected"], row["corrected_low"],
        row["corrected_high"], labels.kind_names(_, row["kinds"]), joined(row["years"]), row["documents"],
        row["other_documents"], row["clusters"], row["other_clusters"],
        labels.no_difference(_, row["note"], report.minimum) if row["note"] else "",
    ]  # fmt: skip


def tones(report: Report) -> Sheet:
    """Return the tone of each theme in each municipality by role, act and holder."""
    _ = report.language
    dimensions = {"role": _("rolle"), "act": _("hvad sætningen gør"), "holder": _("hvem der siger det")}
    words = {"role": labels.roles(_), "act": labels.acts(_)}
    columns = [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Opdelt efter"), "text", 20), (_("Gruppe"), "text", 26),
        (_("Tone, gennemsnit"), "signed", 11),
        *((texts.capital(word), "count", 9) for word in labels.tones(_).values()),
        (_("Dokumenter"), "count", 11),
    ]  # fmt: skip
    rows = [
        [
            report.names[row["theme_id"]], row["municipality"], dimension,
            words.get(key, {}).get(row["value"], row["value"]) or _("ikke nævnt"), row["tone"],
            *(row[tone] for tone in labels.tones(_)), row["documents"],
        ]
        for theme in report.themes
        for place in report.compared
        for key, dimension in dimensions.items()
        for row in report.tone_groups.get((theme.id, place.name, key), ())
    ]  # fmt: skip
    about = _("Tonen opdelt efter afsnittets rolle, hvad den afgørende sætning gør, og hvem der siger det.")
    return Sheet(_("Tone"), about, columns, rows)


def together(report: Report) -> Sheet:
    """Return which themes stand in the same paragraphs."""
    _ = report.language
    columns = [
        (_("Tema"), "text", 32), (_("Andet tema"), "text", 32), (_("Kommune"), "text", 16), (_("Afsnit"), "count", 9),
        (_("Dokumenter"), "count", 11), (_("Gange forventet"), "score", 11),
    ]  # fmt: skip
    rows = [
        [
            report.names[theme.id], report.names[row["other"]],
            _("alle") if row["municipality"] == WHOLE else row["municipality"], row["paragraphs"], row["documents"],
            row["lift"],
        ]
        for theme in report.themes
        for row in report.cooccurrences.get(theme.id, ())
    ]  # fmt: skip
    about = _("Temaer, der står i de samme afsnit. Gange forventet: 2 er dobbelt så ofte, som hvis de intet havde med "
              "hinanden at gøre.")  # fmt: skip
    return Sheet(_("Temaer sammen"), about, columns, rows)
