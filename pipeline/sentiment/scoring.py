"""Acts and tones of the sentences and paragraphs of a run, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.sentiment.features import Floats, word_features
from pipeline.sentiment.head import ACTS, Head, Scores
from pipeline.sentiment.holder import holder_of
from pipeline.sentiment.lexicon import Lexicon
from pipeline.sentiment.spans import RawSpans
from pipeline.sentiment.themes import Patterns, sentences_of
from pipeline.sentiment.tone import PROCEDURE, Limits, deciding_sentence, tone_of, tone_together

Row = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class About:
    """What tells which theme a sentence speaks about: the theme ids of each paragraph_id, the stems of each theme."""

    themes: Mapping[str, Sequence[str]]
    patterns: Patterns


def score_sentences(
    sentences: Rows,
    vectors: Iterable[Mapping[str, Any]],
    paragraph_vectors: Iterable[Mapping[str, Any]],
    head: Head,
    lexicon: Lexicon,
) -> Scores:
    """Return the probabilities of the sentences; where a vector is missing, the mean stands for it."""
    own = {row["sentence_id"]: row["vector"] for row in vectors}
    around = {row["paragraph_id"]: row["vector"] for row in paragraph_vectors}
    width = len(head.mean)
    return head.score(
        _matrix([own.get(row["sentence_id"], head.mean) for row in sentences], width),
        _matrix([around.get(row["paragraph_id"], head.mean) for row in sentences], width),
        word_features([row["text"] for row in sentences], lexicon),
    )


def tone_rows(
    paragraphs: Rows,
    sentences: Rows,
    scores: Scores,
    about: About,
    spans: Mapping[str, RawSpans],
    limits: Limits,
) -> tuple[list[Row], list[Row]]:
    """Return the rows of `sentence_tones` and of `tones`; `spans` is the way back to each document's raw text.

    The act of a paragraph is that of the sentence that decides; procedure where every sentence is.
    """
    within: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        within[sentence["paragraph_id"]].append(index)
    sentence_rows: list[Row] = []
    rows: list[Row] = []
    for paragraph in paragraphs:
        indices = within[paragraph["paragraph_id"]]
        themes = about.themes.get(paragraph["paragraph_id"], ())
        for theme in themes if indices else ():
            places = sentences_of(theme, themes, [sentences[index]["text"] for index in indices], about.patterns)
            chosen = [indices[place] for place in places]
            sentence_rows += [_sentence_row(sentences[index], theme, scores.take([index])) for index in chosen]
            rows.append(_row(paragraph, theme, [sentences[i] for i in chosen], scores.take(chosen), spans, limits))
    return sentence_rows, rows


def _sentence_row(sentence: Mapping[str, Any], theme: str, scores: Scores) -> Row:
    tone = tone_of(scores.tones[0])
    return {
        "sentence_id": sentence["sentence_id"],
        "paragraph_id": sentence["paragraph_id"],
        "theme_id": theme,
        "act": ACTS[int(scores.acts[0].argmax())],
        "tone": tone.tone,
        "score": tone.score,
        "holder": holder_of(sentence["text"]),
    }


def _row(
    paragraph: Mapping[str, Any],
    theme: str,
    sentences: Rows,
    scores: Scores,
    spans: Mapping[str, RawSpans],
    limits: Limits,
) -> Row:
    acts = scores.acts.argmax(axis=1)
    tone = tone_together(scores, [len(sentence["text"]) for sentence in sentences], limits)
    speaking = [place for place, act in enumerate(acts) if act != PROCEDURE] or list(range(len(acts)))
    deciding = speaking[deciding_sentence(tone.tone, scores.tones[speaking])]
    shown = sentences[deciding]
    text = paragraph["text"][shown["start"] : shown["end"]]
    start, end = spans[paragraph["document_id"]].span(paragraph, shown["start"], shown["end"])
    return {
        "paragraph_id": paragraph["paragraph_id"],
        "theme_id": theme,
        "act": ACTS[acts[deciding]],
        "tone": tone.tone,
        "score": tone.score,
        "holder": holder_of(text),
        "evidence": text,
        "evidence_start": start,
        "evidence_end": end,
    }


def _matrix(rows: Sequence[Any], width: int) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)
