"""Edits of a text, and the exact map between the offsets before and after them.

A text is never overwritten: a repair is an `Edit`, a replaced span of the raw text. Steps that each work on the result
of the step before are folded into one list by `compose`, so that every edit points into the raw text whatever came
between. Offsets count code points; spans are half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

# What is removed because it belongs to the page or the file format, not to the text.
FURNITURE = frozenset({"page_header", "page_footer", "page_number", "markup", "rule"})


@dataclass(frozen=True, slots=True)
class Edit:
    """`before`, never empty, stands at [start, end) of the text that is edited; `after` replaces it if applied."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0
    applied: bool = True

    def row(self) -> dict[str, Any]:
        """Return the edit as a row of the table `edits`, without its document."""
        return {name: getattr(self, name) for name in self.__slots__}


def edit(text: str, start: int, end: int, after: str, rule: str, confidence: float = 1.0) -> Edit:
    """Return the edit that replaces text[start:end]."""
    return Edit(start, end, text[start:end], after, rule, confidence)


def apply(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """Return text[start:end] with the applied edits that lie inside it made; `edits` are sorted."""
    parts, position, stop = [], start, len(text) if end is None else end
    for index in range(bisect_left(edits, start, key=_start), len(edits)):
        change = edits[index]
        if change.end > stop:
            break
        if change.applied:
            parts += [text[position : change.start], change.after]
            position = change.end
    return "".join([*parts, text[position:stop]])


def _start(change: Edit) -> int:
    return change.start


def undo(clean: str, edits: Iterable[Edit]) -> str:
    """Return the raw text from which the applied edits made `clean`; ValueError where they cannot have made it."""
    parts, position, shift = [], 0, 0
    for change in edits:
        if not change.applied:
            continue
        start = change.start + shift
        if not clean.startswith(change.after, start):
            raise ValueError(f"the text at {start} is not what the edit at {change.start} left there")
        parts += [clean[position:start], change.before]
        position = start + len(change.after)
        shift += len(change.after) - len(change.before)
    return "".join([*parts, clean[position:]])


class OffsetMap:
    """Maps offsets and spans between a raw text and its clean text, given the sorted edits between them.

    Outside the edits the map is one to one. Inside an edit no character stands for another, so that a span which
    begins or ends there takes the whole edit along. What was deleted beside a span is not part of it.
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        made = [change for change in edits if change.applied]
        growth = [len(change.after) - len(change.before) for change in made]
        shifts = [0, *accumulate(growth)]
        self._raw = [(change.start, change.end) for change in made]
        self._clean = [
            (change.start + shift, change.start + shift + len(change.after))
            for change, shift in zip(made, shifts, strict=False)
        ]
        self._raw_starts = [start for start, _ in self._raw]
        self._clean_starts = [start for start, _ in self._clean]

    def raw_start(self, offset: int) -> int:
        """Return where in the raw text a span begins that begins at `offset` of the clean text."""
        return _first(offset, self._clean_starts, self._clean, self._raw)

    def raw_end(self, offset: int) -> int:
        """Return where in the raw text a span ends that ends at `offset` of the clean text."""
        return _last(offset, self._clean_starts, self._clean, self._raw)

    def clean_start(self, offset: int) -> int:
        """Return where in the clean text a span begins that begins at `offset` of the raw text."""
        return _first(offset, self._raw_starts, self._raw, self._clean)

    def clean_end(self, offset: int) -> int:
        """Return where in the clean text a span ends that ends at `offset` of the raw text."""
        return _last(offset, self._raw_starts, self._raw, self._clean)


Spans = list[tuple[int, int]]


def _first(offset: int, starts: list[int], source: Spans, target: Spans) -> int:
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return offset
    end = source[index][1]
    return target[index][0] if offset < end else target[index][1] + offset - end


def _last(offset: int, starts: list[int], source: Spans, target: Spans) -> int:
    index = bisect_left(starts, offset) - 1
    return offset if index < 0 else target[index][1] + max(0, offset - source[index][1])


def compose(raw: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return the edits of `raw` that do what `first` and then, on its result, `second` do; all of them applied.

    Where an edit of `second` meets edits of `first` the two become one, with the rule of the second. Furniture that
    `first` removed stays a row of its own: the later edit goes around it.
    """
    offsets = OffsetMap(first)
    spans: list[list[int]] = []
    members: list[list[Edit]] = []
    for change in second:
        start, end = offsets.raw_start(change.start), offsets.raw_end(change.end)
        if spans and start < spans[-1][1]:
            spans[-1][1] = max(end, spans[-1][1])
            members[-1].append(change)
        else:
            spans.append([start, end])
            members.append([change])
    result: list[Edit] = []
    waiting = list(reversed(first))
    for (start, end), group in zip(spans, members, strict=True):
        while waiting and waiting[-1].end <= start:
            result.append(waiting.pop())
        inside = []
        while waiting and waiting[-1].start < end:
            inside.append(waiting.pop())
        result += _merge(raw, start, end, inside, group, offsets.clean_start(start))
    return result + waiting[::-1]


def _merge(raw: str, start: int, end: int, inside: list[Edit], group: list[Edit], shift: int) -> list[Edit]:
    middle = apply(raw, inside, start, end)
    after = apply(middle, [replace(change, start=change.start - shift, end=change.end - shift) for change in group])
    confidence = min(change.confidence for change in [*inside, *group])
    kept = [change for change in inside if change.rule in FURNITURE and not change.after]
    result, position = [], start
    for obstacle in [*kept, None]:
        stop = obstacle.start if obstacle else end
        if position < stop:
            result.append(Edit(position, stop, raw[position:stop], after, group[-1].rule, confidence))
            after = ""
        if obstacle:
            result.append(obstacle)
            position = obstacle.end
    return result


def split(edits: Iterable[Edit], boundaries: Sequence[int]) -> list[Edit]:
    """Return edits that do the same and none of which goes across one of the sorted raw offsets `boundaries`."""
    result = []
    for change in edits:
        position, after = change.start, change.after
        for boundary in boundaries[bisect_right(boundaries, change.start) : bisect_left(boundaries, change.end)]:
            if position < boundary:
                result.append(_piece(change, position, boundary, after))
                position, after = boundary, ""
        result.append(_piece(change, position, change.end, after))
    return result


def _piece(change: Edit, start: int, end: int, after: str) -> Edit:
    before = change.before[start - change.start : end - change.start]
    return replace(change, start=start, end=end, before=before, after=after)
