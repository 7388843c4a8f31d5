"""What each block of a document is and where it stands: role, form, agenda item, headings above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.segment import patterns
from pipeline.segment.blocks import Block
from pipeline.segment.contents import contents
from pipeline.segment.formalia import formalia
from pipeline.segment.headings import LEAD_IN, SECTION, headings, is_listed, lead_in

_OWN_ROLE = 25  # characters
BODY, HEADING, FORMAL = "brødtekst", "overskrift", "formalia"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: values of the columns of the same names."""

    role: str
    form: str
    agenda_item: str | None
    heading_path: tuple[str, ...]


def places(blocks: Sequence[Block], kind: str, longest_heading: int) -> list[Place]:
    """Return the place of each block of one document of the kind given."""
    listed = contents(blocks)
    formal = formalia(blocks, listed.blocks)
    found = headings(blocks, formal, listed.titles, kind, longest_heading)
    reader = _Reader()
    result = []
    for i, block in enumerate(blocks):
        if i in formal:
            result.append(reader.formal(block))
        elif i in found.depths:
            result.append(reader.heading(block, found.depths[i], agenda=i in found.agenda))
        else:
            result.append(reader.text(block, blocks[i + 1] if i + 1 < len(blocks) else None))
    return result


class _Reader:
    """Remembers, from block to block, which headings are open and what role they give."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._role = BODY
        self._agenda_item: str | None = None
        self._introduction: str | None = None
        self._number = ""  # of an agenda item whose title is still to come

    def formal(self, block: Block) -> Place:
        return Place(FORMAL, _form(block), self._agenda_item, self._path())

    def heading(self, block: Block, depth: int, *, agenda: bool) -> Place:
        self._close(depth)
        name = f"{self._number} {block.text}" if agenda and self._number else block.text
        self._number = block.text if agenda and patterns.BARE_ITEM.fullmatch(block.text) else ""
        place = Place(HEADING, "heading", name if agenda else self._agenda_item, self._path())
        self._agenda_item = place.agenda_item
        named = patterns.section_role(block.text)
        if named or depth <= SECTION:
            self._role = named or BODY
        if depth:
            self._open.append((depth, name.rstrip(":")))
        self._introduction = None
        return place

    def text(self, block: Block, following: Block | None) -> Place:
        point = self._introduction is not None and block.text.startswith("at ")  # of a recommendation
        listed = is_listed(block) or point
        if not listed:
            self._introduction = None
            self._close(LEAD_IN)
        introduction = self._introduction
        role = _introduced_role(introduction) if introduction else _own_role(block)
        idle = self._role == "indstilling" and patterns.RECOMMENDS.match(introduction or "")
        path = (*self._path(), introduction) if introduction and not idle else self._path()
        self._introduction = lead_in(block, following) or introduction
        return Place(role or self._role, "bullet" if point else _form(block), self._agenda_item, path)

    def _close(self, depth: int) -> None:
        self._open = [(above, text) for above, text in self._open if above < depth]

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._open)


def _form(block: Block) -> str:
    if block.is_row:
        return "table_row"
    return "bullet" if block.bullet or block.number else "paragraph"


def _introduced_role(introduction: str) -> str | None:
    return "indstilling" if patterns.recommends(introduction) else patterns.section_role(introduction)


def _own_role(block: Block) -> str | None:
    """Return the role that a paragraph names in its first words: `Beslutning: ...`, `Direktionen indstiller, at`."""
    if patterns.recommends(block.text):
        return "indstilling"
    name, colon, _ = block.text[:_OWN_ROLE].partition(":")
    return patterns.section_role(name) if colon else None
