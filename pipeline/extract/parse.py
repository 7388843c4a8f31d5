"""One content in, one reading out: the parser for its format, and every failure turned into a reason."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract import media
from pipeline.extract.html import read_html
from pipeline.extract.pdf import glance_pdf, read_pdf
from pipeline.extract.pictures import read_pictures
from pipeline.extract.plain_text import decode
from pipeline.extract.reading import Page, Reading, UnreadableError
from pipeline.extract.word import read_docx
from pipeline.settings import Extract

EMPTY = "Filen er tom: hent den igen"
NO_TEXT = "Dokumentet indeholder ingen tekst"
BROKEN = "Filen er beskadiget og kan ikke læses ({error}): hent den igen, eller gem den som PDF"
# A line longer than a book of 500 pages is data: as one paragraph it would take hours and all memory.
MAX_LINE_CHARACTERS = 1_000_000
LINE = "Teksten har en linje på {millions:.1f} mio. tegn uden linjeskift, og det er ikke et dokument: del den i afsnit"
MEMORY = "Læsningen brugte mere hukommelse end tilladt (max_memory_mb): del dokumentet op, eller gem det som PDF"


def parse(content: bytes, suffix: str, settings: Extract, beat: Callable[[], None]) -> Reading:
    """Return the pages of a file's content, or the reason why there are none; raises nothing.

    `suffix` is the extension in lower case with its dot; `beat` is called at each sign of progress.
    """
    return _guarded(content, suffix, lambda found: _read(content, found, settings, beat))


def glance(content: bytes, suffix: str, settings: Extract, beat: Callable[[], None]) -> Reading:
    """As `parse`, but only the first pages of a PDF file, and pictures are not read."""

    def read(found: str) -> Reading:
        if found == media.PDF:
            return glance_pdf(content)
        if found.startswith("image/"):
            return Reading(found, (Page("", "unread"),))
        return _read(content, found, settings, beat)

    return _guarded(content, suffix, read)


def _guarded(content: bytes, suffix: str, read: Callable[[str], Reading]) -> Reading:
    if not content.strip():
        return Reading(media.UNKNOWN, reason=EMPTY, state="damaged")
    found = media.UNKNOWN
    try:
        found = media.media_type(content, suffix)
        reading = read(found)
    except UnreadableError as error:
        return Reading(found, reason=str(error), state=error.state)
    except MemoryError:
        return Reading(found, reason=MEMORY, state="unreadable", repeatable=False)
    except Exception as error:  # whatever a hostile file does to a parser costs that file only
        return Reading(found, reason=BROKEN.format(error=type(error).__name__), state="damaged")
    if not any(page.raw_text.strip() or page.source in {"unread", "unseen"} for page in reading.pages):
        return Reading(found, reason=NO_TEXT, state="unreadable")
    longest = max(len(line) for page in reading.pages for line in page.raw_text.split("\n"))
    if longest > MAX_LINE_CHARACTERS:
        return Reading(found, reason=LINE.format(millions=longest / 1e6).replace(".", ",", 1), state="unreadable")
    return reading


def _read(content: bytes, found: str, settings: Extract, beat: Callable[[], None]) -> Reading:
    if found == media.PDF:
        return read_pdf(content, settings, beat)
    if found == media.DOCX:
        return read_docx(content)
    if found == media.HTML:
        return read_html(content)
    if found.startswith("image/"):
        return read_pictures(content, found, settings, beat)
    return Reading(found, (Page(decode(content)),))
