"""Write corpora/gold/: what is true of each document of the sample, and the labels of its paragraphs.

Labels come from the sources; spans are where the pipeline's own extract stage reads the labelled blocks. Run
`python -m corpora.align_gold` after corpora.build_sample, and when the extract stage changes what it reads.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

from corpora.build_sample import SAMPLE, SOURCES
from corpora.building.alignment import Span, align
from corpora.building.source import Source, SourceError, plain, read_sources
from pipeline.extract.parse import parse
from pipeline.settings import Extract, load

SECOND_READING = SOURCES / "second_reading.csv"
GOLD = Path(__file__).parent / "gold"
DOCUMENT_COLUMNS = ["path", "document_id", "municipality", "date", "kind", "split"]
PARAGRAPH_COLUMNS = ["document_id", "start", "end", "split", "themes", "tone", "origin", "form", "text"]
Row = dict[str, str | int]


def main() -> None:
    """Write documents.csv, paragraphs.csv and second_reading.csv."""
    sources = read_sources(SOURCES)
    documents = [document_row(source) for source in sources]
    rows = [row for source in sources if source.labelled and not source.of for row in paragraph_rows(source)]
    ids = {str(row["path"]): str(row["document_id"]) for row in documents}
    with SECOND_READING.open(encoding="utf-8", newline="") as file:
        second = second_reading(rows, list(csv.DictReader(file)), ids)
    write(GOLD / "documents.csv", DOCUMENT_COLUMNS, documents)
    write(GOLD / "paragraphs.csv", PARAGRAPH_COLUMNS, rows)
    write(GOLD / "second_reading.csv", PARAGRAPH_COLUMNS, second)
    themed = sum(bool(row["themes"]) for row in rows)
    print(f"{len(documents)} documents, {len(rows)} paragraphs, {themed} of them with themes")


def second_reading(rows: list[Row], labels: list[dict[str, str]], ids: dict[str, str]) -> list[Row]:
    """Return the paragraphs that a second reader labelled, with that reader's labels; SourceError for one not found.

    `labels` has the file, the paragraph's first 60 characters, themes and tone; `ids` finds a file's document_id.
    """
    paragraphs = {(str(row["document_id"]), str(row["text"])): row for row in rows}
    found = []
    for label in labels:
        row = paragraphs.get((ids.get(label["file"], ""), label["text"]))
        if row is None:
            raise SourceError(f"{SECOND_READING}: no paragraph of {label['file']} begins with {label['text']!r}")
        found.append(row | {"themes": label["themes"], "tone": label["tone"], "origin": "second"})
    return found


def document_id(path: Path) -> str:
    """Return the first 16 hex digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def document_row(source: Source) -> Row:
    """Return a document's row; a corrupt file has only its path, id and split."""
    return {
        "path": source.file,
        "document_id": document_id(SAMPLE / source.file),
        "municipality": source.municipality,
        "date": source.date,
        "kind": source.kind,
        "split": source.split,
    }


def paragraph_rows(source: Source) -> list[Row]:
    """Return the gold rows of a document: body text, bullets and tables, in order; headings are not labelled units."""
    raw_text = read_raw_text(SAMPLE / source.file)
    identity = document_id(SAMPLE / source.file)
    return [_row(identity, source.split, span) for span in align(source, raw_text) if not span.block.is_heading]


def _row(identity: str, split: str, span: Span) -> Row:
    label = span.block.label
    if label is None:
        raise ValueError(f"{identity}: the block of line {span.block.line} has no label")
    return {
        "document_id": identity,
        "start": span.start,
        "end": span.end,
        "split": split,
        "themes": ";".join(label.themes),
        "tone": label.tone,
        "origin": "author",
        "form": "bullet" if span.block.form == "item" else span.block.form,
        "text": " ".join(plain(span.block.text).split())[:60],
    }


def read_raw_text(path: Path) -> str:
    """Return a document's raw text as the extract stage reads it; SourceError where it cannot."""
    reading = parse(path.read_bytes(), path.suffix.lower(), load(Extract), beat=lambda: None)
    if reading.reason:
        raise SourceError(f"{path}: the extract stage does not read it: {reading.reason}")
    return "".join(page.raw_text for page in reading.pages)


def write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    """Write a CSV file of UTF-8 with the same line ends everywhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
