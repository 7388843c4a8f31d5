"""Snapshots: what `changes` needs of a finished run, kept under a name, without a word of the documents' text."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import tables
from pipeline.errors import ConfigurationError, FatalError

if TYPE_CHECKING:
    import polars as pl

    from pipeline.workspace import Workspace

TABLES = ("documents", "paragraphs", "assignments", "themes", "shared_passages")
TEXTS = ("text", "author", "agenda_item", "part_title")  # columns of `paragraphs`, emptied
NAME = re.compile(r"\w[\w.-]*")
# The runs that `temaspejl run` keeps by itself: the last one, and the one before its documents came.
OWN = LATEST, EARLIER = "latest", "earlier"


def save(read: Callable[[str], pl.DataFrame], snapshots: Path, name: str) -> Path:
    """Keep a finished run below `snapshots`; `read` gives a table by its name. Return the snapshot's folder.

    A snapshot of that name is replaced, whole or not at all. ConfigurationError for a name that is no plain one.
    """
    import polars as pl

    if not NAME.fullmatch(name):
        raise ConfigurationError(f"{name!r} is no name for a snapshot: use letters, digits, `.`, `_` and `-`")
    blank = [pl.lit("").alias(column) for column in TEXTS]
    target = snapshots / name
    snapshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=snapshots, prefix=".") as folder:
        half = Path(folder) / name
        for table in TABLES:
            frame = read(table)
            if table == "paragraphs":
                frame = frame.with_columns(*blank, heading_path=pl.lit([], dtype=pl.List(pl.String)))
            tables.write(half, table, frame)
        shutil.rmtree(target, ignore_errors=True)
        half.rename(target)
    return target


def save_revision(root: Path, revision: str, snapshots: Path, name: str) -> Path:
    """Keep the run that a git revision of the checkout `root` records, its tables taken from DVC's cache.

    ConfigurationError where there is no such revision, where the cache no longer holds its tables, or where another
    version of temaspejl wrote them.
    """
    try:
        from dvc.api import DVCFileSystem
        from dvc.exceptions import DvcException
        from dvc.scm import SCMError
    except ImportError as error:
        raise ConfigurationError("--rev needs DVC: install it with `pip install temaspejl[dvc]`") from error
    with tempfile.TemporaryDirectory() as folder:
        try:
            source = DVCFileSystem(str(root), rev=revision)
            for table in TABLES:
                stored = tables.path(Path("corpora/tables"), table).as_posix()
                if not source.exists(stored):
                    raise ConfigurationError(
                        f"--rev {revision} records no table {table}: name a revision whose `dvc repro` wrote it"
                    )
                tables.path(Path(folder), table).write_bytes(source.read_bytes(stored))
        except SCMError as error:
            raise ConfigurationError(f"--rev {revision}: {error}") from error
        except (DvcException, OSError) as error:
            raise ConfigurationError(
                f"--rev {revision}: DVC's cache does not hold its tables any more: `dvc fetch` them where there is a "
                "remote, or check the revision out and run `dvc repro`"
            ) from error
        try:
            return save(lambda table: tables.read(Path(folder), table), snapshots, name)
        except FatalError as error:
            raise ConfigurationError(
                f"--rev {revision}: another version of temaspejl wrote its tables, and they cannot be compared with "
                f"this one's ({error})"
            ) from error


def find(workspace: Workspace, configured: str | None) -> Path | None:
    """Return the folder with the tables of the earlier run that this one is compared with, None for none.

    It is the one named by the command, else the `configured`. Where neither names one, it is the last run kept in this
    workspace that had other documents: a run that is repeated is compared with the same earlier one, and gives the same
    report.
    """
    if wanted := workspace.previous or configured:
        return named(workspace, wanted)
    documents = set(workspace.read("documents")["document_id"])
    kept = (workspace.snapshots / name for name in (LATEST, EARLIER))
    return next((folder for folder in kept if _documents(folder) not in (None, documents)), None)


def named(workspace: Workspace, wanted: str) -> Path:
    """Return the folder of an earlier run: `wanted` is a snapshot's name, or a folder of tables or a whole workspace.

    ConfigurationError where there is none.
    """
    for folder in (workspace.snapshots / wanted, Path(wanted), Path(wanted) / "tables"):
        if tables.path(folder, "documents").exists():
            return folder
    raise ConfigurationError(
        f"compare.yaml, key `previous`, or --previous: {wanted} is neither a folder with the tables of an earlier run "
        f"nor a snapshot; snapshots in {workspace.snapshots}: {', '.join(names(workspace)) or 'none'}"
    )


def names(workspace: Workspace) -> list[str]:
    """Return the names of a workspace's snapshots, sorted."""
    return sorted(path.parent.name for path in workspace.snapshots.glob("*/documents.parquet"))


def reader(folder: Path) -> Callable[[str], pl.DataFrame]:
    """Return what reads the tables of an earlier run; ConfigurationError where another version wrote them."""

    def read(table: str) -> pl.DataFrame:
        try:
            return tables.read(folder, table)
        except FatalError as error:
            raise ConfigurationError(
                f"the earlier run in {folder} is not whole, or of another version of temaspejl: make it anew ({error})"
            ) from error

    return read


def keep_latest(workspace: Workspace) -> None:
    """Keep the run that has just ended; the one kept before stays beside it where it had other documents."""
    latest = workspace.snapshots / LATEST
    if _documents(latest) not in (None, set(workspace.read("documents")["document_id"])):
        shutil.rmtree(workspace.snapshots / EARLIER, ignore_errors=True)
        latest.rename(workspace.snapshots / EARLIER)
    save(workspace.read, workspace.snapshots, LATEST)


def _documents(folder: Path) -> set[str] | None:
    """Return the document_ids of a run kept, None where there is none or another version kept it."""
    try:
        kept = [tables.read(folder, table) for table in TABLES]
    except FatalError:
        return None
    return set(kept[0]["document_id"])
