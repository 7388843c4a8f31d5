"""The gold: what readers found in the sample, keyed by document and span of the raw text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FatalError
from pipeline.spans import match as match


@dataclass(frozen=True)
class GoldSpan:
    """One labelled span: `themes` main first, empty for procedure; `tone` empty where there is no theme."""

    document_id: str
    start: int
    end: int
    split: str
    themes: tuple[str, ...]
    tone: str


@dataclass(frozen=True)
class GoldDocument:
    """What is true of one document."""

    document_id: str
    municipality: str
    date: str
    kind: str
    split: str


def read_spans(path: Path) -> list[GoldSpan]:
    """Read labelled spans from CSV, sorted by document and start; FatalError names the file, line and column."""
    spans = [
        GoldSpan(
            document_id=row["document_id"],
            start=_number(row["start"], path, line, "start"),
            end=_number(row["end"], path, line, "end"),
            split=row["split"],
            themes=tuple(theme.strip() for theme in row["themes"].split(";") if theme.strip()),
            tone=row["tone"],
        )
        for line, row in _rows(path, ("document_id", "start", "end", "split", "themes", "tone"))
    ]
    return sorted(spans, key=lambda span: (span.document_id, span.start, span.end))


def read_documents(path: Path) -> list[GoldDocument]:
    """Read the facts of each document from CSV, sorted by document_id; FatalError as in `read_spans`."""
    names = ("document_id", "municipality", "date", "kind", "split")
    found = [GoldDocument(**{name: row[name] for name in names}) for _, row in _rows(path, names)]
    return sorted(found, key=lambda document: document.document_id)


def _rows(path: Path, columns: Sequence[str]) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [(reader.line_num, row) for row in reader]
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FatalError(f"{path} cannot be read as CSV: {error}") from error
    if missing:
        raise FatalError(f"{path} has no column {', '.join(missing)}")
    return rows


def _number(value: str, path: Path, line: int, column: str) -> int:
    if not value.isdigit():
        raise FatalError(f"{path}, line {line}, column {column}: {value!r} is no offset")
    return int(value)
