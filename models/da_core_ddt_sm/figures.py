"""Figures of a trained pipeline on gold paragraphs, with 95 % intervals, and where they are written."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

RESAMPLES = 2000
NAMES = {
    "lemma_acc": "lemma",
    "pos_acc": "part of speech (UPOS)",
    "morph_acc": "morphology",
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "sents_f": "sentences F",
    "ents_f": "entities F (PER, LOC, ORG)",
}


def _items(doc: Doc, gold: Doc) -> dict[str, set[tuple[object, ...]]]:
    """Return what is compared, by figure. As spaCy scores: only tokens that the gold has too; no punctuation's arcs."""
    places = {(token.idx, len(token)) for token in gold}
    tokens = [token for token in doc if (token.idx, len(token)) in places]
    arcs = [token for token in tokens if token.dep_ != "punct"]
    return {
        "lemma_acc": {(token.idx, len(token), token.lemma_) for token in tokens},
        "pos_acc": {(token.idx, len(token), token.pos_) for token in tokens},
        "morph_acc": {(token.idx, len(token), str(token.morph)) for token in tokens},
        "dep_uas": {(token.idx, token.head.idx) for token in arcs},
        "dep_las": {(token.idx, token.head.idx, token.dep_.lower()) for token in arcs},
        "sents_f": {(span.start_char, span.end_char) for span in doc.sents},
        "ents_f": {(span.start_char, span.end_char, span.label_) for span in doc.ents},
    }


def measure(nlp: Language, golds: Sequence[Doc]) -> dict[str, float | list[float]]:
    """Return spaCy's own scores (accuracy is F over aligned tokens) and their intervals over resampled documents."""
    scores = nlp.evaluate([Example(nlp.make_doc(gold.text), gold) for gold in golds])
    counts = {name: np.zeros((len(golds), 3)) for name in NAMES}
    for row, (doc, gold) in enumerate(zip(nlp.pipe(gold.text for gold in golds), golds, strict=True)):
        found, wanted = _items(doc, gold), _items(gold, gold)
        for name in NAMES:
            counts[name][row] = len(found[name] & wanted[name]), len(found[name]), len(wanted[name])
    draws = np.random.default_rng(1).multinomial(len(golds), np.full(len(golds), 1 / len(golds)), RESAMPLES)
    figures: dict[str, float | list[float]] = {}
    for name, table in counts.items():
        figures[name] = round(float(scores[name]), 4)
        sums = draws @ table
        low, high = np.quantile(2 * sums[:, 0] / (sums[:, 1] + sums[:, 2]), [0.025, 0.975])
        figures[f"{name}_interval"] = [round(float(low), 4), round(float(high), 4)]
    return figures


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words per CPU second in batches of 64 (the first 100 texts warm it up)."""
    list(nlp.pipe(texts[:100], batch_size=64))
    began = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts[100:], batch_size=64))
    return round(words / (time.process_time() - began), -2)


def table(figures: dict[str, float | list[float]]) -> Iterator[str]:
    """Yield the figures as the lines of a Markdown table."""
    yield "| | dev | 95 % interval |"
    yield "|---|---|---|"
    for name, title in NAMES.items():
        low, high = figures[f"{name}_interval"]  # type: ignore[misc]  # a list of two
        yield f"| {title} | {figures[name]:.3f} | {low:.3f} to {high:.3f} |"
    yield f"| words per CPU second, one thread | {figures['words_per_cpu_second']:,.0f} | |"


def write_card(card: Path, figures: dict[str, float | list[float]]) -> None:
    """Put the table between the card's two marks."""
    before, mark, rest = card.read_text(encoding="utf-8").partition("<!-- figures, written by train.py -->\n")
    _, end, after = rest.partition("<!-- end of figures -->")
    if not mark or not end:
        raise ValueError(f"{card} has no marks `<!-- figures, written by train.py -->` and `<!-- end of figures -->`")
    card.write_text(before + mark + "\n".join(table(figures)) + "\n" + end + after, encoding="utf-8")
