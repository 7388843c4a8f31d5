"""Dates in the forms that Danish documents write them in; shared by the stages that read dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1990, 2035

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SAME = {"mai": "maj", "may": "maj", "oct": "okt", "des": "dec"}
_MONTH = (
    r"(?:jan(?:uar[iy]?)?|feb(?:ruar[iy]?)?|mar(?:ts|s|ch)?|apr(?:il)?|ma[jyi]|jun[ie]?|jul[iy]?|aug(?:ust)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    rf"(?<![\w/-])(?<!\d[.,])(?:"
    rf"(?P<day>\d{{1,2}})\.?(?:\s?[-–]\s?\d{{1,2}}\.?)?\s{{0,2}}(?P<month>{_MONTH})\.?,?\s{{0,2}}(?P<year>\d{{4}})"
    r"|(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<d1>\d{1,2})(?P<separator>[./-])\s?(?P<m1>\d{1,2})(?:(?P=separator)|[-.]|\s(?=\d{4}))\s?(?P<y1>\d{4}|\d{2})"
    # Neither a longer number nor a journal number (12.05.10-P35-3-24) goes on behind it.
    r")(?!\d)(?![./-]\d)(?!-[A-ZÆØÅ]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateMatch:
    """A date in a text: its value and its span."""

    value: datetime.date
    start: int
    end: int


def find_dates(text: str) -> Iterator[DateMatch]:
    """Yield the dates from 1990 to 2035 in a text, in order.

    "6. april 2021", "19-03-2025", "12/5-2023", "07.02.23" and "2021-04-06" are dates; journal numbers, the clock and
    days that no month has are not. Of "1.-2. oktober 2025" the first day is the date.
    """
    if not _DIGIT.search(text):  # most lines have none, and this is quick to see
        return
    for match in _DATE.finditer(text):
        if value := _value(match):
            yield DateMatch(value, match.start(), match.end())


def parse_date(text: str) -> datetime.date | None:
    """Return the date that a text consists of, or None."""
    stripped = text.strip()
    whole = [found.value for found in find_dates(stripped) if found.end - found.start == len(stripped)]
    return whole[0] if whole else None


def _value(match: re.Match[str]) -> datetime.date | None:
    if match["month"]:
        name = match["month"].lower()[:3]
        day, month, year = match["day"], _MONTHS.index(_SAME.get(name, name)) + 1, match["year"]
    elif match["y"]:
        day, month, year = match["d"], int(match["m"]), match["y"]
    else:
        day, month, year = match["d1"], int(match["m1"]), match["y1"]
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= LAST_YEAR % 100 else 1900
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return datetime.date(number, month, int(day))
    except ValueError:
        return None
