"""The sheets to look things up in: themes, changes, how the models were checked, and every column of every table."""

from __future__ import annotations

from pipeline import tables
from pipeline.report.excel.sheet import Sheet, joined
from pipeline.report.model import Report, Theme
from pipeline.report.sections import WHOLE
from pipeline.report.written import changes as wording


def themes(report: Report) -> Sheet:
    """Return all themes with their definitions."""
    _ = report.language
    columns = [
        (_("Tema"), "text", 32), (_("Definition"), "long", 70), (_("Oprindelse"), "text", 16),
        (_("Afsnit"), "count", 9),
        (_("Dokumenter"), "count", 11), (_("Møder"), "count", 9), (_("År"), "count", 7),
        (_("Andel af talte afsnit"), "share", 12), (_("Kendetegnende ord"), "long", 50), ("theme_id", "text", 20),
    ]  # fmt: skip
    origins = {"codebook": _("kodebog"), "discovered": _("fundet af model")}
    rows = [
        [
            report.names[theme.id], theme.definition, origins.get(theme.origin, theme.origin),
            *_totals(report, theme), ", ".join(theme.terms), theme.id,
        ]
        for theme in report.themes
    ]  # fmt: skip
    return Sheet(_("Temaer"), _("Hvad hvert tema dækker, og hvor meget det er omtalt i alt."), columns, rows)


def _totals(report: Report, theme: Theme) -> list[object]:
    if theme.id in report.withheld:
        return [None] * 5
    return [theme.paragraphs, theme.documents, theme.meetings, theme.years or None, theme.share]


def changes(report: Report) -> Sheet:
    """Return what has changed since the previous run."""
    _ = report.language
    columns = [
        (_("Ændring"), "text", 24), (_("Hvad"), "text", 40), (_("Reel"), "text", 8), (_("Afsnit før"), "count", 10),
        (_("Afsnit nu"), "count", 10), (_("Andel før"), "share", 10), (_("Andel nu"), "share", 10),
        (_("Hører til"), "text", 30), (_("Dokumenter"), "text", 50), (_("I ord"), "long", 70),
    ]  # fmt: skip
    titles = {document.id: str(document.row["title"]) for document in report.documents}
    kinds = wording.kinds(_)
    rows = [
        [
            kinds[row["kind"]], report.names.get(row["subject"]) or row["label"], _("ja") if row["real"] else _("nej"),
            row["before"], row["now"], row["share_before"], row["share_now"],
            joined(report.names.get(one, one) for one in row["related"]),
            joined(titles.get(one, one) for one in row["documents"]), wording.sentence(row, report),
        ]
        for row in report.changes
    ]  # fmt: skip
    none = [[_("Ingen tidligere kørsel er angivet"), *[None] * (len(columns) - 1)]]
    about = _("Hvad der er nyt siden sidste kørsel. Reel: mere, end tilfældige udsving kan forklare.")
    return Sheet(_("Ændringer"), about, columns, rows or none)


def validation(report: Report) -> Sheet:
    """Return how the themes that the model gave compare to those that people gave."""
    _ = report.language
    columns = [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Afsnit mærket"), "count", 10),
        (_("Har temaet"), "score", 10), (_("Fundet af modellen"), "score", 10), (_("Præcision"), "share", 10),
        (_("Præcision, nedre"), "share", 10), (_("Præcision, øvre"), "share", 10), (_("Fuldstændighed"), "share", 11),
        (_("Fuldstændighed, nedre"), "share", 11), (_("Fuldstændighed, øvre"), "share", 11),
        (_("Krippendorffs alfa"), "score", 12),
    ]  # fmt: skip
    names = ("sampled", "given", "found", "precision", "precision_low", "precision_high", "recall", "recall_low",
             "recall_high", "alpha")  # fmt: skip
    rows = [
        [
            report.names.get(row["theme_id"], row["theme_id"]),
            _("alle") if row["municipality"] == WHOLE else row["municipality"], *(row[name] for name in names),
        ]
        for row in report.validation
    ]  # fmt: skip
    none = [[_("Ingen stikprøve: modellens fejl er ikke målt her"), *[None] * (len(columns) - 1)]]
    about = _("Modellens temaer holdt op mod en tilfældig stikprøve, som mennesker har mærket.")
    return Sheet(_("Kontrol"), about, columns, rows or none)


def dictionary(report: Report) -> Sheet:
    """Return every column of every table (in English, as in the code)."""
    _ = report.language
    columns = [
        (_("Tabel"), "text", 20), (_("Kolonne"), "text", 26), (_("Type"), "text", 16), (_("Betydning"), "long", 90),
    ]  # fmt: skip
    rows = [
        [name, column.name, f"{column.type}{'?' if column.nullable else ''}", column.meaning]
        for name in tables.names()
        for column in tables.table(name).columns
    ]
    about = _("Hver kolonne i tabellerne bag rapporten (CSV og Parquet), på engelsk som i koden.")
    return Sheet(_("Datakatalog"), about, columns, rows)
