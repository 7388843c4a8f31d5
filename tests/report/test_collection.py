"""Documents as data: what a page is drawn from may hold any text, and large collections lie in bounded files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import build, collection, repairs
from pipeline.report.lexicon import lexicon
from pipeline.report.model import Piece


@pytest.fixture(scope="module")
def report(run):
    return build.report(run, run)


def content(path: Path) -> dict:
    """The documents that a file hands over."""
    call, _, rest = path.read_text(encoding="utf-8").partition(",")
    assert call.startswith("temaspejl(")
    return json.loads(rest.removesuffix(");\n"))


def test_files_are_bounded_and_hold_every_document_once_in_order(report, tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "SHARD", 3000)
    large = replace(report, inline_paragraphs=0)
    assert collection.write(tmp_path, large) > 2
    files = sorted((tmp_path / "data").iterdir())
    shards = [content(file)["documents"] for file in files]
    assert [one["id"] for shard in shards for one in shard] == [document.id for document in report.documents]
    sizes = {one.id: sum(len(p.text) + len(p.raw) for p in one.paragraphs) for one in report.documents}
    assert all(len(shard) == 1 or sum(sizes[one["id"]] for one in shard) <= 3000 for shard in shards)
    page = collection.page(collection.EMPTY, large)
    known = json.loads(page.split(">")[1].split("<")[0])
    assert known["files"] == [f"data/{file.name}" for file in files]
    assert "shards" not in known
    assert {identity: files[number].name for identity, number in known["where"].items()} == {
        one["id"]: file.name for file, shard in zip(files, shards, strict=True) for one in shard
    }
    before = [file.read_bytes() for file in files]
    collection.write(tmp_path, large)
    assert [file.read_bytes() for file in files] == before


def test_any_text_can_stand_in_a_script(report, tmp_path):
    hostile = "</script><!-- \u2028\u2029 \ud800 \x00 \\ \" ' <script>"
    first = report.documents[0]
    odd = replace(first, row=first.row | {"title": hostile})
    page = collection.page(collection.EMPTY, replace(report, documents=(odd,), inline_paragraphs=10**6))
    data = page.removeprefix(collection.EMPTY.removesuffix("</script>")).removesuffix("</script>")
    assert not set(data) & set("<\u2028\u2029\x00\ud800")
    data.encode("utf-8")
    title = json.loads(data)["shards"][0]["documents"][0]["title"]
    assert title == hostile.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")


@given(st.text(), st.text(max_size=8), st.text(max_size=8), st.text())
def test_struck_and_pieces_tell_raw_and_repaired_text(head, before, after, tail):
    raw, text = head + before + tail, (head + after + tail).strip()
    start = 7 + len(head)
    edit = {"start": start, "end": start + len(before), "before": before, "after": after, "rule": "ocr_letters"}
    assert "".join(piece.text for piece in repairs.pieces(raw, 7, [edit], text)) == text
    assert all(raw[start:end] == before for start, end in repairs.struck(7, [edit]))


def test_words_set_apart_are_marked_and_markup_and_line_ends_are_not():
    def edit(start: int, before: str, after: str, rule: str) -> dict:
        return {"start": start, "end": start + len(before), "before": before, "after": after, "rule": rule}

    raw = "vileverer <b>mere\nend"
    edits = [
        edit(0, "vileverer", "vi leverer", "ocr_split"),
        edit(10, "<b>", "", "markup"),
        edit(17, "\n", " ", "line_break"),
    ]
    assert repairs.struck(0, edits) == ((0, 9),)
    assert repairs.pieces(raw, 0, edits, "vi leverer mere end") == (
        Piece("vi leverer", "vileverer", "ocr_split"), Piece(" mere end"),
    )  # fmt: skip


def test_the_lexicon_holds_what_a_stemmer_does_not_bring_together():
    tokens = pl.DataFrame({
        "words": [["Børnene", "i", "plejebørn", "sygefraværet", "skolerne", "it-vejleder", "42"]],
        "lemmas": [["barn", "i", "plejebarn", "sygefravær", "skole", "it-vejleder", "42"]],
        "parts": [["", "", "pleje+barn", "syge+fravær", "", "it+vejleder", ""]],
    })  # fmt: skip
    assert lexicon(tokens) == {
        "børnene": "=barn", "plejebørn": "=plejebarn+pleje+barn", "sygefraværet": "syge+fravær",
    }  # fmt: skip
    assert lexicon(tokens.head(0)) == {}
