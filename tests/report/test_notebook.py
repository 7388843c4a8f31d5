"""The notebook for researchers runs on a report's tables and finds the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.compare.__main__ import run as run_compare
from pipeline.report import build, exports
from tests.report.conftest import Corpus, fill, theme_rows, workspace_at

nbclient = pytest.importorskip("nbclient", reason="the extra `notebook` is not installed")
nbformat = pytest.importorskip("nbformat", reason="the extra `notebook` is not installed")
pytest.importorskip("ipykernel", reason="the extra `notebook` is not installed")
pytest.importorskip("duckdb", reason="the extra `notebook` is not installed")

NOTEBOOK = Path(__file__).parents[2] / "reports" / "tabeller.ipynb"


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_is_kept_without_outputs(notebook):
    """Every run has other figures; the notebook shows those of the run beside it."""
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not any(cell.outputs or cell.execution_count for cell in code)


def test_it_recomputes_the_shares_and_intervals_of_the_tables(notebook, tmp_path, monkeypatch):
    workspace = workspace_at(tmp_path)
    corpus = Corpus()
    fill(corpus)
    corpus.write(workspace, theme_rows("sick_leave", "recruitment", "retention", "budget", "school"))
    workspace.write("sentence_embeddings", [])
    run_compare(workspace)  # its own intervals, not the fixture's round ones
    exports.write(tmp_path / "site", build.report(workspace, workspace), workspace)
    monkeypatch.setenv("TEMASPEJL_TABLES", str(tmp_path / "site" / "tables"))
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "stream"]
    shown = " ".join(str(output.get("data", {}).get("text/plain", "")) for output in outputs)
    assert "celler regnet efter: ens" in shown
    assert "'0 celler" not in shown
    assert any("image/svg+xml" in output.get("data", {}) for output in outputs)
