"""What surrounds a paragraph and lends it meaning: the headings above, the sentence that leads in a list, peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Headings that name a part of every case and say nothing about its subject.
_STRUCTURAL = """
    indstilling sagsfremstilling beslutning beslutninger resume resumé bilag økonomi baggrund indledning formål
    lovgrundlag konklusion sammenfatning referat dagsorden notat vedtagelse punkt sag sagen eventuelt indhold høring
    tidligere drøftelse videre proces og kommunikation borgerperspektiv kommunikation kommentarer bemærkninger
    pkt nr til fra kopi om en den det de ad økonomiske konsekvenser af forslaget
"""
STRUCTURAL_HEADINGS = frozenset(_STRUCTURAL.split())


ROLES_WITHOUT_THEME = ("formalia",)


@dataclass(frozen=True)
class Unit:
    """One paragraph as the themes see it; all that surrounds it as positions in the list.

    `headings`: the nearest heading that names a subject, and the line that a bullet's list hangs on. `peers`: the
    neighbours under the same heading. `above`: the headings further up that name a subject. `titles`: the headings that
    stand before all body text of the same part.
    """

    paragraph_id: str
    document_id: str
    role: str
    form: str
    text: str
    words: tuple[str, ...]
    headings: tuple[int, ...]
    peers: tuple[int, ...]
    above: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()

    @property
    def is_body(self) -> bool:
        """Whether this is text that says something, not a heading, an address or a list of names."""
        return self.form != "heading" and self.role not in ROLES_WITHOUT_THEME


def is_structural(heading: str) -> bool:
    """Tell whether a heading names only a part of the case ("Indstilling", "Punkt 7"), not its subject."""
    words = [word.strip(".,:;()") for word in heading.casefold().split()]
    return all(not any(c.isalpha() for c in word) or word in STRUCTURAL_HEADINGS for word in words)


def units(paragraphs: Iterable[Mapping[str, Any]], tokens: Iterable[Mapping[str, Any]]) -> list[Unit]:
    """Return one unit per paragraph, in the order of documents and positions.

    `words` are the paragraph's word forms, lemmas and compound parts in lower case; `peers` are the neighbours under
    the same heading.
    """
    ordered = sorted(paragraphs, key=lambda row: (row["document_id"], row["position"]))
    words = {row["paragraph_id"]: _words(row) for row in tokens}
    headings = _headings(ordered)
    leads = _leads(ordered)
    peers = _peers(ordered)
    titles = _titles(ordered)
    return [
        Unit(
            paragraph_id=row["paragraph_id"],
            document_id=row["document_id"],
            role=row["role"],
            form=row["form"],
            text=row["text"],
            words=words.get(row["paragraph_id"], ()),
            headings=(*headings[index][:1], *leads[index]),
            peers=peers[index],
            above=headings[index][1:],
            titles=titles[index],
        )
        for index, row in enumerate(ordered)
    ]


def _words(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [part for compound in row["parts"] if compound for part in compound.split("+")]
    return tuple(sorted({word.casefold() for word in (*row["words"], *row["lemmas"], *parts)}))


def _headings(ordered: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """Positions of the topical headings on each paragraph's path, the nearest first."""
    result: list[tuple[int, ...]] = []
    latest: dict[tuple[str, str], int] = {}
    for index, row in enumerate(ordered):
        places = (latest.get((row["document_id"], heading)) for heading in reversed(row["heading_path"]))
        result.append(tuple(p for p in places if p is not None and not is_structural(ordered[p]["text"])))
        if row["form"] == "heading":
            latest[row["document_id"], row["text"]] = index
    return result


def _leads(ordered: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """Position of the paragraph ending in a colon that each bullet hangs on, where there is one."""
    result: list[tuple[int, ...]] = []
    lead: tuple[int, ...] = ()
    for index, row in enumerate(ordered):
        if index and ordered[index - 1]["document_id"] != row["document_id"]:
            lead = ()
        result.append(lead if row["form"] == "bullet" else ())
        if row["form"] != "bullet":
            lead = (index,) if row["form"] == "paragraph" and row["text"].rstrip().endswith(":") else ()
    return result


def _peers(ordered: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """Positions of the body paragraphs right before and after, where they stand under the same heading."""

    def place(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return row["document_id"], row["part_id"], row["agenda_item"], tuple(row["heading_path"])

    body = [i for i, row in enumerate(ordered) if row["form"] != "heading" and row["role"] != "formalia"]
    result: list[tuple[int, ...]] = [()] * len(ordered)
    for left, here, right in zip([None, *body], body, [*body[1:], None], strict=False):
        near = [n for n in (left, right) if n is not None and place(ordered[n]) == place(ordered[here])]
        result[here] = tuple(near)
    return result


def _titles(ordered: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    """Positions of the topical headings that stand before the first body text of each paragraph's part."""
    titles: dict[tuple[str, str], list[int]] = {}
    begun: set[tuple[str, str]] = set()
    for index, row in enumerate(ordered):
        part = row["document_id"], row["part_id"]
        if row["form"] == "heading":
            if part not in begun and not row["heading_path"] and not is_structural(row["text"]):
                titles.setdefault(part, []).append(index)
        elif row["role"] not in ROLES_WITHOUT_THEME:
            begun.add(part)
    return [
        tuple(place for place in titles.get((row["document_id"], row["part_id"]), ()) if place != index)
        for index, row in enumerate(ordered)
    ]
