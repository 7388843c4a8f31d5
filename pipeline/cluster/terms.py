"""The words and phrases that set a theme apart, and the Danish name that they give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import log
from typing import Any

from pipeline.vocabulary import ADMINISTRATIVE

CONTENT = frozenset({"NOUN", "ADJ", "VERB"})
SHORTEST = 3
BEGINNING, END = 4, 5  # letters in common that make two words akin
FEWEST_DOCUMENTS = 10


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


def phrases(token_row: Mapping[str, Any]) -> list[str]:
    """Return the phrases of an adjective and a noun as they stand in a paragraph, joined by `_`: `tidlig_indsats`."""
    words, pos, lemmas = token_row["words"], token_row["pos"], token_row["lemmas"]
    found = zip(range(len(words) - 1), pos, pos[1:], strict=False)
    pairs = [(at, at + 1) for at, first, second in found if (first, second) == ("ADJ", "NOUN")]
    known = set(content_lemmas(token_row))
    return [
        f"{words[first]}_{words[second]}".casefold()
        for first, second in pairs
        if words[first].isalpha() and {lemmas[first].casefold(), lemmas[second].casefold()} <= known
    ]


def compound_parts(token_row: Mapping[str, Any]) -> list[str]:
    """Return the parts of a paragraph's compounds that say something by themselves ("svømmehal" -> "hal")."""
    parts = [part.casefold() for compound in token_row["parts"] if compound for part in compound.split("+")]
    return [part for part in parts if len(part) > SHORTEST and part not in ADMINISTRATIVE]


def boilerplate(paragraphs: Sequence[Sequence[str]], documents: Sequence[str]) -> set[str]:
    """Return the terms that more than half of the documents have, where there are enough documents to tell."""
    holders: dict[str, set[str]] = defaultdict(set)
    for terms, document in zip(paragraphs, documents, strict=True):
        for term in terms:
            holders[term].add(document)
    number = len(set(documents))
    return {term for term, found in holders.items() if number >= FEWEST_DOCUMENTS and len(found) > number / 2}


def nouns(token_row: Mapping[str, Any]) -> set[str]:
    """Return the lemmas of a paragraph's nouns."""
    found = zip(token_row["lemmas"], token_row["pos"], strict=True)
    return {lemma.casefold() for lemma, pos in found if pos == "NOUN"}


def label(terms: Sequence[str], known_nouns: Collection[str]) -> str:
    """Return a short Danish name: the strongest noun phrase or noun, and the next that says something else.

    ("Svømning og livredning", "Tidlig indsats og mentorordning").
    """
    named = [term for term in terms if " " in term or term in known_nouns] or list(terms)
    chosen: list[str] = []
    for part in named:
        # "ordning" and "mentor" are parts of "mentorordning", which says it better.
        term = next((whole for whole in named if whole.endswith(part) and whole != part and " " not in whole), part)
        if len(chosen) < 2 and not any(_akin(term, other) for other in chosen):
            chosen.append(term)
    name = " og ".join(chosen)
    return name[:1].upper() + name[1:] if name else "Uden navn"


def _akin(one: str, other: str) -> bool:
    """Tell whether two terms share a word, or the beginning or end of one ("svømning", "svømmehal")."""
    pairs = [(a, b) for a in one.split() for b in other.split()]
    return any(a in b or b in a or a[:BEGINNING] == b[:BEGINNING] or a[-END:] == b[-END:] for a, b in pairs)


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
