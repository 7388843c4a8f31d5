"""`temaspejl explain`: the way of one paragraph from its file to the figures it counts in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import population
from pipeline.cli import app
from pipeline.errors import ConfigurationError
from pipeline.explain import relevance, trace, wording
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[1]
TEXT = (
    "# Referat af møde i LokalMED i Aarhus Kommune den 6. april 2021\n\n"
    "## 1. Sygefravær\n\n"
    "Sygefraværet er steget til 6,4 procent, og det bekymrer medarbejder-\nsiden i udvalget.\n\n"
    "- Sygedagpenge og opfølgning på langtidssyge medarbejdere drøftes på næste møde.\n\n"
    "Til stede: A og B\n"
)
STAGES = ("extract", "clean", "segment", "lemmatize", "embed", "cluster", "sentiment", "compare")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    """A real run over one small document."""
    from pipeline import stages

    root = tmp_path_factory.mktemp("explain")
    corpus = root / "corpus"
    corpus.mkdir()
    (corpus / "referat.md").write_text(TEXT, encoding="utf-8")
    space = Workspace.at(root / "result", corpus)
    for stage in STAGES:
        stages.run(stage, space)
    return space


@pytest.fixture(scope="module")
def paragraphs(workspace) -> list[dict]:
    return workspace.rows("paragraphs")


@pytest.fixture(scope="module")
def told(workspace, paragraphs) -> dict:
    chosen = next(row for row in paragraphs if row["text"].startswith("Sygefraværet er steget"))
    return trace.trace(workspace, chosen["paragraph_id"])


def test_the_way_leads_from_the_file_to_the_text(told):
    assert told["document"]["paths"] == ["referat.md"]
    assert told["document"]["municipality"] == "Aarhus"
    raw = told["raw"]
    assert raw["text"] == TEXT[raw["start"] : raw["end"]]
    assert "medarbejder-\n" in raw["text"]
    assert "medarbejdersiden" in told["text"]
    joined = next(edit for edit in told["edits"] if "-" in edit["before"])
    assert joined["applied"]
    assert 0 < joined["confidence"] <= 1


def test_the_evidence_adds_up_to_the_score_of_the_run(told):
    given = told["themes"]["given"]
    assert [theme["theme_id"] for theme in given][:1] == ["sick_leave"]
    for theme in given:
        evidence = theme["evidence"]
        assert evidence["score"] == pytest.approx(theme["score"], abs=1e-6)
        parts = [part for places in evidence["parts"].values() for part in places.values()]
        assert sum(parts) == pytest.approx(evidence["relevance"], abs=1e-6)
    assert "sygefravær" in given[0]["evidence"]["stems"]


def test_computing_one_document_gives_what_the_stage_gave(workspace):
    for row in workspace.rows("assignments"):
        weighing = relevance.weigh(workspace, row["paragraph_id"].split("-")[0], row["paragraph_id"])
        scores = {theme.theme_id: theme.score for theme in weighing.themes}
        assert scores[row["theme_id"]] == pytest.approx(row["score"], abs=1e-6)


def test_the_cells_that_count_it_are_named(told, workspace):
    cells = {cell["period"]: cell for cell in told["counted"]["cells"] if cell["theme_id"] == "sick_leave"}
    assert {population.ALL_PERIODS, "2021"} <= set(cells)
    assert cells["2021"]["theme_paragraphs"] >= 1
    text = "\n".join(wording.lines(told))
    assert "sick_leave x Aarhus x 2021: one of" in text
    assert "stems found in it: " in text
    assert "decided by »Sygefraværet er steget" in text


def test_why_a_paragraph_is_not_counted_is_said(workspace, paragraphs):
    heading = next(row for row in paragraphs if row["form"] == "heading")
    found = trace.trace(workspace, heading["paragraph_id"])
    assert found["counted"] == {"obstacle": "heading", "cells": []}
    text = "\n".join(wording.lines(found))
    assert "counted in none: it is a heading" in text
    assert "may have none" in text


def test_every_obstacle_has_words():
    known = {*population.DOCUMENT_OBSTACLES, *population.PARAGRAPH_OBSTACLES, "shared"}
    assert known == set(wording.OBSTACLES)


def test_an_unknown_paragraph_gets_the_nearest_ids(workspace, paragraphs):
    real = paragraphs[-1]["paragraph_id"]
    document, _, start = real.rpartition("-")
    with pytest.raises(ConfigurationError, match=real):
        trace.trace(workspace, f"{document}-{int(start) + 2:07d}")
    with pytest.raises(ConfigurationError, match=real.split("-")[0]):
        trace.trace(workspace, "nothing like it")


def test_what_moves_the_cursor_is_shown_as_its_code(told):
    hostile = told | {"text": "before\x1b[2J\u202eafter"}
    line = next(line for line in wording.lines(hostile) if "before" in line)
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_the_command_prints_text_and_json(workspace, told):
    folder = str(workspace.tables.parent)
    result = CliRunner().invoke(app, ["explain", told["paragraph_id"], "--workspace", folder, "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["themes"] == json.loads(json.dumps(told["themes"]))
    text = CliRunner().invoke(app, ["explain", told["paragraph_id"], "--workspace", folder]).stdout
    assert text.startswith(f"Paragraph {told['paragraph_id']}\n")


def test_the_command_names_what_is_wrong(workspace):
    command = [sys.executable, "-m", "pipeline.cli", "explain", "0-0", "--workspace", str(workspace.tables.parent)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, encoding="utf-8")
    assert result.returncode == 2
    assert result.stderr.startswith("temaspejl: the run has no paragraph '0-0': the nearest are ")
