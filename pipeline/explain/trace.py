"""Everything that the tables of a run hold about one paragraph, and why it has its themes, as plain data."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

import polars as pl

from pipeline import population
from pipeline.errors import ConfigurationError
from pipeline.explain.relevance import Weighing, weigh
from pipeline.workspace import Workspace

Row = dict[str, Any]
NEAREST = 3  # ids that are offered instead of an unknown one
NEXT = 2  # themes shown that the paragraph was not given


def trace(workspace: Workspace, paragraph_id: str) -> Row:
    """Return the way of one paragraph from file to figure, as data that JSON can hold.

    ConfigurationError names the nearest ids where there is no such paragraph.
    """
    paragraph = _paragraph(workspace, paragraph_id)
    document = _where(workspace, "documents", document_id=paragraph["document_id"])[0]
    given = _where(workspace, "assignments", paragraph_id=paragraph_id)
    return {
        "paragraph_id": paragraph_id,
        "document": {name: _plain(document[name]) for name in (
            "document_id", "title", "paths", "municipality", "municipality_evidence", "date", "date_evidence", "kind",
            "body", "language", "near_duplicate_of", "status",
        )},
        "place": {name: _plain(paragraph[name]) for name in (
            "page", "part_title", "author", "voice", "agenda_item", "heading_path", "role", "form", "closed",
            "position",
        )},
        "raw": {
            "start": paragraph["raw_start"], "end": paragraph["raw_end"],
            "text": _raw(workspace, paragraph["document_id"])[paragraph["raw_start"] : paragraph["raw_end"]],
        },
        "edits": _edits(workspace, paragraph),
        "text": paragraph["text"],
        "sentences": [row["text"] for row in _where(workspace, "sentences", paragraph_id=paragraph_id)],
        "words": _words(workspace, paragraph_id),
        "themes": _themes(workspace, paragraph, given),
        "tones": _tones(workspace, paragraph_id),
        "counted": _counted(workspace, paragraph, document, given),
    }  # fmt: skip


def _where(workspace: Workspace, table: str, **values: str) -> list[Row]:
    """Return the rows of a table in which the columns have these values, in the table's order."""
    return workspace.read(table).filter(*(pl.col(name) == value for name, value in values.items())).to_dicts()


def _paragraph(workspace: Workspace, paragraph_id: str) -> Row:
    found = _where(workspace, "paragraphs", paragraph_id=paragraph_id)
    if found:
        return found[0]
    ids = workspace.read("paragraphs")["paragraph_id"].sort().to_list()
    raise ConfigurationError(
        f"the run has no paragraph {paragraph_id!r}: {_instead(paragraph_id, ids)} (the column paragraph_id of the "
        "sheet Afsnit in temaspejl.xlsx lists them all)"
    )


def _instead(wanted: str, ids: list[str]) -> str:
    """Say which ids are nearest: by place in the document where that is known, else by spelling."""
    document, _, start = wanted.partition("-")
    same = [identity for identity in ids if identity.startswith(f"{document}-")]
    if same and start.isdecimal():
        near = sorted(same, key=lambda identity: abs(int(identity.rpartition("-")[2]) - int(start)))[:NEAREST]
    else:
        near = get_close_matches(wanted, ids, NEAREST, cutoff=0.5) or ids[:NEAREST]
    return f"the nearest are {', '.join(near)}" if near else "it has none at all"


def _raw(workspace: Workspace, document_id: str) -> str:
    return "".join(row["raw_text"] for row in _where(workspace, "pages", document_id=document_id))


def _edits(workspace: Workspace, paragraph: Row) -> list[Row]:
    """Return the edits and suggestions inside the paragraph, offsets in the raw text of the document."""
    names = ("start", "end", "before", "after", "rule", "confidence", "applied")
    return [
        {name: row[name] for name in names}
        for row in _where(workspace, "edits", document_id=paragraph["document_id"])
        if row["start"] >= paragraph["raw_start"] and row["end"] <= paragraph["raw_end"]
    ]


