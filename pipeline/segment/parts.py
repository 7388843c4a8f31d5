"""The documents inside a bundle: where each begins, its title, kind and date.

A new document begins at a page (or after several blank lines) with what documents begin with: a kind (`Notat`), a
mail's head, a meeting's title and time, another attachment's stamp in the page footer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.dates import find_dates
from pipeline.segment import patterns
from pipeline.segment.blocks import Block

_HEAD = 15  # blocks at a part's beginning that may tell what it is
_KIND_WORDS = {
    "beslutningsmemo": "notat", "memo": "notat", "notat": "notat", "orienteringsnotat": "notat",
    "beslutningsnotat": "notat", "sagsnotat": "notat", "høringsnotat": "notat", "referat": "referat",
    "mødereferat": "referat", "beslutningsreferat": "referat", "dagsorden": "dagsorden", "høringssvar": "høringssvar",
    "brev": "brev", "mail": "brev", "pressemeddelelse": "andet", "projektbeskrivelse": "bilag", "bilag": "bilag",
    "politik": "politik",
}  # fmt: skip
_KIND_IN_TITLE = re.compile(
    r"(?i)(høringssvar|dagsorden|referat|notat|memo|\bbrev\b|\bmail\b|politik|strategi|projektbeskrivelse|\bbilag\b)"
)
_TITLE_KINDS = {"memo": "notat", "mail": "brev", "strategi": "politik", "projektbeskrivelse": "bilag"}
_ATTACHED = re.compile(r"(?i)bilag \d{1,2}\b\s*[:.–-]?\s*(?=[A-ZÆØÅ]|$)|høringssvar (?:fra|til|vedr)")
_MAIL_LABEL = re.compile(r"(?:Fra|Sendt|Til|Cc|Emne|Dato|From|Sent|To|Subject)\s*:")
_MEETING_TIME = re.compile(r"(?i)\d{1,2}[.:]\d{2}\s*(?:[-–]|til)\s*\d{1,2}[.:]\d{2}|\bkl\.?\s*\d{1,2}")
_LETTER_HEAD, _LONGEST_MARK = 12, 100
_OFFICE = 60  # characters; a longer line that ends in a municipality's name may be a title
_STREET = re.compile(r" \d{1,3} ?[A-Z]?, \d{4} [A-ZÆØÅ]")
_RECIPIENT = re.compile(r"(?:Til|TIL|Att\.?|Modtager)\b\s*:?\s*(?:[A-ZÆØÅ]|$)")
_STAMP = re.compile(r"(Punkt \d+, Bilag \d+): (.+)\.\w{3,4}")


@dataclass(frozen=True)
class Stamp:
    """What a meeting system printed at the foot of an attachment's page, and where in the clean text."""

    position: int
    item: str
    name: str


@dataclass(frozen=True)
class Part:
    """One document of a bundle: blocks[first:last], and what its head says."""

    first: int
    last: int
    title: str
    kind: str
    date: date | None
    attachment: str
    """File name in the stamp, without its ending; else empty."""


def stamp(footer: str, position: int) -> Stamp | None:
    """Read a page footer as a stamp."""
    match = _STAMP.fullmatch(footer.strip())
    return Stamp(position, match.group(1), match.group(2)) if match else None


def split(blocks: Sequence[Block], stamps: Sequence[Stamp]) -> list[Part]:
    """Return the documents of a bundle in order; one for a document that is no bundle, none without blocks."""
    if not blocks:
        return []
    starts = {0} | {i for i in range(1, len(blocks)) if _begins(blocks, i)}
    names = {}
    for previous, current in zip([None, *stamps], stamps, strict=False):
        if previous is None or previous.item != current.item:
            before = [i for i, block in enumerate(blocks) if block.fresh and block.start < current.position]
            if before:
                starts.add(before[-1])
                names[before[-1]] = current.name
    ordered = sorted(starts)
    # What is left of a head when the next document begins right after it is no document of its own.
    ordered = [
        start
        for start, following in zip(ordered, [*ordered[1:], len(blocks) + 9], strict=True)
        if following - start > 1 or start == 0
    ]
    bounds = [*ordered, len(blocks)]
    return [_part(blocks, first, last, names.get(first, "")) for first, last in pairwise(bounds)]


