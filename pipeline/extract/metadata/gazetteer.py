"""The gazetteer made ready for look-up: every name by its first word, letters lost by OCR included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal

from pipeline.settings import Gazetteer, Municipality

NameKind = Literal["name", "district", "body", "institution"]
Owners = dict[NameKind, tuple[str, ...]]

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*-?|&")

# What Tesseract's English model and plain transliteration make of the Danish letters.
_CONFUSIONS = {"ø": ("o", "g", "oe", "0"), "å": ("a", "aa", "d", "4", "é"), "æ": ("ae", "ee", "e", "a")}
_CONFUSIONS |= {letter.upper(): tuple(v.capitalize() for v in values) for letter, values in _CONFUSIONS.items()}
_CONFUSIONS["Ø"] = ("O", "0", "Oe")
_MIN_CONFUSED = 4
_MAX_VARIANTS = 40


@dataclass
class Index:
    """Names by first word (longest first), domains and postal codes, each with the municipalities that own it."""

    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    owners: dict[str, Owners] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    postal_codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, words: list[str], start: int) -> tuple[int, str] | None:
        """Return how many words from `start` form a known name, and the name as the gazetteer writes it."""
        for words_of_name, name in self.phrases.get(words[start], ()):
            if tuple(words[start : start + len(words_of_name)]) == words_of_name:
                return len(words_of_name), name
        return None


@lru_cache(maxsize=8)
def index(gazetteer: Gazetteer) -> Index:
    """Return the gazetteer's index; built once for each gazetteer."""
    built = Index()
    for municipality in gazetteer.municipalities:
        for kind, names in _names(municipality).items():
            for name in names:
                owners = built.owners.setdefault(name, {})
                owners[kind] = (*owners.get(kind, ()), municipality.name)
        built.domains.update(dict.fromkeys(municipality.domains, municipality.name))
        for code in _codes(municipality):
            built.postal_codes[code] = (*built.postal_codes.get(code, ()), municipality.name)
    _add_phrases(built)
    return built


def _names(municipality: Municipality) -> dict[NameKind, list[str]]:
    stripped = [re.sub(r"\s+(?:K|Regionsk)ommune$", "", spelling) for spelling in municipality.spellings]
    names = [municipality.name, municipality.genitive.rstrip("'"), *(name.rstrip(".") for name in stripped)]
    return {
        "name": list(dict.fromkeys(names)),
        "district": list(dict.fromkeys(municipality.districts)),
        "body": list(dict.fromkeys(municipality.bodies)),
        "institution": list(dict.fromkeys(municipality.institutions)),
    }


def _codes(municipality: Municipality) -> list[str]:
    codes: list[str] = []
    for entry in municipality.postal_codes:
        first, _, last = entry.partition("-")
        codes += [f"{code:04d}" for code in range(int(first), int(last or first) + 1)]
    return codes


def _add_phrases(built: Index) -> None:
    exact: dict[tuple[str, ...], str] = {}
    for name, owners in built.owners.items():
        words = tuple(WORD.findall(name))
        exact[words] = name
        if "body" in owners and not words[0].isupper():
            exact.setdefault((words[0][0].swapcase() + words[0][1:], *words[1:]), name)
    variants: dict[tuple[str, ...], set[str]] = {}
    for words, name in exact.items():
        for variant in _variants(words):
            variants.setdefault(variant, set()).add(name)
    # A damaged form that may be two names is none of them.
    distinct = {variant: names.pop() for variant, names in variants.items() if len(names) == 1}
    for words, name in {**distinct, **exact}.items():
        built.phrases.setdefault(words[0], []).append((words, name))
    for found in built.phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))


def _variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    joined = " ".join(words)
    if len(joined) < _MIN_CONFUSED or joined.isupper():
        return []
    letters = [(letter, *_CONFUSIONS.get(letter, ())) for letter in joined]
    found: list[tuple[str, ...]] = []
    for choice in product(*letters):
        if len(found) > _MAX_VARIANTS:
            break
        found.append(tuple("".join(choice).split(" ")))
    return found[1:]
