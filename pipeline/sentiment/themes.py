"""Which sentences of a paragraph speak about which of its themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

Patterns = Mapping[str, re.Pattern[str]]


def stem_patterns(stems: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    """Return for each theme with stems what finds one of them in a text."""
    found = {theme: sorted({stem.casefold() for stem in own if stem}) for theme, own in stems.items()}
    return {theme: re.compile("|".join(map(re.escape, own))) for theme, own in found.items() if own}


def sentences_of(theme: str, themes: Sequence[str], sentences: Sequence[str], patterns: Patterns) -> list[int]:
    """Return the sentences (their places) that speak about `theme`, one of the paragraph's `themes`.

    A sentence speaks about the themes whose stems it holds; one that holds none goes on about what the sentence before
    spoke of; what comes before any stem is about all. A theme that is left with no sentence gets all of them.
    """
    if len(themes) == 1:
        return list(range(len(sentences)))
    current = set(themes)
    chosen = []
    for place, sentence in enumerate(sentences):
        folded = sentence.casefold()
        current = {one for one in themes if one in patterns and patterns[one].search(folded)} or current
        if theme in current:
            chosen.append(place)
    return chosen or list(range(len(sentences)))
