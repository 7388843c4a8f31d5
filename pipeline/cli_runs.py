"""The commands `temaspejl run`, `refit` and `snapshot`; like `cli`, it prints and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_themes import WorkspaceFolder, run_workspace
from pipeline.errors import ConfigurationError, LockedError, QuarantineError

ExistingFolder = Annotated[Path, typer.Option(exists=True, file_okay=False, help="folder with the documents")]


def run(
    corpus: ExistingFolder,
    workspace: Annotated[Path, typer.Option(help="folder for tables and report; made where missing")],
    configs: Annotated[Path | None, typer.Option(help="folder with config files that replace the shipped ones")] = None,
    previous: Annotated[
        str | None,
        typer.Option(
            help="snapshot or folder of the run to show the changes since; else the last one here with other documents"
        ),
    ] = None,
) -> None:
    """Run every stage on a folder of documents and write the report.

    Example: temaspejl run --corpus documents --workspace result
    """
    from pipeline import snapshots, stages
    from pipeline.doctor import check_models
    from pipeline.extract.documents import quarantined_share
    from pipeline.settings import Compare, Extract, check_configs
    from pipeline.workspace import Workspace

    if configs is not None:
        check_configs(configs)
    place = Workspace.at(workspace.resolve(), corpus.resolve(), configs.resolve() if configs else None)
    place = replace(place, previous=previous)
    check_models(place)
    if wanted := previous or place.settings(Compare).previous:
        snapshots.named(place, wanted)
    with _locked(workspace):
        for stage in stages.STAGES:
            stages.run(stage, place)
        place.add_registry()
        snapshots.keep_latest(place)
        share = quarantined_share(place.rows("documents"))
    typer.echo(str(place.reports / "site" / "index.html"))
    threshold = place.settings(Extract).quarantine_threshold
    if share > threshold:
        raise QuarantineError(
            f"{share:.0%} of the documents could not be read, more than quarantine_threshold allows ({threshold:.0%}): "
            "the report lists each with the reason"
        )


def refit(
    corpus: ExistingFolder,
    workspace: Annotated[Path, typer.Option(exists=True, file_okay=False, help="folder of an earlier run")],
    configs: Annotated[Path | None, typer.Option(help="the config files that the run was made with")] = None,
    force: Annotated[bool, typer.Option("--force", help="also where the themes have not drifted")] = False,
) -> None:
    """Discover themes anew in an earlier run whose settings say `mode: frozen`, then renew what depends on them.

    Example: temaspejl refit --corpus documents --workspace result
    """
    from pipeline import snapshots, stages
    from pipeline.cluster.__main__ import run as cluster
    from pipeline.cluster.drift import check_drift
    from pipeline.workspace import Workspace

    place = Workspace.at(workspace.resolve(), corpus.resolve(), configs.resolve() if configs else None)
    if not force:
        check_drift(place)
    with _locked(workspace):
        typer.echo(cluster(place, refit=True))
        for stage in stages.STAGES[stages.STAGES.index("cluster") + 1 :]:
            stages.run(stage, place)
        snapshots.keep_latest(place)
    typer.echo("`temaspejl themes accept` writes the new themes into the registry")


@contextmanager
def _locked(workspace: Path) -> Iterator[None]:
    """Make the workspace and hold its lock; LockedError where another run does."""
    from filelock import FileLock, Timeout

    lock = FileLock(workspace / ".lock", timeout=0)
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        held = lock.acquire()
    except Timeout:
        raise LockedError(f"another run is working in {workspace}: wait for it to end") from None
    except OSError as error:
        raise ConfigurationError(
            f"--workspace {workspace} cannot be written ({error.strerror}): name a folder that can"
        ) from error
    with held:
        yield


def snapshot(
    name: Annotated[str, typer.Argument(help="what the snapshot is called, in `--previous` and compare.yaml")],
    workspace: WorkspaceFolder = None,
    rev: Annotated[
        str | None, typer.Option(help="in a checkout: the git revision whose run to keep, from DVC's cache")
    ] = None,
) -> None:
    """Keep the last run under a name, so that a later one can say what has changed since.

    Example: temaspejl snapshot spring-2025 --workspace result
    """
    from pipeline import snapshots

    if name in snapshots.OWN:
        raise ConfigurationError(f"`temaspejl run` keeps its own snapshot {name}: choose another name")
    if rev is None:
        place = run_workspace(workspace, None)
        typer.echo(str(snapshots.save(place.read, place.snapshots, name)))
    elif workspace is not None:
        raise ConfigurationError("--rev reads the checkout worked in: leave --workspace out")
    else:
        typer.echo(str(snapshots.save_revision(Path.cwd(), rev, Path.cwd() / "corpora" / "snapshots", name)))
