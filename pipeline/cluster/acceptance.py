"""Writes into the registry what a run proposes: a person's decision, so a command and no stage."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.cluster import registry
from pipeline.cluster.drift import DRIFT, FITTED
from pipeline.errors import ConfigurationError
from pipeline.settings import Embed
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

Row = Mapping[str, Any]
WHOLE = (FITTED, DRIFT)


def accept_events(workspace: Workspace) -> str:
    """Write the events of the workspace's last run into its registry; return in words what changed.

    ConfigurationError where the run knew another state of the registry.
    """
    events, documents = workspace.rows("theme_events"), workspace.rows("documents")
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    content = registry.read(workspace.registry)
    registry.check_encoder(content, embedder.fingerprint, workspace.registry)
    run = run_id(events, documents)
    if content.get("run") == run:
        return f"{workspace.registry}: this run was accepted before, nothing to do"
    accepted = accepted_content(content, events, run, embedder.record)
    workspace.registry.parent.mkdir(parents=True, exist_ok=True)
    temporary = workspace.registry.with_suffix(".tmp")
    temporary.write_text(_text(accepted), encoding="utf-8", newline="\n")
    temporary.replace(workspace.registry)
    counts = Counter(event["event"] for event in events if event["event"] not in WHOLE)
    return f"{workspace.registry}: {', '.join(f'{n} {event}' for event, n in sorted(counts.items())) or 'no theme'}"


def run_id(events: Sequence[Row], documents: Sequence[Row]) -> str:
    """Return 12 hex digits that name a run: the same documents and events give the same."""
    basis = json.dumps([sorted(row["document_id"] for row in documents), events], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(basis.encode()).hexdigest()[:12]


def accepted_content(
    content: Mapping[str, Any], events: Sequence[Row], run: str, encoder: Mapping[str, str]
) -> dict[str, Any]:
    """Return the registry's content after a run's events; a label that a person changed stays.

    A run in frozen mode moves no centroid: it only says which themes were seen.
    """
    themes: dict[str, dict[str, Any]] = {theme["id"]: dict(theme) for theme in content["themes"]}
    whole = {event["event"]: event["far"] for event in events if event["event"] in WHOLE}
    for event in events:
        if event["event"] in WHOLE:
            continue
        _check(event, themes)
        theme = themes.setdefault(event["theme_id"], _new(event, run))
        theme["history"] = [
            *theme.get("history", []), {"run": run, "event": event["event"], "reason": event["reason"]}
        ]  # fmt: skip
        if event["event"] == "gone":
            theme["status"] = "gone"
        elif event["event"] == "merged":
            theme |= {"status": "merged", "successor": event["successor"]}
        else:
            theme |= {"status": "active", "last_seen": run, "paragraphs": event["paragraphs"]}
            if DRIFT not in whole:
                theme |= _shape(event)
    for theme in list(themes.values()):
        heir = themes.get(theme.get("successor") or "")
        if heir is not None:
            heir["parents"] = sorted({*heir.get("parents", []), theme["id"]})
    kept = {key: value for key, value in content.items() if key not in ("themes", "encoder", "run", "version")}
    if FITTED in whole:
        kept["far"] = whole[FITTED]
    return {
        **kept,
        "version": registry.VERSION,
        "encoder": dict(encoder),
        "run": run,
        "themes": [themes[name] for name in sorted(themes)],
    }


def _check(event: Row, themes: Mapping[str, Any]) -> None:
    is_new = event["event"] in ("born", "split")
    if is_new == (event["theme_id"] in themes):
        problem = "is in the registry already" if is_new else "is not in the registry"
        raise ConfigurationError(
            f"theme {event['theme_id']} ({event['event']}) {problem}: the run knew another state of the registry; "
            "run the stage cluster again, then accept"
        )


def _new(event: Row, run: str) -> dict[str, Any]:
    return {
        "id": event["theme_id"],
        "label": event["label"],
        "status": "active",
        "born": run,
        "parents": list(event["parents"]),
    }


def _shape(event: Row) -> dict[str, Any]:
    centroid = [round(float(value), 6) for value in event["centroid"]]
    return {"centroid": centroid, "nearness": event["nearness"], "terms": list(event["terms"])}


def _text(content: Mapping[str, Any]) -> str:
    """Return the content as JSON with one centroid a line, so that a person can read it and git shows what changed."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return re.sub(r"\[\s+(-?\d[^\]]*?)\s+\]", lambda match: f"[{' '.join(match[1].split())}]", text) + "\n"
