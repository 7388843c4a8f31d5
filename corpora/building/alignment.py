"""Find the blocks of a source in the raw text that was extracted from its document.

Only letters and digits are compared, after NFKC and case folding: line ends, hyphenation, ligatures, bullets and
emphasis do not matter. Blocks must follow each other with nothing between them, so that a wrong reading order or lost
text is seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.building.source import Block, Source, SourceError, plain

TAG = re.compile(r"</?(?:table|thead|tbody|tr|th|td|br)\b[^>]*>")


@dataclass(frozen=True)
class Span:
    """A block and its place in the raw text: code points, half-open."""

    block: Block
    start: int
    end: int


def align(source: Source, raw_text: str) -> list[Span]:
    """Return every block's span, headings too, in order; SourceError with the first block that is not in its place."""
    letters, places = _letters(_masked(source, raw_text))
    spans: list[Span] = []
    cursor = 0
    for block in source.blocks:
        wanted = "".join(_folded(plain(block.text)))
        found = letters.find(wanted, cursor)
        between = letters[cursor:found]
        # Before the first block may stand a letterhead or a menu; before a numbered item, its number.
        if found < 0 or (spans and between not in ("", block.number)):
            near = raw_text[places[cursor] :][:80] if cursor < len(places) else "the end"
            raise SourceError(f"{source.path}:{block.line}: {block.text[:60]!r} is not where it should be, at {near!r}")
        cursor = found + len(wanted)
        spans.append(_span(block, raw_text, places[found], places[cursor - 1] + 1))
    return spans


def _span(block: Block, raw_text: str, start: int, end: int) -> Span:
    """Widen the span of letters by the block's own punctuation at both ends."""
    text = plain(block.text)
    for mark in reversed(re.match(r"[^\w]*", text)[0]):  # type: ignore[index]
        start -= start > 0 and raw_text[start - 1] == mark
    for mark in re.search(r"[^\w]*$", text)[0]:  # type: ignore[index]
        end += raw_text[end : end + 1] == mark
    return Span(block, start, end)


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, and the place of each in it."""
    letters, places = [], []
    for place, character in enumerate(text):
        for folded in _folded(character):
            letters.append(folded)
            places.append(place)
    return "".join(letters), places


def _folded(text: str) -> Iterator[str]:
    return filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold())


def _masked(source: Source, raw_text: str) -> str:
    """Blank out tags, and on each page of a PDF the running header and footer; every offset stays."""
    if source.format == "md":
        return TAG.sub(_blank, raw_text)
    if not source.format.startswith("pdf"):
        return raw_text
    for template, place in ((source.header, r"(?:\A|\f)\s*{}\s*\n"), (source.footer, r"\n\s*{}\s*(?=\f|\Z)")):
        if template:
            pattern = place.replace("{}", _running(template))
            raw_text = re.sub(pattern, _blank, raw_text)
    return raw_text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def _running(template: str) -> str:
    """Return a pattern for a running line: any number where a page number stands, any space between words."""
    parts = re.split(r"\{pages?\}", template)
    return r"\d+".join(r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in parts)
