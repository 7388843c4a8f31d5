"""Which paragraphs are quoted for a theme and a municipality."""

from __future__ import annotations

from collections import Counter

from pipeline.report.model import Municipality, Paragraph, Tag

SHORTEST, LONGEST = 60, 500  # characters that read well as a quote; others are used where there is nothing else


def select(theme: str, place: Municipality, wanted: int) -> list[tuple[Paragraph, Tag]]:
    """Return up to `wanted` counted paragraphs with their tag for the theme.

    The surest come first (main theme, good length, high score), but a document or a tone that is already quoted waits
    until the others have had their turn, so that the quotes show the breadth of what is written.
    """
    candidates = [(paragraph, tag) for paragraph in place.paragraphs if (tag := paragraph.tag(theme))]
    candidates.sort(key=_order)
    documents: Counter[str] = Counter()
    tones: Counter[str] = Counter()
    chosen: list[tuple[Paragraph, Tag]] = []
    while candidates and len(chosen) < wanted:
        paragraph, tag = best = min(
            candidates, key=lambda pair: (documents[pair[0].document], tones[pair[1].tone], _order(pair))
        )
        candidates.remove(best)
        documents[paragraph.document] += 1
        tones[tag.tone] += 1
        chosen.append(best)
    return chosen


def _order(pair: tuple[Paragraph, Tag]) -> tuple[bool, bool, float, str]:
    paragraph, tag = pair
    return tag.rank != 1, not SHORTEST <= len(paragraph.text) <= LONGEST, -tag.score, paragraph.id
