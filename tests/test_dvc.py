"""dvc.yaml names everything that a stage's result depends on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from pipeline import tables
from pipeline.settings import MODELS
from pipeline.stages import STAGES

ROOT = Path(__file__).parents[1]
PIPELINE = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
COMMAND_LINE = {
    "cli", "cli_explain", "cli_runs", "cli_themes", "codebook_sheet", "curation", "doctor", "explain", "inspect_folder",
    "metadata_sheet",
}  # fmt: skip


def imported(source: Path) -> set[str]:
    """Return the modules of `pipeline` that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name.removeprefix("pipeline.") for name in names if name.startswith("pipeline.")}


def sources(stage: str) -> tuple[set[str], list[Path]]:
    """Return the root modules that a stage needs, and every file that it runs."""
    seen: set[str] = set()
    files = sorted((ROOT / "pipeline" / stage).rglob("*.py"))
    waiting = list(files)
    while waiting:
        for name in imported(waiting.pop()):
            module = ROOT / "pipeline" / f"{name}.py"
            if "." not in name and module.exists() and name not in seen:
                seen.add(name)
                files.append(module)
                waiting.append(module)
    return seen, files


@pytest.mark.parametrize("stage", STAGES)
def test_every_module_that_a_stage_imports_is_among_its_deps(stage):
    needed = {f"pipeline/{name}.py" for name in sources(stage)[0]} | {f"pipeline/{stage}"}
    assert needed <= set(PIPELINE[stage]["deps"])


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_no_dep_on_code_that_it_does_not_import(stage):
    named = {dep for dep in PIPELINE[stage]["deps"] if re.fullmatch(r"pipeline/[a-z]\w*\.py", dep)}
    assert named == {f"pipeline/{name}.py" for name in sources(stage)[0]}


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another_stage_or_the_command_line(stage):
    others = (set(STAGES) - {stage}) | COMMAND_LINE
    for source in sources(stage)[1]:
        assert not {name.split(".")[0] for name in imported(source)} & others, source


@pytest.mark.parametrize("stage", STAGES)
def test_every_table_that_a_stage_reads_is_among_its_deps(stage):
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline" / stage).rglob("*.py"))
    read = {name for name in tables.names() if re.search(rf"(?:read|rows)\(\s*(?:\S+, )?\"{name}\"", text)}
    own = set(tables.names(stage))
    named = {Path(dep).stem for dep in PIPELINE[stage]["deps"] if dep.startswith("corpora/tables/")}
    assert read - own <= named


@pytest.mark.parametrize("stage", STAGES)
def test_the_settings_that_a_stage_reads_are_its_params_or_deps(stage):
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline" / stage).rglob("*.py"))
    read = {
        f"configs/{model.file}"
        for model in MODELS
        if re.search(rf"(?:settings\(|load\(){model.__name__}\b", text) and model.__name__ != "Theme"
    }
    params = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in PIPELINE[stage].get("params", [])}
    assert read <= params | set(PIPELINE[stage]["deps"])


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_says_what_it_does_and_owns_its_tables(stage):
    assert PIPELINE[stage]["desc"]
    assert {Path(out).stem for out in PIPELINE[stage].get("outs", []) if str(out).endswith(".parquet")} == set(
        tables.names(stage)
    )


def test_nothing_that_python_leaves_behind_reruns_a_stage():
    assert "__pycache__/" in (ROOT / ".dvcignore").read_text(encoding="utf-8").split()
    assert "analytics = false" in (ROOT / ".dvc" / "config").read_text(encoding="utf-8")
