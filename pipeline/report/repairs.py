"""A paragraph's text with its repairs marked, put together from the raw text and the edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.report.model import Piece, Row, letters


def pieces(raw: str, start: int, edits: Iterable[Row], text: str) -> tuple[Piece, ...]:
    """Return the stretches of a paragraph, those that were repaired marked.

    `raw` is the raw text of its span, which begins at the offset `start`; `edits` are the applied edits inside it in
    order. Edits that change no letter (white space, hyphens, ligatures) or only remove something are made, not marked.
    Where the result is not `text` (the paragraph as segmented), the text is returned unmarked: what is shown is always
    what was analysed.
    """
    merged = _merge(_stretches(raw, start, edits))
    merged = _strip(merged)
    if "".join(piece.text for piece in merged) != text:
        return (Piece(text),)
    return tuple(merged)


def _stretches(raw: str, start: int, edits: Iterable[Row]) -> Iterator[Piece]:
    position = 0
    for edit in edits:
        first, last = edit["start"] - start, edit["end"] - start
        yield Piece(raw[position:first])
        marked = letters(edit["after"]) not in ("", letters(edit["before"]))
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
