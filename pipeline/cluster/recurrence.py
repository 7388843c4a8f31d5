"""How often a theme comes back: in how many documents, meetings and years, not in how many paragraphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.population import counted_paragraphs

if TYPE_CHECKING:
    import polars as pl

UNDATED = "udateret"
NEVER = {"documents": 0, "meetings": 0, "years": 0}


def recurrence(
    documents: pl.DataFrame, paragraphs: pl.DataFrame, assignments: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, int]]:
    """Return the number of documents, meetings and years of each theme that a counted paragraph has.

    What is counted, and what a meeting is, is as in `population`; an undated document has no year.
    """
    counted = counted_paragraphs(documents, paragraphs).select("paragraph_id", "document_id", "cluster", "period")
    places = {row[0]: row[1:] for row in counted.iter_rows()}
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in assignments:
        if row["paragraph_id"] in places:
            found[row["theme_id"]].add(places[row["paragraph_id"]])
    return {
        theme: {
            "documents": len({document for document, _, _ in where}),
            "meetings": len({meeting for _, meeting, _ in where}),
            "years": len({year for *_, year in where} - {UNDATED}),
        }
        for theme, where in found.items()
    }
