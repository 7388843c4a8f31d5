"""Which blocks of minutes belong to items that were dealt with behind closed doors (lukkede punkter).

Only what says so as a mark counts, never prose: an agenda item's title (`Punkt 12 (lukket)`, `5. Lukket punkt`), a line
of its own below it (`Lukket punkt`, `Fortroligt`), or the heading of a closed part of the agenda (`LUKKET DAGSORDEN`),
under which every item is closed until one that is said to be open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment.blocks import Block
from pipeline.segment.structure import HEADING, Place

_THING = r"(?:dagsordens)?(?:punkt(?:et|er)?|sag(?:en|er)?|møde(?:t|r)?|dagsorden|del|behandling)"
_END = r"(?=\s*(?:[:.;,()–—-]|$|om\b|vedr))"
_NUMBER = r"\W*(?:(?:dagsordens)?punkt|pkt\.?|sag)?\s*(?:nr\.?)?\s*(?:\d+[\d.]*)?\s*[:.)–—-]*\s*"
# In a title: `(lukket)`, `[Fortroligt]`, first or last in it.
_TITLE = re.compile(
    rf"(?i)[(\[]\s*(?:lukke(?:t|de)|fortrolig(?:t|e)?)(?: {_THING})?\s*[)\]]|"
    rf"^{_NUMBER}(?:lukke(?:t|de) {_THING}|fortrolig(?:t|e) {_THING}){_END}|"
    rf"^{_NUMBER}(?:lukket|fortroligt?)\s*(?:[:–—-]|$)|"
    rf"[:,.–—-]\s*(?:lukket|fortroligt?)(?: {_THING})?\W*$|(?-i:\bLUKKET\b|\bFORTROLIGT\b)"
)
# A line that says nothing else.
_LINE = re.compile(
    rf"(?i)\W*(?:(?:åben/lukket|status|offentlighed|sagstype)\s*:\s*)?(?:dette |denne )?"
    rf"(?:(?:{_THING} (?:er|behandles|blev behandlet|behandledes) (?:som )?)?(?:lukket|fortroligt?)(?: {_THING})?|"
    rf"{_THING} (?:er |behandles |blev behandlet |behandledes )?(?:for|bag) lukkede døre)\W*"
)
_PART = re.compile(
    rf"(?i)\W*(?:(?:lukkede|fortrolige) (?:punkter|sager|dagsordenspunkter)|(?:lukket|fortrolig) (?:dagsorden|del|"
    rf"møde)|"
    rf"(?:{_THING} )?(?:(?:der )?(?:behandles|behandlet) )?(?:for|bag) lukkede døre)\W*"
)
_OPEN = re.compile(
    rf"(?i)\W*(?:åb(?:en|ent|ne)(?: {_THING})?|offentlig(?:t|e)? (?:{_THING}))\W*|"
    rf".*[(\[]\s*åben(?:t)?(?: {_THING})?\s*[)\]]\W*"
)
_ITEM = re.compile(r"(?i)\W*(?:punkt|pkt\.?|sag)\s*(?:nr\.?)?\s*\d+\b|\d{1,3}[.)]\s+\S")
_SHORT = 100  # characters; a longer block is prose


def closed(blocks: Sequence[Block], places: Sequence[Place]) -> list[bool]:
    """Return for each block of one document whether its item is closed; the heading of a closed item is part of it."""
    result = [False] * len(blocks)
    in_part = in_item = False
    first = 0  # the block with which the present item begins
    for i, (block, place) in enumerate(zip(blocks, places, strict=True)):
        text = block.text.strip()
        short = len(text) <= _SHORT
        if short and _PART.fullmatch(text):
            in_part, in_item = True, True
        elif short and _OPEN.fullmatch(text):
            in_part = in_item = False
        elif _is_item(text, place):
            first, in_item = i, in_part or bool(_TITLE.search(text))
        elif short and _LINE.fullmatch(text):
            in_item = True
            result[first:i] = [True] * (i - first) if _is_item(blocks[first].text, places[first]) else result[first:i]
        result[i] = in_item
    return result


def _is_item(text: str, place: Place) -> bool:
    """Whether a block is the title of an agenda item, with text below it or none."""
    if place.role == HEADING:
        return bool(place.agenda_item and text and text in place.agenda_item) or bool(_ITEM.match(text))
    return bool(_ITEM.match(text)) and bool(_TITLE.search(text)) and len(text) <= 2 * _SHORT
