"""Paragraphs embedded per second: each number format against plain sentence-transformers and the uncut model in fp32.

Runs on the paragraphs of 60 to 600 characters of the checkout's tables (`make report` writes them). The uncut model is
what models/e5-small-da/build.py writes to `--uncut`; name its folder in TEMASPEJL_UNCUT, else the cut one stands in.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from pipeline import executor, resources, tables
from pipeline.cluster.assign import assignments
from pipeline.cluster.context import units
from pipeline.cluster.evidence import ThemeTexts
from pipeline.cluster.head import Head
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import theme_scores
from pipeline.encoder import Encoder, locate
from pipeline.settings import FORMATS, Cluster, Codebook, Embed, load

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "tables"
COUNT, ROUNDS = 600, 2


def measure(folder: Path = FOLDER) -> Iterator[str]:
    """Yield a table; all embed the same texts in turn with as many threads, and the best of the rounds counts."""
    import torch
    from sentence_transformers import SentenceTransformer

    settings = load(Embed)
    uncut = os.environ.get("TEMASPEJL_UNCUT") or str(resources.resolve(settings.model))
    rows = tables.read_rows(folder, "paragraphs")
    texts = sorted({row["text"] for row in rows if 60 <= len(row["text"]) <= 600})[:COUNT]
    plain = SentenceTransformer(uncut, device="cpu", local_files_only=True)
    encoders = {name: Encoder(locate(settings), settings.model_copy(update={"format": name})) for name in FORMATS}

    def encode_plain() -> np.ndarray:
        torch.set_num_threads(executor.workers())
        vectors = plain.encode([settings.prefix + text for text in texts], batch_size=32)
        torch.set_num_threads(1)
        return vectors

    ways: dict[str, Callable[[], np.ndarray]] = {"plain": encode_plain}
    ways |= {name: lambda encoder=encoder: embed(encoder, texts) for name, encoder in encoders.items()}
    seconds, vectors = {}, {}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.perf_counter(), time.process_time()
            vectors[name] = way()
            spent = time.perf_counter() - started[0], time.process_time() - started[1]
            seconds[name] = tuple(map(min, spent, seconds.get(name, spent)))
    yield f"{len(texts)} paragraphs, {executor.workers()} threads, best of {ROUNDS} rounds"
    yield f"plain: SentenceTransformer({uncut!r}).encode(batch_size=32) in fp32; cosine to it"
    yield "| | paragraphs a second | times plain | times plain in CPU time | cosine, mean | least |"
    yield "|---|---|---|---|---|---|"
    for name, (wall, cpu) in seconds.items():
        cosine = (vectors[name] * vectors["plain"]).sum(axis=1)
        yield (
            f"| {name} | {len(texts) / wall:.0f} | {seconds['plain'][0] / wall:.2f} | {seconds['plain'][1] / cpu:.2f} "
            f"| {cosine.mean():.4f} | {cosine.min():.4f} |"
        )
    themes = {name: main_themes(encoder, folder) for name, encoder in encoders.items()}
    exact = themes["fp32"]
    for name, found in themes.items():
        changed = sum(theme != before for theme, before in zip(found, exact, strict=True))
        yield f"{name}: main theme other than with fp32, same head: {changed} of {len(exact)} body paragraphs"


def embed(encoder: Encoder, texts: list[str]) -> np.ndarray:
    vectors = np.zeros((len(texts), 0), dtype=np.float32)
    for indices, batch in encoder.encode(texts):
        if not vectors.size:
            vectors = np.zeros((len(texts), batch.shape[1]), dtype=np.float32)
        vectors[indices] = batch
    return vectors


def main_themes(encoder: Encoder, folder: Path) -> list[str | None]:
    """Return the main theme of each body paragraph by the shipped head, whatever format it was fitted on."""
    settings, themes = load(Cluster), load(Codebook).themes
    paragraphs = units(tables.read_rows(folder, "paragraphs"), tables.read_rows(folder, "tokens"))
    passages = {text for theme in themes for text in ThemeTexts.of(theme).passages}
    texts = sorted(passages | {unit.text for unit in paragraphs})
    known = dict(zip(texts, embed(encoder, texts), strict=True))

    class Known:
        def embed(self, wanted: list[str], *_: str) -> np.ndarray:
            return np.array([known[text] for text in wanted])

    raw = Known().embed([unit.text for unit in paragraphs]).astype(np.float64)
    scores = theme_scores(paragraphs, raw, themes, Known(), Head.load(resources.resolve(settings.head)))
    allowed = [may_have_theme(unit, settings.min_characters) for unit in paragraphs]
    rows = assignments(
        paragraphs, scores, [theme.id for theme in themes], allowed,
        min_score=settings.min_score, max_themes=settings.max_themes,
    )  # fmt: skip
    main = {row["paragraph_id"]: row["theme_id"] for row in rows if row["rank"] == 1}
    return [main.get(unit.paragraph_id) for unit, may in zip(paragraphs, allowed, strict=True) if may]
