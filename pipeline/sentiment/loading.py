"""What scoring tone needs, loaded from a workspace's settings."""

from __future__ import annotations

from pipeline import resources
from pipeline.sentiment.head import Head
from pipeline.sentiment.lexicon import Lexicon
from pipeline.settings import Codebook, Embed, Sentiment
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace


def load(workspace: Workspace) -> tuple[Embedder, Head, Lexicon]:
    """Return the embedder, the head and the lexicon; FatalError where the head was fitted on other vectors.

    The lexicon leaves out words of the codebook's themes, so that a theme's own words never decide its tone.
    """
    folder = resources.resolve(workspace.settings(Sentiment).head)
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    head = Head.load(folder)
    head.check(embedder)
    stems = [stem for theme in workspace.settings(Codebook).themes for stem in theme.stems]
    return embedder, head, Lexicon.load(folder, stems)
