"""From the tables of a run to what the report shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from pipeline import population
from pipeline.report import lexicon, texts, versions
from pipeline.report.language import DANISH
from pipeline.report.model import Document, Municipality, Pair, Paragraph, Report, Row, Theme
from pipeline.report.reading import Source, documents, grouped
from pipeline.settings import Codebook, Compare
from pipeline.settings import Report as Settings
from pipeline.workspace import Workspace

NOTICE = ".temaspejl-notice"  # a line that everybody who opens a report of this corpus must see


def report(workspace: Workspace, source: Source) -> Report:
    """Return the report of a run in Danish: its settings from the workspace, everything else from `source`.

    The source is `privacy.view(workspace)`, or the workspace itself where personal data may be shown.
    """
    settings, compare = workspace.settings(Settings), workspace.settings(Compare)
    found = documents(source, shared_edition=settings.edition == "shared")
    paragraphs = {paragraph.id: paragraph for document in found for paragraph in document.paragraphs}
    comparisons = source.rows("comparisons")
    notice = workspace.corpus / NOTICE
    return Report(
        language=DANISH,
        edition=settings.edition,
        title=settings.title,
        notice=notice.read_text(encoding="utf-8").strip() if notice.is_file() else "",
        quotes=settings.quotes,
        confidence=compare.confidence,
        minimum=compare.min_documents,
        documents=found,
        municipalities=_municipalities(found),
        themes=_themes(source.rows("themes"), workspace.settings(Codebook), found, comparisons),
        cells={
            (row["theme_id"], row["municipality"]): row
            for row in comparisons
            if row["period"] == population.ALL_PERIODS
        },
        periods={
            (row["theme_id"], row["municipality"], row["period"]): row
            for row in comparisons
            if row["period"] != population.ALL_PERIODS
        },
        differences=grouped(source.rows("differences"), "theme_id"),
        keyness=_keyness(source.rows("keyness")),
        cooccurrences=grouped(source.rows("cooccurrences"), "theme_id"),
        measures=_measures(source, paragraphs),
        shared=_shared(source.rows("shared_passages"), paragraphs),
        tone_groups=grouped(source.rows("tone_groups"), "theme_id", "municipality", "dimension"),
        validation=source.rows("validation"),
        changes=source.rows("changes"),
        redacted=dict(getattr(source, "redacted", {})),  # a bare workspace redacts nothing
        closed=sum(document.closed for document in found),
        lexicon=lexicon.lexicon(source.read("tokens")),
        inline_paragraphs=settings.inline_paragraphs,
        versions=versions.versions(workspace, workspace.rows("documents")),
    )


def _municipalities(documents: Sequence[Document]) -> tuple[Municipality, ...]:
    names = sorted({d.row["municipality"] for d in documents if d.row["municipality"]}, key=texts.collation)
    taken: set[str] = set()
    places = []
    for index, name in enumerate(names):
        slug = texts.slug(name)
        while slug in taken:
            slug += "-2"
        taken.add(slug)
        own = tuple(document for document in documents if document.row["municipality"] == name)
        places.append(Municipality(name, slug, index, own))
    return tuple(places)


def _themes(
    rows: Iterable[Row], codebook: Codebook, documents: Sequence[Document], comparisons: Sequence[Row]
) -> tuple[Theme, ...]:
    """Return all themes, the most written about first; those of the codebook also where nobody wrote about them.

    Meetings and years are those of `comparisons`: `themes` was written before shared passages were left uncounted.
    """
    meetings: dict[str, int] = defaultdict(int)
    years: dict[str, set[str]] = defaultdict(set)
    for row in comparisons:
        if row["period"] == population.ALL_PERIODS:
            meetings[row["theme_id"]] += row["theme_clusters"] or 0
        elif row["period"].isdecimal() and row["theme_paragraphs"]:
            years[row["theme_id"]].add(row["period"])
    counted = [paragraph for document in documents for paragraph in document.counted]
    found: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, int] = defaultdict(int)
    for paragraph in counted:
        for tag in paragraph.tags:
            found[tag.theme].add(paragraph.document)
            numbers[tag.theme] += 1
    written = {theme.id: theme for theme in codebook.themes}
    known = {row["theme_id"]: row for row in rows}
    themes = []
    for identity in sorted({*known, *written}):
        entry, row = written.get(identity), known.get(identity, {})
        themes.append(
            Theme(
                id=identity,
                origin="codebook" if entry else row["origin"],
                da=entry.da if entry else row["da"],
                en=entry.en if entry else row["en"],
                definition=entry.definition if entry else row["definition"],
                terms=tuple(row.get("terms", ())),
                include=entry.include if entry else (),
                exclude=entry.exclude if entry else (),
                representatives=tuple(row.get("representatives", ())),
                paragraphs=numbers[identity],
                documents=len(found[identity]),
                meetings=meetings[identity],
                years=len(years[identity]),
                share=numbers[identity] / len(counted) if counted else 0.0,
            )
        )
    return tuple(sorted(themes, key=lambda theme: (-theme.paragraphs, texts.collation(theme.da), theme.id)))


def _keyness(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    return grouped(sorted(rows, key=lambda row: (-row["z"], row["term"])), "theme_id", "municipality")


def _measures(source: Source, paragraphs: Mapping[str, Paragraph]) -> dict[tuple[str, str], tuple[Pair, ...]]:
    """Return the pairs of challenge and measure, the surest first, but for those of closed items."""
    rows = [
        row
        for row in sorted(source.rows("measures"), key=lambda row: (-row["score"], row["challenge_id"]))
        if row["challenge_paragraph"] in paragraphs and row["measure_paragraph"] in paragraphs
    ]
    wanted = set(chain.from_iterable((row["challenge_id"], row["measure_id"]) for row in rows))
    said = {row["sentence_id"]: row["text"] for row in source.rows("sentences") if row["sentence_id"] in wanted}
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for row in rows:
        pair = Pair(
            theme=row["theme_id"],
            municipality=row["municipality"],
            challenge=paragraphs[row["challenge_paragraph"]],
            challenge_text=said.get(row["challenge_id"], ""),
            measure=paragraphs[row["measure_paragraph"]],
            measure_text=said.get(row["measure_id"], ""),
            name=row["measure"],
            link=row["link"],
            score=row["score"],
        )
        pairs[pair.theme, pair.municipality].append(pair)
    return {key: tuple(listed) for key, listed in pairs.items()}


def _shared(rows: Iterable[Row], paragraphs: Mapping[str, Paragraph]) -> dict[str, tuple[Paragraph, ...]]:
    return {
        passage: tuple(paragraphs[row["paragraph_id"]] for row in members if row["paragraph_id"] in paragraphs)
        for passage, members in grouped(rows, "passage_id").items()
    }
