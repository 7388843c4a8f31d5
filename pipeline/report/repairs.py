"""A paragraph's text with its repairs marked, put together from the raw text and the edits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.report.model import Piece, Row

WORD_BREAKS = frozenset({"ocr_split", "ocr_join"})  # rules that repair words without changing a letter
MARKUP = "markup"  # rule that removes the file's own markup, which nobody reads as words


def pieces(raw: str, start: int, edits: Iterable[Row], text: str) -> tuple[Piece, ...]:
    """Return the stretches of a paragraph, those that were repaired marked.

    `raw` is the raw text of its span, which begins at the offset `start`; `edits` are the applied edits inside it in
    order. Edits that only join lines, take hyphens or ligatures apart or remove something are made, not marked.
    Where the result is not `text` (the paragraph as segmented), the text is returned unmarked: what is shown is always
    what was analysed.
    """
    merged = _merge(_stretches(raw, start, edits))
    merged = _strip(merged)
    if "".join(piece.text for piece in merged) != text:
        return (Piece(text),)
    return tuple(merged)


def struck(start: int, edits: Iterable[Row]) -> tuple[tuple[int, int], ...]:
    """Return the spans, relative to the offset `start`, whose words the edits repair or remove."""
    return tuple(
        (edit["start"] - start, edit["end"] - start)
        for edit in edits
        if letters(edit["before"]) and edit["rule"] != MARKUP and _changes_words(edit)
    )


def _changes_words(edit: Row) -> bool:
    return letters(edit["before"]) != letters(edit["after"]) or edit["rule"] in WORD_BREAKS


def _stretches(raw: str, start: int, edits: Iterable[Row]) -> Iterator[Piece]:
    position = 0
    for edit in edits:
        first, last = edit["start"] - start, edit["end"] - start
        yield Piece(raw[position:first])
        marked = bool(letters(edit["after"])) and _changes_words(edit)
        yield Piece(edit["after"], edit["before"], edit["rule"]) if marked else Piece(edit["after"])
        position = last
    yield Piece(raw[position:])


def _merge(stretches: Iterable[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in stretches:
        if piece.before is None and not piece.text:
            continue
        if piece.before is None and merged and merged[-1].before is None:
            merged[-1] = Piece(merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return merged


def _strip(merged: list[Piece]) -> list[Piece]:
    if merged and merged[0].before is None:
        merged[0] = Piece(merged[0].text.lstrip())
    if merged and merged[-1].before is None:
        merged[-1] = Piece(merged[-1].text.rstrip())
    return [piece for piece in merged if piece.text or piece.before is not None]


def letters(text: str) -> str:
    """Return the letters and digits of a text, ligatures taken apart: what a reader would call its words."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
