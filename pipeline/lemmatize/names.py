"""Mends what a small model takes for names of persons and places, and what it misses.

In minutes every heading and bullet begins with a capital letter ("Beslutning", "Unge"), which newspapers, the usual
training data, do not do. Such "names" would be masked before embedding, and their themes with them. On the other hand
minutes say who took part, and who took part is called by first name or initials after that ("Per var skeptisk", "HB").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simplemma.strategies import DictionaryLookupStrategy

from pipeline.lemmatize import compounds

if TYPE_CHECKING:
    from spacy.tokens import Span

# Organisations often are written with common words alone (Folketinget, Undervisningsministeriet).
CHECKED = frozenset({"PER", "LOC"})

# Lines that say who took part, who was absent and who wrote.
ATTENDANCE = re.compile(
    r"\W*(?:(?:møde)?deltagere?|til ?stede|medlemmer|afbud|fraværende|referent|ref\.|ordstyrer|mødeleder|dirigent|"
    r"suppleant(?:er)?|underskrift(?:er)?)\b(?:[^:\n]{0,30}:|(?-i:(?:\s+fra)?(?=\s+[A-ZÆØÅ])))",
    re.IGNORECASE,
)
LISTED_ALONE = 80  # characters; a list of one name a line goes on as long as its lines are this short
INITIALS = re.compile(r"((?:[A-ZÆØÅ][\w'’-]+ ?){2,4})\(([A-ZÆØÅ]{2,4})\)")
NOBODY = frozenset({"Ingen", "Alle", "Øvrige"})
CAPITALISED = re.compile(r"[A-ZÆØÅ][\w'’-]*[a-zæøå]\b")
GENITIVE = re.compile(r"(?:['’]s?|s)$")


def is_name(span: Span) -> bool:
    """Return whether a span that the model took for a name has a word in it that is no common word."""
    return span.label_ not in CHECKED or not all(is_common(token.text) for token in span)


@lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Return whether a word is in the dictionary in lower case only, or a compound, or no word at all.

    `Beslutning`, `Procesplan` and `81.38` are common; `Mette`, `Møller` (also a miller) and `Xyz` are not.
    """
    if "-" in word:
        return all(is_common(piece) for piece in word.split("-"))
    lower = word.lower()
    if len(word) < 2 or not lower.isalpha():
        return True
    if word != lower and _is_listed(word):
        return False
    return _is_listed(lower) or compounds.lemma(lower) is not None


def _is_listed(word: str) -> bool:
    return _word_list().exact_lemma(word, "da") is not None


@lru_cache(maxsize=1)
def _word_list() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


def document_names(texts: Iterable[str], persons: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return the words by which a document calls persons: first names, surnames and initials.

    `texts` are its paragraphs in order, of which the attendance lists are read; `persons` and `others` are the names
    that the model found of persons, and of anything else. Of the former full names count, without words of the latter:
    one word alone is too often a mistake.
    """
    full = [name.split() for name in persons if " " in name]
    found = {word for words in full if all(map(CAPITALISED.fullmatch, words)) for word in _personal(words)}
    return frozenset(found - {word for name in others for word in name.split()} | set(attendance_names(texts)))


def attendance_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of names in a document's attendance lists: on one line, or one name a line after "Deltagere:"."""
    listing = False
    for text in texts:
        if start := ATTENDANCE.match(text):
            yield from _names(text[start.end() :])
            listing = not text[start.end() :].strip()
        elif listing := listing and len(text) <= LISTED_ALONE:
            found = list(_names(text))
            listing = len(found) > 1
            yield from found if listing else ()


def _names(listed: str) -> Iterator[str]:
    """Yield the words of names in a list of persons; titles, roles and what stands in parentheses are none."""
    for name, initials in INITIALS.findall(listed):
        if initials in {
            "".join(word[0] for word in words) for words in (name.split(), name.split()[:1] + name.split()[-1:])
        }:
            yield initials
    without = re.sub(r"\([^)]*\)?", ",", listed)
    for person in re.split(r"[,;:\n•|]|\bog\b|\.\s", without):
        yield from _personal([word for word in CAPITALISED.findall(person) if not _has_capitals(word)])


def _personal(words: Iterable[str]) -> Iterator[str]:
    """Yield what is no common word; after a name a compound is a surname (Emil Rosenkilde)."""
    after_name = False
    for word in words:
        if (word not in NOBODY and not is_common(word)) or (after_name and not _is_listed(word.lower())):
            after_name = True
            yield word


def _has_capitals(word: str) -> bool:
    return any(letter.isupper() for piece in word.split("-") for letter in piece[1:])


def add_names(row: dict[str, Any], names: frozenset[str]) -> None:
    """Mark every word of a row of `tokens` that is one of the names as a person, where no person or place is marked.

    A genitive counts (Mettes, Mogens'); names side by side become one; what overlaps them as an organisation yields.
    """
    entities = list(zip(row["entity_starts"], row["entity_ends"], row["entity_labels"], strict=True))
    taken = [(start, end) for start, end, label in entities if label in CHECKED]
    added: list[tuple[int, int, str]] = []
    for word, start in zip(row["words"], row["starts"], strict=True):
        end = start + len(word)
        if not _is_one_of(word, names) or any(begin < end and start < stop for begin, stop in taken):
            continue
        if added and start == added[-1][1] + 1:
            added[-1] = (added[-1][0], end, "PER")
        else:
            added.append((start, end, "PER"))
    if added:
        kept = [each for each in entities if not any(each[0] < end and start < each[1] for start, end, _ in added)]
        columns: Sequence[tuple[Any, ...]] = list(zip(*sorted(kept + added), strict=True))
        row["entity_starts"], row["entity_ends"], row["entity_labels"] = map(list, columns)


def _is_one_of(word: str, names: frozenset[str]) -> bool:
    return word[:1].isupper() and (word in names or GENITIVE.sub("", word) in names)
