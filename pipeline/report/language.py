"""The two languages of the report: its own words, and how numbers and dates are written.

The words stand in the code in Danish; `locales/en.po` holds the English ones (gettext's format, read with Babel), and
a test holds it complete. What documents say is never translated.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

LOCALES = Path(__file__).parent / "locales"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
DATES = {"da": f"d.{NO_BREAK}MMMM{NO_BREAK}y", "en": f"d{NO_BREAK}MMMM{NO_BREAK}y"}
LOCALE = {"da": "da_DK", "en": "en_GB"}


@cache
def _messages(code: str) -> dict[str, str | tuple[str, ...]]:
    """Return the translations of a language by Danish text (of two forms: by the singular); none for Danish."""
    source = LOCALES / f"{code}.po"
    if code == "da":
        return {}
    with source.open("rb") as file:
        catalogue = read_po(file, locale=code)
    texts: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if isinstance(message.id, str):
            texts[message.id] = str(message.string)
        else:
            texts[message.id[0]] = tuple(message.string or ())
    texts.pop("", None)  # the catalogue's own heading
    return texts


@dataclass(frozen=True)
class Language:
    """One language; call it with a Danish text to get it in this language: `_("Temaer")`."""

    code: str = "da"
    _texts: dict[str, str | tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_texts", _messages(self.code))

    def gettext(self, message: str) -> str:
        """Return a Danish text in this language; the Danish one where it has no translation."""
        found = self._texts.get(message)
        return (found[0] if isinstance(found, tuple) else found) or message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of a text that fits a count."""
        found = self._texts.get(one)
        forms = found if isinstance(found, tuple) and all(found) else (one, many)
        return forms[0 if count == 1 else -1]

    def __call__(self, message: str, **values: object) -> str:
        """Return a text with values in the places marked `%(name)s`; a percent sign of its own is written `%%`."""
        return self.gettext(message) % values

    def plural(self, count: int, one: str, many: str, **values: object) -> str:
        """Return the fitting form of a text; `%(n)s` stands for the count: `%(n)s dokument`, `%(n)s dokumenter`.

        The number and the word after it stay on one line.
        """
        form = self.ngettext(one, many, count).replace("%(n)s ", f"%(n)s{NO_BREAK}")
        return form % (values | {"n": self.number(count)})

    def number(self, value: float, digits: int = 0) -> str:
        """Return 12345.6 as `12.345,6` (Danish) or `12,345.6`, with so many digits; the minus sign is a real one."""
        marks = str.maketrans({",": get_group_symbol(LOCALE[self.code]), ".": get_decimal_symbol(LOCALE[self.code])})
        text = f"{abs(value):,.{digits}f}"
        negative = value < 0 and text.strip("0,.")
        return (MINUS if negative else "") + text.translate(marks)

    def signed(self, value: float, digits: int = 2) -> str:
        """Return the number with its sign: `+0,42`, `−0,42`, `0,00`."""
        text = self.number(value, digits)
        return f"+{text}" if value > 0 and text.strip("0,.") else text

    def percent(self, share: float | None, digits: int = 1) -> str:
        """Return 0.125 as `12,5 %` or `12.5%`; a dash for None."""
        return DASH if share is None else f"{self.number(100 * share, digits)}{self._percent_sign}"

    def percent_range(self, low: float, high: float, digits: int = 1) -> str:
        """Return 0.08 and 0.17 as `8,0–17,0 %`."""
        return f"{self.number(100 * low, digits)}{DASH}{self.percent(high, digits)}"

    def points(self, value: float, digits: int = 1) -> str:
        """Return a difference of shares: `8,1 procentpoint` or `8.1 percentage points`."""
        return self("%(number)s\u00a0procentpoint", number=self.number(100 * value, digits))

    @property
    def _percent_sign(self) -> str:
        return f"{NO_BREAK}%" if self.code == "da" else "%"

    def probability(self, value: float) -> str:
        """Return a p- or q-value: `0,032`, `under 0,001`."""
        return self("under %(limit)s", limit=self.number(0.001, 3)) if value < 0.001 else self.number(value, 3)

    def date(self, value: datetime.date | None) -> str:
        """Return `6. april 2021` or `6 April 2021`; `uden dato` for None."""
        return self("uden dato") if value is None else format_date(value, DATES[self.code], locale=LOCALE[self.code])

    def documents(self, count: int) -> str:
        """Return `1 dokument`, `1.200 dokumenter`."""
        return self.plural(count, "%(n)s dokument", "%(n)s dokumenter")

    def years(self, values: Iterable[int]) -> str:
        """Return `2021`, `2021–2025`, or `uden år`."""
        ordered = sorted(values)
        if not ordered:
            return self("uden år")
        first, last = ordered[0], ordered[-1]
        return str(first) if first == last else f"{first}{DASH}{last}"

    def joined(self, items: Sequence[str]) -> str:
        """Return `a`, `a og b`, `a, b og c`."""
        if len(items) < 2:
            return "".join(items)
        return self("%(first)s og %(last)s", first=", ".join(items[:-1]), last=items[-1])


DANISH = Language("da")
ENGLISH = Language("en")
