"""Stage embed: paragraphs, sentences and tokens in; a unit vector of each paragraph and of each sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import stages
from pipeline.embed.masking import masked_texts, place_pattern
from pipeline.settings import Embed, Gazetteer
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    import polars as pl

    from pipeline.encoder import Vectors


def frame(key: str, keys: Sequence[str], vectors: Vectors) -> pl.DataFrame:
    """Return the table of vectors by key; built from the array, since a million Python floats are slow."""
    import polars as pl

    column = pl.Series("vector", vectors).cast(pl.List(pl.Float32)) if len(keys) else pl.Series("vector", [])
    return pl.DataFrame({key: pl.Series(keys, dtype=pl.String), "vector": column.cast(pl.List(pl.Float32))})


def run(workspace: Workspace) -> str:
    """Embed what the memo does not know; write `embeddings` and `sentence_embeddings`."""
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    paragraphs, sentences = workspace.rows("paragraphs"), workspace.rows("sentences")
    places = place_pattern(workspace.settings(Gazetteer))
    texts = masked_texts(paragraphs, workspace.rows("tokens"), places)
    texts += [row["text"] for row in sentences]
    vectors = embedder.embed(texts)
    count = len(paragraphs)
    workspace.write("embeddings", frame("paragraph_id", [row["paragraph_id"] for row in paragraphs], vectors[:count]))
    workspace.write(
        "sentence_embeddings", frame("sentence_id", [row["sentence_id"] for row in sentences], vectors[count:])
    )
    return f"{count} paragraphs, {len(sentences)} sentences; {embedder.computed} texts embedded, the rest known"


if __name__ == "__main__":
    stages.shell("embed")
