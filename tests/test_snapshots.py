"""Earlier runs: kept by name, by `temaspejl run` itself, and from a git revision through DVC."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import snapshots, tables
from pipeline.errors import ConfigurationError
from pipeline.workspace import Workspace
from tests.compare.runs import run


def names(space: Workspace, configured: str | None = None) -> str | None:
    found = snapshots.find(space, configured)
    return found.name if found else None


def test_a_snapshot_holds_no_text_and_can_be_compared_with(tmp_path):
    space = run(tmp_path, {"a": ["budget", "-"]})
    folder = snapshots.save(space.read, space.snapshots, "spring-2025")
    assert names(space, "spring-2025") == "spring-2025"
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    rows = tables.read_rows(folder, "paragraphs")
    assert {(row["text"], row["author"]) for row in rows} == {("", "")}
    assert b"Hemmeligt" not in stored
    assert b"Kirsten" not in stored
    assert snapshots.reader(folder)("assignments").height == 1


def test_a_folder_of_tables_and_a_whole_workspace_will_do_too(tmp_path):
    space, earlier = run(tmp_path / "now", {"a": ["-"]}), run(tmp_path / "then", {"a": ["-"]})
    assert snapshots.find(space, str(earlier.tables)) == earlier.tables
    assert snapshots.find(space, str(tmp_path / "then")) == earlier.tables
    assert snapshots.find(replace(space, previous=str(earlier.tables)), "spring") == earlier.tables, (
        "the command decides"
    )


def test_a_wrong_name_is_an_error_that_names_the_snapshots_there_are(tmp_path):
    space = run(tmp_path, {"a": ["-"]})
    snapshots.save(space.read, space.snapshots, "spring")
    with pytest.raises(ConfigurationError, match=r"autumn .*spring"):
        snapshots.find(space, "autumn")
    with pytest.raises(ConfigurationError, match="no name"):
        snapshots.save(space.read, space.snapshots, "../elsewhere")


def test_a_run_is_compared_with_the_last_one_of_other_documents_however_often_it_is_repeated(tmp_path):
    space = run(tmp_path, {"a": ["-"]})
    assert snapshots.find(space, None) is None, "the first run"
    snapshots.keep_latest(space)
    assert snapshots.find(space, None) is None, "the first run, repeated"
    snapshots.keep_latest(space)

    run(tmp_path, {"a": ["-"], "b": ["-"]})
    for _ in range(3):
        found = snapshots.find(space, None)
        assert found is not None
        assert snapshots.reader(found)("documents")["document_id"].to_list() == ["a"]
        snapshots.keep_latest(space)


def test_what_another_version_kept_by_itself_is_passed_over(tmp_path):
    space = run(tmp_path, {"a": ["-"]})
    snapshots.keep_latest(space)
    tables.path(space.snapshots / snapshots.LATEST, "themes").unlink()
    run(tmp_path, {"b": ["-"]})
    assert snapshots.find(space, None) is None
    snapshots.keep_latest(space)
    with pytest.raises(ConfigurationError, match="another version"):
        snapshots.reader(tmp_path)("themes")


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "snapshot", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose tables DVC keeps, with one revision; its working tables are of a later run."""
    pytest.importorskip("dvc")
    root = tmp_path / "checkout"
    (root / "corpora").mkdir(parents=True)
    earlier = run(tmp_path / "earlier", {"a": ["budget"]})
    shutil.copytree(earlier.tables, root / "corpora" / "tables")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for line in (
        ["git", "init", "-q"], [sys.executable, "-m", "dvc", "init", "-q"],
        [sys.executable, "-m", "dvc", "add", "-q", *(f"corpora/tables/{name}.parquet" for name in snapshots.TABLES)],
        ["git", "add", "-A"], [*git, "commit", "-q", "-m", "run"],
    ):  # fmt: skip
        subprocess.run(line, cwd=root, check=True, capture_output=True)
    later = run(tmp_path / "later", {"a": ["budget"], "b": ["budget"]})
    for name in snapshots.TABLES:
        tables.path(root / "corpora" / "tables", name).unlink()
        shutil.copy(tables.path(later.tables, name), root / "corpora" / "tables")
    return root


def test_a_revision_gives_the_run_that_it_records(checkout):
    result = command(checkout, "before", "--rev", "HEAD")
    assert result.returncode == 0, result.stderr
    kept = snapshots.reader(checkout / "corpora" / "snapshots" / "before")
    assert kept("documents")["document_id"].to_list() == ["a"]


def test_a_revision_that_is_none_or_whose_tables_are_lost_says_so(checkout):
    result = command(checkout, "before", "--rev", "nowhere")
    assert (result.returncode, "--rev nowhere" in result.stderr) == (2, True), result.stderr
    shutil.rmtree(checkout / ".dvc" / "cache")
    result = command(checkout, "before", "--rev", "HEAD")
    assert (result.returncode, "cache" in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr
    assert not (checkout / "corpora" / "snapshots" / "before").exists()


def test_the_command_keeps_a_run_but_not_under_a_name_that_runs_use_themselves(tmp_path):
    run(tmp_path / "w", {"a": ["budget"]})
    result = command(tmp_path, "spring", "--workspace", str(tmp_path / "w"))
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "w" / "snapshots" / "spring" / "themes.parquet").exists()
    assert command(tmp_path, "latest", "--workspace", str(tmp_path / "w")).returncode == 2
