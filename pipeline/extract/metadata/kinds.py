"""What kind of document it is: minutes, an agenda, a memo, a letter ..., from its title, its form and its words."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.extract.metadata.lines import Line

TITLE_LINES = 8

TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("bilag", r"^bilag\s*(?:nr\.?\s*)?(?:\d+|[a-z])?\s*(?:[:.–-]|$)"),
        ("høringssvar", r"\bhøringssvar\b|^(?:svar|bemærkninger) (?:på|til) høring"),
        ("referat", r"^(?:udkast til |åbent |lukket )?\w*referat\b|\bmødereferat\b|\bbeslutningsprotokol\b|^\w*protokol\b"
                    r"|^(?:opsummering|opsamling|resum[eé]|konklusioner)\b.*(?:møde|dialog|workshop)|\bminutes\b"),
        ("dagsorden", r"\b\w*dagsorden\b(?!punkt)|^(?:møde)?indkaldelse\b"),
        ("notat", r"^(?:\w+[- ])?\w*notat\b|^\w*memo\b|^sagsfremstilling\b|^redegørelse\b|^orientering om\b"),
        ("politik", r"^(?!forslag|høring|vedr)(?:\S+ ){0,5}?\S*(?:politik|strategi|værdigrundlag|ledelsesgrundlag|handle?plan"
                    r"|handlingsplan|vision|retningslinjer|kodeks|masterplan|principper|børne- og ungeplan)(?:ken|en|et|erne)?\b"),
    )
)  # fmt: skip
_SALUTATION = re.compile(r"^(?:Kære|Hej|Til rette vedkommende|Dear)\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:venlig(?:e|st)?\s+hilsen(?:er)?|bedste hilsen(?:er)?|kind regards|mvh)\b", re.IGNORECASE)
_MAIL = re.compile(r"^(?:Fra|From|Emne|Subject|Sendt|Sent)\s*:", re.IGNORECASE)
_ITEM = re.compile(r"^(?:dagsordens)?(?:punkt|pkt\.?)\s*\d+\b|^ad\.?\s*\d+\b|^\d+\s*[.)]\s+(?:godkendelse|meddelelser|eventuelt|orientering)", re.I)
_DECISION = re.compile(r"^(?:beslutning(?:er)?|udvalgets beslutning|konklusion|referat|vedtaget)\b", re.IGNORECASE)
_MEMO_HEADING = re.compile(
    r"^(?:resum[eé]|sagsfremstilling|indstilling|baggrund|problemstilling|økonomi(?:ske konsekvenser)?|videre proces|anbefaling)$",
    re.IGNORECASE,
)
_ADOPTED = re.compile(r"\b(?:folder|politik|strategi|pjece|plan|grundlag)\w* (?:er|blev) (?:godkendt|vedtaget)\b", re.IGNORECASE)
_POLICY_WORD = re.compile(
    r"\b\w*(?:politik(?:ken)?|strategi(?:en)?|[a-zæøå]grundlag(?:et)?|vision(?:en)?|retningslinjer(?:ne)?)\b", re.IGNORECASE
)
_BREADCRUMB = re.compile(r"[›»]")
_CAPITALISED = re.compile(r"^[A-ZÆØÅ0-9\"”«]")
POLICY_SHARE, POLICY_COUNT = 0.004, 4


def find_kind(name: str, lines: list[Line]) -> tuple[str, str]:
    """Return the kind of document and the words it was read from.

    The title decides before the form (agenda items with or without decisions, a salutation with a closing), and the
    form before the vocabulary; `name`, the file's name, only where all these are silent. Of a bundle that opens with
    one meeting's agenda and goes on with another meeting, the opening part decides.
    """
    opening = _opening(lines)
    return (
        _by_title(opening)
        or _by_items(opening)
        or _by_letter(opening)
        or _by_headings(opening)
        or _by_words(lines)
        or _by_name(name)
        or ("andet", "hverken titel, form eller ordvalg viser dokumentets art")
    )


def _opening(lines: list[Line]) -> list[Line]:
    """Return the lines up to where the first line comes again as the head of another meeting, with another line below."""
    if len(lines) < 3:
        return lines
    first, second = lines[0].text, lines[1].text
    for index in range(2, len(lines) - 1):
        if lines[index].text == first and lines[index + 1].text != second and re.search(r"\d{4}", lines[index + 1].text):
            return lines[:index]
    return lines


def _by_title(lines: list[Line]) -> tuple[str, str] | None:
    titles = [line for line in lines if line.number < TITLE_LINES or (line.heading and line.page == 0)]
    titles = [line for line in titles[:TITLE_LINES] if len(line.text) <= 120 and not line.prose and _CAPITALISED.match(line.text)
              and not _BREADCRUMB.search(line.text)]
    found = [(kind, line) for line in titles for kind, pattern in TITLES if pattern.search(line.text)]
    if not found:
        return None
    kind, line = found[0]
    if kind == "dagsorden" and _decisions(lines) >= 2:
        return "referat", f"{line.text[:60]}, med {_decisions(lines)} beslutninger"
    return kind, line.text[:80]


def _decisions(lines: list[Line]) -> int:
    return sum(1 for line in lines if _DECISION.match(line.text) and len(line.text) < 80)


def _by_items(lines: list[Line]) -> tuple[str, str] | None:
    items = [line for line in lines if _ITEM.match(line.text)]
    if len(items) < 2:
        return None
    decisions = _decisions(lines)
    shown = f"{items[0].text[:50]} ..."
    return ("referat", f"{shown}, med {decisions} beslutninger") if decisions else ("dagsorden", f"{shown}, uden beslutninger")


def _by_letter(lines: list[Line]) -> tuple[str, str] | None:
    greetings = [line.text for line in lines[:40] if _SALUTATION.match(line.text)]
    closings = [match.group() for line in lines if (match := _CLOSING.search(line.text))]
    if greetings and closings:
        return "brev", f"{greetings[0][:60]} ... {closings[-1]}"
    fields = [line.text for line in lines[:12] if _MAIL.match(line.text)]
    if len(fields) >= 2:
        return "brev", f"e-mail: {fields[0][:60]}"
    return None


def _by_headings(lines: list[Line]) -> tuple[str, str] | None:
    found = list(dict.fromkeys(line.text for line in lines if _MEMO_HEADING.match(line.text)))
    return ("notat", f"afsnit: {', '.join(found[:3])}") if len(found) >= 2 else None


def _by_words(lines: list[Line]) -> tuple[str, str] | None:
    text = " ".join(line.text for line in lines)
    found = Counter(match.group().lower() for match in _POLICY_WORD.finditer(text))
    words = text.count(" ") + 1
    if adopted := _ADOPTED.search(text):
        return "politik", adopted.group()
    if found.total() < POLICY_COUNT or found.total() / words < POLICY_SHARE:
        return None
    shown = ", ".join(f"{word} ({count})" for word, count in sorted(found.items(), key=lambda e: (-e[1], e[0]))[:3])
    return "politik", f"ordvalg: {shown}"


def _by_name(name: str) -> tuple[str, str] | None:
    words = re.sub(r"[\W_\d]+", " ", name.rpartition(".")[0]).split()
    for word in words:
        for kind, pattern in TITLES:
            if pattern.search(word):
                return kind, f"filnavnet: {word}"
    return None
