"""The blocks that a written report is made of. Their texts are plain: each format escapes and styles them itself."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report.figures.drawing import Figure


@dataclass(frozen=True)
class Title:
    """The report's title with what identifies it: (label, value) pairs."""

    text: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; `label` begins it in bold.

    A `notice` is set apart so that nobody overlooks it; what `leads` is not parted from what comes after it.
    """

    text: str
    label: str = ""
    notice: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Items:
    """A list of short texts, each with its level (0 or 1)."""

    items: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, *texts: str) -> Items:
        """Return a list whose texts are all of the first level."""
        return cls(tuple((text, 0) for text in texts))


@dataclass(frozen=True)
class Table:
    """A table with a caption; columns whose place is in `figures` hold numbers, `note` stands below it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """A verbatim quote, the line that says where it stands, and the id of its paragraph."""

    text: str
    source: str
    paragraph_id: str


@dataclass(frozen=True)
class Picture:
    """A chart, for the formats that can show one; its figures stand in a table as well."""

    figure: Figure


@dataclass(frozen=True)
class Contents:
    """The place of the table of contents, for the formats that have pages."""


Block = Title | Contents | Heading | Text | Items | Table | Quote | Picture
