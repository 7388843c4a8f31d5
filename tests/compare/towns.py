"""Small towns written by hand: documents of a few paragraphs, themes on some of them."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl

from pipeline import population
from pipeline.compare import counts, differences, shares
from pipeline.settings import Compare

SETTINGS = Compare()
THEMES = ["budget", "leadership"]
EACH = 10  # paragraphs of a document, of two words each
Row = dict[str, Any]


class Towns:
    """Documents are added one by one; `themed` of their paragraphs, the first ones, are about leadership."""

    def __init__(self) -> None:
        self.documents: list[Row] = []
        self.themed: dict[str, int] = {}
        self.tones: dict[str, Row] = {}

    def add(self, municipality: str, themed: int = 0, **changed: Any) -> str:
        """Add a document and return its id; `tone` (act, holder, tone, score) goes to its themed paragraphs."""
        number = len(self.documents)
        tone = {"act": "report", "holder": None, "tone": "negative", "score": -0.5} | changed.pop("tone", {})
        row = {
            "document_id": f"{number:03d}", "municipality": municipality, "kind": "referat", "body": None,
            "date": datetime.date(2023, 5, 1 + number % 28), "language": "da", "near_duplicate_of": None,
            "status": "ok",
        }  # fmt: skip
        self.documents.append(row | changed)
        self.themed[row["document_id"]], self.tones[row["document_id"]] = themed, tone
        return str(row["document_id"])

    def tables(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return what `population` makes of them: counted and observed."""
        types = {"municipality": pl.String, "body": pl.String, "date": pl.Date, "near_duplicate_of": pl.String}
        paragraphs = pl.DataFrame(
            [
                {"paragraph_id": f"{name}-{place:07d}", "document_id": name, "text": "to ord", "voice": "own",
                 "role": "brødtekst", "form": "paragraph", "closed": False}
                for name in self.themed for place in range(EACH)
            ]
        )  # fmt: skip
        given = [
            {"paragraph_id": f"{name}-{place:07d}", "theme_id": "leadership", **self.tones[name]}
            for name, themed in self.themed.items()
            for place in range(themed)
        ]
        assigned = {"paragraph_id": pl.String, "theme_id": pl.String}
        toned = {"act": pl.String, "holder": pl.String, "tone": pl.String, "score": pl.Float64}
        frame = pl.DataFrame(given, schema=assigned | toned)
        counted = population.counted_paragraphs(pl.DataFrame(self.documents, schema_overrides=types), paragraphs)
        return counted, population.with_themes(counted, frame.select(list(assigned)), frame)

    def shares(self, **options: Any) -> dict[tuple[str, str, str], Row]:
        """Return the rows of `comparisons` by theme, municipality and period."""
        rows = shares.compare(counts.by_municipality(*self.tables(), THEMES), THEMES, SETTINGS, **options)
        return {(row["theme_id"], row["municipality"], row["period"]): row for row in rows}

    def differences(self, **options: Any) -> dict[str, Row]:
        """Return the rows of `differences` of the first pair, by theme."""
        rows = differences.compare(counts.by_municipality(*self.tables(), THEMES), THEMES, SETTINGS, **options)
        pair = min((row["municipality"], row["other"]) for row in rows)
        return {row["theme_id"]: row for row in rows if (row["municipality"], row["other"]) == pair}
