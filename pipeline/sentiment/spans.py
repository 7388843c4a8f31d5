"""Where a sentence of a repaired paragraph stands in the document's raw text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.offsets import Edit, OffsetMap, apply


class RawSpans:
    """The map from the text of one document's paragraphs to its raw text."""

    def __init__(self, raw: str, edits: Sequence[Mapping[str, Any]]) -> None:
        self._raw = raw
        made = [row for row in edits if row["applied"]]
        self._edits = sorted((_edit(row) for row in made), key=lambda edit: edit.start)
        self._starts = [edit.start for edit in self._edits]

    def span(self, paragraph: Mapping[str, Any], start: int, end: int) -> tuple[int, int]:
        """Return the raw span of `paragraph.text[start:end]`; offsets are of the document's raw text."""
        first, last = paragraph["raw_start"], paragraph["raw_end"]
        low, high = bisect_left(self._starts, first), bisect_left(self._starts, last)
        inside = [edit for edit in self._edits[low:high] if edit.end <= last]
        clean = apply(self._raw, inside, first, last)
        lead = len(clean) - len(clean.lstrip())
        shifted = [Edit(edit.start - first, edit.end - first, edit.before, edit.after, edit.rule) for edit in inside]
        offsets = OffsetMap(shifted)
        return first + offsets.raw_start(lead + start), min(last, first + offsets.raw_end(lead + end))


def _edit(row: Mapping[str, Any]) -> Edit:
    return Edit(row["start"], row["end"], row["before"], row["after"], row["rule"])
