"""Which blocks of a document are headings, and how deep each stands.

Depth is relative: agenda items above their sections, sections above the headings inside them. Where the file marks its
headings, marks decide; elsewhere short lines without a stop, lines in capitals and numbered lines before text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.segment import patterns
from pipeline.segment.blocks import Block
from pipeline.segment.contents import title
from pipeline.segment.parts import is_title, names_kind

AGENDA, SECTION = 1, 2
_CAPITALS, _NUMBERED, _PLAIN, LEAD_IN, _FORMAL = 3, 4, 8, 9, 99
_MAX_WORDS = 12
_LONG = 60  # characters; a longer line is text
_SHORT_ITEM = 5  # words; so short an agenda item may end in a stop (`Pkt. 7 Evt.`)
_LEAD_IN_CHARACTERS = 120
_LEAD_IN_WORDS = 2
_SERIES = re.compile(r"[A-ZÆØÅ]\w+ \d{1,2}(?:\s*[:.–—-]\s+\S|$)")


@dataclass(frozen=True)
class Headings:
    """`depths[i]` is the depth of the heading at block i: 1 the outermost, 0 the document's title."""

    depths: dict[int, int]
    agenda: frozenset[int]
    """Which of them are agenda items."""


def headings(blocks: Sequence[Block], formal: set[int], announced: frozenset[str], kind: str, longest: int) -> Headings:
    """Find the headings of one document; `announced` are the titles in its contents, `longest` is in characters."""
    marked = any(0 < block.level < 7 for block in blocks)
    agenda = {i for i, block in enumerate(blocks) if i not in formal and _is_agenda_item(block)}
    if not agenda and kind in ("dagsorden", "referat"):
        agenda = {i for i, block in enumerate(blocks) if i not in formal and title(block.text) in announced}
        agenda = agenda or _numbered_items(blocks, formal, marked)
    judge = _Judge(blocks, formal, marked=marked, agenda=bool(agenda), longest=longest)
    found: dict[int, int] = {}
    for i in range(len(blocks) - 1, -1, -1):
        depth = 0 if i in formal else AGENDA if i in agenda else judge.depth(i)
        if depth:
            found[i] = judge.below[i] = depth
    return Headings(found | dict.fromkeys(_titles(blocks, formal, found, agenda), 0), frozenset(agenda))


def lead_in(block: Block, following: Block | None) -> str | None:
    """Return the words that introduce a list (`Fordele:`), without their colon, where the next block is its item."""
    if following is None or not (following.bullet or following.number) or not block.text.endswith(":"):
        return None
    return block.text[:-1].strip() if len(block.text) <= _LEAD_IN_CHARACTERS else None


def _is_agenda_item(block: Block) -> bool:
    return (
        bool(patterns.AGENDA_ITEM.match(block.text))
        and len(block.text) <= 250
        and not patterns.ATTACHMENT_OF_ITEM.match(block.text)
        and not (re.search(r"[a-zæøå]\.$", block.text) and len(block.text.split()) > _SHORT_ITEM)
    )


def _numbered_items(blocks: Sequence[Block], formal: set[int], marked: bool) -> set[int]:
    """Agenda items that only have a number: `7. Drøftelse af ...`, each counting one on, with text in between."""
    candidates = [
        i for i, block in enumerate(blocks)
        if i not in formal and re.fullmatch(r"\d{1,2}\.?", block.number) and block.body[:1].isupper()
        and len(block.text) <= 200 and not re.search(r"[a-zæøå]\.$", block.text) and (0 < block.level < 7 or not marked)
    ]  # fmt: skip
    chain: list[int] = []
    for i in candidates:
        number = int(blocks[i].number.rstrip("."))
        last = int(blocks[chain[-1]].number.rstrip(".")) if chain else 0
        if last < number <= last + 2:
            chain.append(i)
        elif number == 1 and len(chain) == 1:
            chain = [i]
    apart = [one for one, other in zip(chain, [*chain[1:], len(blocks)], strict=False) if other - one > 1]
    return set(chain) if len(chain) > 1 and len(apart) >= 0.7 * len(chain) else set()


