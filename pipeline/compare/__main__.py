"""Shell of the stage `compare`: read tables, call, write tables."""

from __future__ import annotations

from pathlib import Path

from pipeline import population
from pipeline.compare import changes, differences, keyness, shares
from pipeline.settings import Codebook, Compare
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Compare the municipalities of a workspace; return a one-line summary."""
    settings = workspace.settings(Compare)
    documents, paragraphs = workspace.read("documents"), workspace.read("paragraphs")
    assignments, tones, themes = (workspace.read(name) for name in ("assignments", "tones", "themes"))
    counted = population.counted_paragraphs(documents, paragraphs)
    observed = population.with_themes(counted, assignments, tones)
    theme_ids = sorted({*themes["theme_id"], *(theme.id for theme in workspace.settings(Codebook).themes)})

    comparisons = shares.compare(counted, observed, theme_ids, settings)
    workspace.write("comparisons", comparisons)
    pairs = differences.compare(counted, observed, theme_ids, settings)
    workspace.write("differences", pairs)
    workspace.write("keyness", keyness.distinctive(observed, workspace.read("tokens"), settings))
    previous = Path(settings.previous) if settings.previous else None
    workspace.write("changes", changes.since(previous, documents, themes))

    made = sum(row.get("difference") is not None for row in pairs)
    return (
        f"{counted['municipality'].n_unique()} municipalities, {counted.height} paragraphs counted, "
        f"{made} of {len(pairs)} differences computed"
    )


if __name__ == "__main__":
    shell("compare")
