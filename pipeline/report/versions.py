"""What a report was made from, as hashes of content: the same input gives the same numbers on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pipeline import __version__
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


def versions(workspace: Workspace, documents: Iterable[Row]) -> Versions:
    """Return the versions of a run: hashes of its settings and of the documents, names of its models."""
    settings: dict[type[SettingsModel], SettingsModel] = {model: workspace.settings(model) for model in READ}
    configs = digest(
        {model.file: content.model_dump(mode="json", exclude=PLACES) for model, content in settings.items()}
    )
    corpus = digest(sorted([row["document_id"], *row["paths"]] for row in documents))
    models = tuple(
        (label, str(getattr(settings[model], key)))
        for label, model, key in (
            ("Sprogmodel (ordklasser, lemmaer)", Lemmatize, "model"),
            ("Embeddingmodel (betydning)", Embed, "model"),
            ("Temamodel", Cluster, "head"),
            ("Tonemodel", Sentiment, "head"),
        )
    )
    return Versions(__version__, digest([__version__, configs, corpus]), configs, corpus, models)


def digest(content: Any) -> str:
    """Return the first 12 hex digits of the SHA-256 of the content as canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
