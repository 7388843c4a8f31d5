"""The documents of a run with their paragraphs, put together from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

import polars as pl

from pipeline import population
from pipeline.report import repairs, texts
from pipeline.report.model import Document, Paragraph, Part, Row, Suggestion, Tag


class Source(Protocol):
    """Where tables are read from: a workspace, or its view with personal data redacted."""

    def read(self, name: str) -> pl.DataFrame:
        """Read one table of the run."""

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Read one table of the run as dictionaries."""


def documents(source: Source, shared_edition: bool) -> tuple[Document, ...]:
    """Return all documents, by municipality, date and path; closed items are left out of the shared edition."""
    frame = source.read("documents")
    obstacles = dict(frame.select("document_id", population.document_obstacle().fill_null("")).iter_rows())
    quality = {row["document_id"]: row for row in source.rows("quality")}
    rows = source.read("paragraphs").sort("document_id", "position")
    closed = Counter(rows.filter("closed")["document_id"]) if shared_edition else Counter[str]()
    paragraphs = _paragraphs(source, rows.filter(~pl.col("closed")) if shared_edition else rows, obstacles)
    return tuple(
        _document(
            row,
            paragraphs.get(row["document_id"], []),
            quality.get(row["document_id"]),
            obstacles[row["document_id"]],
            closed[row["document_id"]],
        )
        for row in sorted(frame.to_dicts(), key=_order)
    )


def _document(
    row: Row, paragraphs: list[tuple[Row, Paragraph]], quality: Row | None, obstacle: str, closed: int
) -> Document:
    counted = any(not paragraph.uncounted for _, paragraph in paragraphs)
    uncounted = obstacle or ("" if counted else "nothing_counted")
    return Document(row["document_id"], row, _parts(paragraphs), quality, uncounted, closed)


def _order(row: Row) -> tuple[Any, ...]:
    place, date = row["municipality"], row["date"]
    return (place is None, texts.collation(place or ""), date is None, date, row["path"])


def _paragraphs(
    source: Source, frame: pl.DataFrame, obstacles: Mapping[str, str]
) -> dict[str, list[tuple[Row, Paragraph]]]:
    reasons = dict(frame.select("paragraph_id", population.paragraph_obstacle().fill_null("")).iter_rows())
    shared = {row["paragraph_id"]: row["passage_id"] for row in source.rows("shared_passages")}
    raw, tags = _raw_texts(source), _tags(source)
    edits = source.read("edits").sort("document_id", "start")
    applied = grouped(edits.filter("applied").to_dicts(), "document_id")
    proposed = grouped(edits.filter(~pl.col("applied")).to_dicts(), "document_id")
    by_document: dict[str, list[tuple[Row, Paragraph]]] = {}
    for document, rows in groupby(frame.to_dicts(), key=lambda row: row["document_id"]):
        made, suggested = deque(applied.get(document, ())), deque(proposed.get(document, ()))
        by_document[document] = [
            (row, _paragraph(row, raw[document], _inside(row, made), _inside(row, suggested),
                             tags.get(row["paragraph_id"], ()), obstacles[document] or reasons[row["paragraph_id"]],
                             shared.get(row["paragraph_id"], "")))
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


def _paragraph(
    row: Row, raw: str, edits: Sequence[Row], suggested: Iterable[Row], tags: Sequence[Tag], uncounted: str, shared: str
) -> Paragraph:
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
        struck=repairs.struck(row["raw_start"], edits),
        pieces=repairs.pieces(span, row["raw_start"], edits, row["text"]),
        tags=tuple(tags),
        suggestions=tuple(Suggestion(e["before"], e["after"], e["rule"], e["confidence"]) for e in suggested),
        uncounted=uncounted or ("shared" if shared else ""),
        shared=shared,
    )


def _raw_texts(source: Source) -> dict[str, str]:
    pages = source.read("pages").sort("document_id", "page").select("document_id", "raw_text")
    texts_of = defaultdict(list)
    for document, text in pages.iter_rows():
        texts_of[document].append(text)
    return {document: "".join(parts) for document, parts in texts_of.items()}


def _tags(source: Source) -> dict[str, list[Tag]]:
    tones = {(row["paragraph_id"], row["theme_id"]): row for row in source.rows("tones")}
    tags = defaultdict(list)
    for row in source.rows("assignments"):
        tone = tones.get((row["paragraph_id"], row["theme_id"]), {})
        tag = Tag(row["theme_id"], row["score"], row["rank"], tone.get("tone", ""), tone.get("score"),
                  tone.get("holder"), tone.get("evidence", ""), tone.get("act", ""))  # fmt: skip
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


def grouped(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Return the rows by the value of a column, or by the tuple of several; their order is kept."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)].append(row)
    return groups
