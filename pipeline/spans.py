"""Spans of raw text that people labelled, and the paragraphs of a run that they belong to.

Labels are keyed by document and span, so that they survive every change of how text is cut and repaired.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol


class Span(Protocol):
    """A half-open span of a document's raw text."""

    @property
    def document_id(self) -> str:
        """The document."""

    @property
    def start(self) -> int:
        """Raw offset of its first character."""

    @property
    def end(self) -> int:
        """Raw offset after its last character."""


def match(spans: Sequence[Span], paragraphs: Iterable[Mapping[str, Any]], min_overlap: float) -> list[str | None]:
    """Return for each span the paragraph_id that holds most of it, None where too little of it was found.

    A span that was cut into several paragraphs (a table into its rows) counts as found where together they cover
    `min_overlap` of it; the one that covers most stands for it.
    """
    by_document: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in paragraphs:
        by_document[row["document_id"]].append((row["raw_start"], row["raw_end"], row["paragraph_id"]))
    for rows in by_document.values():
        rows.sort()
    return [_best(span, by_document.get(span.document_id, []), min_overlap) for span in spans]


def _best(span: Span, rows: Sequence[tuple[int, int, str]], min_overlap: float) -> str | None:
    first = max(0, bisect_left(rows, (span.start, 0, "")) - 1)
    best, longest, covered = None, 0, 0
    for start, end, paragraph_id in rows[first:]:
        if start >= span.end:
            break
        overlap = min(end, span.end) - max(start, span.start)
        covered += max(0, overlap)
        if overlap > longest:
            best, longest = paragraph_id, overlap
    return best if covered >= min_overlap * (span.end - span.start) else None
