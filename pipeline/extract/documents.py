"""From sources and readings to the rows of `documents` and `pages`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.extract import tesseract
from pipeline.extract.corpus import Source
from pipeline.extract.media import UNKNOWN
from pipeline.extract.metadata import Description, describe, find_near_duplicates
from pipeline.extract.reading import Reading
from pipeline.extract.sandbox import read_all
from pipeline.memo import Memo, code_digest
from pipeline.settings import Extract, Gazetteer

Row = dict[str, Any]
_PARSERS = ("pypdfium2", "selectolax", "python-docx", "charset-normalizer", "pillow", "pytesseract")


def read_sources(sources: Sequence[Source], settings: Extract, memo_folder: Path) -> list[Reading]:
    """Return the reading of each source, from the memo where the same content was read before by the same code."""
    memo = Memo(memo_folder, "extract", _basis(settings))
    readings: dict[str, Reading] = {}
    for source in sources:
        known = Reading(UNKNOWN, reason=source.reason, state="unreadable") if source.reason else memo.get(_key(source))
        if known is not None:
            readings[source.document_id] = known
    new = [source for source in sources if source.document_id not in readings]
    tasks = [(source.location, source.suffix) for source in new]

    def keep(index: int, reading: Reading) -> None:
        if reading.repeatable:
            memo.put(_key(new[index]), reading)

    for source, reading in zip(new, read_all(tasks, settings, "extract", keep=keep), strict=True):
        readings[source.document_id] = reading
    return [readings[source.document_id] for source in sources]


def _basis(settings: Extract) -> list[object]:
    """Return everything but the content that decides a reading."""
    here = Path(__file__).parent
    return [
        code_digest(*sorted(here.glob("*.py"))),
        settings.model_dump(include={"max_pages", "ocr_language", "ocr_dpi"}),
        [f"{name} {version(name)}" for name in _PARSERS],
        tesseract.tesseract_fingerprint(settings.ocr_language),
    ]


def _key(source: Source) -> list[str]:
    return [source.document_id, source.suffix]


def page_rows(sources: Iterable[Source], readings: Iterable[Reading]) -> list[Row]:
    """Return the rows of `pages`; a quarantined document has none."""
    return [
        {
            "document_id": source.document_id,
            "page": number,
            "raw_text": page.raw_text,
            "source": page.source,
            "layer_text": page.layer_text,
            "outline": list(page.outline),
        }
        for source, reading in zip(sources, readings, strict=True)
        for number, page in enumerate(reading.pages, start=1)
    ]


def describe_all(sources: Sequence[Source], readings: Sequence[Reading], gazetteer: Gazetteer) -> list[Description]:
    """Return the metadata of each document, found in its text; of a quarantined one there is only its name."""
    return [
        describe(Path(source.paths[0]).name, [page.raw_text for page in reading.pages], gazetteer)
        for source, reading in zip(sources, readings, strict=True)
    ]


def document_rows(
    sources: Sequence[Source],
    readings: Sequence[Reading],
    descriptions: Sequence[Description],
    similarity: float,
) -> list[Row]:
    """Return the rows of `documents`; documents at least `similarity` alike (0-1) point at the earlier of them."""
    rows = list(map(document_row, sources, readings, descriptions))
    texts = {
        source.document_id: "".join(page.raw_text for page in reading.pages)
        for source, reading in zip(sources, readings, strict=True)
        if not reading.reason
    }
    in_time = sorted((row for row in rows if row["document_id"] in texts), key=_date_and_path)
    near = find_near_duplicates({row["document_id"]: texts[row["document_id"]] for row in in_time}, similarity)
    for row in rows:
        row["near_duplicate_of"], row["similarity"] = near.get(row["document_id"], (None, None))
    return rows


def _date_and_path(row: Row) -> tuple[date, str]:
    return row["date"] or date.max, row["path"]


def document_row(source: Source, reading: Reading, description: Description) -> Row:
    """Return the row of `documents` for one content, near duplicates and corrections apart."""
    return {
        "document_id": source.document_id,
        "path": source.paths[0],
        "paths": list(source.paths),
        "replaces": None,
        "media_type": reading.media_type,
        "municipality": description.municipality,
        "municipality_evidence": description.municipality_evidence,
        "municipality_confidence": description.municipality_confidence,
        "date": description.date,
        "date_evidence": description.date_evidence,
        "kind": description.kind,
        "kind_evidence": description.kind_evidence,
        "body": description.body,
        "title": description.title,
        "case_numbers": list(description.case_numbers),
        "language": description.language,
        "pages": len(reading.pages),
        "ocr_pages": sum(page.source == "ocr" for page in reading.pages),
        "words": sum(len(page.raw_text.split()) for page in reading.pages),
        "status": "quarantined" if reading.reason else "ok",
        "reason": reading.reason,
    }


def quarantined_share(documents: Iterable[Mapping[str, Any]]) -> float:
    """Return the share of documents that were quarantined, 0-1; 0 for no documents."""
    statuses = [document["status"] for document in documents]
    return statuses.count("quarantined") / len(statuses) if statuses else 0.0