class _Judge:
    """Judges the blocks of a document from the last to the first; `below` are the headings found, and all formalia."""

    def __init__(self, blocks: Sequence[Block], formal: set[int], *, marked: bool, agenda: bool, longest: int) -> None:
        self.below = dict.fromkeys(formal, _FORMAL)
        self._blocks = blocks
        self._marked = marked
        self._agenda = agenda
        self._longest = longest

    def depth(self, i: int) -> int:
        """Return a block's depth as a heading, 0 for none."""
        block = self._blocks[i]
        following = self._blocks[i + 1] if i + 1 < len(self._blocks) else None
        if patterns.section_role(block.text) and not block.bullet and (block.level or not block.text.endswith(".")):
            return SECTION if block.blank_before or block.level or self._has_text(i, SECTION) else 0
        if 0 < block.level < 7:
            return max(block.level, SECTION + 1) if self._agenda else block.level
        if following is None or following.is_row or block.is_row or block.bullet or len(block.text) > self._longest:
            return 0
        if block.text.endswith(":"):
            return LEAD_IN if following.bullet and len(block.text.split()) <= _LEAD_IN_WORDS else 0
        if _reads_on(block, following):
            return 0
        depth = self._numbered(i) if block.number else self._shaped(block, following)
        return depth if depth and self._has_text(i, depth) else 0

    def _numbered(self, i: int) -> int:
        """Return the depth of a numbered line; an item in a list that counts on is no heading."""
        block = self._blocks[i]
        listed = _counts_on(block, self._blocks[i + 1]) or (i > 0 and _counts_on(self._blocks[i - 1], block))
        return 0 if listed or not block.body[:1].isupper() else _NUMBERED + block.number.rstrip(".").count(".")

    def _shaped(self, block: Block, following: Block) -> int:
        """Return the depth of a line that only its shape may make a heading."""
        if len(block.text.split()) > _MAX_WORDS or not re.search(r"[a-zæøåA-ZÆØÅ]{3}", block.text):
            return 0
        if block.text.isupper() and len(block.text) > 3:
            return _CAPITALS
        if _SERIES.match(block.text):
            return _NUMBERED
        apart = block.blank_before and following.blank_before
        if block.text.endswith("?") and block.level != 7 and not (apart and len(following.text) > _LONG):
            return 0
        close = not (self._marked or following.blank_before)
        return _PLAIN if (block.blank_before or close) and block.text[0] not in '("”»' else 0

    def _has_text(self, i: int, depth: int) -> bool:
        """Whether text or a list follows, before a heading that stands higher."""
        for j in range(i + 1, min(i + 4, len(self._blocks))):
            if j not in self.below:
                block = self._blocks[j]
                listed = block.bullet or bool(block.number)
                return listed or bool(patterns.TERMINAL.search(block.text)) or len(block.text) > _LONG
            if self.below[j] < depth:
                return False
        return False


def _reads_on(block: Block, following: Block) -> bool:
    """Whether a line is a sentence, or goes on in the next."""
    text = block.text
    unfinished = following.text[0].islower() and not following.bullet and not following.number
    sentence = (
        re.search(r"[.;!…][\"”’»)\]]*$", text) or patterns.INNER_STOP.search(text) or patterns.OPEN_END.search(text)
    )
    return unfinished or bool(sentence) or not re.match(r"[A-ZÆØÅ\d\"”»(]", text)


def _counts_on(one: Block, other: Block) -> bool:
    first, second = one.number.rstrip(".)"), other.number.rstrip(".)")
    return first.isdigit() and second.isdigit() and int(second) == int(first) + 1


def _titles(blocks: Sequence[Block], formal: set[int], found: dict[int, int], agenda: set[int]) -> set[int]:
    """Return the headings before all text that name the whole document: its kind, its title."""
    titles: set[int] = set()
    named = False
    for i, block in enumerate(blocks):
        if i in formal:
            continue
        if names_kind(block):
            titles.add(i)
        elif named or i in agenda or patterns.section_role(block.text):
            break
        elif _names_document(blocks, i, found, agenda):
            titles.add(i)
            named = True
        else:
            break
    return titles


def _names_document(blocks: Sequence[Block], i: int, found: dict[int, int], agenda: set[int]) -> bool:
    """Whether the first heading stands above all others, not beside them."""
    if i not in found:
        return is_title(blocks[i]) and blocks[i].text[0].isupper()
    if agenda and blocks[i].level:
        return True
    if found[i] == _NUMBERED or re.fullmatch(
        r"(?i)(?:\d+\.? )?(?:indledning|baggrund|formål|generelt)", blocks[i].text
    ):
        return False
    later = [depth for j, depth in found.items() if j > i]
    return not blocks[i].level or not later or found[i] < min(later)
