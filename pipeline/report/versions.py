"""What a report was made from, as hashes of content: the same input gives the same numbers on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import __version__, resources
from pipeline.report.model import Row, Versions
from pipeline.settings import (
    Clean,
    Cluster,
    Codebook,
    Compare,
    Embed,
    Extract,
    Gazetteer,
    Lemmatize,
    Report,
    Segment,
    Sentiment,
    SettingsModel,
)
from pipeline.workspace import Workspace

READ = (Extract, Clean, Segment, Lemmatize, Embed, Cluster, Sentiment, Compare, Report, Codebook, Gazetteer)
# Where the documents lie says nothing about what is in them; the corpus hash does.
PLACES = {"corpus", "previous"}
UNNAMED = ("models/ocr", "models/measures")  # used without being named in a config


def versions(workspace: Workspace, documents: Iterable[Row]) -> Versions:
    """Return the versions of a run: hashes of its settings and documents, and its models by what they are for."""
    settings: dict[type[SettingsModel], SettingsModel] = {model: workspace.settings(model) for model in READ}
    configs = digest(
        {model.file: content.model_dump(mode="json", exclude=PLACES) for model, content in settings.items()}
    )
    corpus = digest(sorted([row["document_id"], *row["paths"]] for row in documents))
    models = tuple(
        (purpose, str(getattr(settings[model], key)))
        for purpose, model, key in (
            ("words", Lemmatize, "model"),
            ("meaning", Embed, "model"),
            ("themes", Cluster, "head"),
            ("tone", Sentiment, "head"),
        )
    )
    weights = [fingerprint(resources.resolve(name)) for name in [*(name for _, name in models), *UNNAMED]]
    return Versions(__version__, digest([__version__, configs, corpus, weights]), configs, corpus, models)


@cache
def fingerprint(folder: Path) -> str:
    """Return a hash of a model's files, without recipes and cards; of its name, where it is no folder of this machine.

    Each file is read once in a process: 90 MB take a tenth of a second.
    """
    if not folder.is_dir():
        return digest(folder.name)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc", ".md"})
    return digest([[path.relative_to(folder).as_posix(), _hash(path)] for path in files])


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(content: Any) -> str:
    """Return the first 12 hex digits of the SHA-256 of the content as canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
