"""What kind of document it is: minutes, an agenda, a memo, a letter ..., from its title, its form and its words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pipeline.dates import find_dates
from pipeline.extract.metadata.lines import Line

TITLE_LINES, SUBJECT_LINES, LAST_LINES, LONGEST_TITLE = 8, 20, 15, 120

_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("bilag", r"^bilag\s*(?:nr\.?\s*)?(?:\d+|[a-z])?\s*(?:[:.–-]|$)"),
        ("brev", r"^brev(?: (?:til|fra)\b|$)"),
        ("høringssvar", r"\bhøringssvar\b|^(?:svar|bemærkninger) (?:på|til) høring"),
        ("referat", r"^(?!godkendelse|punkt|opfølgning)(?:\w+ ){0,2}\w*referat\b|^\w*protokol\b"
                    r"|^(?:opsummering|opsamling|resum[eé]|konklusioner)\b.*(?:møde|dialog|workshop)|\bminutes\b"),
        ("dagsorden", r"\b\w*dagsorden\b(?!punkt)|^(?:møde)?indkaldelse\b"),
        ("notat", r"^(?:\w+[- ])?\w*notat\b|^\w*memo\b|^sagsfremstilling\b|^redegørelse\b|^orientering om\b"),
        ("politik", r"^(?!forslag|høring|vedr)(?:\S+ ){0,5}?\S*(?:politik|strategi|værdigrundlag|ledelsesgrundlag"
                    r"|handle?plan|handlingsplan|vision|retningslinjer|kodeks|masterplan|principper)(?:ken|en|et|erne)?\b"),
    )
)  # fmt: skip
_SALUTATION = re.compile(r"^(?:Kære|Hej|Til rette vedkommende|Dear)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"\b(?:venlig(?:e|st)?\s+hilsen(?:er)?|(?:bedste|mange|kærlige?) (?:hilsen(?:er)?|hilsner)|kind regards|mvh)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"^(?:Fra|From|Emne|Subject|Sendt|Sent)\s*:", re.IGNORECASE)
_SENT = re.compile(r"^(?:Sendt|Sent)\s*:|^(?:Fra|From|Til|To)\s*:.*@", re.IGNORECASE)
_ANSWER = re.compile(r"^Høringssvar\b.{10,}", re.IGNORECASE)
_ITEM = re.compile(
    r"^(?:dagsordens)?(?:punkt|pkt\.?)\s*\d+\b|^ad\.?\s*\d+\b"
    r"|^\d+\s*[.)]\s+(?:godkendelse|meddelelser|eventuelt|orientering)",
    re.IGNORECASE,
)
_DECISION = re.compile(r"^(?:beslutning(?:er)?|udvalgets beslutning|konklusion|referat|vedtaget)\b", re.IGNORECASE)
_MEMO_HEADING = re.compile(
    r"^(?:resum[eé]|sagsfremstilling|indstilling|baggrund|problemstilling|økonomi(?:ske konsekvenser)?|videre proces"
    r"|anbefaling)$",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:folder|politik|strategi|pjece|plan|grundlag)\w* (?:er|blev) (?:godkendt|vedtaget)\b", re.IGNORECASE
)
_POLICY_WORD = re.compile(
    r"\b\w*(?:politik(?:ken)?|strategi(?:en)?|[a-zæøå]grundlag(?:et)?|vision(?:en)?|retningslinjer(?:ne)?)\b",
    re.IGNORECASE,
)
# Breadcrumbs of a web page, and agenda items.
_NO_TITLE = re.compile(r"[›»]|^(?:punkt|pkt\.?)?\s*\d+[.):]\s", re.IGNORECASE)
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
        or _by_subject(opening)
        or _by_items(opening)
        or _by_letter(opening)
        or _by_headings(opening)
        or _by_closing(opening)
        or _by_words(lines)
        or _by_name(name)
        or ("andet", "hverken titel, form eller ordvalg viser dokumentets art")
    )


def kind_named(text: str) -> str | None:
    """Return the kind that a title names ("Notat om ..."), or None, as for an agenda item ("1. Godkendelse ...")."""
    if _NO_TITLE.search(text):
        return None
    return next((kind for kind, pattern in _TITLES if pattern.search(text)), None)


def _opening(lines: list[Line]) -> list[Line]:
    """Return the lines up to where the first one comes again as the head of another meeting, with another date."""
    if len(lines) < 3:
        return lines
    first, second = lines[0].text, lines[1].text
    for number, (line, below) in enumerate(pairwise(lines[2:]), start=2):
        if line.text == first and below.text != second and any(find_dates(below.text)):
            return lines[:number]
    return lines


def _by_title(lines: list[Line]) -> tuple[str, str] | None:
    titles = [line for line in lines if line.number < TITLE_LINES or (line.heading and line.page == 0)]
    found = [(kind, line) for line in titles if _may_be_title(line) and (kind := kind_named(line.text))]
    if not found:
        return None
    kind, line = found[0]
    if kind == "politik" and _by_letter(lines):  # a letter from the department of policy and strategy
        return None
    if kind == "dagsorden" and _decisions(lines) >= 2:
        return "referat", f"{line.text[:60]}, med {_decisions(lines)} beslutninger"
    return kind, line.text[:80]


def _by_subject(lines: list[Line]) -> tuple[str, str] | None:
    """Return the kind of an answer to a hearing, whose subject stands below the addresses."""
    subjects = [line for line in lines[:SUBJECT_LINES] if _ANSWER.match(line.text) and _may_be_title(line)]
    return ("høringssvar", subjects[0].text[:80]) if subjects else None


def _may_be_title(line: Line) -> bool:
    short = len(line.text) <= LONGEST_TITLE and not line.prose and not line.text.endswith((".", ","))
    return short and bool(_CAPITALISED.match(line.text))


def _decisions(lines: list[Line]) -> int:
    return sum(1 for line in lines if _DECISION.match(line.text) and len(line.text) < 80)


def _by_items(lines: list[Line]) -> tuple[str, str] | None:
    items = [line for line in lines if _ITEM.match(line.text)]
    if len(items) < 2:
        return None
    decisions = _decisions(lines)
    shown = f"{items[0].text[:50]} ..."
    if decisions:
        return "referat", f"{shown}, med {decisions} beslutninger"
    return "dagsorden", f"{shown}, uden beslutninger"


def _by_letter(lines: list[Line]) -> tuple[str, str] | None:
    greetings = [line.text for line in lines[:40] if _SALUTATION.match(line.text)]
    closings = [match.group() for line in lines if (match := _CLOSING.search(line.text))]
    if greetings and closings:
        return "brev", f"{greetings[0][:60]} ... {closings[-1]}"
    fields = [line.text for line in lines[:12] if _MAIL.match(line.text)]
    if len(fields) < 2:
        return None
    # A memo has the same labels, but no address and no time at which it was sent.
    if greetings or closings or any(_SENT.match(line.text) for line in lines[:12]):
        return "brev", f"e-mail: {fields[0][:60]}"
    return "notat", f"notathoved: {fields[0][:60]}"


def _by_closing(lines: list[Line]) -> tuple[str, str] | None:
    closings = [match.group() for line in lines[-LAST_LINES:] if (match := _CLOSING.search(line.text))]
    return ("brev", f"... {closings[-1]}") if closings else None


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
        if kind := kind_named(word):
            return kind, f"filnavnet: {word}"
    return None
