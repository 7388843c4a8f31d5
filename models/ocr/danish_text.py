"""Reads running Danish text out of its sources: one sentence or paragraph a line, without markup.

The Debian packages are fetched by `apt-get download NAME`. Only counts of words are made of these texts; none of them
is shipped.
"""

from __future__ import annotations

import csv
import gettext
import hashlib
import html
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Reader = Callable[[Path], Iterable[str]]

_BLOCK = re.compile(r"(?i)</?(?:p|br|div|h[1-6]|li|td|th|tr|table|ul|ol|dl|dt|dd|title|section|item|note|page)\b[^>]*>")
_DANISH = frozenset(
    ("og", "i", "at", "det", "er", "til", "af", "en", "der", "som", "med", "for", "den", "har", "de", "vi", "ikke",
     "om", "et", "kan", "fra", "vil", "skal", "på", "når", "også", "eller")
)  # fmt: skip
_ENGLISH = frozenset(("the", "of", "and", "is", "to"))


def is_danish(line: str) -> bool:
    """Whether a line holds Danish function words, and hardly any English ones."""
    words = line.lower().split()
    danish, english = sum(word in _DANISH for word in words), sum(word in _ENGLISH for word in words)
    return danish >= 0.12 * len(words) and english <= 0.06 * len(words)


def digest(path: Path) -> str:
    """Return the first 16 digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def marked_up(pattern: str) -> Reader:
    """Return the reader of an unpacked package's HTML or Mallard files."""

    def read(folder: Path) -> Iterator[str]:
        for path in sorted(folder.rglob(pattern)):
            text = path.read_text(encoding="utf-8", errors="replace")
            text = re.sub(r"(?is)<(script|style|head|pre|code|screen)\b.*?</\1>", " ", text)
            text = re.sub(r"(?s)<[^>]+>", "", _BLOCK.sub("\0", text))
            yield from html.unescape(text).split("\0")

    return read


def catalogues(pattern: str) -> Reader:
    """Return the reader of an unpacked package's gettext catalogues."""

    def read(folder: Path) -> Iterator[str]:
        for path in sorted(folder.rglob(pattern)):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            for source, text in catalogue.items():
                if source and text != source:
                    yield from re.sub(r"<[^>]+>|[_&~](?=\w)", "", text).split("\n")

    return read


def leipzig(path: Path) -> Iterator[str]:
    """Yield the sentences of a file of lcc-sentiment up to number 8,500; the others are kept for tests."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row[2] for row in csv.reader(file) if len(row) == 3 and row[0].isdigit() and int(row[0]) <= 8500)


def treebank(path: Path) -> list[str]:
    """Return the sentences of the treebank but the last 400, which are kept for tests."""
    return re.findall(r"(?m)^# text = (.*)$", path.read_text(encoding="utf-8"))[:-400]


def sample(folder: Path) -> Iterator[str]:
    """Yield the paragraphs of the project's own example documents, those set aside for tests left out."""
    for path in sorted(folder.glob("*/*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---", 2)
        if "split: dev" in head:
            yield from re.sub(r"(?m)^[#>*\- ]+|<!--.*?-->|\*\*", "", body).split("\n")


def written(folder: Path) -> Iterator[str]:
    """Yield what was written to train on, without its labels; the lines of corpora/written are described there."""
    for path in sorted(folder.glob("*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                yield line.lstrip("# ").rpartition(" | ")[0]
            elif not line.startswith(("===", "§")):
                yield re.sub(r"^(?:== |- |(?:\* )?[a-z_, -]+ \| )", "", line)


def gazetteer(path: Path) -> set[str]:
    """Return the capitalised words of the project's gazetteer: places, schools, committees."""
    text = re.sub(r"(?m)#.*$", "", path.read_text(encoding="utf-8"))
    return set(re.findall(r"\b[A-ZÆØÅ][a-zæøåé]+", text))


def plain(path: Path) -> list[str]:
    """Return the paragraphs of a plain text whose lines are wrapped."""
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", path.read_text(encoding="utf-8"))
    return [part.replace("\n", " ") for part in text.split("\n\n")]


def unpacked(package: Path, target: Path) -> Path:
    """Unpack a Debian package where that has not been done; return the folder."""
    if not target.is_dir():
        subprocess.run(["dpkg-deb", "-x", package, target], check=True)
    return target
