"""The commands `temaspejl themes` and `temaspejl codebook`; like `cli`, it prints and does nothing else."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

themes_app = typer.Typer(
    help="Keep the register of the themes that were discovered beyond the codebook.",
    epilog="Example:  temaspejl themes accept --workspace result",
    no_args_is_help=True,
)
codebook_app = typer.Typer(
    help="Correct the themes in a spreadsheet, or measure them on a random sample.",
    epilog="Example:  temaspejl codebook export --purpose improve --workspace result coding.xlsx",
    no_args_is_help=True,
)
WorkspaceFolder = Annotated[
    Path | None,
    typer.Option(exists=True, file_okay=False, help="folder of an earlier run; without one, the checkout worked in"),
]
ConfigsFolder = Annotated[
    Path | None, typer.Option(exists=True, file_okay=False, help="the config files that the run was made with")
]


class Purpose(StrEnum):
    """What a sheet is coded for."""

    improve = "improve"
    validate = "validate"


def run_workspace(folder: Path | None, configs: Path | None) -> Workspace:
    """Return the workspace of an earlier run; ConfigurationError where there is none."""
    from pipeline import tables
    from pipeline.workspace import Workspace

    place = Path.cwd() if folder is None else folder.resolve()
    if folder is None and not (place / "dvc.yaml").exists():
        raise ConfigurationError(f"{place} is no checkout of temaspejl: name the folder of a run with --workspace")
    workspace = Workspace.checkout(place) if folder is None else Workspace.at(place, place, configs)
    if not tables.path(workspace.tables, "theme_events").exists():
        raise ConfigurationError(f"{place} holds no tables of a run: run `temaspejl run --workspace {place}` first")
    return workspace


@themes_app.command("accept")
def accept(workspace: WorkspaceFolder = None, configs: ConfigsFolder = None) -> None:
    """Write what the last run found of the discovered themes into the registry, so that they keep their ids.

    Example: temaspejl themes accept --workspace result
    """
    from pipeline.cluster.acceptance import accept_events

    typer.echo(accept_events(run_workspace(workspace, configs)))


@themes_app.command("suggest")
def suggest(
    theme_id: Annotated[str, typer.Argument(help="id of a discovered theme, as in the table `themes`")],
    workspace: WorkspaceFolder = None,
    configs: ConfigsFolder = None,
) -> None:
    """Print the lines of themes.yaml that make a discovered theme one of the codebook.

    Example: temaspejl themes suggest svoemning --workspace result
    """
    from pipeline.cluster import suggestion

    typer.echo(suggestion.suggest(run_workspace(workspace, configs), theme_id), nl=False)


@codebook_app.command("export")
def export(
    sheet: Annotated[Path, typer.Argument(dir_okay=False, help="Excel file to write")],
    purpose: Annotated[Purpose, typer.Option(help="improve: the least certain; validate: a random sample")],
    workspace: WorkspaceFolder = None,
    configs: ConfigsFolder = None,
    number: Annotated[int, typer.Option(min=1, help="paragraphs to code")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="of the random sample")] = 20_214,
) -> None:
    """Write an Excel sheet of paragraphs to code with themes.

    Example: temaspejl codebook export --purpose validate --workspace result sample.xlsx
    """
    from xlsxwriter.exceptions import FileCreateError

    from pipeline import curation

    place = run_workspace(workspace, configs)
    try:
        typer.echo(curation.export(place, purpose.value, number, seed, sheet))
    except (OSError, FileCreateError) as error:
        raise ConfigurationError(f"{sheet} cannot be written ({error}): close or rename it") from error


@codebook_app.command("import")
def import_(
    sheet: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the coded Excel file")],
    workspace: WorkspaceFolder = None,
    configs: ConfigsFolder = None,
    annotator: Annotated[str | None, typer.Option(help="who coded it; the file's name without one")] = None,
) -> None:
    """Check a coded sheet and add it to labels.csv, which the next fit learns from or is measured by.

    Example: temaspejl codebook import sample.xlsx --workspace result --annotator anna
    """
    from pipeline import curation

    for line in curation.import_(run_workspace(workspace, configs), sheet, annotator or sheet.stem):
        typer.echo(line)
