"""Train the pipeline of this folder: treebank and entities in, `spacy train`, figures on the dev split out.

    python models/da_core_ddt_sm/train.py --data DIR [--work DIR]

`DIR` holds `ddt/{train,dev}.conllu` (Danish Dependency Treebank in UD form) and
`ner/{train,dev}.iob2` (Universal NER over the same sentences), see MODEL_CARD.md.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import spacy
from confection import Config
from spacy.cli.evaluate import evaluate
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import pipeline.lemmatize.dictionary_lemmatizer  # noqa: F401  registers the factory in a bare checkout too

HERE = Path(__file__).resolve().parent
PARTS = ("tokenizer", "vocab", "tok2vec", "morphologizer", "parser", "attribute_ruler",
         "trainable_lemmatizer", "lemmatizer", "ner")  # fmt: skip
FIGURES = ("lemma_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f",
           "token_acc")  # fmt: skip


class Sentence(NamedTuple):
    """One treebank sentence: its CoNLL-U rows (ten fields each) and one IOB2 tag a token."""

    rows: list[list[str]]
    entities: list[str]

    @property
    def has_tree(self) -> bool:
        """Whether the rebuilt treebank has a tree for it."""
        return all(row[6].isdigit() for row in self.rows)


def read_blocks(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (sentence id, tab-separated rows) of a CoNLL-U or IOB2 file; multiword ranges are skipped."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        identifier = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# sent_id")), "")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            yield identifier, [row for row in rows if row[0].isdigit()]


def read_sentences(treebank: Path, entities: Path) -> list[Sentence]:
    """Join the treebank with the entities by sentence id; a sentence without entity rows has none marked."""
    tags = {identifier: [row[2] for row in rows] for identifier, rows in read_blocks(entities)}
    sentences = []
    for identifier, rows in read_blocks(treebank):
        marks = tags.get(identifier, [])
        sentences.append(Sentence(rows, marks if len(marks) == len(rows) else ["-"] * len(rows)))
    return sentences


def make_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Return one Doc of consecutive sentences; without trees (rebuilt treebank) heads and labels stay unset."""
    rows = [row for sentence in sentences for row in sentence.rows]
    trees = all(sentence.has_tree for sentence in sentences)
    heads: list[int] | None = [] if trees else None
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(starts)
        starts += [index == 0 for index in range(len(sentence.rows))]
        if heads is not None:
            heads += [offset + int(row[6]) - 1 if row[6] != "0" else offset + index
                      for index, row in enumerate(sentence.rows)]  # fmt: skip
    return Doc(
        vocab,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=["ROOT" if row[6] == "0" else row[7] for row in rows] if trees else None,
        sent_starts=None if trees else starts,
        ents=[tag for sentence in sentences for tag in sentence.entities],
    )


def group(sentences: list[Sentence], *, seed: int | None) -> Iterator[list[Sentence]]:
    """Yield ten sentences a document (spaCy's convention), or with a seed 1 to 12, as paragraphs have.

    Sentences without a tree go by themselves, so that they do not cost their neighbours theirs.
    """
    chance = random.Random(seed)
    pending: list[Sentence] = []
    size = 10
    for sentence in sentences:
        if not sentence.has_tree:
            yield [sentence]
            continue
        pending.append(sentence)
        if len(pending) >= size:
            yield pending
            pending = []
            size = 10 if seed is None else chance.randint(1, 12)
    if pending:
        yield pending


def convert(data: Path, split: str, target: Path, *, seed: int | None) -> None:
    """Write one split as spaCy's binary training format."""
    vocab = spacy.blank("da").vocab
    sentences = read_sentences(data / "ddt" / f"{split}.conllu", data / "ner" / f"{split}.iob2")
    docs = [make_doc(vocab, members) for members in group(sentences, seed=seed)]
    DocBin(docs=docs).to_disk(target)


def install(trained: Path, figures: dict[str, float]) -> None:
    """Copy the trained parts into this folder and write the measured figures into meta.json."""
    for part in PARTS:
        target = HERE / part
        shutil.rmtree(target, ignore_errors=True)
        if (trained / part).is_dir():
            shutil.copytree(trained / part, target)
        elif (trained / part).is_file():
            target.unlink(missing_ok=True)
            shutil.copy(trained / part, target)
    config = Config().from_disk(trained / "config.cfg", interpolate=False)
    config["paths"] = {**config["paths"], "train": None, "dev": None}
    config.to_disk(HERE / "config.cfg")
    meta = json.loads((trained / "meta.json").read_text(encoding="utf-8"))
    meta |= {
        "name": "core_ddt_sm",
        "version": "0.1.0",
        "description": "Danish pipeline: tok2vec, morphologizer, parser, lemmatizer, ner; trained for temaspejl",
        "license": "CC BY-SA 4.0",
        "sources": [
            {"name": "UD Danish DDT v2.8", "license": "CC BY-SA 4.0",
             "url": "https://github.com/UniversalDependencies/UD_Danish-DDT"},
            {"name": "Universal NER, Danish DDT", "license": "CC BY-SA 4.0",
             "url": "https://github.com/UniversalNER/UNER_Danish-DDT"},
            {"name": "Copenhagen Dependency Treebank", "license": "CC BY-SA 4.0",
             "url": "https://github.com/mbkromann/copenhagen-dependency-treebank"},
        ],
        "performance": figures,
    }  # fmt: skip
    (HERE / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Convert, train, evaluate on dev, install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=None, help="keep the training folder here")
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.mkdtemp(prefix="da_core_ddt_sm-"))
    work.mkdir(parents=True, exist_ok=True)
    convert(arguments.data, "train", work / "train.spacy", seed=1)
    convert(arguments.data, "dev", work / "dev.spacy", seed=None)
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    train(HERE / "training.cfg", work, overrides=paths)
    scores = evaluate(str(work / "model-best"), work / "dev.spacy", silent=True)
    install(work / "model-best", {key: round(float(scores[key]), 4) for key in FIGURES if scores.get(key) is not None})


if __name__ == "__main__":
    main()
