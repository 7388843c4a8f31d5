"""The lines of a document and the part each plays: letterhead, sender, recipient, foreign block or running text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

Role = Literal["text", "head", "sender", "recipient", "external"]

HEAD_LINES, FIRST_HEAD_LINES, FOOT_LINES = 10, 20, 5
SIGNATURE_LINES = 9
NEAR = 4
LONG_LINE = 110

# Markdown and table marks around a line say nothing about its content.
_SPACES = " \t\xa0\ufeff\u2003\u2009"
_MARKS_BEFORE, _MARKS_BEHIND = _SPACES + "#>|*_•·–-", _SPACES + "|*_#"
_HYPHEN = re.compile(r"(?<=[a-zæøå])-\n\s*(?=[a-zæøå])(?!(?:og|eller|samt)\b)")
_CONTACT = re.compile(
    r"@|\bwww\.|\bCVR\b|\bEAN\b|\bTlf\b|\bTelefon\b|\bMobil\b|\bSagsbehandler\b|\bÅbningstid", re.UNICODE
)
_SENDER = re.compile(r"^(?:Fra|From|Afsender|Direkte e-?mail|Sagsbehandler)\b\s*:?", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"^(?:(?:Til|To|Cc|Bcc|Kopi til|Modtager|Att\.?|Attention)\b\s*:?|Kære\b|Hej\b)(?!\s+(?:efterretning|stede))",
    re.IGNORECASE,
)
_HEADER_FIELD = re.compile(
    r"^(?:Fra|From|Sendt|Sent|Til|To|Cc|Bcc|Emne|Subject|Vedhæftede filer)\s*(?::|$)", re.IGNORECASE
)
_CLOSING = re.compile(r"\b(?:venlig(?:e|st)?\s+hilsen|de bedste hilsner|bedste hilsen|mvh\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[a-zæøå]{3}[.?!](?:\s+[A-ZÆØÅ]|$)")
_POSTAL_LINE = re.compile(r"(?<!\d)\d{4} [A-ZÆØÅ]")
_DOMAIN = re.compile(r"(?<![\w.-])(?:[\w.+-]{1,64}@)?((?:[a-zæøå0-9-]+\.)+(?:dk|org|com|eu|net|nu))\b", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"\.(?:dk|org|com|eu|net|nu)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line that is not blank: its text without marks, and where it stands.

    `number` counts the lines of the document from 0, `block` the runs of lines between blank lines, and `heading` is
    true for a Markdown heading. `prose` is true for a line of a paragraph of running text.
    """

    text: str
    page: int
    number: int
    block: int
    role: Role
    heading: bool
    prose: bool


def split_pages(pages: list[str]) -> list[str]:
    """Return the printed pages: a text file may hold several, parted by form feeds."""
    return [part for page in pages for part in page.rstrip("\f").split("\f")]


def read_lines(pages: list[str], own_domains: Container[str]) -> list[Line]:
    """Return the lines of a document with their roles; words hyphenated at a line's end are joined.

    `own_domains` are the municipalities' domains: a block of contact details with other domains only is foreign.
    """
    lines: list[Line] = []
    block = 0
    for page, text in enumerate(split_pages(pages)):
        first = len(lines)
        block += 1
        for raw in _HYPHEN.sub("", text).splitlines():
            stripped = raw.lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND).replace("**", "").replace("__", "").strip()
            if not stripped:
                block += 1
                continue
            heading = raw.lstrip().startswith("#")
            lines.append(Line(stripped, page, len(lines), block, "text", heading, prose=False))
        _mark_zones(lines, first)
    return _assign_roles(lines, own_domains)


def _mark_zones(lines: list[Line], first: int) -> None:
    head = FIRST_HEAD_LINES if lines and lines[-1].page == 0 else HEAD_LINES
    for index in range(first, len(lines)):
        if index - first < head or len(lines) - index <= FOOT_LINES:
            lines[index] = replace(lines[index], role="head")


