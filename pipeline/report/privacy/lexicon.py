"""What a capitalised word may be: a given name, a surname, a common word, a place, part of an institution's name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from simplemma.strategies import DictionaryLookupStrategy

# Upper-case Latin letters, those of Danish and of its neighbours, Turkish, Vietnamese ... among them.
UPPER = "".join(chr(code) for code in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)] if chr(code).isupper())
_LISTS = Path(__file__).parent
# What a word that ends so names is no person.
_INSTITUTION = re.compile(
    r"(?i).*(?:skolen?s?|kommunen?s?|forvaltning(?:en)?s?|udvalg(?:et)?s?|forening(?:en)?s?|forbund(?:et)?s?|"
    r"styrelsen?|"
    r"ministeri(?:et|um)s?|råd(?:et)?s?|afdeling(?:en)?s?|center|centret|centeret|centre|institution(?:en|er)?|"
    r"børnehaven?|børnehus(?:et)?|bibliotek(?:et)?|gymnasi(?:et|um)|universitet(?:et)?|hus(?:et)?|hallen?|kreds(?:en)?|"
    r"vej(?:en)?|gaden?|all[eé]en|stræde(?:t)?|plads(?:en)?|parken|torvet?|politik(?:ken)?|plan(?:en)?|strategi(?:en)?|"
    r"gruppe(?:n)?|klub(?:ben)?|ordning(?:en)?|aftalen?|loven|hospital(?:et)?|platform(?:en)?|system(?:et)?|"
    r"program(?:met)?|klinik(?:ken)?|fonden?|selskab(?:et)?|"
    r"kirken?|området?|distrikt(?:et)?|regionen?|team(?:et)?s?|møde(?:t)?|kontor(?:et)?|MED|dagtilbud(?:det)?|"
    r"dagpleje(?:n)?|\w{3,}gården|\w*(?:ster|ørre|ager)bro)"
)
_ABBREVIATION = re.compile(rf"[{UPPER}]{{2,5}}(?:[sS]|'s|’s)?|[{UPPER}][a-z]?[{UPPER}][a-zA-ZÆØÅæøå]{{0,2}}")
_LONGEST = 14  # letters; a longer word is a compound, known or not


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the given names of the list."""
    return _names("given_names.txt")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Return the surnames of the list."""
    return _names("surnames.txt")


@lru_cache(maxsize=1)
def no_names() -> frozenset[str]:
    """Return what stands in the lists of names or looks like one, and is something else in municipal text."""
    return _names("no_names.txt")


def _names(file: str) -> frozenset[str]:
    return frozenset((_LISTS / file).read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _dictionary() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


@lru_cache(maxsize=200_000)
def is_word(lower: str) -> bool:
    """Return whether a lower-case word stands in the dictionary, or is made of two that do."""
    if _dictionary().exact_lemma(lower, "da") is not None:
        return True
    return any(
        _is_listed(lower[:cut].removesuffix("s")) and _is_listed(lower[cut:]) for cut in range(4, len(lower) - 3)
    )


def _is_listed(lower: str) -> bool:
    return len(lower) > 2 and _dictionary().exact_lemma(lower, "da") is not None


@lru_cache(maxsize=1)
def written_small() -> frozenset[str]:
    """Return the given names that are names even without a capital letter: the dictionary has them with one alone."""
    proper = (name for name in given_names() if len(name) > 3 and _dictionary().exact_lemma(name, "da") is not None)
    return frozenset(name.lower() for name in proper if not is_word(name.lower()))


def titled(word: str) -> str:
    """Return `METTE`, `mette` or `al-hassan` as names are written: `Mette`, `Al-Hassan`."""
    if word[:1].isupper() and not word.isupper():
        return word
    return "-".join(piece[:1].upper() + piece[1:].lower() for piece in word.split("-"))


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Return a name without the ending of its genitive, where what is left is in the lists."""
    plain = re.sub(r"['’]s?$", "", word)
    if plain in given_names() or plain in surnames() or not plain.endswith("s"):
        return plain
    return plain[:-1] if plain[:-1] in given_names() or plain[:-1] in surnames() else plain


def is_listed_name(word: str) -> bool:
    """Return whether a word stands in one of the lists of names."""
    return titled(word) in given_names() or titled(word) in surnames()


@lru_cache(maxsize=200_000)
def kind(word: str) -> str:
    """Return what a word with a capital letter may be.

    given or surname: a name and nothing else; both_given or both_surname: also a common word (Bo, Lund); common,
    institution, abbreviation; unknown: anything, a name among other things.
    """
    name = titled(bare(word))
    if name in no_names() or word in no_names():
        return "common"
    if re.match(rf"[{UPPER}]{{2,}}[s'’-]", word) and not word.isupper():
        return "abbreviation"
    common = is_word(name.lower())
    pieces = name.split("-")
    if name in given_names() or (len(pieces) > 1 and pieces[0] in given_names()):
        return "both_given" if common and len(pieces) == 1 else "given"
    if name in surnames() or (len(name) > 5 and name.endswith(("sen", "ssøn")) and not common):
        return "both_surname" if common else "surname"
    if len(pieces) > 1 and all(piece in surnames() for piece in pieces):
        return "surname"
    if _INSTITUTION.fullmatch(word):
        return "institution"
    if _ABBREVIATION.fullmatch(word):
        return "abbreviation"
    if (
        len(word) == 1
        or (len(pieces) == 1 and len(word) > _LONGEST)
        or (len(pieces) > 1 and any(piece[:1].islower() for piece in word.split("-")))
    ):
        return "common"
    return ("common" if _is_listed(name.lower()) else "compound") if common else "unknown"
