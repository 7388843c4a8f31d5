"""The words that set a theme apart: content lemmas, weighed by class-based TF-IDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import log
from typing import Any

CONTENT = frozenset({"NOUN", "ADJ", "VERB"})
SHORTEST = 3

# Words that every municipal document has, whatever it is about.
_ADMINISTRATIVE = """
    kommune kommunal udvalg forvaltning afdeling område punkt sag møde dagsorden referat bilag indstilling
    beslutning sagsfremstilling orientering drøftelse efterretning notat dokument brev formand næstformand direktør
    rådmand borgmester byråd kommunalbestyrelse direktion side dato år måned uge dag time gang kr krone million antal
    procent pct del form måde sted hel stor lille god ny anden flere mange få samme egen første sidste næste øvrig
    foreslå drøfte indstille godkende orientere beslutte kunne skulle ville måtte burde have være blive gøre få give
    tage komme gå stå se sige finde lade sætte holde bruge arbejde vise fremgå forhold mulighed behov fokus opgave
    eksempel konstruere betyde kende mene tænke synes lægge ske
"""
ADMINISTRATIVE = frozenset(_ADMINISTRATIVE.split())


def content_lemmas(token_row: Mapping[str, Any]) -> list[str]:
    """Return the lemmas of a paragraph's nouns, adjectives and verbs, names left out, in the order of the text."""
    names = list(zip(token_row["entity_starts"], token_row["entity_ends"], strict=True))
    found = zip(token_row["lemmas"], token_row["pos"], token_row["starts"], strict=True)
    return [
        lemma.casefold()
        for lemma, pos, start in found
        if pos in CONTENT
        and len(lemma) >= SHORTEST
        and lemma.isalpha()
        and lemma.casefold() not in ADMINISTRATIVE
        and not any(begin <= start < end for begin, end in names)
    ]


def nouns(token_row: Mapping[str, Any]) -> set[str]:
    """Return the lemmas of a paragraph's nouns."""
    found = zip(token_row["lemmas"], token_row["pos"], strict=True)
    return {lemma.casefold() for lemma, pos in found if pos == "NOUN"}


def label(terms: Sequence[str], known_nouns: Collection[str]) -> str:
    """Return a short Danish name made of the two strongest terms, nouns first ("Svømning og livredning")."""
    ordered = [term for term in terms if term in known_nouns] or list(terms)
    return " og ".join(ordered[:2]).capitalize() if ordered else "Uden navn"


def distinctive(groups: Sequence[Sequence[Sequence[str]]], limit: int = 10) -> list[list[str]]:
    """Return each group's most distinctive lemmas, the strongest first; a group is a list of lemmatised paragraphs.

    Class-based TF-IDF (Grootendorst 2022): frequency in the group x log(1 + mean size of groups / frequency overall).
    """
    frequencies = [Counter(lemma for paragraph in group for lemma in paragraph) for group in groups]
    overall: Counter[str] = sum(frequencies, Counter())
    mean = sum(overall.values()) / max(1, len(groups))
    result = []
    for frequency in frequencies:
        size = max(1, sum(frequency.values()))
        weights = {lemma: n / size * log(1 + mean / overall[lemma]) for lemma, n in frequency.items()}
        ordered = sorted(weights, key=lambda lemma: (-round(weights[lemma], 12), lemma))
        result.append(ordered[:limit])
    return result
