"""Reads corpora/written: paragraphs with their themes, subjects with passages, sentences with tone and act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.sentiment.head import ACTS, TONES

_HEADING = re.compile(r"#{1,3} (?P<text>.+) \| *(?P<themes>[a-z_, -]+)")
_PARAGRAPH = re.compile(r"(?:\* )?(?P<themes>[a-z_, -]+) \| (?P<text>.+)")
_SENTENCE = re.compile(rf"(?P<tone>{'|'.join(TONES)}) (?P<act>{'|'.join(ACTS)}) \| (?P<text>.+)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, bullet or heading with its themes, the main one first."""

    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A subject as a codebook would describe it, with passages that are about it."""

    name: str
    definition: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence; `tone` and `act` are places in TONES and ACTS of the tone head."""

    text: str
    tone: int
    act: int


def paragraphs(folder: Path) -> list[Paragraph]:
    """Read `folder/themes`; ValueError names the first line that is no labelled line."""
    found, title = [], False
    for place, line in _lines(folder / "themes"):
        if line.startswith("==="):
            title = True  # the lines after it, up to the first label, are the document's title
            continue
        match = _HEADING.fullmatch(line) or _PARAGRAPH.fullmatch(line)
        if match:
            title = False
            themes = [name.strip() for name in match["themes"].split(",")]
            found.append(Paragraph(match["text"].strip(), tuple(name for name in themes if name not in ("", "-"))))
        elif not title:
            raise ValueError(f"{place}: neither `theme | text` nor `# heading | theme`: {line[:60]!r}")
    return found


def subjects(folder: Path) -> list[Subject]:
    """Read `folder/subjects`; ValueError as above."""
    found: list[Subject] = []
    for place, line in _lines(folder / "subjects"):
        if line.startswith("== ") and ": " in line:
            name, definition = line.removeprefix("== ").split(": ", 1)
            found.append(Subject(name, definition, ()))
        elif line.startswith("- ") and found:
            last = found.pop()
            found.append(Subject(last.name, last.definition, (*last.passages, line[2:].strip())))
        else:
            raise ValueError(f"{place}: neither `== name: definition` nor `- passage`: {line[:60]!r}")
    return found


def sentences(folder: Path) -> list[Sentence]:
    """Read `folder/tone`; ValueError as above."""
    found = []
    for place, line in _lines(folder / "tone"):
        match = _SENTENCE.fullmatch(line)
        if match:
            found.append(Sentence(match["text"].strip(), TONES.index(match["tone"]), ACTS.index(match["act"])))
        elif not line.startswith(("===", "§")):
            raise ValueError(f"{place}: no `tone act | sentence`: {line[:60]!r}")
    return found


def _lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each line that is not blank with its file and number."""
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield f"{file}:{number}", line.strip()
