"""Finished runs written by hand: documents of a few paragraphs with their themes, as tables in a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import tables
from pipeline.workspace import Workspace

Row = dict[str, Any]
EMPTY = {"string": "", "int64": 0, "double": 0.0, "int32": 0, "bool": False}


def fill(space: Workspace, name: str, rows: Sequence[Row]) -> None:
    """Write a table; columns that a row does not name are empty."""
    columns = tables.table(name).columns
    base = {column.name: None if column.nullable else EMPTY.get(str(column.type), []) for column in columns}
    space.write(name, [base | row for row in rows])


def run(
    folder: Path,
    documents: Mapping[str, Sequence[str]],
    *,
    replaces: Mapping[str, Sequence[str]] | None = None,
    **facts: Any,
) -> Workspace:
    """Write a run whose document NAME.txt has one paragraph for each theme listed; "-" is one without a theme.

    A document's id is its name and what stands after a colon ("a:2" is another content of a.txt). `themes` are the
    themes looked for, by default those of some paragraph and `budget`; `events` are rows of `theme_events`.
    """
    space = Workspace.at(folder, folder)
    found = {theme for themes in documents.values() for theme in themes} - {"-"}
    themes = facts.get("themes", sorted(found | {"budget"}))
    paths = {name: f"{name.partition(':')[0]}.txt" for name in documents}
    fill(space, "documents", [
        {"document_id": name, "path": paths[name], "paths": [paths[name]], "municipality": "Aarhus", "language": "da",
         "status": "ok"} for name in documents
    ])  # fmt: skip
    placed = [(name, place, theme) for name, listed in documents.items() for place, theme in enumerate(listed)]
    fill(space, "paragraphs", [
        {"paragraph_id": f"{name}-{place:07d}", "document_id": name, "position": place, "voice": "own",
         "role": "brødtekst", "form": "paragraph", "text": f"Hemmeligt afsnit {place}", "author": "Kirsten Holm"}
        for name, place, _ in placed
    ])  # fmt: skip
    fill(space, "assignments", [
        {"paragraph_id": f"{name}-{place:07d}", "theme_id": theme, "rank": 1}
        for name, place, theme in placed if theme != "-"
    ])  # fmt: skip
    fill(space, "themes", [
        {"theme_id": theme, "da": theme.title(), "replaces": list((replaces or {}).get(theme, []))} for theme in themes
    ])  # fmt: skip
    fill(space, "shared_passages", [])
    fill(space, "theme_events", facts.get("events", []))
    return space