def _words(workspace: Workspace, paragraph_id: str) -> list[Row]:
    return [
        {"word": word, "lemma": lemma, "pos": pos, "parts": parts.split("+") if parts else []}
        for row in _where(workspace, "tokens", paragraph_id=paragraph_id)
        for word, lemma, pos, parts in zip(row["words"], row["lemmas"], row["pos"], row["parts"], strict=True)
    ]


def _themes(workspace: Workspace, paragraph: Row, given: list[Row]) -> Row:
    """Return the themes given, with the evidence as it is computed now, and the nearest that were not given."""
    weighing = weigh(workspace, paragraph["document_id"], paragraph["paragraph_id"])
    names = {row["theme_id"]: row["en"] for row in workspace.rows("themes")}
    codebook = {theme.theme_id: asdict(theme) for theme in weighing.themes}
    ids = [row["theme_id"] for row in given]
    return {
        "allowed": weighing.allowed,
        "subject": weighing.subject,
        "min_subject": weighing.min_subject,
        "min_score": weighing.min_score,
        "given": [
            {
                "theme_id": row["theme_id"], "name": names.get(row["theme_id"], row["theme_id"]), "score": row["score"],
                "rank": row["rank"], "origin": row["origin"], "evidence": codebook.get(row["theme_id"]),
            }
            for row in given
        ],
        "next": _next(weighing, names, ids),
    }  # fmt: skip


def _next(weighing: Weighing, names: dict[str, str], given: list[str]) -> list[Row]:
    others = [theme for theme in weighing.themes if theme.theme_id not in given][:NEXT]
    return [{"name": names.get(theme.theme_id, theme.theme_id)} | asdict(theme) for theme in others]


def _tones(workspace: Workspace, paragraph_id: str) -> list[Row]:
    """Return the tone towards each theme, with every sentence that speaks about it."""
    sentences = {row["sentence_id"]: row["text"] for row in _where(workspace, "sentences", paragraph_id=paragraph_id)}
    speaking = _where(workspace, "sentence_tones", paragraph_id=paragraph_id)
    return [
        {name: row[name] for name in (
            "theme_id", "act", "tone", "score", "holder", "evidence", "evidence_start", "evidence_end",
        )} | {"sentences": [
            {"text": sentences.get(one["sentence_id"], "")}
            | {name: one[name] for name in ("act", "tone", "score", "holder")}
            for one in speaking if one["theme_id"] == row["theme_id"]
        ]}
        for row in _where(workspace, "tones", paragraph_id=paragraph_id)
    ]  # fmt: skip


def _counted(workspace: Workspace, paragraph: Row, document: Row, given: list[Row]) -> Row:
    """Return why the paragraph is not counted, or the cells of `comparisons` that count it."""
    obstacle = _obstacle(workspace, paragraph)
    if obstacle:
        return {"obstacle": obstacle, "cells": []}
    themes = [row["theme_id"] for row in given]
    place, periods = document["municipality"], _periods(document["date"])
    rows = workspace.read("comparisons").filter(
        pl.col("theme_id").is_in(themes), pl.col("municipality") == place, pl.col("period").is_in(periods)
    )
    names = ("theme_id", "municipality", "period", "theme_paragraphs", "paragraphs", "theme_documents", "documents",
             "share", "share_low", "share_high", "tone", "note")  # fmt: skip
    return {"obstacle": "", "cells": rows.select(names).to_dicts()}


def _obstacle(workspace: Workspace, paragraph: Row) -> str:
    """Return the key of what keeps the paragraph out of the counting, empty for nothing."""
    for table, key, obstacle in (
        ("documents", "document_id", population.document_obstacle()),
        ("paragraphs", "paragraph_id", population.paragraph_obstacle()),
    ):
        row = workspace.read(table).filter(pl.col(key) == paragraph[key])
        if found := row.select(obstacle.alias("obstacle")).item():
            return str(found)
    return "shared" if _where(workspace, "shared_passages", paragraph_id=paragraph["paragraph_id"]) else ""


def _periods(date: datetime.date | None) -> list[str]:
    """Return the periods of `comparisons` that a date falls in."""
    if date is None:
        return [population.ALL_PERIODS]
    return [population.ALL_PERIODS, str(date.year), f"{date.year}-H{1 if date.month <= 6 else 2}"]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
