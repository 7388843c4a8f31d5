"""What changed since an earlier run, which is an input, and whether it is more than chance.

A theme's share can move because other documents are read, or because the codebook, a model or a setting is another.
Only the first says something about the municipalities, so `real` is asked of it alone: documents that both runs have
get the themes of this run in both, and what is left of the difference must be larger than one meeting more or less
could make it (delete-one jackknife over meetings, Student's t).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from pipeline import population, snapshots
from pipeline.compare.intervals import jackknife

Floats = NDArray[np.float64]
Row = dict[str, Any]
NO_CHANGE: Row = {"kind": "no_change", "subject": "", "label": "", "real": False, "documents": [], "related": []}


@dataclass(frozen=True)
class Run:
    """What is compared of a run: its documents and themes, its counted paragraphs, and those with a theme."""

    documents: pl.DataFrame
    themes: pl.DataFrame
    counted: pl.DataFrame
    themed: pl.DataFrame

    @classmethod
    def of(cls, read: Callable[[str], pl.DataFrame]) -> Run:
        """Return a run from its tables; `read` gives one of them by its name."""
        documents, paragraphs, shared = read("documents"), read("paragraphs"), read("shared_passages")
        counted = population.counted_paragraphs(documents, paragraphs, shared["paragraph_id"].to_list())
        counted = counted.select("paragraph_id", "document_id", "cluster")
        assigned = read("assignments").select("paragraph_id", "theme_id")
        return cls(documents, read("themes"), counted, counted.join(assigned, on="paragraph_id"))


def since(previous: Path | None, read: Callable[[str], pl.DataFrame], events: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return the rows of `changes` against the earlier run in the folder `previous`, none without one.

    `read` gives a table of this run by its name, `events` are its `theme_events`. A run that changed nothing gives one
    row of kind `no_change`, so that silence is never mistaken for failure.
    """
    if previous is None:
        return []
    return between(Run.of(snapshots.reader(previous)), Run.of(read), events)


