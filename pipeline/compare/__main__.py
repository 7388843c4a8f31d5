"""Shell of the stage `compare`: read tables, call, write tables."""

from __future__ import annotations

from pipeline import population, resources, snapshots, validation
from pipeline.compare import (
    changes,
    cooccurrences,
    counts,
    differences,
    keyness,
    measures,
    shared,
    shares,
    tone_groups,
)  # fmt: skip
from pipeline.labels import current, read_labels
from pipeline.settings import Codebook, Compare, Gazetteer
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Compare the municipalities of a workspace; return a one-line summary."""
    settings = workspace.settings(Compare)
    documents, paragraphs = workspace.read("documents"), workspace.read("paragraphs")
    assignments, tones, themes = (workspace.read(name) for name in ("assignments", "tones", "themes"))
    passages = shared.passages(population.own_paragraphs(documents, paragraphs, copies=True), documents)
    workspace.write("shared_passages", passages)
    counted = population.counted_paragraphs(documents, paragraphs, {row["paragraph_id"] for row in passages})
    observed = population.with_themes(counted, assignments, tones)
    codebook = workspace.settings(Codebook).themes
    theme_ids = sorted({*themes["theme_id"], *(theme.id for theme in codebook)})

    labels, problems = current(read_labels(workspace.labels), codebook)
    sample = validation.sampled(labels, counted, workspace.rows("paragraphs"), workspace.rows("assignments"))
    coded = [theme.id for theme in codebook]
    workspace.write("validation", validation.rows(sample, coded, settings.confidence))
    places, errors = counts.by_municipality(counted, observed, theme_ids), validation.errors(sample, coded)
    workspace.write("comparisons", shares.compare(places, theme_ids, settings, errors))
    pairs = differences.compare(places, theme_ids, settings, errors)
    workspace.write("differences", pairs)
    workspace.write("tone_groups", tone_groups.group(observed))
    towns = workspace.settings(Gazetteer).municipalities
    names = {name for town in towns for name in (town.name, *town.districts)}
    workspace.write("keyness", keyness.distinctive(observed, workspace.read("tokens"), names, settings))
    workspace.write("cooccurrences", cooccurrences.pairs(counted, observed))
    model = measures.Model.load(resources.resolve(measures.MODEL))
    workspace.write("measures", measures.pairs(measures.sentences(counted, workspace.read), model))
    previous = snapshots.find(workspace, settings.previous)
    workspace.write("changes", changes.since(previous, workspace.read, workspace.rows("theme_events")))

    made = sum(row.get("difference") is not None for row in pairs)
    return (
        f"{counted['municipality'].n_unique()} municipalities, {counted.height} paragraphs counted, "
        f"{made} of {len(pairs)} differences computed" + "".join(f"; {problem}" for problem in problems)
    )


if __name__ == "__main__":
    shell("compare")
