"""Training text as paragraphs: the treebank with its entities, raw sentences, and variations of both.

A paragraph is some consecutive sentences, for that is what the pipeline reads; a sentence without a tree (the rebuilt
treebank has 61) is a paragraph by itself, so that it does not cost its neighbours theirs.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

LONGEST = 200  # words of a paragraph, unless one sentence is longer


class Paragraph(NamedTuple):
    """Words of consecutive sentences. A tag is UPOS|FEATS, a head an index into the words, a root its own head.

    None is what nobody knows: lemmas of raw text, the trees of some sentences. Entities are IOB2 tags.
    """

    words: list[str]
    spaces: list[bool]
    starts: list[bool]
    tags: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    labels: list[str] | None = None
    entities: list[str] | None = None


def read_blocks(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (sentence id, tab-separated rows) of a CoNLL-U or IOB2 file; multiword ranges are skipped."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        identifier = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")), "")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            yield identifier, [row for row in rows if row[0].isdigit()]


def read_sentences(treebank: Path, entities: Path) -> list[Paragraph]:
    """Return the treebank's sentences with the entities of the same sentence id; ValueError if these do not match."""
    marks = {identifier: [row[2] for row in rows] for identifier, rows in read_blocks(entities)}
    sentences = []
    for identifier, rows in read_blocks(treebank):
        tree = all(row[6].isdigit() for row in rows)
        if len(marks.get(identifier, ())) != len(rows):
            raise ValueError(
                f"{entities}: sentence {identifier!r} is missing, or has not the {len(rows)} words of {treebank}"
            )
        sentences.append(Paragraph(
            words=[row[1] for row in rows],
            spaces=["SpaceAfter=No" not in row[9] for row in rows],
            starts=[index == 0 for index in range(len(rows))],
            tags=[row[3] if row[5] == "_" else f"{row[3]}|{row[5]}" for row in rows],
            lemmas=[row[2] for row in rows],
            heads=[int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)] if tree else None,
            labels=[row[7] for row in rows] if tree else None,
            entities=marks[identifier],
        ))  # fmt: skip
    return sentences


def join(sentences: Sequence[Paragraph]) -> Paragraph:
    """Return sentences, each with its tree or the only one, as one paragraph."""
    if len(sentences) == 1:
        return sentences[0]
    heads: list[int] = []
    for sentence in sentences:
        heads += [len(heads) + head for head in (sentence.heads or ())] if sentence.heads else []
    columns = {name: [value for sentence in sentences for value in getattr(sentence, name) or ()]
               for name in Paragraph._fields if name != "heads"}  # fmt: skip
    return Paragraph(**columns, heads=heads)  # type: ignore[arg-type]  # every field is a list


def group(sentences: Sequence[Paragraph], seed: int | None, most: int) -> list[Paragraph]:
    """Return paragraphs of 1 to `most` sentences by chance, below LONGEST words; without a seed, `most` in each."""
    chance = random.Random(seed)

    def size() -> int:
        return most if seed is None else chance.randint(1, most)

    found: list[Paragraph] = []
    pending: list[Paragraph] = []
    wanted = size()
    for sentence in sentences:
        if sentence.heads is None:
            found.append(sentence)
            continue
        words = sum(len(member.words) for member in pending) + len(sentence.words)
        if pending and seed is not None and words > LONGEST:
            found.append(join(pending))
            pending, wanted = [], size()
        pending.append(sentence)
        if len(pending) >= wanted:
            found.append(join(pending))
            pending, wanted = [], size()
    return [*found, join(pending)] if pending else found


def read_raw(folder: Path, nlp: Language, seed: int) -> list[Paragraph]:
    """Return the sentences of the folder's *.csv (column `text`; Leipzig Corpora Collection), one to six together."""
    chance = random.Random(seed)
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            texts = [" ".join(row["text"].split()) for row in csv.DictReader(stream)]
        docs = [nlp.make_doc(text) for text in dict.fromkeys(texts) if text]
        while docs:
            members, docs = docs[: (count := chance.randint(1, 6))], docs[count:]
            found.append(Paragraph(
                words=[token.text for doc in members for token in doc],
                spaces=[bool(token.whitespace_) or token.i == len(doc) - 1 for doc in members for token in doc],
                starts=[token.i == 0 for doc in members for token in doc],
            ))  # fmt: skip
    return [paragraph for paragraph in found if len(paragraph.words) <= LONGEST]


def vary(paragraphs: Sequence[Paragraph], seed: int) -> Iterator[Paragraph]:
    """Yield each paragraph or, one time in six, as minutes have it: headings, bullets, no full stops, no capitals.

    What is varied has no lemmas, so that no dictionary learns them from it.
    """
    chance = random.Random(seed)
    for paragraph in paragraphs:
        draw = chance.random()
        if draw < 0.10:
            yield without_stops(paragraph)._replace(lemmas=None)
        elif draw < 0.13:
            yield paragraph._replace(words=[word.lower() for word in paragraph.words], lemmas=None)
        elif draw < 0.17 and sum(paragraph.starts) == 1:
            yield without_stops(paragraph)._replace(
                words=[w.upper() for w in without_stops(paragraph).words], lemmas=None
            )
        else:
            yield paragraph


def without_stops(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph without the full stops that end its sentences (if nothing depends on them)."""
    size = len(paragraph.words)
    ends = [index + 1 == size or paragraph.starts[index + 1] for index in range(size)]
    used = {head for index, head in enumerate(paragraph.heads or ()) if head != index}
    stops = [ends[index] and word in {".", ":"} and index not in used for index, word in enumerate(paragraph.words)]
    kept = [paragraph.starts[index] or not stop for index, stop in enumerate(stops)]
    place = {old: new for new, old in enumerate(compress(range(size), kept))}
    columns = {name: list(compress(value, kept)) if (value := getattr(paragraph, name)) is not None else None
               for name in Paragraph._fields}  # fmt: skip
    columns["heads"] = columns["heads"] and [place[head] for head in columns["heads"]]
    # The word before a stop that is gone stands before a space.
    columns["spaces"] = [paragraph.spaces[old] or (old + 1 < size and not kept[old + 1]) for old in place]
    return Paragraph(**columns)


def make_doc(vocab: Vocab, paragraph: Paragraph) -> Doc:
    """Return a paragraph as spaCy wants its gold: without a tree, only the starts of its sentences are set."""
    tags = paragraph.tags
    return Doc(
        vocab,
        words=paragraph.words,
        spaces=paragraph.spaces,
        lemmas=paragraph.lemmas,
        pos=tags and [tag.split("|")[0] for tag in tags],
        morphs=tags and [tag.partition("|")[2] for tag in tags],
        heads=paragraph.heads,
        deps=paragraph.labels and ["ROOT" if label == "root" else label for label in paragraph.labels],
        sent_starts=None if paragraph.heads else paragraph.starts,
        ents=paragraph.entities,
    )
