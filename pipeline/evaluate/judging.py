"""Lays what a run says of each gold span beside the gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluate.gold import GoldSpan, match
from pipeline.evaluate.labels import Judged

Row = Mapping[str, Any]


def judge(
    spans: Sequence[GoldSpan],
    paragraphs: Sequence[Row],
    assignments: Iterable[Row],
    tones: Iterable[Row],
    min_overlap: float,
) -> list[Judged]:
    """Return one `Judged` per gold span, in the order of the spans; only codebook themes are compared.

    The tone is that of the paragraph's main theme.
    """
    ranked: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    for row in assignments:
        if row["origin"] == "codebook":
            ranked[row["paragraph_id"]].append((row["rank"], row["theme_id"], row["score"]))
    toned = {(row["paragraph_id"], row["theme_id"]): row for row in tones}
    result = []
    for span, paragraph_id in zip(spans, match(spans, paragraphs, min_overlap), strict=True):
        themes = tuple((theme, score) for _, theme, score in sorted(ranked.get(paragraph_id or "", [])))
        tone = toned.get((paragraph_id or "", themes[0][0])) if themes else None
        result.append(
            Judged(
                gold=span,
                found=paragraph_id is not None,
                themes=themes,
                tone=tone["tone"] if tone else None,
                tone_score=tone["score"] if tone else None,
            )
        )
    return result
