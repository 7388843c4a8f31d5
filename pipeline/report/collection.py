"""The documents as data: what a document's page is drawn from and the search looks through, as compact JSON.

A small collection stands inside the page. A large one lies in files beside it, `data/documents-NN.js`, each of them a
call that hands its documents to the page: a script element may load it where a page from file:// may not fetch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.report import labels, texts
from pipeline.report.charts import colour, mark
from pipeline.report.model import Document, Pair, Paragraph, Part, Report

EMPTY = '<script type="application/json" id="samling"></script>'  # where the collection goes
FOLDER = "data"
SHARD = 1_000_000  # characters from which a file is full; a document is never split
WORD = re.compile(r"[^\W_]+")
SURROGATE = re.compile("[\ud800-\udfff]")
# What would end a script element, begin a comment in it, or a line in JavaScript of old.
UNSAFE = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Json = dict[str, Any]


def page(html: str, report: Report) -> str:
    """Return the page with its collection in the place of EMPTY: documents too where they are few enough."""
    shards = _shards(report)
    collection = _collection(report, shards)
    if _inline(report):
        collection["shards"] = [_shard(report, documents) for documents in shards]
    return html.replace(EMPTY, EMPTY.replace("></", f">{Markup(_text(collection))}</"), 1)


def write(site: Path, report: Report) -> int:
    """Write the files of a collection too large for the page, remove those of an earlier run; return their number."""
    folder = site / FOLDER
    shards = [] if _inline(report) else _shards(report)
    names = {_name(number) for number in range(len(shards))}
    for old in folder.glob("documents-*.js"):
        if old.name not in names:
            old.unlink()
    if not shards:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for number, documents in enumerate(shards):
        content = f"temaspejl({number},{_text(_shard(report, documents))});\n"
        (folder / _name(number)).write_bytes(content.encode("utf-8"))
    return len(shards)


def _name(number: int) -> str:
    return f"documents-{number + 1:02d}.js"


def _inline(report: Report) -> bool:
    return sum(len(document.paragraphs) for document in report.documents) <= report.inline_paragraphs


def _shards(report: Report) -> list[list[Document]]:
    """Return the documents in their order, as many together as make a file of about SHARD characters."""
    shards: list[list[Document]] = [[]]
    size = 0
    for document in report.documents:
        own = sum(len(paragraph.text) + len(paragraph.raw) for paragraph in document.paragraphs)
        if shards[-1] and size + own > SHARD:
            shards.append([])
            size = 0
        shards[-1].append(document)
        size += own
    return shards


def _collection(report: Report, shards: list[list[Document]]) -> Json:
    """Return what the page knows before any document is read: names, and where each document is."""
    return {
        "themes": [[theme.id, theme.da, theme.en] for theme in report.themes],
        "places": {place.slug: [place.name, colour(place), mark(place)] for place in report.municipalities},
        "where": {document.id: number for number, documents in enumerate(shards) for document in documents},
        "files": [] if _inline(report) else [f"{FOLDER}/{_name(number)}" for number in range(len(shards))],
    }


def _shard(report: Report, documents: Iterable[Document]) -> Json:
    drawing = _Drawing(report)
    drawn = [drawing.document(document) for document in documents]
    said = (text for document in drawn for part in document["parts"] for p in part["p"] for text in _said(p["t"]))
    forms = {word for text in said for word in WORD.findall(text.lower())}
    found = {form: report.lexicon[form] for form in sorted(forms & report.lexicon.keys())}
    return {"documents": drawn, "lexicon": found}


def _said(pieces: str | list[Any]) -> Iterator[str]:
    for piece in [pieces] if isinstance(pieces, str) else pieces:
        yield piece if isinstance(piece, str) else piece[0]


class _Drawing:
    """Documents and paragraphs as data. What is usual is left out of a paragraph; `collection.js` puts it back."""

    def __init__(self, report: Report) -> None:
        self._slugs = {place.name: place.slug for place in report.municipalities}
        self._themes = {theme.id: number for number, theme in enumerate(report.themes)}
        self._pairs = _pairs(report)

    def document(self, document: Document) -> Json:
        row, quality = document.row, document.quality
        ways: dict[str, int] = {}
        parts = [self._part(part, ways) for part in document.parts]
        return {
            "id": document.id, "title": row["title"], "place": self._slugs.get(row["municipality"] or "", ""),
            "kind": row["kind"], "date": row["date"] and row["date"].isoformat(), "body": row["body"] or "",
            "cases": row["case_numbers"], "paths": row["paths"], "pages": row["pages"], "ocr": row["ocr_pages"],
            "words": row["words"], "language": row["language"], "uncounted": document.uncounted,
            "counted": len(document.counted), "closed": document.closed, "reason": row["reason"],
            "near": [row["near_duplicate_of"], row["similarity"]] if row["near_duplicate_of"] else [],
            "evidence": {
                "place": row["municipality_evidence"], "sure": row["municipality_confidence"],
                "date": row["date_evidence"], "kind": row["kind_evidence"],
            },
            "quality": quality and [quality["damaged_share"], quality["repaired"], quality["channel"]],
            "parts": parts, "ways": list(ways),
        }  # fmt: skip

    def _part(self, part: Part, ways: dict[str, int]) -> Json:
        return {
            "title": part.title, "kind": part.kind, "date": part.date and part.date.isoformat(),
            "author": part.author or "", "p": [self._paragraph(paragraph, ways) for paragraph in part.paragraphs],
        }  # fmt: skip

    def _paragraph(self, paragraph: Paragraph, ways: dict[str, int]) -> Json:
        way = ways.setdefault(labels.place_in_document(paragraph), len(ways))
        data: Json = {"i": paragraph.id.removeprefix(f"{paragraph.document}-"), "p": paragraph.page, "w": way}
        optional = {
            "f": paragraph.form if paragraph.form != "paragraph" else "",
            "r": paragraph.role if paragraph.role != "brødtekst" else "",
            "u": paragraph.uncounted,
            "h": paragraph.shared,
            "o": _original(paragraph) if paragraph.altered else [],
            "s": [[s.before, s.after, s.rule, round(s.confidence, 2)] for s in paragraph.suggestions],
            "g": [[self._themes[t.theme], round(t.score, 2), t.tone, t.act, t.holder or ""] for t in paragraph.tags],
            "m": [[self._themes[theme], side, name] for theme, side, name in self._pairs.get(paragraph.id, ())],
        }
        pieces = [[p.text, p.before, p.rule] if p.before is not None else p.text for p in paragraph.pieces]
        text = pieces[0] if len(pieces) == 1 and isinstance(pieces[0], str) else pieces
        return data | {key: value for key, value in optional.items() if value} | {"t": text}


def _original(paragraph: Paragraph) -> list[str | list[str]]:
    """Return the raw text in stretches, those whose letters changed as lists of one."""
    stretches: list[str | list[str]] = []
    last = 0
    for start, end in paragraph.struck:
        stretches += [paragraph.raw[last:start], [paragraph.raw[start:end]]]
        last = end
    return [stretch for stretch in (*stretches, paragraph.raw[last:]) if stretch]


def _pairs(report: Report) -> dict[str, list[tuple[str, str, str]]]:
    """Return the pairs of challenge and measure that a paragraph is in: theme, its side, the measure's name."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for pair in (pair for pairs in report.measures.values() for pair in pairs):
        for side, paragraph in _sides(pair):
            entry = (pair.theme, side, pair.name)
            if entry not in (known := found.setdefault(paragraph.id, [])):
                known.append(entry)
    return found


def _sides(pair: Pair) -> tuple[tuple[str, Paragraph], ...]:
    return ("challenge", pair.challenge), ("measure", pair.measure)


def _text(content: Json) -> str:
    """Return JSON that may stand in a script element and in a script."""
    text = json.dumps(_visible(content), ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<\u2028\u2029]", lambda match: UNSAFE[match.group()], text)


def _visible(content: Any) -> Any:
    if isinstance(content, str):
        return SURROGATE.sub("\ufffd", texts.visible(content))
    if isinstance(content, dict):
        return {key: _visible(value) for key, value in content.items()}
    return [_visible(value) for value in content] if isinstance(content, list | tuple) else content
