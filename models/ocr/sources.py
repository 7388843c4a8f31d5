"""Danish texts to print, in documents of paragraphs, each source with a part to train, one to tune, one to test with.

| source | train | dev | test |
|---|---|---|---|
| Danish Dependency Treebank in UD form (CC BY-SA 4.0) | `train.conllu` before dev | last 400 sentences | `dev.conllu` |
| Leipzig Corpora Collection in fnielsen/lcc-sentiment (CC BY) | rows 1-8500 of a file | 8501-9000 | 9001- |
| this project's constructed documents, `corpora/sources` | `split: dev` | - | `split: test` |
| this project's constructed documents of towns, `corpora/towns` but `blind`, `technical_committees` | - | all | - |
| any folder of text files | all | - | - |
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LAST_DDT_TRAIN = 400
LCC_TRAIN, LCC_DEV = 8500, 9000
PARAGRAPHS = 12  # of a document
_SENTENCES = (2, 6)
_TOWNS = ("other_committees", "staff_and_children")  # folders whose texts nothing else of OCR repair uses
_WRAPPED, _BROKEN = 115, 50  # characters of a file's longest line where its lines are wrapped, of a line that goes on
_HEADING = 60


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it should be read: `kind` is text, heading or item."""

    identifier: str
    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Text:
    """A document's paragraphs in order, all from one source."""

    source: str
    paragraphs: tuple[Paragraph, ...]


def ddt(folder: Path, split: str) -> list[Text]:
    """Return the treebank's sentences in their order, some sentences a paragraph."""
    lines = (folder / ("dev.conllu" if split == "test" else "train.conllu")).read_text(encoding="utf-8").splitlines()
    sentences = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    if split != "test":
        sentences = sentences[-LAST_DDT_TRAIN:] if split == "dev" else sentences[:-LAST_DDT_TRAIN]
    return _documents("ddt", f"ddt-{split}", sentences)


def lcc(folder: Path, split: str) -> list[Text]:
    """Return the collection's sentences, which have no order of their own, shuffled."""
    first, last = {"train": (1, LCC_TRAIN), "dev": (LCC_TRAIN + 1, LCC_DEV), "test": (LCC_DEV + 1, 10**9)}[split]
    sentences = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            sentences += [row["text"] for n, row in enumerate(csv.DictReader(file), 1) if first <= n <= last]
    random.Random(split).shuffle(sentences)
    return _documents("lcc", f"lcc-{split}", sentences)


def sample(folder: Path, split: str) -> list[Text]:
    """Return the constructed documents with their headings and items, without labels, tables and front matter."""
    wanted = {"train": "dev", "test": "test"}.get(split)
    found = []
    for path in sorted(folder.glob("*/*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        if wanted and f"split: {wanted}\n" in front and "norsk" not in path.name:
            found += _chunks("sample", list(_marked(f"{path.parent.name}-{path.stem}", body)))
    return found


def towns(folder: Path, split: str) -> list[Text]:
    """Return the documents of towns with their headings and items, without tables, for tuning only."""
    found = []
    for path in sorted(path for name in _TOWNS for path in folder.glob(f"{name}/*.txt")) if split == "dev" else []:
        found += _chunks("towns", list(_plain(path.stem, path.read_text(encoding="utf-8"))))
    return found


def folder_of_texts(folder: Path, split: str) -> list[Text]:
    """Return the blocks between empty lines of text files, for training only."""
    found = []
    for path in sorted(folder.glob("*.txt")) if split == "train" else []:
        text = re.sub(r"(?<=[a-zæøå])-\n(?=[a-zæøå])", "", path.read_text(encoding="utf-8"))
        blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
        kept = [Paragraph(f"{path.stem}-{n:04}", block) for n, block in enumerate(blocks) if 20 <= len(block) <= 1500]
        found += _chunks("folder", kept)
    return found


def _marked(name: str, body: str) -> Iterator[Paragraph]:
    for n, block in enumerate(re.split(r"\n\s*\n", re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL))):
        text = re.sub(r"\*\*|__|\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(block.split()))
        if not text or text.startswith(("|", "![")):
            continue
        kind = "heading" if text[0] == "#" else "item" if re.match(r"[-*] |\d+[.)] ", block.lstrip()) else "text"
        for m, line in enumerate(block.strip().splitlines() if kind == "item" else [text]):
            yield Paragraph(f"{name}-{n:03}-{m}", re.sub(r"^(#+|[-*]) ", "", line.strip()), kind)


def _plain(name: str, text: str) -> Iterator[Paragraph]:
    wrapped = max(map(len, text.splitlines())) < _WRAPPED
    joined = re.sub(rf"(?m)^(.{{{_BROKEN},}})\n(?!- |\n)", r"\1 ", text) if wrapped else text
    joined = re.sub(r"(?<=[a-zæøå])- (?=(?!og |eller )[a-zæøå])", "", joined) if wrapped else joined
    opens = True
    for n, line in enumerate(joined.splitlines()):
        words = " ".join(line.split()).lstrip("# ")
        is_item = words.startswith("- ") or re.match(r"\d+[.)] ", words) is not None
        is_heading = opens and len(words) < _HEADING and not re.search(r"[.,:;!?]$|\d{4}|kl\.", words)
        if words and words[0] != "|":
            kind = "item" if is_item else "heading" if is_heading else "text"
            yield Paragraph(f"{name}-{n:03}", words.removeprefix("- "), kind)
        opens = not words


def _documents(source: str, name: str, sentences: Sequence[str]) -> list[Text]:
    generator = random.Random(name)
    paragraphs, start = [], 0
    while start < len(sentences):
        number = generator.randint(*_SENTENCES)
        text = " ".join(" ".join(sentences[start : start + number]).split())
        paragraphs.append(Paragraph(f"{name}-{start:05}", text))
        start += number
    return _chunks(source, paragraphs)


def _chunks(source: str, paragraphs: Sequence[Paragraph]) -> list[Text]:
    printable = [part for part in paragraphs if _is_printable(part.text)]
    return [
        Text(source, tuple(printable[start : start + PARAGRAPHS])) for start in range(0, len(printable), PARAGRAPHS)
    ]


def _is_printable(text: str) -> bool:
    """Whether every font has the characters, and the text is words in a sound encoding."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return bool(words) and not re.search(r"&#|[^\x20-\x7e\xa1-\xac\xae-\xbe\xc0-\xff–—‘’‚“”„…•€]", text)
