"""What a parser returns: pages of raw text, and where the markup saw headings and list items in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.errors import DocumentError

State = Literal["readable", "scanned", "locked", "damaged", "unsupported", "unreadable"]


class UnreadableError(DocumentError):
    """A document that cannot be read: in what state it is, and the reason in Danish, for the report."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state


@dataclass(frozen=True)
class Page:
    """One page. `outline` holds `start:end:mark`, offsets in `raw_text`; the mark is 1-6, li, header or footer."""

    raw_text: str
    source: str = "text"
    layer_text: str | None = None
    outline: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What became of one content: its pages, or the reason (in Danish, for the report) why it has none."""

    media_type: str
    pages: tuple[Page, ...] = ()
    reason: str = ""
    state: State = "readable"
    repeatable: bool = True
    """Whether the same bytes would end the same way again; a limit of time that was broken need not be."""


@dataclass
class TextBuilder:
    """Grows a page block by block: one newline after a block, a tab between cells, and the outline beside it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    outline: list[str] = field(default_factory=list)
    opened: bool = False
    """A list marker or a cell's tab has just been written: the first block inside stays on its line."""

    def add(self, text: str) -> None:
        """Append text as it is."""
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.opened = False

    def open(self, text: str) -> None:
        """Append a list marker or a tab that the next block shares its line with."""
        self.add(text)
        self.opened = self.opened or bool(text)

    def start_block(self) -> None:
        """Begin a block on a line of its own."""
        if not self.opened:
            self.end_block()

    def end_block(self) -> None:
        """Put a newline after a block, unless the block inside it has just ended."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self.add("\n")

    def cut(self, characters: str) -> None:
        """Take characters away from the end, such as the newline of a cell's last block."""
        while self.parts:
            kept = self.parts[-1].rstrip(characters)
            self.length -= len(self.parts[-1]) - len(kept)
            if kept:
                self.parts[-1] = kept
                return
            self.parts.pop()

    def mark(self, start: int, end: int, mark: str) -> None:
        """Record that a span is a heading, list item, header or footer."""
        if end > start:
            self.outline.append(f"{start}:{end}:{mark}")

    def page(self) -> Page:
        """Return what was built."""
        marks = sorted(self.outline, key=lambda mark: [int(offset) for offset in mark.split(":")[:2]])
        return Page("".join(self.parts), outline=tuple(marks))
