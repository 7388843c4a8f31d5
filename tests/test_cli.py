"""The `temaspejl` command as a person meets it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from filelock import FileLock

from pipeline import tables

COMMAND = (sys.executable, "-m", "pipeline.cli")


def temaspejl(*arguments: object, text: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    given = text.encode() if isinstance(text, str) else text
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, input=given, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


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
    [
        ("clean.yaml", "repiar: 1", "repiar"),
        ("notes.yaml", "", "no stage reads this file"),
        ("extract.yaml", "max_bytes: mange", "found 'mange'"),
        ("extract.yaml", "max_bytes: [1", "cannot be read as YAML"),
        ("themes.yaml", "themes: [{id: p, da: P, en: P, definiton: x}]", "known keys: id, da, en, definition"),
        ("embed.yaml", "model: models/nowhere", "is no folder"),
        ("sentiment.yaml", "head: models/nowhere", "cannot be used"),
    ],
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


@pytest.mark.parametrize("command", ["run", "clean", "sentiment", "inspect", "doctor", "metadata export"])
def test_every_command_shows_an_example(command):
    assert "Example:" in temaspejl(*command.split(), "--help").stdout


def test_clean_reads_any_encoding_and_refuses_what_is_no_text():
    assert temaspejl("clean", text="Børn og unge".encode("latin-1")).stdout == "Børn og unge"
    assert temaspejl("clean", text=b"").stdout == ""
    refused = temaspejl("clean", text=bytes(range(256)))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no text" in refused.stderr


def test_clean_never_overwrites_a_document_with_its_edits(tmp_path):
    document = tmp_path / "scan.txt"
    document.write_text("Det ggr vi.", encoding="utf-8")
    result = temaspejl("clean", "--edits", document, text="")
    assert result.returncode != 0
    assert "name the text first" in " ".join(result.stderr.split())
    assert document.read_text(encoding="utf-8") == "Det ggr vi."


def test_clean_writes_no_text_where_the_edits_cannot_be_written(tmp_path):
    result = temaspejl("clean", "--edits", tmp_path, text="ggr")
    assert (result.returncode, result.stdout) == (2, "")
    assert "--edits" in result.stderr


def test_sentiment_counts_lines_as_files_do():
    text = "Tak for et flot arbejde.\r\nside\x0cskift\nVi er glade for børnene"
    rows = [json.loads(line) for line in temaspejl("sentiment", text=text.encode("latin-1")).stdout.splitlines()]
    assert [row["text"] for row in rows] == ["Tak for et flot arbejde.", "side\x0cskift", "Vi er glade for børnene"]
    assert temaspejl("sentiment", text=b"").stdout == ""


def test_a_traceback_is_shown_on_request_alone(tmp_path):
    command = ("inspect", tmp_path)
    assert "Traceback" not in temaspejl(*command).stderr
    for asked in (("--debug", *command), (*command, "--debug")):
        assert "Traceback" in temaspejl(*asked).stderr


def test_a_second_run_in_the_same_workspace_exits_with_4(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Hej", encoding="utf-8")
    with FileLock(tmp_path / ".lock"):
        result = temaspejl("run", "--corpus", tmp_path / "corpus", "--workspace", tmp_path)
    assert result.returncode == 4
    assert "another run" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_is_one_line():
    with subprocess.Popen([*COMMAND, "clean"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(2)  # until it reads its input
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert errors.decode().strip() == "temaspejl: interrupted"


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    source = tmp_path / "long.txt"
    source.write_text("En linje om skolen.\n\n" * 20_000, encoding="utf-8")
    with subprocess.Popen([*COMMAND, "clean", source], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


PARKING = """themes:
  - id: parking
    da: Parkering
    en: Parking
    definition: Parkeringspladser, parkeringsafgifter og biler, der holder ulovligt.
"""


@pytest.fixture(scope="module")
def among_documents(tmp_path_factory):
    """A run on one line of text and two bad files, with a theme of one's own and the workspace among the documents."""
    corpus, configs = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("configs")
    (corpus / "brev æøå.txt").write_text(
        "Ballerup Kommune. Der er for få parkeringspladser, og bilerne holder ulovligt.", encoding="utf-8"
    )
    (corpus / "tom.pdf").touch()
    (corpus / "arkiv.docx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    (configs / "themes.yaml").write_text(PARKING, encoding="utf-8")
    (configs / "extract.yaml").write_text("quarantine_threshold: 0.1\n", encoding="utf-8")
    (configs / ".git").mkdir()
    command = ("run", "--corpus", corpus, "--workspace", f"{corpus / 'result'}/", "--configs", configs)
    return corpus / "result", [temaspejl(*command) for _ in range(2)]


def test_too_many_bad_files_exit_with_3_after_the_report_is_written(among_documents):
    workspace, (first, _) = among_documents
    assert first.returncode == 3, first.stderr
    assert first.stdout.strip() == str(workspace / "reports" / "site" / "index.html")
    assert "quarantine_threshold" in first.stderr
    assert (workspace / "reports" / "site" / "index.html").exists()
    assert json.loads((workspace / "registry.json").read_text(encoding="utf-8"))["themes"] == []


def test_a_theme_of_ones_own_works_from_its_description(among_documents):
    workspace, _ = among_documents
    assert [row["theme_id"] for row in tables.read_rows(workspace / "tables", "assignments")] == ["parking"]
    assert tables.read_rows(workspace / "tables", "comparisons")  # a short text counts


def test_a_run_does_not_read_what_an_earlier_one_wrote(among_documents):
    workspace, (first, second) = among_documents
    assert len(tables.read_rows(workspace / "tables", "documents")) == 3
    assert second.returncode == first.returncode


def test_a_run_without_any_readable_document_still_reports(tmp_path, among_documents):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "tom.pdf").touch()
    configs = tmp_path / "configs"
    configs.mkdir()
    (configs / "themes.yaml").write_text(PARKING, encoding="utf-8")
    workspace, _ = among_documents  # its memo knows the theme's vectors
    result = temaspejl("run", "--corpus", corpus, "--workspace", workspace, "--configs", configs)
    assert result.returncode == 0, result.stderr
    assert "tom.pdf" in (workspace / "reports" / "site" / "index.html").read_text(encoding="utf-8")
