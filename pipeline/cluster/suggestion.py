"""A discovered theme as a stanza of the codebook: what `temaspejl themes suggest` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from pipeline.cluster import terms
from pipeline.errors import ConfigurationError
from pipeline.workspace import Workspace

LONGEST_EXAMPLE = 160
SHORTEST_STEM = 5
HEADING = (
    "# Append to `themes:` in themes.yaml, write a definition that a colleague could code by, and run again.\n"
    "# The names of people and places do not belong in examples.\n"
)


def suggest(workspace: Workspace, theme_id: str) -> str:
    """Return YAML for `configs/themes.yaml`; ConfigurationError where the run discovered no such theme."""
    discovered = [row for row in workspace.rows("themes") if row["origin"] == "discovered"]
    row = next((row for row in discovered if row["theme_id"] == theme_id), None)
    if row is None:
        known = ", ".join(row["theme_id"] for row in discovered) or "none"
        raise ConfigurationError(f"no discovered theme has the id {theme_id!r}; the last run has: {known}")
    wanted = set(row["representatives"])
    texts = {one["paragraph_id"]: one["text"] for one in workspace.rows("paragraphs") if one["paragraph_id"] in wanted}
    tokens = [one for one in workspace.rows("tokens") if one["paragraph_id"] in wanted]
    return stanza(row, [texts[name] for name in row["representatives"] if name in texts], tokens)


def stanza(row: Mapping[str, Any], texts: Sequence[str], tokens: Sequence[Mapping[str, Any]]) -> str:
    """Return one theme as YAML: its name, words as definition, representative paragraphs as examples, and stems."""
    nouns = {noun for one in tokens for noun in terms.nouns(one)}
    words = [term for term in row["terms"] if " " not in term]
    stems = [word for word in words if len(word) >= SHORTEST_STEM and word in nouns][:6] or words[:3]
    content = {
        "id": row["theme_id"],
        "da": row["da"],
        "en": row["en"],
        "definition": f"Afsnit om {', '.join(row['terms'][:6])}.",
        "examples": [_short(text) for text in texts],
        "stems": stems,
        "replaces": [row["theme_id"]],
    }
    return HEADING + yaml.safe_dump([content], allow_unicode=True, sort_keys=False, width=110)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_EXAMPLE else f"{plain[:LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"
