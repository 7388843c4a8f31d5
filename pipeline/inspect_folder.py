"""A quick look at a folder before a run: what can be read, what was found in it, how long the run will take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import executor
from pipeline.extract.corpus import Source, list_sources
from pipeline.extract.metadata import describe
from pipeline.extract.parse import glance
from pipeline.extract.reading import Reading, State
from pipeline.extract.sandbox import read_all
from pipeline.settings import Extract, Gazetteer, load

# Seconds on one of the two cores that the project was measured on; embedding is most of it.
_START_SECONDS = 60
_SECONDS_PER_OCR_PAGE = 2.5
_SECONDS_PER_PAGE = 0.03
_SECONDS_PER_PARAGRAPH = 0.15
_WORDS_PER_PARAGRAPH = 50


@dataclass(frozen=True)
class FileReport:
    """One distinct content: its first file, what it is, and what its first pages tell.

    `state` is readable, scanned (needs OCR), locked, damaged, unsupported or unreadable, with the reason in Danish;
    `date` is ISO 8601 or None; `words` is estimated from the pages that were looked at.
    """

    path: str
    state: State
    pages: int
    municipality: str | None
    date: str | None
    words: int
    reason: str


def inspect_folder(folder: Path, configs: Path | None = None) -> list[FileReport]:
    """Look over every document below a folder without OCR; only the first pages of a PDF file are read.

    ConfigurationError where the folder is missing or holds no document.
    """
    settings, gazetteer = load(Extract, configs), load(Gazetteer, configs)
    sources = list_sources(folder, settings.max_bytes)
    readable = [source for source in sources if not source.reason]
    tasks = [(source.location, source.suffix) for source in readable]
    readings = dict(zip(readable, read_all(tasks, settings, "inspect", glance), strict=True))
    return [_report(source, readings.get(source), gazetteer) for source in sources]


def _report(source: Source, reading: Reading | None, gazetteer: Gazetteer) -> FileReport:
    path = source.paths[0]
    if reading is None or reading.reason:
        reason = source.reason if reading is None else reading.reason
        state: State = "unreadable" if reading is None else reading.state
        return FileReport(path, state, 0, None, None, 0, reason)
    seen = [page for page in reading.pages if page.source != "unseen"]
    description = describe(Path(path).name, [page.raw_text for page in seen], gazetteer)
    words = sum(len(page.raw_text.split()) for page in seen) * len(reading.pages) // max(len(seen), 1)
    return FileReport(
        path=path,
        state="scanned" if any(page.source == "unread" for page in seen) else "readable",
        pages=len(reading.pages),
        municipality=description.municipality,
        date=description.date.isoformat() if description.date else None,
        words=words,
        reason="",
    )


def estimated_seconds(reports: Sequence[FileReport], workers: int) -> float:
    """Return about how long a full first run takes, in seconds."""
    scanned = sum(report.pages for report in reports if report.state == "scanned")
    pages = sum(report.pages for report in reports)
    words = sum(report.words for report in reports) + 300 * scanned
    reading = scanned * _SECONDS_PER_OCR_PAGE + pages * _SECONDS_PER_PAGE
    return _START_SECONDS + reading / workers + words / _WORDS_PER_PARAGRAPH * _SECONDS_PER_PARAGRAPH


def summary(reports: Sequence[FileReport]) -> str:
    """Return the closing line: how many of each state, how many with town and date, how long a run will take."""
    states = Counter(report.state for report in reports)
    counted = ", ".join(f"{states[state]} {state}" for state in sorted(states, key=lambda state: -states[state]))
    towns = sum(report.municipality is not None for report in reports)
    dates = sum(report.date is not None for report in reports)
    minutes = max(1, round(estimated_seconds(reports, executor.workers()) / 60))
    found = f"municipality found in {towns}, date in {dates}"
    return f"{len(reports)} documents: {counted}; {found}; a full run takes about {minutes} min"
