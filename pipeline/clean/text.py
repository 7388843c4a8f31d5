"""The steps of repair in their order, for one document: raw pages in, edits and clean pages out.

Each step sees the text as the step before left it; `offsets.compose` folds all of them into edits of the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from pipeline.clean import characters, markup, pages
from pipeline.clean.hyphens import vocabulary
from pipeline.clean.ocr.assessment import UNDAMAGED, Damage, assess, counted
from pipeline.clean.ocr.repairs import repairs
from pipeline.clean.unwrapping import unpage, unwrap
from pipeline.offsets import Edit, OffsetMap, apply, compose, edit, split
from pipeline.settings import Clean, load

# In these every line is a block as its author made it: nothing is wrapped.
_WHOLE_LINES = ("text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


@dataclass(frozen=True)
class Source:
    """What is cleaned: the raw texts of a document's pages, with the outline that the file's own markup gave."""

    pages: tuple[str, ...]
    media_type: str = "text/plain"
    outlines: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, pages: Sequence[Mapping[str, Any]], media_type: str) -> Source:
        """Return the source that the rows of a document's pages hold."""
        texts = tuple(page["raw_text"] for page in pages)
        return cls(texts, media_type, tuple(tuple(page["outline"]) for page in pages))


@dataclass(frozen=True)
class Cleaned:
    """What cleaning returns: edits with offsets in the joined raw pages, one clean text a page, and the damage."""

    edits: list[Edit]
    pages: list[str]
    damage: Damage


def clean_document(source: Source, settings: Clean) -> Cleaned:
    """Clean one document. Pure: the same source and settings give the same edits."""
    raw = "".join(source.pages)
    bounds = [0, *accumulate(map(len, source.pages))]
    work = _Work(raw)
    work.make(_marked_furniture(raw, source, bounds))
    for step in (*characters.STEPS, *markup.STEPS):
        work.make(step(work.text))
    starts = pages.page_starts(work.text, work.moved(bounds[1:-1]))
    starts = work.make(pages.furniture(work.text, starts, settings.furniture_min_pages), starts)
    if source.media_type in _WHOLE_LINES:
        work.make(unpage(work.text))
    else:
        work.make(unwrap(work.text, starts, vocabulary(work.text)))
    damage = assess(work.text) if settings.repair_ocr else UNDAMAGED
    found = repairs(work.text, damage)
    made = [repair for repair in found if repair.confidence >= settings.repair_threshold]
    suggested = work.suggestions([repair for repair in found if repair.confidence < settings.repair_threshold])
    work.make(made)
    edits = split(sorted([*work.edits, *suggested], key=lambda change: change.start), bounds)
    texts = [apply(raw, edits, start, end) for start, end in pairwise(bounds)]
    return Cleaned(edits, texts, counted(damage, sum(repair.confidence for repair in found), len(made)))


def clean_text(text: str, settings: Clean | None = None) -> tuple[str, list[dict[str, Any]]]:
    """Clean one text that has no pages; return it with the edits made or suggested, as rows of the table `edits`."""
    cleaned = clean_document(Source((text,)), settings or load(Clean))
    return "".join(cleaned.pages), [change.row() for change in cleaned.edits]


class _Work:
    """The text as far as it has been cleaned, with the edits that led there from the raw text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self.edits: list[Edit] = []

    def make(self, edits: list[Edit], offsets: Sequence[int] = ()) -> list[int]:
        """Make edits of the current text; return offsets of the text before as offsets of the text after."""
        if not edits:
            return list(offsets)
        self.edits = compose(self.raw, self.edits, edits)
        self.text = apply(self.text, edits)
        places = OffsetMap(edits)
        return [places.clean_start(offset) for offset in offsets]

    def moved(self, offsets: Iterable[int]) -> list[int]:
        """Return offsets of the raw text as offsets of the current text."""
        places = OffsetMap(self.edits)
        return [places.clean_start(offset) for offset in offsets]

    def suggestions(self, edits: list[Edit]) -> list[Edit]:
        """Return edits of the current text as unapplied edits of the raw text, where nothing else is changed."""
        places = OffsetMap(self.edits)
        found = []
        for change in edits:
            start, end = places.raw_start(change.start), places.raw_end(change.end)
            if self.raw[start:end] == change.before:
                found.append(
                    Edit(start, end, change.before, change.after, change.rule, change.confidence, applied=False)
                )
        return found


def _marked_furniture(raw: str, source: Source, bounds: Sequence[int]) -> list[Edit]:
    """Return the edits that remove what the file itself marks as page header or footer (DOCX)."""
    found = []
    for start, outline in zip(bounds, source.outlines, strict=False):
        for mark in outline:
            match = re.fullmatch(r"(\d+):(\d+):(header|footer)", mark)
            if match:
                first, last = start + int(match.group(1)), start + int(match.group(2))
                found += [
                    edit(raw, line.start, line.end, "", f"page_{match.group(3)}")
                    for line in pages.lines(raw, first, last)
                ]
    return sorted(set(found), key=lambda change: change.start)