def _assign_roles(lines: list[Line], own_domains: Container[str]) -> list[Line]:
    signs = [_read_signs(line.text) for line in lines]
    letter = any(sign.greeting or sign.closing for sign in signs)
    marked: list[Line] = []
    signature = 0
    for line, sign in zip(lines, signs, strict=True):
        first = max(0, line.number - NEAR)
        while lines[first].block != line.block:
            first += 1
        last = min(len(lines), line.number + NEAR + 1)
        while lines[last - 1].block != line.block:
            last -= 1
        role = _role(line, signs[first:last], line.number - first, letter, own_domains)
        signature = SIGNATURE_LINES if sign.closing else max(0, signature - 1)
        if signature and role in ("text", "head"):
            role = "sender"
        marked.append(replace(line, role=role, prose=_is_prose(line, lines[first:last])))
    return marked


@dataclass(frozen=True)
class _Signs:
    """What a line shows of the part it plays, alone."""

    contact: bool
    postal: bool
    sender: bool
    recipient: bool
    field: bool
    greeting: bool
    closing: bool
    domains: tuple[str, ...]


def _read_signs(text: str) -> _Signs:
    return _Signs(
        contact=bool(_CONTACT.search(text)),
        postal=bool(_POSTAL_LINE.search(text)),
        sender=bool(_SENDER.match(text)),
        recipient=bool(_RECIPIENT.match(text)),
        field=bool(_HEADER_FIELD.match(text)),
        greeting=text.startswith(("Kære", "Hej ")),
        closing=bool(_CLOSING.search(text)),
        domains=tuple(match.group(1) for match in find_domains(text)),
    )


def _is_prose(line: Line, near: list[Line]) -> bool:
    """Return whether a line is running text: long, or amid lines that break off within their sentences."""
    if line.heading or len(line.text) > LONG_LINE:
        return not line.heading
    if not any(other.text[:1].islower() and " " in other.text for other in near):
        return False
    text = " ".join(other.text for other in near)
    return len(text.split()) > 12 and bool(_SENTENCE_END.search(text))


def _role(line: Line, near: list[_Signs], position: int, letter: bool, own_domains: Container[str]) -> Role:
    """Return the part of a line; `near` are the signs of the lines around it in its block, it being at `position`."""
    sign = near[position]
    above = [other for other in near[: position + 1] if other.field]
    if sign.recipient or (above and above[-1] is not sign and above[-1].recipient):
        return "recipient"
    if len(line.text) < LONG_LINE and any(other.contact for other in near):
        domains = [domain for other in near for domain in other.domains]
        foreign = domains and not any(owner_domain(domain, own_domains) for domain in domains)
        return "external" if foreign else "sender"
    if sign.sender:
        return "sender"
    # A letter's address without contact details is where it goes, unless it is the letterhead's single line.
    in_address = line.page == 0 and line.role == "head" and any(other.postal for other in near)
    letterhead = line.number == 0 and sign.postal
    return "recipient" if letter and in_address and not letterhead else line.role


def join_lines(lines: list[Line], words: int = 3) -> Iterator[tuple[Line, str]]:
    """Yield each line and its text with the first words of the next line behind it, so that broken names are whole.

    A match that begins behind `len(line.text)` belongs to the next line.
    """
    for line, after in zip_longest(lines, lines[1:]):
        tail = ""
        if after is not None and after.block == line.block and after.role == line.role:
            tail = "\n" + " ".join(after.text.split(" ")[:words])
        yield line, line.text + tail


def find_domains(text: str) -> list[re.Match[str]]:
    """Return the matches of web domains and e-mail addresses in a text; group 1 is the domain."""
    return list(_DOMAIN.finditer(text)) if _TOP_LEVEL.search(text) else []


def owner_domain(domain: str, known: Container[str]) -> str | None:
    """Return the known domain that a domain equals or lies below: kk.dk for buf.kk.dk."""
    labels = domain.lower().split(".")
    for start in range(len(labels) - 1):
        candidate = ".".join(labels[start:])
        if candidate in known:
            return candidate
    return None
