"""Metrics as JSON and plots as CSV: sorted, rounded, the same bytes for the same figures."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def write_metrics(folder: Path, name: str, figures: Mapping[str, Any]) -> None:
    """Write `name.json` below the folder, keys sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def write_plot(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write `name.csv` below the folder, in the order of the rows."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
