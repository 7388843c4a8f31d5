"""Overrides: what a person says of a document replaces what was inferred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.corrections import Correction, check_paths, read_corrections
from pipeline.errors import ConfigurationError
from pipeline.settings import Gazetteer

FILES = ("metadata.csv", "metadata.xlsx")


def read_overrides(corpus: Path, gazetteer: Gazetteer) -> list[Correction]:
    """Return the corrections beside the documents of a corpus folder; none where there is no such file.

    ConfigurationError for a wrong cell, a path that is no file of the corpus, or two files of corrections.
    """
    present = [corpus / name for name in FILES if (corpus / name).is_file()]
    if len(present) > 1:
        raise ConfigurationError(f"{corpus} holds both {' and '.join(FILES)}: keep the one that is right")
    corrections = [correction for source in present for correction in read_corrections(source, gazetteer)]
    check_paths(corrections, corpus)
    return corrections


def apply_overrides(rows: Iterable[Mapping[str, Any]], overrides: Iterable[Correction]) -> list[dict[str, Any]]:
    """Return the rows of `documents` with the corrected values, and evidence that says where they come from.

    A correction of any of a document's identical copies counts for the document.
    """
    by_path = {correction.path: correction for correction in overrides}
    corrected = []
    for row in rows:
        result = dict(row)
        for path in row["paths"]:
            if correction := by_path.get(path):
                result |= _changes(correction)
        corrected.append(result)
    return corrected


def _changes(correction: Correction) -> dict[str, Any]:
    changes: dict[str, Any] = dict(correction.values)
    for column in ("municipality", "date", "kind"):
        if column in correction.values:
            changes[f"{column}_evidence"] = f"rettet i {correction.source.name}"
    if "municipality" in correction.values:
        changes["municipality_confidence"] = 1.0
    return changes
