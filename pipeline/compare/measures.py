"""Challenges, and the measures that the municipality names for them in the same agenda item. Experimental.

A challenge is a sentence that says what is difficult about a theme, by its tone, its act or its words, or what is
needed. A measure is a sentence about the same theme that names something to be done (`measure_names`): the same
sentence, or one that comes after it in the same agenda item, or beside it in the same paragraph. A few features,
weighed by hand on the development documents of `corpora/gold/measures.csv`, say how sure a pair is; the weights stand
in `models/measures/measures.json`, beside the share of pairs that readers found right.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.compare.measure_names import Named, by_sentence, named

Row = dict[str, Any]
Vector = NDArray[np.float64]
MODEL = "models/measures/measures.json"
FEATURES = ("same_sentence", "same_paragraph", "distance", "likeness", "doing", "need", "therefore")
REACH = 4  # paragraphs from the challenge to the measure
_DIFFICULT = re.compile(
    r"\b\w*udfordring\w*|\budfordre[rt]\b|\w*mangel\b|\bmangle[rt]?\b|\bmanglende\b|\w*problem(?:er|et|erne)?\b|"
    r"\bvanskelig\w*|\bsvært\b|\w*belastning\w*|\bbelastet\b|\bstigning|\bstig(?:ende|er)\b|\bsteget\b|\bfald(?:et|er)\b|"
    r"\bfærre\b|\w*pres(?:set)?\b|\brisiko\w*|\butilstrækkelig\w*|\bdobbeltarbejde\b|\w*krænke(?:nde|lser)\b|"
    r"\bmistrivsel\b|\bsårbar\w*|\bmerforbrug\w*|\bunderskud\w*|\bbekymr\w*|\bubesat\w*|\bopsig(?:er|elser)\b|"
    r"\bfor (?:få|lidt|mange)\b|\bikke nok\b|\bforringe\w*|\bforværre\w*|\bklage[rn]?\w*|\bkritik\w*|"
    r"\bkonflikt(?:er|en|erne)?\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?<!mulighed )(?<!muligheder )(?<!tid )\bfor at\b|\b(?:imødegå|nedbringe|forebygge|afhjælpe|mindske|reducere|"
    r"løse|håndtere|begrænse|undgå|med henblik på|så (?:de|der|flere|vi|færre))\b",
    re.IGNORECASE,
)
_NEED = re.compile(
    r"\b(?:behov for|brug for|ønsker?|ønsket?|foreslå\w*|anbefal\w*|effekt|betydning|opbakning|fremhæv\w*|"
    r"god\w* erfaring\w*)\b",
    re.IGNORECASE,
)
_THEREFORE = re.compile(r"\b(?:derfor|på den baggrund|som følge heraf|i stedet)\b", re.IGNORECASE)
# What is too short to stand alone points at the sentence before it.
_POINTING = re.compile(r"(?:det|dette|sådan|nu|her|der|men det)\b.{,40}$", re.IGNORECASE)
_SOLVED = re.compile(r"\b(?:afhjælper|løser|løst|ingen problem\w*|ikke længere)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a counted paragraph.

    `item` is what it stands under, `position` its paragraph's, `themes` holds its rows of `sentence_tones`, `vector` is
    of unit length.
    """

    id: str
    paragraph_id: str
    document_id: str
    municipality: str
    item: tuple[Any, ...]
    position: int
    start: int
    text: str
    named: Named | None
    themes: Mapping[str, Mapping[str, Any]]
    vector: Vector


@dataclass(frozen=True)
class Candidate:
    """A challenge and a sentence that may name a measure for it; `link` is that of the table `measures`."""

    theme: str
    challenge: Sentence
    measure: Sentence
    link: str


@dataclass(frozen=True)
class Model:
    """Weights by feature, and the probability from which a pair is shown."""

    weights: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read the weights that `models/measures/fit.py` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["weights"], content["threshold"])

    def score(self, features: Mapping[str, float]) -> float:
        """Return the probability that the pair is right."""
        total = self.weights["constant"] + sum(self.weights[name] * value for name, value in features.items())
        return 1 / (1 + exp(-total))


def pairs(sentences: Iterable[Sentence], model: Model) -> list[Row]:
    """Return the rows of `measures`: for each theme and measure the challenge that it surest belongs to."""
    best: dict[tuple[str, str], tuple[float, Candidate]] = {}
    for candidate in candidates(sentences):
        score = model.score(features(candidate))
        key = candidate.theme, candidate.measure.id
        if score >= model.threshold and (key not in best or score > best[key][0]):
            best[key] = score, candidate
    return [_row(candidate, score) for score, candidate in best.values()]


