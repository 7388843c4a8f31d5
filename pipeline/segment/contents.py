"""Tables of contents: where they stand, and which headings they announce."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.segment import patterns
from pipeline.segment.blocks import Block

_LONGEST_ENTRY = 160


@dataclass(frozen=True)
class Contents:
    """`blocks` are the heading and the entries of a table of contents, `titles` what the entries announce."""

    blocks: frozenset[int]
    titles: frozenset[str]


def contents(blocks: Sequence[Block]) -> Contents:
    """Find the tables of contents: below their heading, entries end in page numbers or come again as headings."""
    counts = Counter(title(block.text) for block in blocks)
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if i and patterns.CONTENTS_OF_AGENDA.fullmatch(block.text) and not block.level:
            found.add(i)
        if patterns.CONTENTS.match(block.text):
            entries = _entries(blocks, i, counts)
            if len(entries) > 1:
                found |= {i, *entries}
    titles = {title(blocks[i].text) for i in found}
    return Contents(frozenset(found), frozenset(title for title in titles if len(title) > 2))


def title(text: str) -> str:
    """Return an entry without its page number and leaders, in lower case."""
    return re.sub(r"[\s.…·_]+(?:\d{1,3})?$", "", text).casefold()


def _entries(blocks: Sequence[Block], heading: int, counts: Counter[str]) -> list[int]:
    entries: list[int] = []
    begun: list[int] = []  # the first line of an entry of two lines
    for j in range(heading + 1, len(blocks)):
        block = blocks[j]
        # The second time a title comes it is the heading itself.
        if block.level or (entries and title(block.text) == title(blocks[heading + 1].text)):
            break
        if patterns.CONTENTS_ENTRY.fullmatch(block.text) or counts[title(block.text)] > 1:
            entries += [*begun, j]
            begun = []
        elif not begun and len(block.text) < _LONGEST_ENTRY:
            begun.append(j)
        else:
            break
    return entries
