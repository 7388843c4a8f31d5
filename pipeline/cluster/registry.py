"""The registry of discovered themes: the same theme keeps its id from run to run.

The registry is a file that people accept changes into, and an input of the stage; what a run would change is returned
as events, never written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cluster.evidence import Floats, Space
from pipeline.errors import FatalError

SAME = 0.7  # centroid cosine from which a discovered theme is the registered one


@dataclass(frozen=True)
class Entry:
    """One registered theme; `centroid` is the mean vector of its paragraphs."""

    theme_id: str
    label: str
    centroid: Floats


@dataclass(frozen=True)
class Found:
    """One theme found in this run: the label that its terms give it, and the mean vector of its paragraphs."""

    label: str
    centroid: Floats


def load(path: Path, fingerprint: str) -> list[Entry]:
    """Read the active themes of a registry, none where there is no file.

    FatalError where it is broken, or where its centroids come from another embedding model.
    """
    if not path.exists():
        return []
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        active = [theme for theme in content["themes"] if theme.get("status", "active") == "active"]
        entries = [Entry(t["id"], t["label"], np.array(t["centroid"], dtype=np.float64)) for t in active]
        encoder = content["encoder"]["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FatalError(f"{path} is no theme registry ({error}): restore it from git, or delete it") from error
    if entries and encoder != fingerprint:
        raise FatalError(
            f"{path} was made with another embedding model, so that its themes cannot be recognised: restore the model "
            "in embed.yaml, or move the registry away to begin a new one"
        )
    return sorted(entries, key=lambda entry: entry.theme_id)


def match(
    found: Sequence[Found], entries: Sequence[Entry], space: Space, taken: Collection[str]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the id of each found theme, and the rows of the table `theme_events`.

    Pairs are chosen to maximise the sum of centroid cosines (Hungarian assignment) and kept from SAME upwards. A theme
    without a partner is born with an id made from its label, `taken` ids avoided; a registered one without is gone.
    """
    cosine = _cosines(found, entries, space)
    partner = _pairs(cosine)
    ids: list[str] = []
    events: list[dict[str, Any]] = []
    used = {*taken, *(entry.theme_id for entry in entries)}
    for index, theme in enumerate(found):
        if index in partner:
            entry = entries[partner[index]]
            ids.append(entry.theme_id)
            reason = f"centroid cosine {cosine[index, partner[index]]:.2f} to the registered theme"
            events.append(_event(entry.theme_id, "continued", reason, entry.label, theme.centroid))
            continue
        ids.append(new_id(theme.label, used))
        used.add(ids[-1])
        events.append(_event(ids[-1], "born", _why_born(cosine[index], entries), theme.label, theme.centroid))
    for index, entry in enumerate(entries):
        if index not in partner.values():
            events.append(_event(entry.theme_id, "gone", _why_gone(cosine[:, index]), entry.label, entry.centroid))
    return ids, events


def _cosines(found: Sequence[Found], entries: Sequence[Entry], space: Space) -> Floats:
    if not found or not entries:
        return np.zeros((len(found), len(entries)))
    return space.place(np.array([t.centroid for t in found])) @ space.place(np.array([e.centroid for e in entries])).T


def _pairs(cosine: Floats) -> dict[int, int]:
    if 0 in cosine.shape:
        return {}
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-cosine)
    return {int(r): int(c) for r, c in zip(rows, columns, strict=True) if cosine[r, c] >= SAME}


def _why_born(row: Floats, entries: Sequence[Entry]) -> str:
    if not len(row):
        return "the registry holds no theme yet"
    best = int(row.argmax())
    return f"no registered theme is near: the nearest, {entries[best].theme_id}, at centroid cosine {row[best]:.2f}"


def _why_gone(column: Floats) -> str:
    nearest = f": the nearest at centroid cosine {column.max():.2f}" if len(column) else ""
    return f"no theme of this run is near{nearest}"


def _event(theme_id: str, event: str, reason: str, label: str, centroid: Floats) -> dict[str, Any]:
    vector = [round(float(value), 6) for value in centroid]
    return {"theme_id": theme_id, "event": event, "reason": reason, "label": label, "centroid": vector}


def new_id(label: str, used: Collection[str]) -> str:
    """Return an id made from a Danish label ("Svømning og bade" -> `svoemning_og_bade`) that is not yet used."""
    plain = label.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "tema"
    slug = slug if slug[0].isalpha() else f"tema_{slug}"
    candidate, number = slug, 2
    while candidate in used:
        candidate, number = f"{slug}_{number}", number + 1
    return candidate
