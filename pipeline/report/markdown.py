"""The same findings and tables as text, for mail and for differences in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.report import accounts, comparability, exports, findings, labels, quotes, texts
from pipeline.report.model import Municipality, Report, Row, Theme


def render(report: Report) -> str:
    """Return the report as Markdown; text from documents is escaped so that it shows as it is."""
    lines = [f"# {texts.markdown(report.title)}", ""]
    if report.notice:
        lines += [f"> {texts.markdown(report.notice)}", ""]
    lines += ["## Det viser dokumenterne", ""]
    lines += [f"{n}. **{f.heading}.** {texts.markdown(f.text)}" for n, f in enumerate(findings.findings(report), 1)]
    lines += [
        "",
        "Et tal siger, hvor meget der skrives om et tema, ikke hvor stort problemet er. Temaer og tone er sat af "
        "modeller, hvis egne fejl ikke er regnet med. Navne og andre personoplysninger er ikke fjernet i denne udgave.",
        "",
        *_comparability(report),
        *_overview(report),
    ]
    for theme in report.themes:
        lines += _theme(theme, report)
    lines += [*_accounts(report), *_unread(report), *_changes(report)]
    lines += ["## Sådan citeres rapporten", "", texts.markdown(exports.citation(report))]
    return "\n".join(lines) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return a Markdown table; its texts are escaped here."""
    heading = list(head)
    lines = [heading, ["---"] * len(heading), *([texts.markdown(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines] + [""]


def _comparability(report: Report) -> Iterator[str]:
    yield from ["## Kan tallene sammenlignes?", "", texts.markdown(comparability.verdict(report)), ""]
    if warnings := comparability.warnings(report):
        yield from (*(f"- {texts.markdown(warning)}" for warning in warnings), "")
    yield from _table(
        ("Kommune", "Dokumenter", "Ord", "Afsnit", "Typer", "År", "Sider læst ved OCR", "Skadede ord"),
        (
            (p.place.name, texts.number(p.documents), texts.number(p.words), texts.number(p.paragraphs),
             labels.kinds(p.kinds), texts.years(list(p.years)), f"{p.ocr_pages} af {p.pages}", texts.percent(p.damaged))
            for p in comparability.profiles(report)
        ),
    )  # fmt: skip


def _overview(report: Report) -> Iterator[str]:
    if not report.compared:
        return
    yield from ["## Temaer og kommuner", "", "Andel af kommunens talte afsnit (afsnit, dokumenter).", ""]
    yield from _table(
        ("Tema", *(place.name for place in report.compared)),
        (
            (theme.name, *(_cell(report.cells.get((theme.id, place.name))) for place in report.compared))
            for theme in report.themes
        ),
    )


def _cell(row: Row | None) -> str:
    if row is None or not row["theme_paragraphs"]:
        return "0"
    return f"{texts.percent(row['share'])} ({row['theme_paragraphs']}, {row['theme_documents']})"


def _theme(theme: Theme, report: Report) -> Iterator[str]:
    yield from [f"## {texts.markdown(theme.name)}", "", texts.markdown(theme.definition), ""]
    cells = [(place, report.cells.get((theme.id, place.name))) for place in report.compared]
    rows = [(place, row) for place, row in cells if row]
    yield from _table(
        ("Kommune", "Andel", f"{texts.percent(report.confidence, 0)}-interval", "Afsnit", "Dokumenter",
         *(texts.capital(texts.TONES[tone]) for tone in texts.TONES), "Tone, gennemsnit"),
        (_figures(place, row) for place, row in rows),
    )  # fmt: skip
    yield from _differences(theme, report)
    for place, _ in rows:
        yield from _quotes(theme, place, report)


def _figures(place: Municipality, row: Row) -> list[str]:
    span = "" if row["share_low"] is None else texts.percent_range(row["share_low"], row["share_high"])
    return [
        place.name,
        texts.percent(row["share"]) if row["theme_paragraphs"] else "ikke omtalt",
        span,
        f"{row['theme_paragraphs']} af {row['paragraphs']}",
        f"{row['theme_documents']} af {row['documents']}",
        *(str(row[tone]) for tone in texts.TONES),
        "" if row["tone"] is None else texts.signed(row["tone"]),
    ]


def _differences(theme: Theme, report: Report) -> Iterator[str]:
    computed = [row for row in report.differences.get(theme.id, ()) if row["difference"] is not None]
    if not computed:
        return
    yield from _table(
        ("Kommuner", "Forskel i procentpoint", "Interval", "q-værdi", "Inden for"),
        (
            (f"{row['municipality']} mod {row['other']}", texts.signed(100 * row["difference"], 1),
             f"{texts.signed(100 * row['low'], 1)} til {texts.signed(100 * row['high'], 1)}",
             texts.probability(row["q_value"]), labels.kind_names(row["kinds"]))
            for row in computed
        ),
    )  # fmt: skip


def _quotes(theme: Theme, place: Municipality, report: Report) -> Iterator[str]:
    documents = {document.id: document for document in place.documents}
    for paragraph, tag in quotes.select(theme.id, place, report.quotes):
        tone = f" Tone: {texts.TONES[tag.tone]}." if tag.tone else ""
        source = labels.source(documents[paragraph.document], paragraph)
        yield f"> {texts.markdown_line(texts.shortened(paragraph.text, 700))}"
        yield from [">", f"> – {texts.markdown(source)}.{tone}", ""]


def _accounts(report: Report) -> Iterator[str]:
    yield from ["## Regnskab", ""]
    for line in accounts.lines(report):
        yield f"{'  ' * line.level}- {texts.markdown(line.label)}: {texts.number(line.count)}"
    yield ""


def _unread(report: Report) -> Iterator[str]:
    unread = [document.row for document in report.documents if document.uncounted == "quarantined"]
    if unread:
        yield from ["## Kunne ikke læses", ""]
        yield from (f"- {texts.markdown(row['path'])}: {texts.markdown(row['reason'])}" for row in unread)
        yield ""


def _changes(report: Report) -> Iterator[str]:
    if report.changes:
        yield from ["## Siden sidste kørsel", ""]
        for row in report.changes:
            subject = report.names.get(row["subject"], str(row["subject"]))
            yield f"- {texts.CHANGES[row['kind']]}: {texts.markdown(subject)} ({texts.markdown(row['detail'])})"
        yield ""
