from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.extract import corpus
from pipeline.extract.__main__ import run
from pipeline.extract.documents import quarantined_share
from pipeline.workspace import Workspace
from tests.extract.test_pdf import NO_PAGES

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "corpus"
    target.mkdir()
    return target


def extract(folder, root):
    workspace = Workspace.at(root, folder)
    run(workspace)
    return workspace


def by_path(workspace):
    return {row["path"]: row for row in workspace.rows("documents")}


def test_every_bad_file_has_a_row_with_its_reason_and_the_rest_is_read(folder, tmp_path, monkeypatch):
    for name in ("locked.pdf", "truncated.pdf", "notes.md", "latin1.txt"):
        shutil.copy(DATA / name, folder)
    (folder / "empty.txt").touch()
    (folder / "nopages.pdf").write_bytes(NO_PAGES)
    with zipfile.ZipFile(folder / "archive.docx", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "old.rtf").write_bytes(rb"{\rtf1 hej}")
    (folder / "large.txt").write_bytes(b"ord " * 300_000)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "secret.txt").write_text("hemmeligt")
    configs = tmp_path / "configs"
    configs.mkdir()
    (configs / "extract.yaml").write_text("max_bytes: 1000000\n")
    genuine = corpus.file_id

    def refusing(location):
        if location.name == "secret.txt":
            raise PermissionError(13, "Permission denied")
        return genuine(location)

    monkeypatch.setattr(corpus, "file_id", refusing)
    workspace = Workspace.at(tmp_path / "work", folder, configs)
    run(workspace)
    rows = by_path(workspace)
    reasons = {
        "locked.pdf": "adgangskode", "truncated.pdf": "afkortet", "empty.txt": "tom", "nopages.pdf": "ingen sider",
        "archive.docx": "ZIP-arkiv", "binary.txt": "binære", "old.rtf": "RTF", "large.txt": "max_bytes",
        "gone.txt": "kan ikke læses", "loop": "genvej", "secret.txt": "Permission denied",
    }  # fmt: skip
    for name, reason in reasons.items():
        assert rows[name]["status"] == "quarantined", name
        assert reason in rows[name]["reason"], name
    assert {name for name, row in rows.items() if row["status"] == "ok"} == {"notes.md", "latin1.txt"}
    assert {row["document_id"] for row in workspace.rows("pages")} == {
        rows[name]["document_id"] for name in ("notes.md", "latin1.txt")
    }
    assert rows["secret.txt"]["document_id"] == hashlib.sha256(b"secret.txt").hexdigest()[:16]
    assert rows["large.txt"]["document_id"] == hashlib.sha256(b"ord " * 300_000).hexdigest()[:16]
    assert quarantined_share(rows.values()) == pytest.approx(11 / 13)


def test_identical_copies_are_one_document_and_hidden_files_none(folder, tmp_path):
    (folder / "b").mkdir()
    (folder / ".git").mkdir()
    for name in ("b/copy.txt", "a.txt", ".hidden.txt", ".git/x.txt", "~$a.docx", "Thumbs.db"):
        (folder / name).write_text("Den samme tekst om børn og unge.")
    (row,) = extract(folder, tmp_path / "work").rows("documents")
    assert (row["path"], row["paths"]) == ("a.txt", ["a.txt", "b/copy.txt"])


def test_a_line_that_no_document_has_costs_its_file(folder, tmp_path):
    (folder / "data.txt").write_text("ord " * 300_000)
    (row,) = extract(folder, tmp_path / "work").rows("documents")
    assert row["status"] == "quarantined"
    assert "1,2 mio. tegn" in row["reason"]


def test_raw_text_of_a_text_file_is_its_decoded_content(folder, tmp_path):
    shutil.copy(DATA / "crlf_bom.txt", folder)
    (page,) = extract(folder, tmp_path / "work").rows("pages")
    assert page["raw_text"] == (DATA / "crlf_bom.txt").read_bytes().decode("utf-8-sig")
    assert "\r\n" in page["raw_text"]


def test_workers_and_memo_change_no_byte(folder, tmp_path, monkeypatch):
    for name in ("digital.pdf", "two_columns.pdf", "word.docx", "page.html", "utf16.txt", "locked.pdf"):
        shutil.copy(DATA / name, folder)
    written = []
    for root, workers in (("one", "1"), ("two", "2"), ("two", "1")):
        monkeypatch.setenv("TEMASPEJL_WORKERS", workers)
        workspace = extract(folder, tmp_path / root)
        written.append([(workspace.tables / f"{name}.parquet").read_bytes() for name in ("documents", "pages")])
    assert written[0] == written[1] == written[2]


def test_a_missing_or_empty_folder_says_so(folder, tmp_path):
    with pytest.raises(ConfigurationError, match="holds no documents"):
        extract(folder, tmp_path / "work")
    with pytest.raises(ConfigurationError, match="does not exist"):
        extract(tmp_path / "nowhere", tmp_path / "work")
