"""What is in the corpus, how damaged it was, and whether what was inferred of each document is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluate.bootstrap import rounded
from pipeline.evaluate.gold import GoldDocument

Row = Mapping[str, Any]
FACTS = ("municipality", "date", "kind")


def corpus_counts(documents: Sequence[Row], paragraphs: Sequence[Row]) -> dict[str, Any]:
    """Return how many documents and paragraphs there are, of which kinds."""
    return {
        "documents": len(documents),
        "status": _counts(row["status"] for row in documents),
        "municipality": _counts(row["municipality"] or "unknown" for row in documents),
        "kind": _counts(row["kind"] for row in documents),
        "language": _counts(row["language"] for row in documents),
        "near_duplicates": sum(row["near_duplicate_of"] is not None for row in documents),
        "pages": sum(row["pages"] for row in documents),
        "words": sum(row["words"] for row in documents),
        "paragraphs": len(paragraphs),
        "form": _counts(row["form"] for row in paragraphs),
        "role": _counts(row["role"] for row in paragraphs),
    }


def quality_counts(documents: Sequence[Row], quality: Sequence[Row]) -> dict[str, Any]:
    """Return how much was read by OCR, how damaged the text was, and how much was repaired."""
    words = sum(row["words"] for row in quality)
    damaged = sum(row["damaged_share"] * row["words"] for row in quality)
    return {
        "documents_read_by_ocr": sum(row["ocr_pages"] > 0 for row in documents),
        "pages_read_by_ocr": sum(row["ocr_pages"] for row in documents),
        "channel": _counts(row["channel"] for row in quality),
        "words": words,
        "words_repaired": sum(row["repaired"] for row in quality),
        "damaged_share": rounded(damaged / words) if words else None,
    }


def metadata_figures(documents: Sequence[Row], gold: Sequence[GoldDocument]) -> dict[str, Any]:
    """Return for municipality, date and kind how many documents are right, and which are not.

    A gold document that the corpus does not hold is not counted.
    """
    by_id = {row["document_id"]: row for row in documents}
    known = [(truth, by_id[truth.document_id]) for truth in gold if truth.document_id in by_id]
    result: dict[str, Any] = {"documents": len(known)}
    for fact in FACTS:
        compared = [(row["path"], str(row[fact] or ""), getattr(truth, fact)) for truth, row in known]
        wrong = sorted(_wrong(*one) for one in compared if one[1] != one[2])
        right = len(compared) - len(wrong)
        accuracy = rounded(right / len(compared)) if compared else None
        result[fact] = {"accuracy": accuracy, "right": right, "wrong": wrong}
    return result


def _wrong(path: str, said: str, true: str) -> str:
    return f"{path}: {said or 'none'}, gold {true or 'none'}"


def _counts(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
