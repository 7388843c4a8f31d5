"""Takes spans out of a document's raw and repaired text alike, character for character, its edits included.

A mask holds one byte per character: 0 where it stays, else the number of the kind that took it. The repaired text and
the raw text are one text but for the edits; what is taken out of one is taken out of the other, and an edit that is
touched keeps its place and its lengths, so that a paragraph's raw span with its edits made still is its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.offsets import Edit
from pipeline.report.marks import MARKS

KINDS = tuple(MARKS)
_CHARACTERS = ["", *MARKS.values()]
Span = tuple[int, int, str]


class Masks:
    """The masks of one document: `raw` and `clean`, over its raw text and that text with the applied edits made."""

    def __init__(self, raw: str, clean: str, edits: Sequence[Edit]) -> None:
        self._raw_text, self._clean_text = raw, clean
        self._applied = [edit for edit in edits if edit.applied]
        self.raw, self.clean = bytearray(len(raw)), bytearray(len(clean))

    def add(self, raw_spans: Iterable[Span], clean_spans: Iterable[Span]) -> None:
        """Take out spans, each (start, end, kind), of the raw text and of the repaired text."""
        for mask, spans in ((self.raw, raw_spans), (self.clean, clean_spans)):
            for start, end, kind in spans:
                stop = min(end, len(mask))
                if start < stop:
                    mask[start:stop] = bytes([KINDS.index(kind) + 1]) * (stop - start)
        self._agree()

    def _agree(self) -> None:
        """Carry each mask over to the other, stretch by stretch between the edits."""
        raw, clean = 0, 0
        for edit in self._applied:
            length = edit.start - raw
            self._share(raw, clean, length)
            raw, clean = edit.end, clean + length + len(edit.after)
            self._share_edit(edit, clean - len(edit.after))
        self._share(raw, clean, len(self.raw) - raw)

    def _share(self, raw: int, clean: int, length: int) -> None:
        one, other = self.raw[raw : raw + length], self.clean[clean : clean + length]
        if one != other:
            both = bytes(map(max, one, other))
            self.raw[raw : raw + length] = both
            self.clean[clean : clean + length] = both

    def _share_edit(self, edit: Edit, clean: int) -> None:
        """Take out all of an edit that is touched; what furniture lost stays lost, without its neighbours."""
        stop = clean + len(edit.after)
        code = max((*self.raw[edit.start : edit.end], *self.clean[clean:stop]), default=0)
        if not code or (any(map(str.isalnum, edit.before)) and not edit.after.strip()):
            return
        for mask, text, start in ((self.raw, self._raw_text, edit.start), (self.clean, self._clean_text, clean)):
            end = edit.end if mask is self.raw else stop
            first, last = _trimmed(text, start, end)
            mask[first:last] = bytes([code]) * (last - first)

    def spans(self) -> list[Span]:
        """Return the spans of the raw text that were taken out, in order: runs of one kind."""
        return [(start, end, kind) for start, end, kind in runs(self.raw)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    if not piece.strip():
        return start, end
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def runs(mask: bytes | bytearray) -> Iterable[Span]:
    """Yield the runs of one kind in a mask: (start, end, kind)."""
    position = 0
    for code, group in groupby(mask):
        length = sum(1 for _ in group)
        if code:
            yield position, position + length, KINDS[code - 1]
        position += length


def masked(text: str, mask: bytes | bytearray) -> str:
    """Return the text with the redaction character of its kind for each character that its mask takes out."""
    if not any(mask):
        return text
    return "".join(_CHARACTERS[code] or character for character, code in zip(text, mask, strict=True))


def masked_edit(edit: Edit, masks: Masks, clean_start: int | None) -> tuple[str, str]:
    """Return `before` and `after` of an edit, redacted; `clean_start` is where `after` stands, None if not applied.

    A suggestion for a text that is taken out could give it away, so that it is taken out as a whole.
    """
    taken = masks.raw[edit.start : edit.end]
    before = masked(edit.before, taken) if len(taken) == len(edit.before) else edit.before
    if clean_start is not None:
        return before, masked(edit.after, masks.clean[clean_start : clean_start + len(edit.after)])
    code = max(taken, default=0)
    return before, masked(edit.after, bytes([code]) * len(edit.after))
