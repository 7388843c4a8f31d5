"""The numbers and bullets that Word draws before a paragraph but does not store in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "• "


@dataclass(frozen=True)
class Level:
    """One level of a list: Word's number format, the text with %1 for the number of level 1, the first number."""

    number_format: str
    text: str
    start: int


@dataclass
class Numbering:
    """The lists of one document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Any | None) -> Numbering:
        """Return the lists defined in the XML of numbering.xml (`None`: there are none)."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iter(f"{WORD}abstractNum"):
            levels = {_integer(level.get(f"{WORD}ilvl")): _level(level) for level in abstract.iter(f"{WORD}lvl")}
            numbering.levels[abstract.get(f"{WORD}abstractNumId", "")] = levels
        for listed in root.iter(f"{WORD}num"):
            identifier = listed.get(f"{WORD}numId", "")
            numbering.lists[identifier] = _value(listed, "abstractNumId") or ""
            for override in listed.iter(f"{WORD}lvlOverride"):
                if (start := _value(override, "startOverride")) is not None:
                    level = _integer(override.get(f"{WORD}ilvl"))
                    numbering.restarts[identifier, level] = _integer(start)
        return numbering

    def label(self, identifier: str, level: int) -> str:
        """Return what Word draws before the next paragraph of a list's level, and count it."""
        abstract = self.lists.get(identifier)
        definition = self.levels.get(abstract or "", {}).get(level)
        if abstract is None or definition is None:
            return ""
        self._count(identifier, abstract, level, definition)
        if definition.number_format == "bullet":
            return BULLET
        if definition.number_format == "none":
            return ""
        text = re.sub(r"%(\d)", lambda match: self._number(abstract, int(match[1]) - 1), definition.text)
        return f"{text} " if text else ""

    def _count(self, identifier: str, abstract: str, level: int, definition: Level) -> None:
        if identifier not in self.seen:
            self.seen.add(identifier)
            for (listed, restarted), start in self.restarts.items():
                if listed == identifier:
                    self.counts[abstract, restarted] = start - 1
        self.counts[abstract, level] = self.counts.get((abstract, level), definition.start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == abstract and key[1] > level]:
            del self.counts[deeper]

    def _number(self, abstract: str, level: int) -> str:
        definition = self.levels[abstract].get(level)
        if definition is None:
            return ""
        return _draw(self.counts.get((abstract, level), definition.start), definition.number_format)


def _level(element: Any) -> Level:
    return Level(
        _value(element, "numFmt") or "decimal", _value(element, "lvlText") or "", _integer(_value(element, "start"), 1)
    )


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{WORD}{name}")
    return None if child is None else child.get(f"{WORD}val")


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def _draw(number: int, number_format: str) -> str:
    if number_format in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letter if number_format == "lowerLetter" else letter.upper()
    if number_format in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman.lower() if number_format == "lowerRoman" else roman
    return f"{number:02d}" if number_format == "decimalZero" else str(number)


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    letters = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    drawn = ""
    for value, letter in zip(values, letters, strict=True):
        drawn += letter * (number // value)
        number %= value
    return drawn
