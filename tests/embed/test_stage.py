from __future__ import annotations

import numpy as np
import pytest

from pipeline import vectors
from pipeline.embed.__main__ import run
from pipeline.workspace import Workspace

TEXT = "Pædagogerne i Ballerup er glade. Det siger Mette Hansen."


@pytest.fixture
def workspace(tmp_path, embedder, monkeypatch):
    monkeypatch.setattr(vectors.Embedder, "_encoder", embedder._encoder)
    return Workspace.at(tmp_path, tmp_path / "corpus")


def write(workspace, texts):
    def spans(text, names):
        return [(label, text.index(name), text.index(name) + len(name)) for label, name in names if name in text]

    entities = {text: spans(text, [("LOC", "Ballerup"), ("PER", "Mette Hansen")]) for text in texts}
    workspace.write("paragraphs", [
        {"paragraph_id": f"d-{i}", "document_id": "d", "part_id": "d-p01", "part_title": "", "part_kind": "notat",
         "voice": "own", "position": i, "page": 1, "heading_path": [], "role": "brødtekst", "form": "paragraph",
         "closed": False, "text": text, "raw_start": i, "raw_end": i + 1} for i, text in enumerate(texts)])  # fmt: skip
    workspace.write("tokens", [
        {"paragraph_id": f"d-{i}", "words": [], "lemmas": [], "pos": [], "parts": [], "starts": [],
         "entity_labels": [label for label, _, _ in entities[text]],
         "entity_starts": [start for _, start, _ in entities[text]],
         "entity_ends": [end for _, _, end in entities[text]]} for i, text in enumerate(texts)])  # fmt: skip
    workspace.write("sentences", [
        {"sentence_id": f"d-{i}-00000", "paragraph_id": f"d-{i}", "start": 0, "end": len(text), "text": text}
        for i, text in enumerate(texts)])  # fmt: skip


def test_paragraphs_are_embedded_with_names_masked_and_sentences_without(workspace, embedder):
    write(workspace, [TEXT, "Intet navn her."])
    assert run(workspace) == "2 paragraphs, 2 sentences; 3 texts embedded, the rest known"
    masked = "Pædagogerne i sted er glade. Det siger navn."
    expected = embedder.embed([masked, "Intet navn her.", TEXT])
    paragraphs = np.array(workspace.read("embeddings")["vector"].to_list(), dtype=np.float32)
    sentences = np.array(workspace.read("sentence_embeddings")["vector"].to_list(), dtype=np.float32)
    assert np.array_equal(paragraphs, expected[:2])
    assert np.array_equal(sentences, expected[[2, 1]])


def test_tables_are_the_same_with_a_warm_memo(workspace):
    write(workspace, [TEXT, "Intet navn her."])
    run(workspace)
    before = [(workspace.tables / f"{name}.parquet").read_bytes() for name in ("embeddings", "sentence_embeddings")]
    assert run(workspace).endswith("0 texts embedded, the rest known")
    assert before == [
        (workspace.tables / f"{name}.parquet").read_bytes() for name in ("embeddings", "sentence_embeddings")
    ]


def test_an_empty_corpus_gives_empty_tables(workspace):
    write(workspace, [])
    assert run(workspace).startswith("0 paragraphs, 0 sentences")
    assert workspace.read("embeddings").height == 0
