"""cluster, sentiment and evaluate together, on a small document with the shipped models."""

from __future__ import annotations

import json

import pytest

from pipeline import stages, tables
from pipeline.sentiment.lines import score_lines
from pipeline.settings import Embed
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

DOCUMENT = "d" * 16
TEXTS = (
    ("Punkt 1: Sygefravær", "heading", "overskrift"),
    ("Det indstilles, at udvalget tager orienteringen til efterretning.", "paragraph", "indstilling"),
    (
        "Sygefraværet er steget, og medarbejderne er bekymrede over de mange langtidssygemeldinger.",
        "paragraph",
        "brødtekst",
    ),
    ("Tak til lederne, som har fulgt fint op på alle sygemeldte medarbejdere.", "paragraph", "brødtekst"),
    ("Mødet sluttede kl. 16.", "paragraph", "formalia"),
)
RAW = "\n".join(text for text, _, _ in TEXTS)


BLANK = {"string": "", "int64": 0, "double": 0.0, "bool": False}


def filled(name, rows):
    """Give every column that must not be empty a blank value, so that the rows hold only what the test is about."""
    blank = {c.name: BLANK.get(str(c.type), []) for c in tables.table(name).columns if not c.nullable}
    return [{**blank, **row} for row in rows]


def paragraphs():
    rows, start = [], 0
    for position, (text, form, role) in enumerate(TEXTS):
        rows.append(
            {
                "paragraph_id": f"{DOCUMENT}-{start:07d}",
                "document_id": DOCUMENT,
                "voice": "own",
                "position": position,
                "form": form,
                "role": role,
                "heading_path": [TEXTS[0][0]] if position else [],
                "text": text,
                "raw_start": start,
                "raw_end": start + len(text),
            }
        )
        start += len(text) + 1
    return filled("paragraphs", rows)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = tmp_path_factory.mktemp("run")
    space = Workspace.at(root, root)
    rows = paragraphs()
    ids = [row["paragraph_id"] for row in rows]
    vectors = Embedder(space.settings(Embed), space.memo).embed([row["text"] for row in rows])
    sentences = [
        {"sentence_id": f"{i}-00000", "paragraph_id": i, "start": 0, "end": len(row["text"]), "text": row["text"]}
        for i, row in zip(ids, rows, strict=True)
    ]
    written = {
        "documents": [{"document_id": DOCUMENT, "language": "da", "kind": "referat", "status": "ok"}],
        "pages": [{"document_id": DOCUMENT, "page": 1, "raw_text": RAW}],
        "edits": [],
        "quality": [],
        "paragraphs": rows,
        "tokens": [{"paragraph_id": i, "words": row["text"].split()} for i, row in zip(ids, rows, strict=True)],
        "sentences": sentences,
        "embeddings": [{"paragraph_id": i, "vector": v} for i, v in zip(ids, vectors, strict=True)],
        "sentence_embeddings": [{"sentence_id": f"{i}-00000", "vector": v} for i, v in zip(ids, vectors, strict=True)],
    }
    for name, table in written.items():
        space.write(name, filled(name, table))
    return space


def run(workspace):
    for stage in ("cluster", "sentiment"):
        stages.run(stage, workspace)
    names = ("themes", "assignments", "theme_events", "sentence_tones", "tones")
    return {name: (workspace.tables / f"{name}.parquet").read_bytes() for name in names}


@pytest.mark.slow
def test_themes_and_tones_of_a_small_document(workspace):
    first = run(workspace)
    assert run(workspace) == first, "the same input gives the same bytes"
    ids = [row["paragraph_id"] for row in paragraphs()]
    main = {row["paragraph_id"]: row["theme_id"] for row in workspace.rows("assignments") if row["rank"] == 1}
    assert main == {ids[2]: "sick_leave", ids[3]: "sick_leave"}, "headings, procedure and formalia have no theme"
    tones = {(row["paragraph_id"], row["theme_id"]): row for row in workspace.rows("tones")}
    worried = tones[ids[2], "sick_leave"]
    assert (worried["tone"], worried["holder"]) == ("negative", "medarbejdersiden")
    assert RAW[worried["evidence_start"] : worried["evidence_end"]] == worried["evidence"]
    assert tones[ids[3], "sick_leave"]["tone"] == "positive"


@pytest.mark.slow
def test_evaluate_without_gold_says_so_and_counts(workspace):
    run(workspace)
    assert "no gold" in stages.run("evaluate", workspace)
    counts = json.loads((workspace.reports / "metrics" / "corpus.json").read_text(encoding="utf-8"))
    assert counts["paragraphs"] == len(TEXTS)


@pytest.mark.slow
def test_a_line_gets_one_tone_and_a_blank_one_is_neutral(workspace):
    lines = ["Vi er dybt bekymrede for de mange fejl.\n", "\n", "Forældrene er meget glade for personalet.\n"]
    found = list(score_lines(lines, workspace))
    assert [row["tone"] for row in found] == ["negative", "neutral", "positive"]
    assert found[1] == {"text": "", "tone": "neutral", "score": 0.0}
    assert found[0]["text"] == lines[0].strip()
