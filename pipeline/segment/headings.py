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
_LONGEST_ITEM = 200  # characters of an agenda item
_SHORT_TITLE = 2  # words; so short a title may end in a stop (`3. Evt.`)
_LONG = 60  # characters; a longer line is text
_SHORT_ITEM = 5  # words; so short an agenda item may end in a stop (`Pkt. 7 Evt.`)
_LEAD_IN_CHARACTERS = 120
_LEAD_IN_WORDS = 2
_OPENING = 3  # blocks after an agenda item's title, within which its first section begins
_APART = 0.7  # share of the agenda items that have text below them
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
        share = _APART if kind == "referat" else _APART / 4
        agenda = agenda or _numbered_items(blocks, formal, share, marked=marked)
    agenda |= {i + 1 for i in agenda if _is_title_of_item(blocks, i, formal)}
    judge = _Judge(blocks, formal, marked=marked, agenda=bool(agenda), longest=longest)
    found: dict[int, int] = {}
    for i in range(len(blocks) - 1, -1, -1):
        depth = 0 if i in formal else AGENDA if i in agenda else judge.depth(i)
        if depth:
            found[i] = judge.below[i] = depth
    return Headings(found | dict.fromkeys(_titles(blocks, formal, found, agenda), 0), frozenset(agenda))


def lead_in(block: Block, following: Block | None) -> str | None:
    """Return the words that introduce a list (`Fordele:`), without their colon, where the next block is its item."""
    if following is None:
        return None
    if patterns.RECOMMENDS.match(block.text) and (is_listed(following) or following.text.startswith("at ")):
        return block.text.rstrip(" ,:")
    if not is_listed(following) or not block.text.endswith(":"):
        return None
    words = block.text[:-1].strip()
    if len(words) >= _LEAD_IN_CHARACTERS:  # a paragraph that ends by introducing the list
        words = re.split(r"(?<=[a-zæøå)][.!?]) (?=[A-ZÆØÅ])", words)[-1]
    return words if len(words) < _LEAD_IN_CHARACTERS else None


def is_listed(block: Block) -> bool:
    """Whether a block is the item of a list, by its sign or its number."""
    return block.bullet or bool(block.number)


def _is_agenda_item(block: Block) -> bool:
    return (
        bool(patterns.AGENDA_ITEM.match(block.text))
        and len(block.text) <= 250
        and not patterns.ATTACHMENT_OF_ITEM.match(block.text)
        and not (re.search(r"[a-zæøå]\.$", block.text) and len(block.text.split()) > _SHORT_ITEM)
    )


def _is_title_of_item(blocks: Sequence[Block], i: int, formal: set[int]) -> bool:
    """Whether the number of an agenda item stands alone at block i, its title below."""
    if not patterns.BARE_ITEM.fullmatch(blocks[i].text) or i + 1 >= len(blocks) or i + 1 in formal:
        return False
    text = blocks[i + 1].text
    return len(text) <= _LONGEST_ITEM and not patterns.section_role(text) and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[a-zæøå]\.$", text)) and len(text.split()) > _SHORT_TITLE


def _numbered_items(blocks: Sequence[Block], formal: set[int], share: float, *, marked: bool) -> set[int]:
    """Agenda items that only have a number: `7. Drøftelse af ...`, each counting one on, `share` of them with text.

    A number may begin anywhere where the item's first section follows at once.
    """
    numbers = {
        i: int(match.group(1)) for i, block in enumerate(blocks)
        if i not in formal and (match := patterns.NUMBERED_ITEM.match(block.text)) and len(block.text) <= _LONGEST_ITEM
        and not _is_sentence(block.text) and (0 < block.level < 7 or not marked)
    }  # fmt: skip
    opened = {i for i in numbers if _is_opened(blocks, i, formal)}
    chains: list[list[int]] = [[]]
    for i, number in numbers.items():
        last = numbers[chains[-1][-1]] if chains[-1] else 0
        if patterns.section_role(blocks[i].text) and number != last + 1:
            continue  # a section, numbered like the items
        if last < number <= last + 2 or (i in opened and number > last):
            chains[-1].append(i)
        elif number == 1:
            chains.append([i])
    sound = [chain for chain in chains if _is_agenda(blocks, chain, opened, share)]
    longest = max(map(len, sound), default=0)
    return next((set(chain) for chain in reversed(sound) if len(chain) == longest), set())


def _is_opened(blocks: Sequence[Block], i: int, formal: set[int]) -> bool:
    """Whether an agenda item's first section follows its title, a case number at most between them."""
    below = [j for j in range(i + 1, min(i + 1 + _OPENING, len(blocks))) if j not in formal]
    return bool(below) and patterns.section_role(blocks[below[0]].text) not in (None, "brødtekst")


def _is_agenda(blocks: Sequence[Block], chain: Sequence[int], opened: set[int], share: float) -> bool:
    if 2 * sum(patterns.section_role(blocks[i].text) is not None for i in chain) > len(chain):
        return False
    apart = sum(other - one > 1 for one, other in zip(chain, [*chain[1:], len(blocks)], strict=False))
    return bool(opened & set(chain)) or (len(chain) > 1 and apart >= share * len(chain))


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
            plain = patterns.section_role(block.text) == "brødtekst"
            return SECTION if block.blank_before or block.level or not plain or self._has_text(i, SECTION) else 0
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
        if block.text.endswith("?") and block.level != 7 and not (block.blank_before and len(following.text) > _LONG):
            return 0
        close = not (self._marked or following.blank_before)
        return _PLAIN if (block.blank_before or block.fresh or close) and block.text[0] not in '("”»' else 0

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
