"""What changed since an earlier run, whose tables are an input."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline import tables
from pipeline.errors import ConfigurationError


def since(previous: Path | None, documents: pl.DataFrame, themes: pl.DataFrame) -> list[dict[str, str]]:
    """Return the changes against the tables in `previous`; none where no earlier run is named.

    A run that changed nothing gives one row of kind `no_change`, so that silence is never mistaken for failure.
    """
    if previous is None:
        return []
    if not tables.path(previous, "documents").exists():
        raise ConfigurationError(f"compare.yaml: key `previous`: {previous} holds no tables of an earlier run")
    rows = _documents(tables.read(previous, "documents"), documents) + _themes(tables.read(previous, "themes"), themes)
    return rows or [{"kind": "no_change", "subject": "", "detail": "ingen ændringer siden sidste kørsel"}]


def _documents(before: pl.DataFrame, now: pl.DataFrame) -> list[dict[str, str]]:
    old, new = (
        dict(before.select("document_id", "path").iter_rows()),
        dict(now.select("document_id", "path").iter_rows()),
    )
    rows = [
        {
            "kind": "document_new",
            "subject": new[key],
            "detail": "rettet udgave" if new[key] in old.values() else "nyt dokument",
        }
        for key in new.keys() - old.keys()
    ]
    return rows + [
        {"kind": "document_gone", "subject": old[key], "detail": "findes ikke længere"}
        for key in old.keys() - new.keys()
        if old[key] not in new.values()
    ]


def _themes(before: pl.DataFrame, now: pl.DataFrame) -> list[dict[str, str]]:
    """Compare each theme with itself, or with those of the earlier run that it replaces."""
    old = dict(before.select("theme_id", "paragraphs").iter_rows())
    new = dict(now.select("theme_id", "paragraphs").iter_rows())
    origins = {
        theme: [name for name in replaces if name in old and name not in new]
        for theme, replaces in now.select("theme_id", "replaces").iter_rows()
        if theme not in old
    }
    replaced = {name for names in origins.values() for name in names}
    rows = []
    for theme in (old.keys() | new.keys()) - replaced:
        count, was = new.get(theme, 0), old.get(theme, 0)
        if names := origins.get(theme):
            was = sum(old[name] for name in names)
            detail = f"erstatter {', '.join(sorted(names))}: {was} afsnit før, {count} nu"
            rows.append({"kind": "theme_replaced", "subject": theme, "detail": detail})
        elif count != was:
            grown = "theme_grown" if count > was else "theme_shrunk"
            kind = "theme_new" if theme not in old else "theme_gone" if theme not in new else grown
            rows.append({"kind": kind, "subject": theme, "detail": f"{was} afsnit før, {count} nu"})
    return rows
