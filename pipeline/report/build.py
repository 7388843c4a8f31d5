"""From the tables of a run to what the report shows."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from pipeline import population
from pipeline.report import repairs, texts, versions
from pipeline.report.model import Document, Municipality, Paragraph, Part, Report, Row, Tag, Theme
from pipeline.settings import Codebook, Compare
from pipeline.settings import Report as Settings
from pipeline.workspace import Workspace

NOTICE = ".temaspejl-notice"  # a line that everybody who opens a report of this corpus must see


def report(workspace: Workspace) -> Report:
    """Read a run's tables and settings; return its report."""
    settings, compare = workspace.settings(Settings), workspace.settings(Compare)
    documents = _documents(workspace)
    municipalities = _municipalities(documents)
    comparisons = workspace.rows("comparisons")
    notice = workspace.corpus / NOTICE
    return Report(
        title=settings.title,
        notice=notice.read_text(encoding="utf-8").strip() if notice.is_file() else "",
        quotes=settings.quotes,
        confidence=compare.confidence,
        minimum=compare.min_documents,
        documents=documents,
        municipalities=municipalities,
        themes=_themes(workspace.rows("themes"), workspace.settings(Codebook), documents),
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
        differences=_grouped(workspace.rows("differences"), "theme_id"),
        keyness=_keyness(workspace.rows("keyness")),
        changes=workspace.rows("changes"),
        versions=versions.versions(workspace, workspace.rows("documents")),
    )


def _documents(workspace: Workspace) -> tuple[Document, ...]:
    frame = workspace.read("documents")
    obstacles = dict(frame.select("document_id", population.document_obstacle().fill_null("")).iter_rows())
    quality = {row["document_id"]: row for row in workspace.rows("quality")}
    paragraphs = _paragraphs(workspace, obstacles)
    ordered = sorted(frame.to_dicts(), key=_document_order)
    return tuple(
        _document(
            row,
            paragraphs.get(row["document_id"], []),
            quality.get(row["document_id"]),
            obstacles[row["document_id"]],
        )
        for row in ordered
    )


def _document(row: Row, paragraphs: list[tuple[Row, Paragraph]], quality: Row | None, obstacle: str) -> Document:
    counted = any(not paragraph.uncounted for _, paragraph in paragraphs)
    uncounted = obstacle or ("" if counted else "nothing_counted")
    return Document(row["document_id"], row, _parts(paragraphs), quality, uncounted)


def _document_order(row: Row) -> tuple[Any, ...]:
    place, date = row["municipality"], row["date"]
    return (place is None, texts.collation(place or ""), date is None, date, row["path"])


def _paragraphs(workspace: Workspace, obstacles: Mapping[str, str]) -> dict[str, list[tuple[Row, Paragraph]]]:
    frame = workspace.read("paragraphs")
    reasons = dict(frame.select("paragraph_id", population.paragraph_obstacle().fill_null("")).iter_rows())
    raw = _raw_texts(workspace)
    edits = _grouped(workspace.read("edits").filter(pl.col("applied")).to_dicts(), "document_id")
    tags = _tags(workspace)
    by_document: dict[str, list[tuple[Row, Paragraph]]] = {}
    for document, rows in groupby(frame.sort("document_id", "position").to_dicts(), key=lambda row: row["document_id"]):
        pending = deque(edits.get(document, []))
        by_document[document] = [
            (row, _paragraph(row, raw[document], _inside(row, pending), tags.get(row["paragraph_id"], ()),
                             obstacles[document] or reasons[row["paragraph_id"]]))
            for row in rows
        ]  # fmt: skip
    return by_document


def _inside(row: Row, pending: deque[Row]) -> list[Row]:
    """Take from the document's edits, which are in order, those inside a paragraph and those before it."""
    inside = []
    while pending and pending[0]["start"] < row["raw_end"]:
        edit = pending.popleft()
        if edit["start"] >= row["raw_start"] and edit["end"] <= row["raw_end"]:
            inside.append(edit)
    return inside


def _paragraph(row: Row, raw: str, edits: Sequence[Row], tags: Sequence[Tag], uncounted: str) -> Paragraph:
    span = raw[row["raw_start"] : row["raw_end"]]
    return Paragraph(
        id=row["paragraph_id"],
        document=row["document_id"],
        part=row["part_id"],
        voice=row["voice"],
        page=row["page"],
        agenda_item=row["agenda_item"],
        headings=tuple(row["heading_path"]),
        role=row["role"],
        form=row["form"],
        text=row["text"],
        raw=span,
        pieces=repairs.pieces(span, row["raw_start"], edits, row["text"]),
        tags=tuple(tags),
        uncounted=uncounted,
    )


def _raw_texts(workspace: Workspace) -> dict[str, str]:
    pages = workspace.read("pages").sort("document_id", "page").select("document_id", "raw_text")
    texts_of = defaultdict(list)
    for document, text in pages.iter_rows():
        texts_of[document].append(text)
    return {document: "".join(parts) for document, parts in texts_of.items()}


def _tags(workspace: Workspace) -> dict[str, list[Tag]]:
    tones = {(row["paragraph_id"], row["theme_id"]): row for row in workspace.rows("tones")}
    tags = defaultdict(list)
    for row in workspace.rows("assignments"):
        tone = tones.get((row["paragraph_id"], row["theme_id"]), {})
        tag = Tag(row["theme_id"], row["score"], row["rank"], tone.get("tone", ""), tone.get("score"),
                  tone.get("holder"), tone.get("evidence", ""))  # fmt: skip
        tags[row["paragraph_id"]].append(tag)
    return tags


def _parts(paragraphs: Iterable[tuple[Row, Paragraph]]) -> tuple[Part, ...]:
    parts = []
    for identity, group in groupby(paragraphs, key=lambda pair: pair[0]["part_id"]):
        listed = list(group)
        row = listed[0][0]
        members = tuple(paragraph for _, paragraph in listed)
        parts.append(
            Part(identity, row["part_title"], row["part_kind"], row["part_date"], row["author"], members)
        )  # fmt: skip
    return tuple(parts)


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


def _themes(rows: Iterable[Row], codebook: Codebook, documents: Sequence[Document]) -> tuple[Theme, ...]:
    """Return all themes, the most written about first; those of the codebook also where nobody wrote about them."""
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
                name=entry.da if entry else row["da"],
                definition=entry.definition if entry else row["definition"],
                terms=tuple(row.get("terms", ())),
                include=entry.include if entry else (),
                exclude=entry.exclude if entry else (),
                paragraphs=numbers[identity],
                documents=len(found[identity]),
                share=numbers[identity] / len(counted) if counted else 0.0,
            )
        )
    return tuple(sorted(themes, key=lambda theme: (-theme.paragraphs, texts.collation(theme.name), theme.id)))


def _keyness(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row["z"], row["term"])):
        grouped[row["theme_id"], row["municipality"]].append(row)
    return grouped


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
