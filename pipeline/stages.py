"""The stages in the order of the data, and the shell around each."""

from __future__ import annotations

import importlib
import logging
import sys
import time
from pathlib import Path

from pipeline.errors import ConfigurationError, TemaspejlError
from pipeline.workspace import Workspace

STAGES = (
    "extract", "clean", "segment", "lemmatize", "embed", "cluster", "sentiment", "compare", "report", "evaluate",
)  # fmt: skip

logger = logging.getLogger(__name__)


def run(stage: str, workspace: Workspace) -> str:
    """Run one stage; return its one-line summary. DVC and `temaspejl run` both come through here."""
    if stage not in STAGES:
        raise ConfigurationError(f"no stage is called {stage!r}; the stages are: {', '.join(STAGES)}")
    started = time.perf_counter()
    summary: str = importlib.import_module(f"pipeline.{stage}.__main__").run(workspace)
    logger.info("%-10s %5.1f s  %s", stage, time.perf_counter() - started, summary)
    return summary


def shell(stage: str) -> None:
    """Run one stage on the checkout in the working directory, as `python -m pipeline.<stage>` does for DVC."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        run(stage, Workspace.checkout(Path.cwd()))
    except TemaspejlError as error:
        logger.error("%s: %s", stage, error)
        sys.exit(error.exit_code)
