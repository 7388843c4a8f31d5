"""One document: what is taken out of its texts, and of whatever else a table says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from pipeline.offsets import Edit, OffsetMap, apply
from pipeline.report.marks import MARKS, unforged
from pipeline.report.privacy import lexicon, names, recognisers
from pipeline.report.privacy.masks import KINDS, Masks, masked, masked_edit
from pipeline.report.privacy.names import Entities
from pipeline.report.privacy.persons import Persons

Row = Mapping[str, Any]
_SEPARATORS = re.compile(r"[_+.\-]")
_SURE = 0.7  # score from which a name counts in a file's name, where every word has a capital letter
_KEPT_ENDS = re.compile(r"\.\w{1,5}$")


class Document:
    """A document's texts with personal data taken out; all offsets stay."""

    def __init__(
        self,
        pages: Sequence[str],
        edits: Sequence[Edit],
        paragraphs: Sequence[Row],
        tokens: Mapping[str, Row],
        places: frozenset[str],
        domains: tuple[str, ...],
    ) -> None:
        self.raw = unforged("".join(pages))
        self.edits = edits
        self.clean = unforged(apply(self.raw, edits))
        self._offsets = OffsetMap(edits)
        self._places, self._domains = places, domains
        self._starts = {row["paragraph_id"]: self._start(row) for row in paragraphs}
        mentions = names.mentions(self.clean, self._entities(paragraphs, tokens), places)
        self.persons = Persons.of(self.clean, mentions)
        stay = [(m.start, m.end) for m in mentions if self.persons.stays(m) and len(m.words) > 1]
        self._stay = {
            self.clean: stay,
            self.raw: [(self._offsets.raw_start(start), self._offsets.raw_end(end)) for start, end in stay],
        }
        self._scored: list[tuple[int, int, str, float]] = []
        self.masks = Masks(self.raw, self.clean, edits)
        clean = [(m.start, m.end, "name", m.score) for m in mentions if not self.persons.stays(m)]
        self.masks.add(self._spans(self.raw, []), self._spans(self.clean, clean))
        self._close(paragraphs)

    def _spans(self, text: str, found: list[tuple[int, int, str, float]]) -> list[tuple[int, int, str]]:
        """Return what is taken out of a text: the names given, the same persons again, and numbers over both."""
        again = [(start, end, "name", score) for start, end, score in self.persons.found_again(text)]
        stay = self._stay[text]  # of an office holder's name no part goes, though someone else bears it too
        found = found + [one for one in again if not any(first <= one[0] and one[1] <= last for first, last in stay)]
        found = found + recognisers.numbers(text, self._domains)
        if text is self.raw:
            self._scored += found
        else:
            self._scored += [
                (self._offsets.raw_start(start), self._offsets.raw_end(end), kind, score)
                for start, end, kind, score in found
            ]
        return [(start, end, kind) for start, end, kind, _ in found]

    def _close(self, paragraphs: Sequence[Row]) -> None:
        """Leave out the raw text of closed items, from the first of their paragraphs to the last."""
        spans: list[tuple[int, int, str]] = []
        open_span: tuple[int, int] | None = None
        for row in paragraphs:
            if row["closed"]:
                open_span = (open_span[0] if open_span else row["raw_start"], row["raw_end"])
            elif open_span:
                spans.append((*open_span, "closed"))
                open_span = None
        if open_span:
            spans.append((*open_span, "closed"))
        self.closed = spans
        self.masks.add(spans, [])

    def _start(self, row: Row) -> int | None:
        """Return where a paragraph's text stands in the clean text, None where it does not stand there as it is."""
        start, end = self._offsets.clean_start(row["raw_start"]), self._offsets.clean_end(row["raw_end"])
        text = self.clean[start:end]
        start += len(text) - len(text.lstrip())
        return start if self.clean.startswith(unforged(row["text"]), start) else None

    def _entities(self, paragraphs: Sequence[Row], tokens: Mapping[str, Row]) -> Entities:
        persons: list[tuple[int, int]] = []
        others: list[tuple[int, int]] = []
        for row in paragraphs:
            start, token = self._starts[row["paragraph_id"]], tokens.get(row["paragraph_id"])
            if start is None or token is None:
                continue
            columns = zip(token["entity_labels"], token["entity_starts"], token["entity_ends"], strict=True)
            for label, first, last in columns:
                (persons if label == "PER" else others).append((start + first, start + last))
        return Entities(sorted(persons), sorted(others))

    @cached_property
    def redactions(self) -> list[dict[str, Any]]:
        """Rows of the table `redactions`, without the document's id; closed items are none."""
        rows = []
        scored = sorted(self._scored)
        for start, end, kind in self.masks.spans():
            if kind != "closed":
                scores = [score for first, last, what, score in scored if what == kind and first < end and start < last]
                rows.append({"start": start, "end": end, "kind": kind, "score": max(scores, default=0.5)})
        return rows

    def raw_pages(self, pages: Sequence[str]) -> list[str]:
        """Return the raw text of each page, redacted."""
        return _cut(masked(self.raw, self.masks.raw), [len(page) for page in pages])

    def clean_pages(self, pages: Sequence[str]) -> list[str]:
        """Return the clean text of each page, redacted."""
        if sum(map(len, pages)) != len(self.clean):
            return [self.text(page) for page in pages]
        return _cut(masked(self.clean, self.masks.clean), [len(page) for page in pages])

    def paragraph(self, row: Row) -> str:
        """Return the text of a paragraph, redacted."""
        start = self._starts.get(row["paragraph_id"])
        if start is None:
            return MARKS["closed"] * len(row["text"]) if row["closed"] else self.text(row["text"])
        return masked(unforged(row["text"]), self.masks.clean[start : start + len(row["text"])])

    def edit_rows(self, edits: Sequence[Edit]) -> list[tuple[str, str]]:
        """Return `before` and `after` of each edit of the document, redacted."""
        shift, result = 0, []
        for edit in edits:
            start = edit.start + shift if edit.applied else None
            before, after = masked_edit(edit, self.masks, start)
            result.append((unforged(before), self.text(unforged(after)) if start is None else unforged(after)))
            shift += len(edit.after) - len(edit.before) if edit.applied else 0
        return result

    def text(self, value: str) -> str:
        """Return what a table says about the document (a title, a heading), redacted."""
        plain = unforged(value)
        found = [m for m in names.mentions(plain, Entities(), self._places) if not self.persons.stays(m)]
        return _without(plain, [(m.start, m.end, "name") for m in found] + self._again(plain))

    def file_name(self, path: str) -> str:
        """Return a path, redacted: its words may be joined by anything and be written without capital letters."""
        plain = unforged(path)
        spaced = _SEPARATORS.sub(" ", plain)
        written = re.sub(r"[^\W\d_]+", lambda word: _titled(word.group()), spaced)
        spans = [
            (m.start, m.end, "name") for m in names.mentions(written, Entities(), self._places)
            if m.score >= _SURE and len(m.words) > 1 and not self.persons.stays(m)
        ]  # fmt: skip
        every = re.sub(r"[^\W\d_]+", lambda word: lexicon.titled(word.group()), spaced)
        for form in (spaced, written, every):
            spans += [(start, end, "name") for start, end, _ in self.persons.found_again(form)]
        return _without(plain, spans + self._again(plain))

    def _again(self, text: str) -> list[tuple[int, int, str]]:
        again = [(start, end, "name") for start, end, _ in self.persons.found_again(text)]
        return again + [(start, end, kind) for start, end, kind, _ in recognisers.numbers(text, self._domains)]


def _titled(word: str) -> str:
    return lexicon.titled(word) if word.islower() and len(word) > 1 and not lexicon.is_word(word) else word


def _cut(text: str, lengths: Iterable[int]) -> list[str]:
    pieces, position = [], 0
    for length in lengths:
        pieces.append(text[position : position + length])
        position += length
    return pieces


def _without(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    mask = bytearray(len(text))
    for start, end, kind in spans:
        mask[start:end] = bytes([KINDS.index(kind) + 1]) * (end - start)
    return masked(text, mask)
