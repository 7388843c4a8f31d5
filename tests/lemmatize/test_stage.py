from __future__ import annotations

import pytest

from pipeline.lemmatize import work
from pipeline.lemmatize.__main__ import run
from pipeline.workspace import Workspace

TEXTS = {
    "d1": ["Referat af møde i MED-udvalget", "Personalet er presset. Der mangler pædagoger i Skovlunde."],
    "d2": ["---", "Budgettet blev vedtaget."],
    **{f"e{number}": [f"Dagtilbud nr. {number} har fået ny leder."] for number in range(8)},
}


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.at(tmp_path, tmp_path / "corpus")
    workspace.write("paragraphs", paragraph_rows(TEXTS))
    return workspace


def paragraph_rows(texts):
    return [
        {
            "paragraph_id": f"{document}-{position:07d}", "document_id": document, "part_id": f"{document}-p01",
            "part_title": "Titel", "part_kind": "referat", "voice": "own", "position": position, "page": 1,
            "heading_path": [], "role": "brødtekst", "form": "paragraph", "closed": False, "text": text,
            "raw_start": position, "raw_end": position + len(text),
        }
        for document, paragraphs in texts.items()
        for position, text in enumerate(paragraphs)
    ]  # fmt: skip


def tables(workspace):
    return {name: (workspace.tables / f"{name}.parquet").read_bytes() for name in ("tokens", "sentences")}


def test_tables_are_the_same_with_one_worker_two_workers_and_a_warm_memo(workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TEMASPEJL_WORKERS", "1")
    assert run(workspace) == "12 paragraphs, 13 sentences"
    first = tables(workspace)
    monkeypatch.setenv("TEMASPEJL_WORKERS", "2")
    other = Workspace.at(tmp_path / "other", tmp_path / "corpus")
    other.write("paragraphs", paragraph_rows(TEXTS))
    run(other)
    assert tables(other) == first
    monkeypatch.setattr(work, "_annotate", None)  # everything must come from the memo
    run(workspace)
    assert tables(workspace) == first


def test_an_empty_corpus_gives_empty_tables(tmp_path):
    workspace = Workspace.at(tmp_path, tmp_path / "corpus")
    workspace.write("paragraphs", [])
    assert run(workspace) == "0 paragraphs, 0 sentences"
