"""Hides names of persons and places, so that vectors and themes are about what is said, not about who and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.settings import Gazetteer

# Common nouns that fit where the name stood; the same for every name, so that they tell nothing apart.
PERSON, PLACE = "navn", "sted"
MASKS = {"PER": PERSON, "LOC": PLACE}


def place_pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Return a pattern of all names of municipalities and districts, as written in the gazetteer, whole words only.

    A possessive s is part of the match. Case counts: a district called Nord is no direction.
    """
    names = {
        name
        for municipality in gazetteer.municipalities
        for name in (municipality.name, municipality.genitive, *municipality.spellings, *municipality.districts)
        if name[:1].isupper()
    }
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")s?\b")


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
