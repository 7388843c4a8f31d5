"""Blocks that carry no content of their own: letterhead, attendance, contents, labels, signatures, case numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment import patterns
from pipeline.segment.blocks import Block

_HEAD = 25
_TOP = 8
_SIGNATURE = 10


def formalia(blocks: Sequence[Block], listed: frozenset[int]) -> set[int]:
    """Return which blocks of one document are formalia; `listed` are those of its table of contents."""
    found = {i for i, block in enumerate(blocks) if is_formal(block)} | listed
    found |= _letterhead(blocks, found)
    found |= _offices(blocks, found)
    found |= _signatures(blocks)
    found |= _attendance(blocks)
    found |= _names(blocks)
    for i, block in enumerate(blocks[:-1]):
        following = blocks[i + 1]
        if block.text.endswith(":") and i + 1 in found and following.bullet:
            found.add(i)  # what introduces a list of names
        elif i in found and re.search(r"(?:^|\S):$", block.text) and _is_short(following) and not following.bullet:
            found.add(i + 1)  # the value of a label on the line above
    return (found | _between(blocks, found)) - _decided(blocks)


def _offices(blocks: Sequence[Block], formal: set[int]) -> set[int]:
    """Return the lines at the top that name who writes or meets, a title between them left out."""
    found = set()
    for i, block in enumerate(blocks[:_TOP]):
        if i not in formal and (len(block.text) > 100 or patterns.TERMINAL.search(block.text)):
            break
        if _is_short(block, 100) and patterns.OFFICE.fullmatch(block.text):
            found.add(i)
    return found


def _decided(blocks: Sequence[Block]) -> set[int]:
    """Return the lines inside agenda items that say who decided when."""
    first = next((i for i, block in enumerate(blocks) if _is_in_item(block)), len(blocks))
    return {i for i in range(first, len(blocks)) if patterns.DECIDED.fullmatch(blocks[i].text)}


def _is_in_item(block: Block) -> bool:
    if patterns.AGENDA_ITEM.match(block.text) or patterns.NUMBERED_ITEM.match(block.text):
        return True
    return patterns.section_role(block.text) is not None and not patterns.DECIDED.fullmatch(block.text)


def is_formal(block: Block) -> bool:
    """Whether a block is formalia by itself: a label with its value, an address, a date, a number, a greeting."""
    text = block.text
    if block.is_row:
        return False
    if (patterns.LABEL.match(text) and not patterns.AGENDA_ITEM.match(text)) or patterns.BARE_LABEL.match(text):
        return len(text) < 400 or bool(patterns.ATTENDANCE.match(text))
    alone = (
        patterns.CASE_NUMBER, patterns.ADDRESS, patterns.CONTACT, patterns.CLOSING,
        patterns.PERSON_WITH_TITLE, patterns.SITE, patterns.DECIDED, patterns.CONTACT_HEADING,
        patterns.PRINTED,
    )  # fmt: skip
    if any(pattern.fullmatch(text) for pattern in alone) or patterns.is_date_line(text):
        return True
    if patterns.GREETING.match(text) and not re.search(r"[.!?]\s+\S", text):
        return True
    return bool(patterns.ATTACHMENT_OF_ITEM.match(text) or re.match(r"(?:Pkt\.|Punkt) ?\d+: Tid:", text))


def _is_short(block: Block, longest: int = 60) -> bool:
    """Whether a block is a short line that nothing marks as text or heading."""
    text = block.text
    return (
        len(text) <= longest
        and not (block.level or block.bullet or block.number or block.is_row or patterns.NUMBERED_ITEM.match(text))
        and not patterns.TERMINAL.search(text)
        and not patterns.SUBJECT.match(text)
        and patterns.section_role(text) in (None, "brødtekst")
        and not patterns.AGENDA_ITEM.match(text)
    )


def _letterhead(blocks: Sequence[Block], formal: set[int]) -> set[int]:
    """Return the short lines before a letter's greeting, its title apart."""
    greeting = next((i for i, block in enumerate(blocks[:_HEAD]) if patterns.GREETING.match(block.text)), 0)
    return {
        i for i, block in enumerate(blocks[:greeting])
        if _is_short(block, 100)
        and (len(block.text) < 40 or formal & {i - 2, i - 1, i + 1, i + 2})
    }  # fmt: skip


def _between(blocks: Sequence[Block], formal: set[int]) -> set[int]:
    """Short lines that formalia enclose: the department above an address, the room below a date."""
    found = set()
    for i, block in enumerate(blocks):
        if i in formal or not _is_short(block):
            continue
        following = next((j for j in range(i, min(i + 6, len(blocks))) if j in formal or not _is_short(blocks[j])), i)
        enclosed = i < _HEAD and (i - 1 in formal or i - 1 in found)
        if i < _HEAD and {i - 1, i + 1} & formal and patterns.PLACE.fullmatch(block.text):
            found.add(i)
        if following in formal and (enclosed or patterns.ADDRESS.match(blocks[following].text)):
            found.add(i)
    return found


def _names(blocks: Sequence[Block]) -> set[int]:
    """Return the items of lists that hold nothing but names."""
    found: set[int] = set()
    run: list[int] = []
    for i in range(len(blocks) + 1):
        if i < len(blocks) and blocks[i].bullet:
            run.append(i)
            continue
        if len(run) > 1 and all(patterns.PERSON.match(blocks[j].text) for j in run):
            found |= set(run)
        run = []
    return found


def _signatures(blocks: Sequence[Block]) -> set[int]:
    """Return the lines that follow a closing greeting: names, titles, places."""
    found = set()
    for i, block in enumerate(blocks):
        if not patterns.CLOSING.match(block.text):
            continue
        found.add(i)
        for j in range(i + 1, min(i + 1 + _SIGNATURE, len(blocks))):
            text = blocks[j].text
            if len(text) > 90 or blocks[j].level or blocks[j].bullet or (blocks[j].fresh and j > i + 1):
                break
            if re.search(r"[a-zæøå][.!?]$", text) or patterns.AGENDA_ITEM.match(text) or patterns.section_role(text):
                break
            found.add(j)
    return found


def _attendance(blocks: Sequence[Block]) -> set[int]:
    """Return the names under a heading or label for those present, and the list items that are names with titles."""
    found = set()
    for i, block in enumerate(blocks):
        labels = [patterns.ATTENDANCE.fullmatch(cell.strip(": ")) for cell in block.text.split("\t")]
        if not all(labels) or (block.level and not _has_names(blocks, i)):
            continue
        found.add(i)
        for j in range(i + 1, len(blocks)):
            if not _is_attendee(blocks[j].text):
                break
            found.add(j)
    return found


def _has_names(blocks: Sequence[Block], i: int) -> bool:
    return i + 1 < len(blocks) and _is_attendee(blocks[i + 1].text)


def _is_attendee(text: str) -> bool:
    if patterns.section_role(text) or patterns.AGENDA_ITEM.match(text):
        return False
    names = re.split(r"\s*[,;]\s*|\s+og\s+|\t", text)
    return (
        bool(patterns.PERSON.match(text))
        or (
            len(names) > 1
            and sum(bool(patterns.PERSON.match(name)) for name in names) >= 0.5 * len(names)
            and not re.search(r"[a-zæøå]{3}\. [A-ZÆØÅ]", text)
        )
        or bool(patterns.ATTENDANCE.match(text) and len(text) < 60)
        or bool(re.match(r"(?:Pkt\.|Punkt) ?\d+: Tid", text))
    )
