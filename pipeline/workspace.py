"""Where one run reads and writes: the checkout that DVC works in, or any folder named with `temaspejl run`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import tables
from pipeline.settings import Extract, Model, load

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Workspace:
    """The folders of one run. `configs` holds the files that replace shipped ones, or is None.

    `previous` names the earlier run that the command wants this one compared with; without one, the settings do.
    """

    corpus: Path
    tables: Path
    reports: Path
    memo: Path
    registry: Path
    labels: Path
    snapshots: Path
    gold: Path | None = None
    configs: Path | None = None
    previous: str | None = None

    @classmethod
    def checkout(cls, root: Path) -> Workspace:
        """Return the workspace of a checkout: what `dvc.yaml` names."""
        corpus = root / load(Extract, root / "configs").corpus
        return cls(
            corpus=corpus,
            tables=root / "corpora" / "tables",
            reports=root / "reports",
            memo=root / ".memo",
            registry=root / "models" / "themes" / "registry.json",
            labels=root / "corpora" / "gold" / "labels.csv",
            snapshots=root / "corpora" / "snapshots",
            gold=root / "corpora" / "gold",
            configs=root / "configs",
        )

    @classmethod
    def at(cls, root: Path, corpus: Path, configs: Path | None = None) -> Workspace:
        """Return the workspace of `temaspejl run`: everything that it reads and writes lies below `root`."""
        return cls(
            corpus=corpus,
            tables=root / "tables",
            reports=root / "reports",
            memo=root / ".memo",
            registry=root / "registry.json",
            labels=root / "labels.csv",
            snapshots=root / "snapshots",
            configs=configs,
        )

    def add_registry(self) -> None:
        """Write an empty registry of discovered themes where there is none, for a person to accept themes into."""
        if not self.registry.exists():
            empty = {"encoder": {"fingerprint": None}, "themes": []}
            self.registry.write_text(json.dumps(empty) + "\n", encoding="utf-8")

    def settings(self, model: type[Model]) -> Model:
        """Return one stage's settings, from this workspace's configs or the shipped ones."""
        return load(model, self.configs)

    def read(self, name: str) -> pl.DataFrame:
        """Read one table of this run."""
        return tables.read(self.tables, name)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Read one table of this run as dictionaries."""
        return tables.read_rows(self.tables, name)

    def write(self, name: str, rows: Iterable[Mapping[str, Any]] | pl.DataFrame) -> int:
        """Write one table of this run; return its number of rows."""
        return tables.write(self.tables, name, rows)
