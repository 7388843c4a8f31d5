"""The registry of discovered themes: the file in which a theme keeps its id from run to run.

It is an input of the stage. What a run would change in it is returned as events; `temaspejl themes accept` writes them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cluster.evidence import Floats
from pipeline.errors import FatalError

VERSION = 1
NEARNESS = 0.5  # of a theme whose own is not recorded


@dataclass(frozen=True)
class Entry:
    """One registered theme that a run may find again.

    `centroid` is the mean vector of its paragraphs, `nearness` the cosine to it from which a paragraph belongs to it;
    a theme that is `gone` keeps its id for the day it comes back.
    """

    theme_id: str
    label: str
    centroid: Floats
    nearness: float = NEARNESS
    terms: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True)
class Registry:
    """What a run needs of the registry.

    `entries` are sorted by id; `ids` are all ids ever given, those of merged themes included, so that none is given
    twice; `far` is the share of left-over paragraphs that no theme was near when the registry was last fitted.
    """

    entries: tuple[Entry, ...] = ()
    ids: frozenset[str] = frozenset()
    far: float | None = None


def read(path: Path) -> dict[str, Any]:
    """Return the content of a registry's file, that of an empty one where there is none; FatalError where broken."""
    if not path.exists():
        return {"encoder": {"fingerprint": None}, "themes": []}
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = content["encoder"]["fingerprint"], [_entry(theme) for theme in content["themes"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FatalError(f"{path} is no theme registry ({error}): restore it from git, or delete it") from error
    return content


def load(path: Path, fingerprint: str) -> Registry:
    """Read a registry, an empty one where there is no file.

    FatalError where it is broken, or where its centroids come from another embedding model.
    """
    content = read(path)
    check_encoder(content, fingerprint, path)
    known = [theme for theme in content["themes"] if theme.get("status", "active") in ("active", "gone")]
    entries = sorted((_entry(theme) for theme in known), key=lambda entry: entry.theme_id)
    return Registry(tuple(entries), frozenset(theme["id"] for theme in content["themes"]), content.get("far"))


def check_encoder(content: dict[str, Any], fingerprint: str, path: Path) -> None:
    """Raise FatalError where the registry's centroids come from another embedding model."""
    if content["themes"] and content["encoder"]["fingerprint"] != fingerprint:
        raise FatalError(
            f"{path} was made with another embedding model, so that its themes cannot be recognised: restore the model "
            "in embed.yaml, or move the registry away to begin a new one"
        )


def _entry(theme: dict[str, Any]) -> Entry:
    return Entry(
        theme_id=theme["id"],
        label=theme["label"],
        centroid=np.array(theme["centroid"], dtype=np.float64),
        nearness=float(theme.get("nearness", NEARNESS)),
        terms=tuple(theme.get("terms", ())),
        gone=theme.get("status") == "gone",
    )


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
