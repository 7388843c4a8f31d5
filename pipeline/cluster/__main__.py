"""cluster: paragraphs -> themes of the codebook, and themes discovered beyond it."""

from __future__ import annotations

from pipeline import resources
from pipeline.cluster import registry
from pipeline.cluster.assign import assignments
from pipeline.cluster.context import units
from pipeline.cluster.head import Head
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import matrix, sure_of_subject, theme_scores
from pipeline.cluster.themes import Discovered, codebook_rows, discovered, left_over
from pipeline.settings import Cluster, Codebook, Embed
from pipeline.stages import shell
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Write `themes`, `assignments` and `theme_events`; return a one-line summary."""
    settings, themes = workspace.settings(Cluster), workspace.settings(Codebook).themes
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    head = Head.load(resources.resolve(settings.head))
    head.check(embedder)
    entries = registry.load(workspace.registry, embedder.fingerprint)

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
    beyond = Discovered()
    if len(left) >= settings.discover_min_paragraphs:
        chosen, size = [paragraphs[index] for index in left], settings.discover_min_topic_size
        beyond = discovered(chosen, raw[left], tokens, entries, head.space, ids, size)

    workspace.write("themes", [*codebook_rows(themes, assigned, tokens), *beyond.themes])
    workspace.write("assignments", [*assigned, *beyond.assignments])
    workspace.write("theme_events", beyond.events)
    covered = len({row["paragraph_id"] for row in assigned})
    found = f"{len(beyond.themes)} themes discovered in the {len(left)} left over"
    if len(left) < settings.discover_min_paragraphs:
        found = f"{len(left)} left over: too few to discover themes in (below {settings.discover_min_paragraphs})"
    return f"{covered} of {sum(allowed)} body paragraphs have a theme; {found}"


if __name__ == "__main__":
    shell("cluster")
