"""Shell of the stage `compare`: read tables, call, write tables."""

from __future__ import annotations

from pathlib import Path

from pipeline import population, validation
from pipeline.compare import changes, differences, keyness, shares
from pipeline.labels import current, read_labels
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
    codebook = workspace.settings(Codebook).themes
    theme_ids = sorted({*themes["theme_id"], *(theme.id for theme in codebook)})

    labels, problems = current(read_labels(workspace.labels), codebook)
    sample = validation.sampled(labels, counted, workspace.rows("paragraphs"), workspace.rows("assignments"))
    coded = [theme.id for theme in codebook]
    workspace.write("validation", validation.rows(sample, coded, settings.confidence))
    comparisons = shares.compare(counted, observed, theme_ids, settings, validation.errors(sample, coded))
    workspace.write("comparisons", comparisons)
    pairs = differences.compare(counted, observed, theme_ids, settings)
    workspace.write("differences", pairs)
    workspace.write("keyness", keyness.distinctive(observed, workspace.read("tokens"), settings))
    previous = Path(settings.previous) if settings.previous else None
    workspace.write("changes", changes.since(previous, documents, themes))

    made = sum(row.get("difference") is not None for row in pairs)
    return (
        f"{counted['municipality'].n_unique()} municipalities, {counted.height} paragraphs counted, "
        f"{made} of {len(pairs)} differences computed" + "".join(f"; {problem}" for problem in problems)
    )


if __name__ == "__main__":
    shell("compare")
