"""The date of a meeting or letter: dates in Danish forms, each believed for the words around it."""

from __future__ import annotations

import datetime
import re

from pipeline.dates import DateMatch, find_dates, parse_date
from pipeline.extract.metadata.lines import Line, join_lines

NONE = "ingen dato for et møde eller brev i teksten"

_DAY = r"(?:man|tirs|ons|tors|fre|lør|søn)dag"
_FILL = rf"(?:[\s:|*_,.\-–]|{_DAY}e?n?|\bden\b|\bd\.?(?!\w)|\bkl\b\.?|\bom\b)*"
_LABEL = re.compile(
    rf"(?:^|[\s|(])(?:(?:møde)?dato(?:\s+for\s+mødet?)?|dato\s?(?:/|og)\s?tid(?:spunkt)?|møde(?:dag|tidspunkt|tid)|tidspunkt"
    rf"|tid|sendt|sent|date|afholdt|afholdes|holdt|mødet|fandt sted|finder sted)\b{_FILL}$",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"senest|\binden\b|frist|deadline|\blov\b|lovbekendtgørelse|bekendtgørelse|cirkulære|træder|ikraft|gælde|næste|forrige"
    r"|sidste|seneste|\bpr\.|født|udskrevet|printet|opdateret|genereret|udskriftsdato|fra og med|indtil|godkende"
    r"|referatet|opfølgning|tiltræde|fødselsdato|startdato|slutdato|\bjf\b|ændret|version",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:\w*referat|\w*protokol|\w*dagsorden|indkaldelse|\w*notat|\w*memo|\w*møde|høringssvar|orientering|brev|opsamling)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:\bkl\.?\s*)?\b\d{1,2}[.:]\d{2}\b|\bkl\b\.?\s*\d{1,2}\b")
_FILLER = re.compile(rf"{_DAY}|\bden\b|\bd\b\.?|\bkl\b\.?|\btil\b|\bdato\b|\bside\s+\d+(?:\s+af\s+\d+)?", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-ZÆØÅ][\wæøå .-]{1,25},?\s*(?:den|d\.)?\s*$")
_ADOPTED = re.compile(r"\b(?:vedtaget|godkendt|gælder fra|gældende fra)\b[^.]{0,80}$", re.IGNORECASE)
_MEETING = re.compile(r"^(?:til|møde i)\b.{0,60}(?:møde|udvalg)\w*\b[^.]{0,20}$", re.IGNORECASE)
TOP_LINES, SHOWN = 15, 60


def find_date(name: str, lines: list[Line], kind: str) -> tuple[datetime.date | None, str]:
    """Return the date of the meeting or letter and the words it was read from.

    The strongest cue wins, and of equal cues the first: a label ("Mødedato"), the title, a line of its own in the
    head of the first page, the meeting that a memo is written for. A date in running text is a reference, not the
    document's own. `name`, the file's name, only decides between dates that the text gives.
    """
    in_name = {match.value for match in find_dates(name)} | _compact_dates(name)
    candidates: list[tuple[float, int, datetime.date, str]] = []
    for line, text in join_lines(lines):
        above = lines[line.number - 1].text if line.number else ""
        for match in find_dates(text):
            strength = 0 if match.start >= len(line.text) else _strength(line, text, match, above, kind, len(lines))
            if strength:
                strength += 4 * (match.value in in_name) - 30 * (line.page > 0) - min(line.number, 200) / 20
                candidates.append((strength, -line.number, match.value, _words(line, text, match, above)))
    if not candidates:
        return None, NONE
    _, _, value, evidence = max(candidates, key=lambda candidate: candidate[:2])
    return value, evidence


def _compact_dates(name: str) -> set[datetime.date]:
    found = set()
    for year, month, day in re.findall(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", name):
        if value := parse_date(f"{year}-{month}-{day}"):
            found.add(value)
    return found


def _strength(line: Line, text: str, match: DateMatch, above: str, kind: str, total: int) -> float:
    before, after = text[: match.start], text[match.end : max(match.end, len(line.text))]
    if kind == "politik" and _ADOPTED.search(before) and line.number < TOP_LINES * 2:
        return 40
    if _NOT_THIS.search(before) or (not before and _NOT_THIS.search(above) and len(above) < 40):
        return 0
    if _LABEL.search(before) or (not before.strip(" *|:") and _LABEL.search(above) and len(above) < 40):
        return 100 if line.number < TOP_LINES * 2 else 60
    if line.page == 0 and line.number < 8 and (line.heading or _TITLE.search(before + after)) and not _prose(line):
        return 90
    rest = _FILLER.sub("", _CLOCK.sub("", before + " " + after))
    alone = not re.search(r"[^\W\d_]", rest) or (bool(_DATELINE.match(before)) and not after.strip(" .*"))
    if alone and (line.page == 0 and line.number < TOP_LINES * 2):
        return 80
    if line.number < TOP_LINES and line.page == 0 and len(rest.strip()) <= 40 and not _prose(line):
        return 65
    if line.number < TOP_LINES and _MEETING.match(before):
        return 60
    if alone and kind in ("brev", "høringssvar") and total - line.number <= TOP_LINES:
        return 50
    return 0


def _prose(line: Line) -> bool:
    return line.prose or len(line.text) > 110 or line.text[:1].islower() or line.text.endswith((",", ";"))


def _words(line: Line, text: str, match: DateMatch, above: str) -> str:
    if len(line.text) <= SHOWN:
        before, after = line.text[: match.start], text[match.start : max(match.end, len(line.text))]
    else:
        before, after = " ".join(line.text[: match.start][-SHOWN:].split(" ")[1:]), text[match.start : match.end]
    if not before.strip(" *|:") and _LABEL.search(above) and len(above) < 40:
        before = f"{above} "
    return re.sub(r"\s+", " ", before + after).strip(" *|")
