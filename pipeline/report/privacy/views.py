"""The tables of a run as the report may show them: personal data and closed items replaced in every text column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from pipeline.errors import FatalError
from pipeline.offsets import Edit
from pipeline.report.marks import MARKS
from pipeline.report.privacy import groups
from pipeline.settings import Gazetteer
from pipeline.settings import Report as Settings
from pipeline.workspace import Workspace

Row = dict[str, Any]


class Authorised:
    """The tables as they are."""

    edition = "authorised"
    closed = 0

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.redacted: Mapping[str, int] = {}
        self.redactions: list[Row] = []

    def read(self, name: str) -> pl.DataFrame:
        """Read one table of the run."""
        return self._workspace.read(name)

    def rows(self, name: str) -> list[Row]:
        """Read one table of the run as dictionaries."""
        return self._workspace.rows(name)


class Shared:
    """The tables with personal data and closed items replaced, character for character, and small groups left out.

    `redacted` counts the spans taken out by kind, `closed` the paragraphs of closed items, `redactions` are the rows of
    the table of that name.
    """

    edition = "shared"

    def __init__(self, workspace: Workspace) -> None:
        from pipeline.report.privacy.document import Document

        self._workspace = workspace
        self._settings = workspace.settings(Settings)
        towns = workspace.settings(Gazetteer).municipalities
        names = [name for town in towns for name in (town.name, *town.spellings, *town.districts, *town.institutions)]
        places = frozenset(word for name in names for word in name.split())
        domains = tuple(sorted({domain for town in towns for domain in town.domains}))
        self._pages = _by_document(workspace.read("pages").sort("document_id", "page").to_dicts())
        self._edits = _by_document(workspace.rows("edits"))
        self._paragraphs = _by_document(workspace.read("paragraphs").sort("document_id", "position").to_dicts())
        tokens = {row["paragraph_id"]: row for row in _optional(workspace, "tokens")}
        self._documents = {
            identity: Document(
                [page["raw_text"] for page in self._pages.get(identity, ())],
                [_edit(row) for row in self._edits.get(identity, ())],
                self._paragraphs.get(identity, ()),
                tokens,
                places,
                domains,
            )
            for identity in sorted({*self._pages, *self._paragraphs})
        }
        self._unknown = Document([], [], [], {}, places, domains)
        self._texts = {
            row["paragraph_id"]: self._documents[identity].paragraph(row)
            for identity, rows in self._paragraphs.items()
            for row in rows
        }
        self._original = {
            row["paragraph_id"]: (row["document_id"], row["text"]) for rows in self._paragraphs.values() for row in rows
        }
        self._named = {
            word.lower() for document in self._documents.values() for word in document.persons.private
        }  # fmt: skip
        self._field = lru_cache(maxsize=None)(self._field_uncached)
        self.closed = sum(row["closed"] for rows in self._paragraphs.values() for row in rows)
        self.redactions = [
            {"document_id": identity} | row for identity, document in self._documents.items()
            for row in document.redactions
        ]  # fmt: skip
        self.redacted: Mapping[str, int] = dict(sorted(Counter(row["kind"] for row in self.redactions).items()))
        self._read = lru_cache(maxsize=None)(self._rows)

    def rows(self, name: str) -> list[Row]:
        """Read one table of the run as dictionaries."""
        return [dict(row) for row in self._read(name)]

    def read(self, name: str) -> pl.DataFrame:
        """Read one table of the run, with the columns and types of the workspace's."""
        return pl.DataFrame(self._read(name), schema=self._workspace.read(name).schema)

    def _rows(self, name: str) -> list[Row]:
        if name == "redactions":
            return self.redactions
        rows = groups.without_small(name, self._workspace.rows(name), self._settings, self._workspace)
        change: Callable[[list[Row]], list[Row]] = getattr(self, f"_{name}_rows", list)
        return change(rows)

    def _field_uncached(self, identity: str, value: str) -> str:
        return self._documents.get(identity, self._unknown).text(value)

    def _maybe(self, identity: str, value: str | None) -> str | None:
        return self._field(identity, value) if value else value

    def _documents_rows(self, rows: list[Row]) -> list[Row]:
        evidence = ("title", "body", "municipality_evidence", "date_evidence", "kind_evidence", "reason")
        result = []
        for row in rows:
            identity = row["document_id"]
            document = self._documents.get(identity, self._unknown)
            result.append(
                row
                | {column: self._maybe(identity, row[column]) for column in evidence}
                | {
                    "path": document.file_name(row["path"]),
                    "paths": [document.file_name(path) for path in row["paths"]],
                    "title": document.file_name(self._field(identity, row["title"])),
                    "case_numbers": [self._field(identity, number) for number in row["case_numbers"]],
                }
            )
        return result

    def _pages_rows(self, rows: list[Row]) -> list[Row]:
        result = []
        for identity, pages in _by_document(sorted(rows, key=_page)).items():
            document = self._documents[identity]
            texts = document.raw_pages([page["raw_text"] for page in pages])
            for page, text in zip(pages, texts, strict=True):
                layer = page["layer_text"] and self._field(identity, page["layer_text"])
                # What the file's own layer says of a closed item stands at no known place of it.
                layer = MARKS["closed"] if layer and MARKS["closed"] in text else layer
                result.append(page | {"raw_text": text, "layer_text": layer})
        return result

    def _cleaned_rows(self, rows: list[Row]) -> list[Row]:
        result = []
        for identity, pages in _by_document(sorted(rows, key=_page)).items():
            texts = self._documents[identity].clean_pages([page["clean_text"] for page in pages])
            result += [page | {"clean_text": text} for page, text in zip(pages, texts, strict=True)]
        return result

    def _edits_rows(self, rows: list[Row]) -> list[Row]:
        result = []
        for identity, edits in _by_document(rows).items():
            changed = self._documents[identity].edit_rows([_edit(row) for row in edits])
            result += [
                row | {"before": before, "after": after} for row, (before, after) in zip(edits, changed, strict=True)
            ]
        return result

    def _paragraphs_rows(self, rows: list[Row]) -> list[Row]:
        result = []
        for row in rows:
            identity, headings = row["document_id"], row["heading_path"]
            item = row["agenda_item"]
            result.append(
                row
                | {
                    "text": self._texts[row["paragraph_id"]],
                    "part_title": self._field(identity, row["part_title"]),
                    "author": self._maybe(identity, row["author"]),
                    "agenda_item": _closed(item) if row["closed"] and item else self._maybe(identity, item),
                    "heading_path": [
                        _closed(heading) if row["closed"] else self._field(identity, heading) for heading in headings
                    ],
                }
            )
        return result

    def _sentences_rows(self, rows: list[Row]) -> list[Row]:
        return [row | {"text": self._part(row["paragraph_id"], row["text"], row["start"])} for row in rows]

    def _tokens_rows(self, rows: list[Row]) -> list[Row]:
        result = []
        for row in rows:
            text = self._texts[row["paragraph_id"]]
            taken = [
                any(c in _SET for c in text[s : s + len(w)]) for w, s in zip(row["words"], row["starts"], strict=True)
            ]
            changed = {
                column: [_taken(value, mark) if mark else value for value, mark in zip(row[column], taken, strict=True)]
                for column in ("words", "lemmas", "parts")
            }
            result.append(row | changed)
        return result

    def _tones_rows(self, rows: list[Row]) -> list[Row]:
        return [
            row | {"evidence": self._part(row["paragraph_id"], row["evidence"], None), "holder": self._holder(row)}
            for row in rows
        ]

    def _sentence_tones_rows(self, rows: list[Row]) -> list[Row]:
        return [row | {"holder": self._holder(row)} for row in rows]

    def _measures_rows(self, rows: list[Row]) -> list[Row]:
        shut = {row["paragraph_id"] for rows in self._paragraphs.values() for row in rows if row["closed"]}
        return [
            row | {"measure": self._field(row["document_id"], row["measure"])}
            for row in rows
            if not {row["challenge_paragraph"], row["measure_paragraph"]} & shut
        ]

    def _keyness_rows(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if not self._is_named(row["term"])]

    def _themes_rows(self, rows: list[Row]) -> list[Row]:
        return [self._theme(row, ("da", "en", "definition")) if row["origin"] == "discovered" else row for row in rows]

    def _theme_events_rows(self, rows: list[Row]) -> list[Row]:
        return [self._theme(row, ("label", "reason")) for row in rows]

    def _changes_rows(self, rows: list[Row]) -> list[Row]:
        return [
            row | {"label": self._documents.get(row["subject"], self._unknown).file_name(row["label"])}
            if row["kind"].startswith("document")
            else row
            for row in rows
        ]

    def _theme(self, row: Row, columns: tuple[str, ...]) -> Row:
        texts = {column: self._without_names(self._field("", row[column])) for column in columns}
        return row | texts | {"terms": [term for term in row["terms"] if not self._is_named(term)]}

    def _without_names(self, text: str) -> str:
        return " ".join(_taken(word, True) if self._is_named(word) else word for word in text.split(" "))

    def _is_named(self, term: str) -> bool:
        return any(word.strip(".,;:()'’-").lower() in self._named for word in term.replace("-", " ").split())

    def _holder(self, row: Row) -> str | None:
        return self._maybe(self._original.get(row["paragraph_id"], ("", ""))[0], row["holder"])

    def _part(self, paragraph: str, part: str, start: int | None) -> str:
        """Return a stretch of a paragraph's text, redacted as the paragraph is."""
        identity, original = self._original.get(paragraph, ("", ""))
        start = original.find(part) if start is None else start
        if start >= 0 and original[start : start + len(part)] == part:
            return self._texts[paragraph][start : start + len(part)]
        closed = MARKS["closed"] in self._texts.get(paragraph, "")
        return _closed(part) if closed else self._field(identity, part)


_SET = frozenset(MARKS.values())


def _closed(text: str) -> str:
    return MARKS["closed"] * len(text)


def _taken(text: str, taken: bool) -> str:
    return MARKS["name"] * len(text) if taken else text


def _page(row: Row) -> tuple[str, int]:
    return row["document_id"], row["page"]


def _edit(row: Mapping[str, Any]) -> Edit:
    return Edit(**{name: row[name] for name in ("start", "end", "before", "after", "rule", "confidence", "applied")})


def _by_document(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["document_id"]].append(row)
    return grouped


def _optional(workspace: Workspace, name: str) -> list[Row]:
    """Return the rows of a table that helps and need not be there."""
    try:
        return workspace.rows(name)
    except FatalError:
        return []


def view(workspace: Workspace) -> Authorised | Shared:
    """Return the tables of a run in the edition that its settings name."""
    edition = workspace.settings(Settings).edition
    return Authorised(workspace) if edition == "authorised" else Shared(workspace)
