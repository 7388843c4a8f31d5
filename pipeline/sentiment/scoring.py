"""Tones of the sentences and paragraphs of a run, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.sentiment.features import Floats, word_features
from pipeline.sentiment.head import Head
from pipeline.sentiment.holder import holder_of
from pipeline.sentiment.lexicon import Lexicon
from pipeline.sentiment.spans import RawSpans
from pipeline.sentiment.tone import deciding_sentence, tone_of

Row = dict[str, Any]


def probabilities(
    rows: Sequence[Mapping[str, Any]], key: str, vectors: Iterable[Mapping[str, Any]], head: Head, lexicon: Lexicon
) -> Floats:
    """Return rows x TONES for the texts of the rows, whose vectors are found by `key`; the mean stands for none."""
    stored = {row[key]: row["vector"] for row in vectors}
    matrix = np.array([stored.get(row[key], head.mean) for row in rows], dtype=np.float64)
    matrix = matrix.reshape(len(rows), len(head.mean))
    if not len(rows):
        return np.zeros((0, 4))
    return head.probabilities(matrix, word_features([row["text"] for row in rows], lexicon))


def tone_rows(
    paragraphs: Sequence[Mapping[str, Any]],
    paragraph_scores: Floats,
    sentences: Sequence[Mapping[str, Any]],
    sentence_scores: Floats,
    themes: Mapping[str, Sequence[str]],
    spans: Mapping[str, RawSpans],
    neutral_band: float,
) -> tuple[list[Row], list[Row]]:
    """Return the rows of `sentence_tones` and of `tones`.

    `themes` are the theme ids of each paragraph_id, `spans` the way back to the raw text of each document_id.
    """
    within: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        within[sentence["paragraph_id"]].append(index)
    sentence_rows: list[Row] = []
    rows: list[Row] = []
    for paragraph, scores in zip(paragraphs, paragraph_scores, strict=True):
        paragraph_id = paragraph["paragraph_id"]
        assigned = themes.get(paragraph_id, ())
        indices = within[paragraph_id]
        if not assigned:
            continue
        for index in indices:
            tone = tone_of(sentence_scores[index], neutral_band)
            common = {"sentence_id": sentences[index]["sentence_id"], "paragraph_id": paragraph_id}
            sentence_rows += [
                {**common, "theme_id": theme, "tone": tone.tone, "score": tone.score} for theme in assigned
            ]
        tone = tone_of(scores, neutral_band)
        shown = sentences[indices[deciding_sentence(tone.tone, sentence_scores[indices])]] if indices else None
        evidence = _evidence(paragraph, shown, spans[paragraph["document_id"]])
        common = {"paragraph_id": paragraph_id, "tone": tone.tone, "score": tone.score, **evidence}
        rows += [{**common, "theme_id": theme} for theme in assigned]
    return sentence_rows, rows


def _evidence(paragraph: Mapping[str, Any], sentence: Mapping[str, Any] | None, spans: RawSpans) -> Row:
    start, end = (sentence["start"], sentence["end"]) if sentence else (0, len(paragraph["text"]))
    text = paragraph["text"][start:end]
    raw_start, raw_end = spans.span(paragraph, start, end)
    return {"holder": holder_of(text), "evidence": text, "evidence_start": raw_start, "evidence_end": raw_end}
