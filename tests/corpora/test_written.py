"""The text written to train on can be read, names only themes that exist, and holds nothing that is measured on."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.settings import Codebook, load

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "corpora" / "written"
ALIKE = 12  # words in a row


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


reader = script(ROOT / "models" / "e5-small-da" / "written.py")


def test_every_line_is_read_and_the_readme_counts_them() -> None:
    paragraphs, subjects, sentences = (read(WRITTEN) for read in (reader.paragraphs, reader.subjects, reader.sentences))
    themes = {theme.id for theme in load(Codebook).themes}
    assert {name for one in paragraphs for name in one.themes} == themes
    assert all(one.passages for one in subjects)
    readme = (WRITTEN / "README.md").read_text(encoding="utf-8")
    for count in (len(paragraphs), len(subjects), sum(len(one.passages) for one in subjects), len(sentences)):
        assert f"{count:,}" in readme


@pytest.mark.parametrize(("folder", "line"), [("themes", "school paragraph"), ("subjects", "-x"), ("tone", "sad | x")])
def test_a_line_without_its_label_is_named(tmp_path: Path, folder: str, line: str) -> None:
    (tmp_path / folder).mkdir()
    first = "=== one\nTitle\n- | fine\n" if folder == "themes" else ""
    (tmp_path / folder / "a.txt").write_text(first + line + "\n", encoding="utf-8")
    read = {"themes": reader.paragraphs, "subjects": reader.subjects, "tone": reader.sentences}[folder]
    with pytest.raises(ValueError, match=rf"a\.txt:{4 if first else 1}"):
        read(tmp_path)


def test_no_passage_of_a_measured_document_is_trained_on() -> None:
    trained = {run for file in WRITTEN.glob("*/*.txt") for run in runs(file)}
    measured = [*ROOT.glob("corpora/sources/*/*.md"), *ROOT.glob("corpora/towns/*/*.txt")]
    measured += [ROOT / "corpora/gold" / f"{name}.csv" for name in ("sentences", "blind_sentences", "challenge")]
    assert len(measured) > 90
    assert not [" ".join(run) for file in measured for run in runs(file) if run in trained]


def runs(file: Path) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", file.read_text(encoding="utf-8").lower())
    return {tuple(words[start : start + ALIKE]) for start in range(len(words) - ALIKE + 1)}
