"""Who speaks in a document: the municipality itself, or a union, a parents' board, another authority.

Judged by who signs and sends, never by whom the text is about: a letter to a union is the municipality's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment import patterns
from pipeline.segment.blocks import Block

OWN, EXTERNAL = "own", "external"

_OUTSIDE = re.compile(
    r"\b(?:BUPL|FOA|DLF|LFS|HK|3F|KL|SL|Danmarks Lærerforening|\w*[Ll]ærerforening(?:en)?|[Ll]ærerkreds\w*|Kreds \d+|"
    r"Socialpædagogerne|Landsforening(?:en)?|Skolelederforeningen|BørneForum|Fagligt Fælles Forbund|Dansk \w+råd|"
    r"Skole og Forældre|FOLA|Forældrenes Landsorganisation|(?![Kk]ommunal)\w*bestyrelse(?:n|r|rne)?s?|"
    r"[Ff]orældreråd(?:et)?|[Ee]levråd(?:et)?|[Ff]ællesråd(?:et)?|"
    r"Handicapråd(?:et)?|Ældreråd(?:et)?|[Uu]ngeråd(?:et)?|[Ff]agforening(?:en)?|[Ff]orbund(?:et)?|"
    r"\w*[Mm]inisteriet|Styrelsen for \w+|Universitet|Professionshøjskole\w*|VIA University College|"
    r"Danske Handicaporganisationer|Red Barnet|Børns Vilkår|Arbejdstilsynet)\b"
)
_INSIDE = re.compile(
    r"(?i)\b(?:borgmester\w*|rådmand\w*|\w*direktør\w*|\w*forvaltning(?:en|schef)?|kommunaldirektør\w*|\w*chef|"
    r"sagsbehandler|fuldmægtig|\w*konsulent|kommune|rådhus(?:et)?|byråd(?:et)?|kommunalbestyrelse\w*|magistrat\w*|"
    r"\w*MED(?:-udvalg\w*)?|forperson|skoleleder|dagtilbudsleder|afdelingsleder|center(?:chef|leder))\b"
)
_WISHES = re.compile(
    rf"({_OUTSIDE.pattern})(?:\s\w+)?\s(?:ønsker|foreslår|mener|inviterer|anbefaler|opfordrer|vil gerne|appellerer|"
    r"finder)\b"
)
_FROM = re.compile(r"(?i)(?:høringssvar|brev|svar|henvendelse|mail|udtalelse|bemærkninger) fra (.{3,80})")
_DOMAIN = re.compile(r"@([\w.-]+\.\w+)")
_SIGNATURE_LINES = 8
_HEAD_LINES = 12


def voice(
    blocks: Sequence[Block], kind: str, title: str, own_domains: Sequence[str], *, sent_along: bool = False
) -> str:
    """Return `own` or `external` for one document; `sent_along` says that it came with an external mail."""
    for evidence in (_sender(blocks, own_domains), _titled(title), _signed(blocks)):
        if evidence:
            return evidence
    own = any(re.match(r"(?i)sagsbehandler|sag(?:snr|sid)?\b.{0,3}:", block.text) for block in blocks)
    if own:
        return OWN
    if sent_along:
        return EXTERNAL
    text = "\n".join(block.text for block in blocks)
    if (
        kind in ("bilag", "andet", "brev", "høringssvar")
        and _WISHES.search(text)
        and not re.search("indstille[sr]", text)
    ):
        return EXTERNAL
    if kind == "høringssvar":
        head = " ".join(block.text for block in blocks[:_HEAD_LINES] if not _is_addressee(block.text))
        return OWN if not _OUTSIDE.search(head) and re.search(r"\w*MED\b|[Ff]orvaltningen", head) else EXTERNAL
    return OWN


def author(blocks: Sequence[Block], kind: str, title: str) -> str | None:
    """Return who wrote a document: the sender of a mail, the officer in charge, who signs, or whose answer it is."""
    texts = [block.text for block in blocks]
    for i, text in enumerate(texts[:40]):
        if found := re.match(
            r"(?:Fra|From|Afsender|Udarbejdet af|Forfatter)\s*:\s*((?:[^<;,(.]|\.(?!\s)){3,60})", text
        ):
            return found.group(1).strip()
        if found := re.match(r"Sagsbehandler\s*:\s*(.{3,60})?$", text):
            return (found.group(1) or (texts[i + 1] if i + 1 < len(texts) else "")).strip() or None
    if kind in ("referat", "dagsorden"):
        return None
    if found := _FROM.search(title):
        return re.split(r"\s(?:om|vedr\.?|vedrørende|til)\s", found.group(1))[0].strip(" .")
    signature = _signature(blocks)
    return signature[0] if signature else None


def _sender(blocks: Sequence[Block], own_domains: Sequence[str]) -> str | None:
    """Judge the sender of a mail by the domain of the address."""
    for block in blocks[:_HEAD_LINES]:
        if re.match(r"(?:Fra|From|Afsender)\s*:", block.text) and (found := _DOMAIN.search(block.text)):
            domain = found.group(1).lower()
            return OWN if any(domain == own or domain.endswith(f".{own}") for own in own_domains) else EXTERNAL
    return None


def _titled(title: str) -> str | None:
    found = _FROM.search(title)
    if not found:
        return None
    if re.search(r"MED\b|[Ff]orvaltning", found.group(1)):
        return OWN
    return EXTERNAL if _OUTSIDE.search(found.group(1)) else None


def _signed(blocks: Sequence[Block]) -> str | None:
    """Judge by the lines after the last greeting; what an organisation is named outweighs a title such as chairman."""
    signature = "\n".join(_signature(blocks))
    if not signature:
        return None
    if _OUTSIDE.search(signature):
        return EXTERNAL
    return OWN if _INSIDE.search(signature) else None


def _signature(blocks: Sequence[Block]) -> list[str]:
    closings = [i for i, block in enumerate(blocks) if patterns.CLOSING.match(block.text)]
    if not closings:
        return []
    last = closings[-1]
    lines = [
        block.text
        for block in blocks[last + 1 : last + 1 + _SIGNATURE_LINES]
        if len(block.text) < 100 and not block.text.endswith(".")
    ]
    on_behalf = re.sub(r"(?i)^på vegne af\s*", "", blocks[last].text)
    return [on_behalf, *lines] if on_behalf != blocks[last].text else lines


def _is_addressee(text: str) -> bool:
    return bool(re.match(r"(?i)(?:til|att\.?|kære)\b", text))
