"""Themes that people gave to spans of a corpus, as a CSV file: what the next fit learns from, or is judged by.

The columns are those of COLUMNS; `themes` are ids, main first, joined by `;`, empty where there is none. `purpose` is
`improve` (chosen because the run was unsure: the fit may learn from it) or `validate` (drawn at random with a known
`probability`: only ever measured against).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.settings import Theme

COLUMNS = ("document_id", "start", "end", "themes", "tone", "annotator", "purpose", "municipality", "probability")
PURPOSES = ("improve", "validate")
TONES = ("positive", "neutral", "negative", "mixed")
MIN_OVERLAP = 0.5  # of a labelled span that a paragraph must hold to be what was labelled
_ANNOTATOR = re.compile(r"\w[\w .-]{0,60}")


@dataclass(frozen=True)
class Label:
    """What one person said of one span; `probability` is that of being drawn, 1 where the choice was no chance."""

    document_id: str
    start: int
    end: int
    themes: tuple[str, ...]
    tone: str
    annotator: str
    purpose: str
    municipality: str = ""
    probability: float = 1.0

    @property
    def key(self) -> tuple[str, int, int, str, str]:
        """What tells a label from all others: one person labels a span once for one purpose."""
        return self.document_id, self.start, self.end, self.purpose, self.annotator


def read_labels(path: Path) -> list[Label]:
    """Read labels, none where there is no file; ConfigurationError names file, line, column and remedy."""
    if not path.exists():
        return []
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        raise ConfigurationError(
            f"{path}, line 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}"
        )
    return sorted((_label(row, f"{path}, line {line}") for line, row in rows), key=lambda label: label.key)


def _label(row: dict[str, str], place: str) -> Label:
    for column in ("start", "end"):
        if not (row[column] or "").isdigit():
            raise ConfigurationError(f"{place}, column {column}: {row[column]!r} is no offset; write a whole number")
    _one_of(row["purpose"], PURPOSES, f"{place}, column purpose")
    if row["tone"]:
        _one_of(row["tone"], TONES, f"{place}, column tone")
    try:
        probability = float(row["probability"] or 1)
    except ValueError:
        probability = 0.0
    if not 0 < probability <= 1:
        problem = f"{row['probability']!r} is no probability; write a number above 0 and at most 1"
        raise ConfigurationError(f"{place}, column probability: {problem}")
    return Label(
        document_id=row["document_id"],
        start=int(row["start"]),
        end=int(row["end"]),
        themes=tuple(theme.strip() for theme in row["themes"].split(";") if theme.strip()),
        tone=row["tone"],
        annotator=annotator_name(row["annotator"], f"{place}, column annotator"),
        purpose=row["purpose"],
        municipality=row["municipality"],
        probability=probability,
    )


def annotator_name(text: str, place: str) -> str:
    """Return the name of a person who labels; ConfigurationError for one that no spreadsheet should be given."""
    if not _ANNOTATOR.fullmatch(text or ""):
        raise ConfigurationError(f"{place}: {text!r} is no name for an annotator; use letters, digits, space, . _ or -")
    return text


def _one_of(value: str, allowed: Sequence[str], place: str) -> None:
    if value not in allowed:
        raise ConfigurationError(f"{place}: {value!r} is none of {', '.join(allowed)}; write one of them")


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """Write labels as CSV, sorted; one that was labelled again for the same purpose by the same person last counts."""
    latest = {label.key: label for label in labels}
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, label in sorted(latest.items()):
        probability = "" if label.probability == 1 else repr(label.probability)
        writer.writerow(
            [label.document_id, label.start, label.end, ";".join(label.themes), label.tone, label.annotator,
             label.purpose, label.municipality, probability]
        )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines.getvalue(), encoding="utf-8", newline="\n")


def training(labels: Sequence[Label]) -> list[Label]:
    """Return the labels that a fit may learn from: those to improve, but for spans that validate it."""
    held_back: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if label.purpose == "validate":
            held_back[label.document_id].append(label)
    return [
        label
        for label in labels
        if label.purpose == "improve"
        and not any(other.start < label.end and label.start < other.end for other in held_back[label.document_id])
    ]


def current(labels: Sequence[Label], themes: Sequence[Theme]) -> tuple[list[Label], list[str]]:
    """Return the labels in the ids of today's codebook, and in words why any was left out.

    An id that one theme `replaces` is renamed to it. A label with an id that several replace (a split) or none knows is
    left out whole: what it says of the paragraph is no longer clear.
    """
    heirs: dict[str, list[str]] = defaultdict(list)
    for theme in themes:
        heirs[theme.id].append(theme.id)
    for theme in themes:
        for old in theme.replaces:
            if theme.id not in heirs[old] and old not in {one.id for one in themes}:
                heirs[old].append(theme.id)
    kept, lost = [], set()
    for label in labels:
        unclear = [theme for theme in label.themes if len(heirs.get(theme, ())) != 1]
        if unclear:
            lost |= set(unclear)
            continue
        renamed = tuple(dict.fromkeys(heirs[theme][0] for theme in label.themes))
        kept.append(replace(label, themes=renamed))
    remedy = "name it in `replaces` of one theme, or label again"
    return kept, [
        f"labels with the theme {theme!r} are left out: the codebook has it no more; {remedy}" for theme in sorted(lost)
    ]