def sentences(counted: pl.DataFrame, read: Callable[[str], pl.DataFrame]) -> list[Sentence]:
    """Return the sentences with a theme of the paragraphs that are counted, in the order of the text.

    `counted` is that of `population`; `read` reads a table by its name.
    """
    themes: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in read("sentence_tones").iter_rows(named=True):
        themes[row["sentence_id"]][row["theme_id"]] = row
    within: dict[str, list[Row]] = defaultdict(list)
    for row in read("sentences").iter_rows(named=True):
        if row["sentence_id"] in themes:
            within[row["paragraph_id"]].append(row)
    paragraphs = read("paragraphs").join(counted.select("paragraph_id", "municipality"), on="paragraph_id")
    words = {row["paragraph_id"]: row for row in read("tokens").iter_rows(named=True) if row["paragraph_id"] in within}
    vectors = _vectors(read("sentence_embeddings"))
    return [
        _sentence(paragraph, row, found, themes[row["sentence_id"]], vectors[row["sentence_id"]])
        for paragraph in paragraphs.sort("document_id", "position").iter_rows(named=True)
        if paragraph["paragraph_id"] in within
        for row, found in by_sentence(words[paragraph["paragraph_id"]], within[paragraph["paragraph_id"]])
    ]


def _vectors(embeddings: pl.DataFrame) -> dict[str, Vector]:
    """Return unit vectors by sentence_id, less what all sentences have in common."""
    if embeddings.is_empty():
        return {}
    matrix = embeddings["vector"].explode().to_numpy().reshape(embeddings.height, -1).astype(np.float64)
    matrix = matrix - matrix.mean(axis=0)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return dict(zip(embeddings["sentence_id"], matrix / np.where(lengths > 0, lengths, 1.0), strict=True))


def _sentence(paragraph: Row, row: Row, tokens: Sequence[Row], themes: Mapping[str, Row], vector: Vector) -> Sentence:
    # Where there is no agenda item, what stands under one heading is one.
    place = (paragraph["agenda_item"],) if paragraph["agenda_item"] else tuple(paragraph["heading_path"])
    return Sentence(
        id=row["sentence_id"],
        paragraph_id=paragraph["paragraph_id"],
        document_id=paragraph["document_id"],
        municipality=paragraph["municipality"],
        item=(paragraph["part_id"], *place),
        position=paragraph["position"],
        start=row["start"],
        text=row["text"],
        named=named(paragraph["text"], tokens),
        themes=themes,
        vector=vector,
    )


def candidates(sentences: Iterable[Sentence]) -> Iterator[Candidate]:
    """Yield every challenge with every measure near it in the same item, for each theme that both speak about."""
    items: dict[tuple[Any, ...], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        items[(sentence.document_id, *sentence.item)].append(sentence)
    for together in items.values():
        for measure in (sentence for sentence in together if sentence.named):
            for challenge in together:
                if not _near(challenge, measure):
                    continue
                for theme in sorted(challenge.themes.keys() & measure.themes.keys()):
                    if _is_measure(measure, theme) and _is_challenge(challenge, theme, same=challenge is measure):
                        yield Candidate(theme, challenge, measure, _link(challenge, measure))


def _near(challenge: Sentence, measure: Sentence) -> bool:
    """Tell whether the measure comes soon after the challenge: what is said after it is said about it."""
    after = (measure.position, measure.start) >= (challenge.position, challenge.start)
    return after and measure.position - challenge.position <= REACH


def _is_measure(sentence: Sentence, theme: str) -> bool:
    """Tell whether a sentence that names a measure neither asks for it nor deplores it."""
    return sentence.themes[theme]["act"] not in ("question", "concern", "procedure")


def _is_challenge(sentence: Sentence, theme: str, *, same: bool) -> bool:
    """Tell whether a sentence says what is difficult about a theme, or, where it names the measure, what is needed."""
    row, difficult = sentence.themes[theme], bool(_DIFFICULT.search(sentence.text))
    if same:
        need = bool(_NEED.search(sentence.text) or _PURPOSE.search(sentence.text))
        return (difficult or need) and not _THEREFORE.search(sentence.text)
    if row["act"] not in ("concern", "report") or row["tone"] == "positive":
        return False
    if _SOLVED.search(sentence.text) or _POINTING.match(sentence.text):
        return False
    return row["tone"] in ("negative", "mixed") or (difficult and row["act"] == "concern")


def _link(challenge: Sentence, measure: Sentence) -> str:
    if challenge is measure:
        return "sentence"
    return "paragraph" if challenge.paragraph_id == measure.paragraph_id else "item"


def features(candidate: Candidate) -> dict[str, float]:
    """Return what speaks for and against a pair by the names in FEATURES, each 0-1."""
    challenge, measure = candidate.challenge, candidate.measure
    assert measure.named is not None
    return {
        "same_sentence": float(candidate.link == "sentence"),
        "same_paragraph": float(candidate.link == "paragraph"),
        "distance": (measure.position - challenge.position) / REACH,
        "likeness": 0.0 if challenge is measure else max(0.0, float(challenge.vector @ measure.vector)),
        "doing": float(measure.named.done),
        "need": float(bool(_NEED.search(measure.text))),
        "therefore": float(bool(_THEREFORE.search(measure.text))),
    }


def _row(candidate: Candidate, score: float) -> Row:
    challenge, measure = candidate.challenge, candidate.measure
    assert measure.named is not None
    return {
        "theme_id": candidate.theme,
        "municipality": challenge.municipality,
        "document_id": challenge.document_id,
        "challenge_id": challenge.id,
        "challenge_paragraph": challenge.paragraph_id,
        "measure_id": measure.id,
        "measure_paragraph": measure.paragraph_id,
        "measure": measure.named.name,
        "link": candidate.link,
        "score": round(score, 4),
    }
