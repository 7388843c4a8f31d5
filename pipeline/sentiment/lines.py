"""The tone of any text, line by line: what `temaspejl sentiment` prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from pipeline.sentiment.features import word_features
from pipeline.sentiment.head import Head
from pipeline.sentiment.lexicon import Lexicon
from pipeline.sentiment.loading import load
from pipeline.sentiment.tone import Limits, tone_together
from pipeline.settings import Sentiment
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

LONGEST = 800  # characters; a longer line is scored in pieces of whole sentences
_BATCH = 512
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"»“(]?[A-ZÆØÅ0-9])")

Scored = dict[str, str | float]


def score_lines(lines: Iterable[str], workspace: Workspace) -> Iterator[Scored]:
    """Yield `{"text", "tone", "score"}` for each line, in order; a blank line is neutral, 0.

    Settings and the store of vectors come from the workspace. Lines are read in batches, so that a stream of any length
    can be scored.
    """
    embedder, head, lexicon = load(workspace)
    settings = workspace.settings(Sentiment)
    limits = Limits(settings.neutral, settings.mixed)
    stream = iter(lines)
    while batch := [line.rstrip("\r\n") for line in islice(stream, _BATCH)]:
        yield from _score(batch, embedder, head, lexicon, limits)


def _score(lines: list[str], embedder: Embedder, head: Head, lexicon: Lexicon, limits: Limits) -> Iterator[Scored]:
    split = [pieces(line) for line in lines]
    flat = [piece for group in split for piece in group]
    vectors = np.asarray(embedder.embed(flat, "lines"), dtype=np.float64).reshape(len(flat), len(head.mean))
    scores = head.score(vectors, vectors, word_features(flat, lexicon))  # a line is its own context
    start = 0
    for line, group in zip(lines, split, strict=True):
        if not group:
            yield {"text": line, "tone": "neutral", "score": 0.0}
            continue
        own = scores.take(slice(start, start + len(group)))
        tone = tone_together(own, [len(piece) for piece in group], limits)
        start += len(group)
        yield {"text": line, "tone": tone.tone, "score": tone.score}


def pieces(line: str) -> list[str]:
    """Return the line, stripped; a long one as pieces of whole sentences, each at most LONGEST where possible."""
    if len(line.strip()) <= LONGEST:
        return [line.strip()] if line.strip() else []
    result: list[str] = []
    for sentence in _SENTENCE_END.split(line.strip()):
        if result and len(result[-1]) + len(sentence) < LONGEST:
            result[-1] += f" {sentence}"
        else:
            result.append(sentence)
    return result
