"""The `temaspejl` command as a person meets it."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest


def temaspejl(*arguments: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", input=text, check=False)


def test_help_answers_at_once_and_shows_examples():
    started = time.perf_counter()
    result = temaspejl("--help")
    assert result.returncode == 0
    assert "temaspejl run --corpus" in result.stdout.replace("\n  ", " ")
    assert time.perf_counter() - started < 2.0  # 0.1 s alone on a core; the tests share theirs


def test_wrong_usage_exits_with_2(tmp_path):
    assert temaspejl("run").returncode == 2
    assert temaspejl("run", "--corpus", tmp_path / "absent", "--workspace", tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [("clean.yaml", "repiar: 1", "repiar"), ("notes.yaml", "", "no stage reads this file")],
)
def test_a_wrong_configuration_exits_with_2_before_anything_runs(tmp_path, name, content, expected):
    corpus, configs = tmp_path / "corpus", tmp_path / "configs"
    corpus.mkdir()
    configs.mkdir()
    (configs / name).write_text(content, encoding="utf-8")
    result = temaspejl("run", "--corpus", corpus, "--workspace", tmp_path / "w", "--configs", configs)
    assert result.returncode == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "w").exists()


def test_clean_repairs_standard_input_and_lists_its_edits(tmp_path):
    text = (
        "God ledelse udgves pa alle niveauer, og det ggr\nvi fordi det virker for med-\narbejderne og borgerne.\n" * 3
    )
    result = temaspejl("clean", "--edits", tmp_path / "edits.jsonl", text=text)
    assert result.returncode == 0
    assert "udøves på alle niveauer" in result.stdout
    assert "gør vi" in result.stdout
    assert "medarbejderne" in result.stdout
    edits = [json.loads(line) for line in (tmp_path / "edits.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"start", "end", "before", "after", "rule", "confidence"} <= edits[0].keys()


def test_sentiment_gives_one_json_line_for_each_line():
    result = temaspejl(
        "sentiment", text="Sygefraværet er desværre steget, og vi er bekymrede.\n\nTak for et flot arbejde.\n"
    )
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["tone"] for row in rows] == ["negative", "neutral", "positive"]
    assert rows[1] == {"text": "", "tone": "neutral", "score": 0}


def test_doctor_says_what_is_there():
    result = temaspejl("doctor")
    assert result.returncode == 0
    assert "Tesseract" in result.stdout
