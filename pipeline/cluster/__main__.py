"""cluster: paragraphs -> themes of the codebook, and themes discovered beyond it."""

from __future__ import annotations

from pipeline import resources
from pipeline.cluster import registry
from pipeline.cluster.assign import assignments
from pipeline.cluster.beyond import Leftovers, discovered
from pipeline.cluster.context import units
from pipeline.cluster.head import Head
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.recurrence import NEVER, recurrence
from pipeline.cluster.scoring import matrix, sure_of_subject, theme_scores
from pipeline.cluster.themes import codebook_rows, left_over
from pipeline.settings import Cluster, Codebook, Embed
from pipeline.stages import shell
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace


def run(workspace: Workspace, *, refit: bool = False) -> str:
    """Write `themes`, `assignments` and `theme_events`; return a one-line summary. `refit` overrides `mode: frozen`."""
    settings, themes = workspace.settings(Cluster), workspace.settings(Codebook).themes
    if refit:
        settings = settings.model_copy(update={"mode": "fit"})
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    head = Head.load(resources.resolve(settings.head))
    head.check(embedder)
    registered = registry.load(workspace.registry, embedder.fingerprint)

    tokens = {row["paragraph_id"]: row for row in workspace.rows("tokens")}
    paragraphs = units(workspace.rows("paragraphs"), tokens.values())
    raw = matrix(paragraphs, workspace.rows("embeddings"), head.space.mean)
    scores = theme_scores(paragraphs, raw, themes, embedder, head)
    allowed = [may_have_theme(unit, settings.min_characters) for unit in paragraphs]
    ids = [theme.id for theme in themes]
    assigned = assignments(
        paragraphs, scores, ids, allowed, min_score=settings.min_score, max_themes=settings.max_themes
    )
    sure = [may and subject for may, subject in zip(allowed, sure_of_subject(paragraphs, raw, head), strict=True)]
    left = left_over(paragraphs, sure, assigned, workspace.rows("documents"))
    beyond = discovered(
        Leftovers.of(paragraphs, left, raw, tokens, head.space), registered, head.space, themes, settings
    )

    found = [*codebook_rows(themes, assigned, tokens), *beyond.themes]
    given = [*assigned, *beyond.assignments]
    times = recurrence(workspace.read("documents"), workspace.read("paragraphs"), given)
    workspace.write("themes", [row | times.get(row["theme_id"], NEVER) for row in found])
    workspace.write("assignments", given)
    workspace.write("theme_events", beyond.events)
    covered = len({row["paragraph_id"] for row in assigned})
    return f"{covered} of {sum(allowed)} body paragraphs have a theme; {beyond.summary}"


if __name__ == "__main__":
    shell("cluster")
