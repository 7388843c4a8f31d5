"""Hides names of persons and places, so that vectors and themes are about what is said, not about who and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from simplemma.strategies import DictionaryLookupStrategy

from pipeline.settings import Gazetteer

# Common nouns that fit where the name stood; the same for every name, so that they tell nothing apart.
PERSON, PLACE = "navn", "sted"
MASKS = {"PER": PERSON, "LOC": PLACE}


# A sentence that begins with such a name may speak of something else (Stilling, Ringe, Strandskolen): it must stand
# after a word or a comma of the same sentence.
INSIDE = r"(?<=[^\W\d_] )|(?<=[,;] )|(?<=[(/])"


def place_pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Return a pattern of the names of municipalities, districts and institutions, whole words only.

    Either spelling of å counts, and a possessive s or apostrophe is part of the match. Case counts: a district called
    Nord is no direction. A name that is a common word too (Stilling, Ringe) must stand inside a sentence.
    """
    names = {
        name
        for place in gazetteer.municipalities
        for name in (
            place.name,
            place.genitive,
            *place.spellings,
            *place.districts,
            *place.institutions,
            f"{place.name} Kommune",
            f"{place.genitive} Kommune",
        )
        if name[:1].isupper()
    }
    dictionary = DictionaryLookupStrategy()
    ambiguous = {name for name in names if dictionary.exact_lemma(name.lower(), "da") is not None}
    unsure = f"|(?:{INSIDE})(?:{_alternatives(ambiguous)})" if ambiguous else ""
    return re.compile(rf"\b(?=[A-ZÆØÅ])(?:{_alternatives(names - ambiguous)}{unsure})(?:['’]?s)?(?!\w)['’]?")


def _alternatives(names: Iterable[str]) -> str:
    """Return the names as a pattern, the longest first, in both spellings of å."""
    written = {
        spelling
        for name in names
        for spelling in (name, re.sub("Aa", "Å", name).replace("aa", "å"), name.replace("Å", "Aa").replace("å", "aa"))
    }
    return "|".join(map(re.escape, sorted(written, key=lambda name: (-len(name), name))))


def mask(text: str, entities: Iterable[tuple[str, int, int]], places: re.Pattern[str]) -> str:
    """Return the text with persons and places replaced: `entities` are (label, start, end), other labels stay.

    Where spans overlap the one that begins first is replaced, of two the longer.
    """
    spans = [(start, end, MASKS[label]) for label, start, end in entities if label in MASKS]
    spans += [(match.start(), match.end(), PLACE) for match in places.finditer(text)]
    pieces, position = [], 0
    for start, end, replacement in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if start >= position:
            pieces += [text[position:start], replacement]
            position = end
    return "".join([*pieces, text[position:]])


def masked_texts(
    paragraphs: Iterable[Mapping[str, Any]], tokens: Iterable[Mapping[str, Any]], places: re.Pattern[str]
) -> list[str]:
    """Return the masked text of each row of `paragraphs`, with the names found in its row of `tokens`."""
    entities = {
        row["paragraph_id"]: list(zip(row["entity_labels"], row["entity_starts"], row["entity_ends"], strict=True))
        for row in tokens
    }
    return [mask(row["text"], entities.get(row["paragraph_id"], []), places) for row in paragraphs]