def between(before: Run, now: Run, events: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return the rows of `changes` from one run to another."""
    moved = _Documents.between(before.documents, now.documents)
    return [*moved.rows(), *_themes(before, now, list(events), moved)] or [NO_CHANGE]


@dataclass(frozen=True)
class _Documents:
    """document_id -> path of the documents that only one run has, and of the changed: new id -> old id."""

    new: Mapping[str, str]
    gone: Mapping[str, str]
    changed: Mapping[str, str]

    @classmethod
    def between(cls, before: pl.DataFrame, now: pl.DataFrame) -> _Documents:
        old, new = (dict(frame.select("document_id", "path").iter_rows()) for frame in (before, now))
        # The same file with other content; of two with one content, any of their names will do.
        names = {path: key for key, paths in before.select("document_id", "paths").iter_rows() for path in paths}
        changed = {
            key: names[path]
            for key, paths in now.select("document_id", "paths").iter_rows()
            for path in paths
            if key not in old and path in names and names[path] not in new
        }
        return cls(
            {key: path for key, path in new.items() if key not in old},
            {key: path for key, path in old.items() if key not in new and key not in changed.values()},
            changed,
        )

    def rows(self) -> Iterator[Row]:
        blank: Row = {"real": True, "documents": [], "related": []}
        for key, path in self.new.items():
            kind = "document_changed" if key in self.changed else "document_new"
            yield {"kind": kind, "subject": key, "label": path} | blank
        for key, path in self.gone.items():
            yield {"kind": "document_gone", "subject": key, "label": path} | blank

    def pulls(self, before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
        """Return what each document that only one run has adds to a sum over documents; a changed one by its new id."""
        renamed = {old: new for new, old in self.changed.items()}
        found: dict[str, float] = {}
        for sign, values in ((-1, before), (1, now)):
            for name, value in values.items():
                key = renamed.get(name, name)
                if key in self.new or key in self.gone:
                    found[key] = found.get(key, 0.0) + sign * value
        return found


def _themes(before: Run, now: Run, events: list[Mapping[str, Any]], moved: _Documents) -> Iterator[Row]:
    """Compare each theme with itself, or with those of the earlier run that it stands for."""
    old, new = (dict(run.themes.select("theme_id", "da").iter_rows()) for run in (before, now))
    stands_for = {
        theme: [name for name in replaces if name in old and name not in new]
        for theme, replaces in now.themes.select("theme_id", "replaces").iter_rows()
        if theme not in old
    }
    replaced = {name for names in stands_for.values() for name in names}
    parents = {row["theme_id"]: row["parents"] for row in events if row["event"] == "split"}
    successors = {row["theme_id"]: row["successor"] for row in events if row["event"] == "merged"}
    for theme in sorted((old.keys() | new.keys()) - replaced):
        names = stands_for.get(theme) or [theme]
        row = _moved(before, now, names, theme, moved)
        related: list[str] = []
        if theme in new and theme in old:
            if (row["before"], row["share_before"]) == (row["now"], row["share_now"]):
                continue
            grown = (row["share_now"] or 0, row["now"]) > (row["share_before"] or 0, row["before"])
            kind = "theme_grown" if grown else "theme_shrunk"
        elif theme in old:
            related = [successors[theme]] if theme in successors else []
            kind = "theme_merged" if related else "theme_gone"
        elif stands_for.get(theme):
            kind, related = "theme_replaced", sorted(names)
        else:
            related = [parent for parent in parents.get(theme, []) if parent in old]
            kind = "theme_split" if related else "theme_new"
        yield {"kind": kind, "subject": theme, "label": new.get(theme) or old[theme], "related": related} | row


def _moved(before: Run, now: Run, names: list[str], theme: str, moved: _Documents) -> Row:
    """Return the counts and shares of a theme in both runs, the documents that caused the difference, and `real`."""
    was = before.themed.filter(pl.col("theme_id").is_in(names)).unique("paragraph_id")
    has = now.themed.filter(pl.col("theme_id") == theme)
    old, new = (part / whole if whole else None for part, whole in
                ((was.height, before.counted.height), (has.height, now.counted.height)))  # fmt: skip
    causes = _causes(
        _excess(before, was, old or 0.0), _excess(now, has, old or 0.0), (new or 0.0) - (old or 0.0), moved
    )
    return {
        "before": was.height,
        "now": has.height,
        "share_before": old,
        "share_now": new,
        "documents": causes,
        "real": bool(causes) and _beyond_chance(before, now, was, has),
    }


def _excess(run: Run, themed: pl.DataFrame, share: float) -> dict[str, float]:
    """Return how many more of each document's paragraphs have the theme than a share of it would be."""
    having = dict(themed.group_by("document_id").len().iter_rows())
    return {
        name: having.get(name, 0) - share * count
        for name, count in run.counted.group_by("document_id").len().iter_rows()
    }


def _causes(before: Mapping[str, float], now: Mapping[str, float], difference: float, moved: _Documents) -> list[str]:
    """Return the documents that pulled the share the way it went, the weightiest first."""
    pulls = moved.pulls(before, now)
    chosen = [key for key, pull in pulls.items() if pull * difference > 0 or (pull and not difference)]
    return sorted(chosen, key=lambda key: (-round(abs(pulls[key]), 9), key))


def _beyond_chance(before: Run, now: Run, was: pl.DataFrame, has: pl.DataFrame, confidence: float = 0.95) -> bool:
    """Tell whether other documents moved the share further than leaving out one meeting at a time moves it."""
    both = set(before.counted["document_id"]) & set(now.counted["document_id"])
    kept = pl.col("document_id").is_in(list(both))
    sides = (
        (pl.concat([frame.filter(~kept), here.filter(kept)]) for frame, here in pairs)
        for pairs in (((before.counted, now.counted), (was, has)), ((now.counted, now.counted), (has, has)))
    )
    (old_all, old), (new_all, new) = ([frame.group_by("cluster").len() for frame in side] for side in sides)
    clusters = sorted({*old_all["cluster"], *new_all["cluster"]})
    counts = [_by_cluster(frame, clusters) for frame in (old, old_all, new, new_all)]
    return _excludes_zero(counts, confidence)


def _by_cluster(sums: pl.DataFrame, clusters: list[str]) -> Floats:
    found = dict(sums.iter_rows())
    return np.array([found.get(cluster, 0) for cluster in clusters], dtype=np.float64)


def _excludes_zero(counts: Sequence[Floats], confidence: float) -> bool:
    """Tell whether the interval of new / new_all - old / old_all lies on one side of zero.

    `counts` are old, old_all, new and new_all, each per cluster; a cluster is left out of both at a time.
    """
    old, old_all, new, new_all = (values[:, None] for values in counts)
    before, now = jackknife(old, old_all), jackknife(new, new_all)
    number = len(old)
    if number < 2 or not (old_all.any() and new_all.any()):
        return False
    error = np.sqrt((number - 1) / number * ((now.changes - before.changes) ** 2).sum())
    difference = float(now.value[0] - before.value[0])
    return bool(abs(difference) > stats.t.ppf((1 + confidence) / 2, number - 1) * error)
