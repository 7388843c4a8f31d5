"""The command `temaspejl explain`; like `cli`, it prints and does nothing else."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli_themes import ConfigsFolder, WorkspaceFolder, run_workspace


def explain(
    paragraph_id: Annotated[str, typer.Argument(help="the paragraph, as in the report's tables")],
    workspace: WorkspaceFolder = None,
    configs: ConfigsFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object instead of text")] = False,
) -> None:
    """Show the way of one paragraph from its file to the figures it counts in, and what decided at each step.

    Example: temaspejl explain 0a1b2c3d4e5f6071-0001234 --workspace result
    """
    from pipeline.explain.trace import trace
    from pipeline.explain.wording import lines

    found = trace(run_workspace(workspace, configs), paragraph_id)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(lines(found)))
