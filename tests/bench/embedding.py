"""Paragraphs embedded per second: this pipeline's encoder and store against plain sentence-transformers.

Runs on the paragraphs and sentences of the checkout's tables (`make report` writes them).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline import executor, tables
from pipeline.settings import Embed, load
from pipeline.vectors import Embedder

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "tables"


def measure(folder: Path = FOLDER, limit: int = 2000) -> Iterator[str]:
    """Yield one line per way of embedding; all embed the same texts with as many threads."""
    rows = [*tables.read_rows(folder, "paragraphs"), *tables.read_rows(folder, "sentences")]
    texts = [row["text"] for row in rows][:limit]
    settings = load(Embed)
    yield f"{len(texts)} texts, {len(set(texts))} different; {executor.workers()} threads"
    for chosen in (settings, settings.model_copy(update={"format": "bf16"})):
        with tempfile.TemporaryDirectory() as memo:
            embedder = Embedder(chosen, Path(memo))
            model = embedder._encoder.model
            yield _line(f"pipeline, {chosen.format}, cold memo", len(texts), _seconds(embedder.embed, texts))
            yield _line(f"pipeline, {chosen.format}, warm memo", len(texts), _seconds(embedder.embed, texts))
        if chosen.format == "fp32":
            prefixed = [settings.prefix + text for text in texts]
            seconds = _seconds(model.encode, prefixed)  # its batch_size is 32
            yield _line("SentenceTransformer.encode, batch_size=32", len(texts), seconds)


def _seconds(function, texts) -> float:
    started = time.perf_counter()
    function(texts)
    return time.perf_counter() - started


def _line(name: str, count: int, seconds: float) -> str:
    return f"{name:45} {count / seconds:9.1f} a second"