def _begins(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    if _is_mail_head(blocks, i):
        return not (blocks[i - 1].fresh and len(blocks[i - 1].text) < 40)
    if not block.fresh or block.bullet:
        return False
    if i + 1 < len(blocks) and _is_mail_head(blocks, i + 1) and len(block.text) < 40:
        return True
    if names_kind(block) or _is_meeting_head(blocks, i) or _is_letter_head(blocks, i):
        return True
    return bool(_ATTACHED.match(block.text)) and len(block.text) < 150 and not patterns.TERMINAL.search(block.text)


def _is_mail_head(blocks: Sequence[Block], i: int) -> bool:
    """Whether `Fra:` stands here and two more of a mail's labels follow at once."""
    if not re.match(r"(?:Fra|From)\s*:", blocks[i].text):
        return False
    labels = {found.group() for block in blocks[i : i + 6] if (found := _MAIL_LABEL.match(block.text))}
    return len(labels) >= 3


def _is_letter_head(blocks: Sequence[Block], i: int) -> bool:
    """Whether at least three of a letter's marks stand here before any text: address, date, recipient, greeting."""
    head: list[str] = []
    for block in blocks[i : i + _LETTER_HEAD]:
        if len(block.text) > _LONGEST_MARK or patterns.TERMINAL.search(block.text):
            break
        head.append(block.text)
    marks = (
        any(patterns.ADDRESS.fullmatch(text) or _STREET.search(text) for text in head),
        any(patterns.is_date_line(text) or re.match(r"(?i)dato\s*:", text) for text in head),
        any(_RECIPIENT.match(text) for text in head),
        any(patterns.GREETING.match(text) for text in head),
    )
    return sum(marks) > 2


def _is_meeting_head(blocks: Sequence[Block], i: int) -> bool:
    text = blocks[i].text
    if "møde" not in text.casefold() or len(text) > 120 or patterns.TERMINAL.search(text):
        return False
    return any(any(find_dates(block.text)) and _MEETING_TIME.search(block.text) for block in blocks[i : i + 4])


def _part(blocks: Sequence[Block], first: int, last: int, attachment: str) -> Part:
    head = blocks[first : min(last, first + _HEAD)]
    mail = any(_is_mail_head(blocks, i) for i in range(first, min(last, first + 3)))
    title = _title(head, mail) or attachment
    kind = "brev" if mail else _kind(blocks[first:last], title, attachment)
    return Part(first, last, title, kind, _date(head), attachment)


def _title(head: Sequence[Block], mail: bool) -> str:
    for block in head:
        if found := re.match(r"Emne(?:\s*:\s*|\s+)(?=\S)(.+)", block.text):
            return found.group(1)
    if mail:
        return ""
    marked = [block for block in head if 0 < block.level < 7]
    if marked:
        return min(marked, key=lambda block: block.level).text
    kind_word = ""
    for block in head:
        if names_kind(block):
            kind_word = kind_word or block.text
        elif is_title(block):
            return block.text
    return kind_word


def is_title(block: Block) -> bool:
    """Whether a block near a document's beginning may be its title."""
    text = block.text
    other = (
        patterns.LABEL, patterns.BARE_LABEL, patterns.ADDRESS, patterns.CONTACT,
        patterns.GREETING, patterns.CASE_NUMBER, patterns.CONTENTS, patterns.AGENDA_ITEM,
    )  # fmt: skip
    return (
        10 <= len(text) <= 160
        and not (block.bullet or block.is_row or patterns.TERMINAL.search(text.removesuffix("?")))
        and not any(pattern.match(text) for pattern in other)
        and not patterns.is_date_line(text)
        and not (patterns.PERSON.match(text) and text.count(" ") < 4)
        and not (re.search(r"(?i)(?:kommune|kreds \d+|forvaltningen|afdeling(?:en)?)$", text) and len(text) < _OFFICE)
        and patterns.section_role(text) is None
        and not patterns.OPEN_END.search(text)
        and not patterns.INNER_STOP.search(text)
        and "indstille" not in text
    )


def names_kind(block: Block) -> bool:
    """Whether a block only says what kind of document begins here."""
    return re.sub(r"(?<=bilag) \w{1,2}$", "", block.text.strip(" :").casefold()) in _KIND_WORDS


def _kind(blocks: Sequence[Block], title: str, attachment: str) -> str:
    word = blocks[0].text.strip(" :").casefold()
    if word in _KIND_WORDS:
        return _KIND_WORDS[word]
    texts = [block.text for block in blocks]
    if sum(bool(patterns.DECISION_OF_ITEM.match(text)) for text in texts) > 1:
        return "referat"
    if found := _KIND_IN_TITLE.search(title):
        name = found.group(1).casefold()
        return _TITLE_KINDS.get(name, name)
    items = sum(bool(patterns.AGENDA_ITEM.match(text)) for text in texts)
    if items > 1 or (items and "møde" in title.casefold()):
        return "dagsorden"
    addressed = any(patterns.GREETING.match(text) or _RECIPIENT.match(text) for text in texts)
    if addressed and any(map(patterns.CLOSING.match, texts)):
        return "brev"
    return "bilag" if attachment or _ATTACHED.match(texts[0]) else "andet"


def _date(head: Sequence[Block]) -> date | None:
    """Return the date in a part's head: that of a label or a line of its own before any other."""
    labelled = [block for block in head if patterns.LABEL.match(block.text) or patterns.is_date_line(block.text)]
    for block in [*labelled, *(block for block in head if len(block.text) < 200)]:
        for found in find_dates(block.text):
            return found.value
    return None
