"""One document: from clean text and edits to the rows of `paragraphs` and `furniture`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from pipeline.offsets import FURNITURE, Edit, OffsetMap, apply
from pipeline.segment.blocks import Block, blocks, marks
from pipeline.segment.closed import closed
from pipeline.segment.parts import Part, split, stamp
from pipeline.segment.structure import places
from pipeline.segment.voice import EXTERNAL, author, voice
from pipeline.settings import Segment


@dataclass(frozen=True)
class Source:
    """What is segmented: a document's raw pages with their outlines, its edits, and what is known of it."""

    document_id: str
    pages: tuple[str, ...]
    edits: tuple[Edit, ...]
    page_numbers: tuple[int, ...] = (1,)
    outlines: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    kind: str = "andet"
    date: date | None = None
    own_domains: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        document: Mapping[str, Any],
        pages: Sequence[Mapping[str, Any]],
        edits: Sequence[Edit],
        domains: Mapping[str, tuple[str, ...]],
    ) -> Source:
        """Return the source that a row of `documents`, its pages and edits hold; `domains` are each municipality's."""
        return cls(
            document_id=document["document_id"],
            pages=tuple(page["raw_text"] for page in pages),
            edits=tuple(edits),
            page_numbers=tuple(page["page"] for page in pages),
            outlines=tuple(tuple(page["outline"]) for page in pages),
            title=document["title"],
            kind=document["kind"],
            date=document["date"],
            own_domains=domains.get(document["municipality"] or "", ()),
        )


@dataclass(frozen=True)
class Segmented:
    """Rows of `paragraphs` and `furniture`."""

    paragraphs: list[dict[str, Any]]
    furniture: list[dict[str, Any]]


def segment_document(source: Source, settings: Segment) -> Segmented:
    """Segment one document. Pure: the same source and settings give the same rows."""
    raw = "".join(source.pages)
    bounds = [0, *accumulate(map(len, source.pages))]
    found = blocks(apply(raw, source.edits), marks(source.edits, source.outlines, bounds))
    offsets = OffsetMap(source.edits)
    footers = [
        (offsets.clean_start(edit.start), edit.before)
        for edit in source.edits if edit.applied and edit.rule == "page_footer"
    ]  # fmt: skip
    lines = sorted([*footers, *((block.start, block.text) for block in found)])
    stamps = [seen for position, line in lines if (seen := stamp(line, position))]
    paragraphs: list[dict[str, Any]] = []
    sent_along = ""
    parts = split(found, stamps)
    for number, part in enumerate(parts, 1):
        inside = found[part.first : part.last]
        shared, sent_along = _shared(source, part, inside, number, len(parts) == 1, sent_along)
        placed = places(inside, shared["part_kind"], settings.max_heading_characters)
        for block, place, shut in zip(inside, placed, closed(inside, placed), strict=True):
            start, end = offsets.raw_start(block.start), offsets.raw_end(block.end)
            paragraphs.append(
                shared
                | {
                    "paragraph_id": f"{source.document_id}-{start:07d}",
                    "position": len(paragraphs),
                    "page": source.page_numbers[bisect_right(bounds, start) - 1],
                    "agenda_item": place.agenda_item,
                    "heading_path": list(place.heading_path),
                    "role": place.role,
                    "form": place.form,
                    "closed": shut,
                    "text": apply(raw, source.edits, start, end).strip(),
                    "raw_start": start,
                    "raw_end": end,
                }
            )
    spans = [(row["raw_start"], row["raw_end"]) for row in paragraphs]
    rows = [
        {"document_id": source.document_id, "start": start, "end": end, "reason": reason}
        for start, end, reason in furniture(raw, source.edits, spans)
    ]
    return Segmented(paragraphs, rows)


def _shared(
    source: Source, part: Part, inside: Sequence[Block], number: int, single: bool, sent_along: str
) -> tuple[dict[str, Any], str]:
    """Return the columns that a part's paragraphs share, and the files named as attached to an external mail."""
    title = (source.title or part.title) if single else part.title
    kind = source.kind if single and source.kind != "andet" else part.kind
    came_along = bool(part.attachment) and part.attachment in sent_along
    spoken = voice(inside, kind, title, source.own_domains, sent_along=came_along)
    if spoken == EXTERNAL:
        sent_along += "".join(block.text for block in inside if block.text.startswith("Vedhæftede filer"))
    columns = {
        "document_id": source.document_id,
        "part_id": f"{source.document_id}-p{number:02d}",
        "part_title": title,
        "part_kind": kind,
        "part_date": (source.date or part.date) if single else part.date,
        "author": author(inside, kind, title),
        "voice": spoken,
    }
    return columns, sent_along


def furniture(raw: str, edits: Sequence[Edit], paragraphs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of a raw text that are no paragraph, each with its reason.

    What was removed as furniture counts, inside paragraphs too; so does whatever else no paragraph holds, such as the
    sign of a bullet, which is markup. Spaces are nobody's.
    """
    made = [edit for edit in edits if edit.applied]
    found = [(edit.start, edit.end, edit.rule) for edit in made if edit.rule in FURNITURE and edit.before.strip()]
    taken = sorted([*paragraphs, *((start, end) for start, end, _ in found)])
    position = 0
    for start, end in [*taken, (len(raw), len(raw))]:
        if position < start and raw[position:start].strip():
            lead = len(raw[position:start]) - len(raw[position:start].lstrip())
            found.append((position + lead, position + len(raw[position:start].rstrip()), "markup"))
        position = max(position, end)
    yield from sorted(found)
