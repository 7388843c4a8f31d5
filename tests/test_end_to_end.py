"""The whole pipeline on a handful of documents: under DVC, from the wheel, twice over.

Covers what no unit test can: that the stages fit together, that DVC reruns just what changed, that the wheel carries
all it needs, and that neither memo nor number of workers changes a byte.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import tables

ROOT = Path(__file__).parents[1]
OFFLINE = {"HF_HUB_OFFLINE": "1", "DVC_NO_ANALYTICS": "1", "PYTHONDONTWRITEBYTECODE": ""}
MINUTES = """Ballerup Kommune
HovedMED

Referat af møde den 11. maj 2023

Punkt 1: Sygefravær

Sagsfremstilling

Sygefraværet i dagtilbuddene er steget fra 5,1 til 6,3 procent, og medarbejdersiden udtrykte bekymring.

Beslutning

- HovedMED bakker op om indsatsen for nærvær.
- Lederne følger op på fraværssamtalerne.
"""
LETTER = """Aarhus Kommune
Børn og Unge

Dato: 3. marts 2022

Kære forældre

Vi har svært ved at rekruttere pædagoger, og tre stillinger står fortsat ubesatte.

Med venlig hilsen
Aarhus Kommune
"""


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **OFFLINE, **environment}
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=settings, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


def fill(corpus: Path) -> Path:
    corpus.mkdir(parents=True)
    (corpus / "referat.txt").write_text(MINUTES, encoding="utf-8")
    (corpus / "brev.txt").write_text(LETTER, encoding="latin-1")
    (corpus / "tom.pdf").write_bytes(b"")
    return corpus


def fingerprint(*folders: Path) -> dict[str, str]:
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout with a tiny corpus, in a git repository of its own."""
    place = tmp_path_factory.mktemp("checkout")
    for folder in ("pipeline", "configs", "models"):
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dvc.yaml", "constraints.txt", ".dvcignore", ".gitignore"):
        shutil.copy(ROOT / name, place / name)
    (place / ".dvc").mkdir()
    shutil.copy(ROOT / ".dvc" / "config", place / ".dvc" / "config")
    fill(place / "corpora" / "sample")
    for folder in ("gold", "snapshots"):
        shutil.copytree(ROOT / "corpora" / folder, place / "corpora" / folder)
    (place / "corpora" / "tesseract.txt").write_text("tesseract absent\n", encoding="utf-8")
    run("git", "init", "--quiet", ".", cwd=place)
    return place


def repro(place: Path) -> set[str]:
    """Run `dvc repro`; return the stages that ran."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    output = run(sys.executable, "-m", "dvc", "repro", cwd=place, PATH=path).stdout
    return {line.split("'")[1] for line in output.splitlines() if line.startswith("Running stage")}


@pytest.mark.slow
def test_dvc_runs_what_changed_and_nothing_else(checkout):
    assert len(repro(checkout)) == 10
    documents = tables.read_rows(checkout / "corpora" / "tables", "documents")
    found = {row["path"]: (row["status"], row["municipality"], str(row["date"])) for row in documents}
    assert found["referat.txt"] == ("ok", "Ballerup", "2023-05-11")
    assert found["brev.txt"] == ("ok", "Aarhus", "2022-03-03")
    assert found["tom.pdf"][0] == "quarantined"
    assert (checkout / "reports" / "site" / "index.html").stat().st_size > 10_000

    assert repro(checkout) == set()
    (checkout / "pipeline" / "compare" / "__pycache__").mkdir(exist_ok=True)
    (checkout / "pipeline" / "compare" / "__pycache__" / "left.pyc").write_bytes(b"")
    assert repro(checkout) == set()

    settings = checkout / "configs" / "report.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("quotes: 3", "quotes: 1"), encoding="utf-8")
    assert repro(checkout) == {"report"}


@pytest.mark.slow
def test_the_wheel_alone_runs_anywhere_and_twice_the_same(tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist", cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    corpus = fill(tmp_path / "documents")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    results = []
    for workers in ("1", "2"):
        workspace = tmp_path / f"workspace{workers}"
        command = (sys.executable, "-m", "pipeline.cli", "run", "--corpus", corpus, "--workspace", workspace)
        done = run(*command, cwd=elsewhere, PYTHONPATH=str(tmp_path / "installed"), TEMASPEJL_WORKERS=workers)
        assert Path(done.stdout.strip()).is_file()
        results.append(fingerprint(workspace / "tables", workspace / "reports"))
    assert results[0] == results[1]
    command = (sys.executable, "-m", "pipeline.cli", "run", "--corpus", corpus, "--workspace", workspace)
    run(*command, cwd=elsewhere, PYTHONPATH=str(tmp_path / "installed"))  # again, with a warm memo
    assert fingerprint(workspace / "tables", workspace / "reports") == results[0]
