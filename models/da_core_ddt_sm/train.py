"""Train the pipeline of this folder: a teacher reads raw text, `spacy train` learns from it and the treebank.

    python models/da_core_ddt_sm/train.py --ddt DIR --ner DIR --raw DIR [--work DIR] [--teacher DIR]

The folders hold `{train,dev}.conllu` (Danish Dependency Treebank in UD form), `{train,dev}.iob2` (Universal NER over
the same sentences) and `*.csv` with a column `text` (Leipzig Corpora Collection), see MODEL_CARD.md. The teacher starts
from models/e5-small-da. What a run leaves in --work is not made again when it is run again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import spacy
import teacher
import torch
from confection import Config
from figures import measure, speed, write_card
from spacy.cli.train import train
from spacy.tokens import DocBin
from starts import add_senter
from treebank import Paragraph, group, make_doc, read_raw, read_sentences, vary

import pipeline.lemmatize.dictionary_lemmatizer  # noqa: F401  registers lemmatizer and encoder in a bare checkout too

HERE = Path(__file__).resolve().parent
PARTS = ("tokenizer", "vocab", "tok2vec", "morphologizer", "senter", "parser", "attribute_ruler",
         "trainable_lemmatizer", "lemmatizer", "ner")  # fmt: skip
SENTENCES = 8  # at most in a paragraph for training; ten in each document of dev, as spaCy's own models are scored
RAW_PARAGRAPHS = 1_736  # that the teacher reads: 125,000 words
LIBRARIES = ("spacy", "thinc", "torch", "transformers", "simplemma", "numpy")


def save(paragraphs: Sequence[Paragraph], target: Path) -> None:
    """Write paragraphs as spaCy's binary training format."""
    vocab = spacy.blank("da").vocab
    DocBin(docs=[make_doc(vocab, paragraph) for paragraph in paragraphs]).to_disk(target)


def taught(sentences: Sequence[Paragraph], raw: Path, encoder: Path, work: Path) -> list[Paragraph]:
    """Return paragraphs of raw text that a teacher, fitted to the sentences, has parsed (the teacher is kept)."""
    groups = [group(sentences, seed, SENTENCES) for seed in range(teacher.PLANNED)]
    kept = work / "teacher.pt"
    model, tokenizer, labels = teacher.load(encoder, kept) if kept.is_file() else teacher.fit(encoder, groups, seed=1)
    torch.save({"state": model.state_dict(), "labels": tuple(labels)}, kept)
    texts = read_raw(raw, spacy.blank("da"), seed=1)[:RAW_PARAGRAPHS]
    return teacher.annotate(model, tokenizer, labels, texts)


def install(trained: Path, figures: dict[str, float | list[float]]) -> None:
    """Copy the trained parts into this folder; write the measured figures into meta.json and the card."""
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
        "version": "0.2.0",
        "description": "Danish pipeline: tok2vec, morphologizer, parser, lemmatizer, ner; trained for temaspejl",
        "license": "CC BY-SA 4.0",
        "sources": [
            {"name": "UD Danish DDT v2.8", "license": "CC BY-SA 4.0",
             "url": "https://github.com/UniversalDependencies/UD_Danish-DDT"},
            {"name": "Universal NER, Danish DDT", "license": "CC BY-SA 4.0",
             "url": "https://github.com/UniversalNER/UNER_Danish-DDT"},
            {"name": "Copenhagen Dependency Treebank", "license": "CC BY-SA 4.0",
             "url": "https://github.com/mbkromann/copenhagen-dependency-treebank"},
            {"name": "Leipzig Corpora Collection, Danish (raw sentences)", "license": "CC BY 4.0",
             "url": "https://github.com/fnielsen/lcc-sentiment"},
            {"name": "multilingual-e5-small (the teacher's start)", "license": "MIT",
             "url": "https://huggingface.co/intfloat/multilingual-e5-small"},
        ],
        "performance": figures,
        "made_with": {name: version(name) for name in LIBRARIES},
    }  # fmt: skip
    (HERE / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    write_card(HERE / "MODEL_CARD.md", figures)


def prepare(arguments: argparse.Namespace, work: Path) -> None:
    """Write train.spacy (the treebank three times, raw text once; some paragraphs varied) and dev.spacy."""
    sentences = read_sentences(arguments.ddt / "train.conllu", arguments.ner / "train.iob2")
    raw = taught(sentences, arguments.raw, arguments.teacher, work)
    first, second, third = (group(sentences, seed, SENTENCES) for seed in (1, 2, 3))
    save([*first, *vary(second, 1), *third, *vary(raw, 2)], work / "train.spacy")
    dev = read_sentences(arguments.ddt / "dev.conllu", arguments.ner / "dev.iob2")
    save(group(dev, None, 10), work / "dev.spacy")


def main() -> None:
    """Convert, teach, train, measure on dev, install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ddt", type=Path, required=True)
    parser.add_argument("--ner", type=Path, required=True)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, default=HERE.parent / "e5-small-da")
    parser.add_argument("--work", type=Path, default=None, help="keep the training folder here")
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.mkdtemp(prefix="da_core_ddt_sm-"))
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if not (work / "train.spacy").is_file():
        prepare(arguments, work)
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    if not (work / "model-last").is_dir():
        train(HERE / "training.cfg", work, overrides=paths)
    complete = work / "complete"
    if not complete.is_dir():
        nlp = spacy.load(work / "model-best")
        add_senter(nlp, list(DocBin().from_disk(work / "train.spacy").get_docs(nlp.vocab)))
        nlp.to_disk(complete)
    nlp = spacy.load(complete)
    golds = list(DocBin().from_disk(work / "dev.spacy").get_docs(nlp.vocab))
    sentences = [sentence.text for gold in golds for sentence in gold.sents]
    install(complete, measure(nlp, golds) | {"words_per_cpu_second": speed(nlp, sentences)})


if __name__ == "__main__":
    main()
