"""The date of a meeting or letter: the dates of a text, each believed for the words around it."""

from __future__ import annotations

import datetime
import re

from pipeline.dates import DateMatch, find_dates, parse_date
from pipeline.extract.metadata.lines import LONG_LINE, Line, join_lines

NONE = "ingen dato for et møde eller brev i teksten"
TOP_LINES, HEAD_LINES, FIRST_PAGE_LINES = 15, 30, 120
SHOWN, SHORT, CONTEXT = 60, 40, 200

# How far each cue is to be believed; position then decides between equal ones.
LABEL, TITLE, ALONE, TITLE_WORD, HELD, BESIDE, MEETING, LATE_LABEL, LATE, ADOPTED = (
    100, 90, 80, 75, 70, 65, 62, 60, 50, 40,
)  # fmt: skip
LATER_PAGE, IN_NAME = -30, 4

_DAY = r"(?:man|tirs|ons|tors|fre|lør|søn)dag"
_FILL = rf"(?:[\s:|*_,.\-–]|{_DAY}e?n?|\bden\b|\bd\b|\bkl\b|\bom\b)*"
_LABEL = re.compile(
    rf"(?:^|[\s|(])(?:(?:møde)?dato(?:\s+for\s+mødet?)?|dato\s?(?:/|og)\s?tid(?:spunkt)?|møde(?:dag|tidspunkt|tid)"
    rf"|tidspunkt|tid|sendt|sent|date)\b{_FILL}$",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\b(?:afholdt|afholdes|holdt|holdes|fandt sted|finder sted|(?<!fra )(?<!på )mødet)\b{_FILL}$", re.IGNORECASE
)
_NOT_THIS = re.compile(
    r"senest|\binden\b|frist|deadline|\blov\b|bekendtgørelse|cirkulære|træder|ikraft|gælde|næste|forrige|sidste|\bpr\."
    r"|født|udskrevet|udskrift|printet|opdateret|genereret|fra og med|indtil|godken|vedtaget|referatet|opfølgning"
    r"|tiltræde|periode|startdato|slutdato|\bjf\b|ændret|revideret|version",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:\w*referat|\w*protokol|\w*dagsorden|indkaldelse|\w*notat|\w*memo|\w*møde|høringssvar|brev|opsamling)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:punkt|pkt\.?|ad)\s*\d|^\d+\s*[.)]\s+\D", re.IGNORECASE)
_CLOCK = re.compile(r"(?:\bkl\.?\s*)?\b\d{1,2}[.:]\d{2}\b|\bkl\b\.?\s*\d{1,2}\b")
_FILLER = re.compile(rf"{_DAY}|\bden\b|\bd\b\.?|\bkl\b\.?|\btil\b|\bdato\b|\bside\s+\d+(?:\s+af\s+\d+)?", re.IGNORECASE)
_DATELINE = re.compile(r"^(?:[A-ZÆØÅ][\w.-]{0,20} ?){1,3},?\s*(?:den|d\.)?\s*$")
_ADOPTED = re.compile(r"\b(?:vedtaget|godkendt|gælder fra|gældende fra)\b[^.]{0,80}$", re.IGNORECASE)
_MEETING = re.compile(r"^(?:til|møde i)\b.{0,60}(?:møde|udvalg)\w*\b[^.]{0,20}$", re.IGNORECASE)


def find_date(name: str, lines: list[Line], kind: str) -> tuple[datetime.date | None, str]:
    """Return the date of the meeting or letter and the words it was read from.

    The strongest cue wins, and of equal cues the first: a label ("Mødedato"), the title, a line of its own in the
    head of the first page, the meeting that a memo is written for; for a policy, its adoption. A date in running text
    is a reference, not the document's own. `name`, the file's name, only decides between dates that the text gives.
    """
    in_name = {match.value for match in find_dates(name)} | _compact_dates(name)
    candidates: list[tuple[float, int, datetime.date, str]] = []
    for line, text in join_lines(lines):
        above = lines[line.number - 1].text if line.number else ""
        for match in find_dates(text):
            strength = 0 if match.start >= len(line.text) else _strength(line, text, match, above, kind, len(lines))
            if strength:
                believed = strength + IN_NAME * (match.value in in_name) + LATER_PAGE * (line.page > 0)
                words = _words(line, text, match, above)
                candidates.append((believed - min(line.number, 200) / 20, -line.number, match.value, words))
    if not candidates:
        return None, NONE
    _, _, value, evidence = max(candidates, key=lambda candidate: candidate[:2])
    return value, evidence


def _compact_dates(name: str) -> set[datetime.date]:
    found = re.findall(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", name)
    return {value for parts in found if (value := parse_date("-".join(parts)))}


def _strength(line: Line, text: str, match: DateMatch, above: str, kind: str, total: int) -> int:
    """Return how far the date is to be believed as the document's own, 0 for not at all."""
    before = text[max(0, match.start - CONTEXT) : match.start]
    after = text[match.end : min(max(match.end, len(line.text)), match.end + CONTEXT)]
    label = before if before.strip(" *|:") or len(above) > SHORT else above
    if kind == "politik" and line.number < HEAD_LINES and _ADOPTED.search(before):
        return ADOPTED
    if _NOT_THIS.search(before) or _NOT_THIS.search(label):
        return 0
    if _LABEL.search(label):
        first = line.page == 0 and line.number < FIRST_PAGE_LINES
        return LABEL if line.number < HEAD_LINES else LATE_LABEL * first
    if line.page == 0 and line.number < HEAD_LINES and (found := _in_head(line, before, after)):
        return found
    late = kind in ("brev", "høringssvar") and total - line.number <= TOP_LINES
    return LATE * (late and _is_alone(before, after))


def _in_head(line: Line, before: str, after: str) -> int:
    if _is_alone(before, after):
        return ALONE
    if line.number >= TOP_LINES:
        return 0
    if _HELD.search(before):
        return HELD
    if _MEETING.match(before):
        return MEETING
    prose = line.prose or len(line.text) > LONG_LINE or line.text[:1].islower() or line.text.endswith((",", ";"))
    if prose or _ITEM.match(line.text):
        return 0
    if line.heading or _TITLE.match(line.text):
        return TITLE
    if _TITLE.search(before + after):
        return TITLE_WORD
    rest = _rest(before, after).strip()
    sentence = line.text.endswith(".") and len(rest.split()) > 2
    return BESIDE * (len(rest) <= SHORT and not sentence)


def _is_alone(before: str, after: str) -> bool:
    """Return whether the date stands alone in its line but for weekday, time and place ("Ballerup, den")."""
    dateline = bool(_DATELINE.match(before)) and not after.strip(" .*")
    return dateline or not re.search(r"[^\W\d_]", _rest(before, after))


def _rest(before: str, after: str) -> str:
    return _FILLER.sub("", _CLOCK.sub("", f"{before} {after}"))


def _words(line: Line, text: str, match: DateMatch, above: str) -> str:
    """Return the line around the date as evidence, with the label above it."""
    if len(line.text) > SHOWN:
        before = " ".join(line.text[max(0, match.start - SHOWN) : match.start].split(" ")[1:])
        after = text[match.start : match.end]
    else:
        before, after = line.text[: match.start], text[match.start : max(match.end, len(line.text))]
    if not before.strip(" *|:") and len(above) <= SHORT and _LABEL.search(above):
        before = f"{above} "
    return re.sub(r"\s+", " ", before + after).strip(" *|")
