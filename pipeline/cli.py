"""The `temaspejl` command; the only module that prints.

Everything heavy is imported inside the command that needs it, so that `temaspejl --help` answers at once.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.errors import ConfigurationError, QuarantineError, TemaspejlError

app = typer.Typer(
    help="Themes and tone in Danish municipal documents, compared across municipalities. "
    "Everything stays on this machine.",
    epilog="Examples:  temaspejl inspect DOCUMENTS  |  temaspejl run --corpus DOCUMENTS --workspace RESULT  |  "
    "temaspejl clean scan.txt --edits edits.jsonl  |  temaspejl doctor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
metadata_app = typer.Typer(
    help="Correct what was inferred about the documents, in a spreadsheet.", no_args_is_help=True
)
app.add_typer(metadata_app, name="metadata")

ExistingFolder = Annotated[Path, typer.Option(exists=True, file_okay=False, help="folder with the documents")]
OptionalFile = Annotated[
    Path | None, typer.Argument(exists=True, dir_okay=False, help="text file; standard input without one")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"temaspejl {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="show the traceback of an error")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="show the version")
    ] = False,
) -> None:
    del debug, version  # --debug is read in main(), where errors arrive


@app.command()
def run(
    corpus: ExistingFolder,
    workspace: Annotated[Path, typer.Option(help="folder for tables and report; made where missing")],
    configs: Annotated[Path | None, typer.Option(help="folder with config files that replace the shipped ones")] = None,
) -> None:
    """Run every stage on a folder of documents and write the report.

    Example: temaspejl run --corpus documents --workspace result
    """
    from filelock import FileLock, Timeout

    from pipeline import stages
    from pipeline.settings import Extract, check_configs
    from pipeline.workspace import Workspace

    if configs is not None:
        check_configs(configs)
    place = Workspace.at(workspace.resolve(), corpus.resolve(), configs.resolve() if configs else None)
    workspace.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(workspace / ".lock", timeout=0):
            for stage in stages.STAGES:
                stages.run(stage, place)
    except Timeout:
        typer.echo(f"temaspejl: another run is working in {workspace}: wait for it to end", err=True)
        raise typer.Exit(4) from None
    typer.echo(str(place.reports / "site" / "index.html"))
    threshold = place.settings(Extract).quarantine_threshold
    share = (place.read("documents")["status"] == "quarantined").mean()
    if isinstance(share, float) and share > threshold:
        raise QuarantineError(f"{share:.0%} of the documents were quarantined, more than the {threshold:.0%} allowed")


@app.command()
def clean(
    file: OptionalFile = None,
    edits: Annotated[Path | None, typer.Option(help="write every repair to this file, one JSON object a line")] = None,
) -> None:
    """Repair one text: OCR damage, hyphenation, wrapped lines. The repaired text goes to standard output.

    Example: temaspejl clean scan.txt --edits edits.jsonl > repaired.txt
    """
    from pipeline.clean.text import clean_text
    from pipeline.settings import Clean, load

    text, repairs = clean_text(_read(file), load(Clean))
    sys.stdout.write(text)
    if edits is not None:
        lines = [json.dumps(repair, ensure_ascii=False, sort_keys=True) for repair in repairs]
        edits.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@app.command()
def sentiment(file: OptionalFile = None) -> None:
    """Score the tone of one text a line; one JSON object a line comes out.

    Example: temaspejl sentiment sentences.txt
    """
    import tempfile

    from pipeline.sentiment.lines import score_lines
    from pipeline.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        for result in score_lines(_read(file).splitlines(), Workspace.at(Path(folder), Path(folder))):
            typer.echo(json.dumps(result, ensure_ascii=False))


@app.command()
def inspect(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="folder with the documents")],
) -> None:
    """Look over a folder before a run: what can be read, what is missing, how long a run will take.

    Example: temaspejl inspect documents
    """
    from pipeline.inspect_folder import inspect_folder, summary

    rows = inspect_folder(folder)
    for row in rows:
        found = f"{row.municipality or '-':<14} {row.date or '-':<10}"
        typer.echo(
            f"{row.state:<12} {row.pages:>5} p.  {found}  {row.path}" + (f"  ({row.reason})" if row.reason else "")
        )
    typer.echo(summary(rows))


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing for which format, and how to get it."""
    from pipeline.doctor import diagnose

    findings = diagnose()
    for finding in findings:
        typer.echo(
            f"{finding.status:<8} {finding.component}: {finding.purpose}"
            + (f"\n         {finding.remedy}" if finding.remedy else "")
        )


@metadata_app.command("export")
def metadata_export(
    corpus: ExistingFolder,
    sheet: Annotated[Path, typer.Option(help="Excel file to write")] = Path("metadata.xlsx"),
) -> None:
    """Write an Excel sheet of all documents with what was inferred and why, the least certain first."""
    import tempfile

    from pipeline import stages
    from pipeline.metadata_sheet import export_sheet
    from pipeline.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.at(Path(folder), corpus.resolve())
        stages.run("extract", workspace)
        export_sheet(workspace.rows("documents"), sheet)
    typer.echo(str(sheet))


@metadata_app.command("import")
def metadata_import(
    corpus: ExistingFolder,
    sheet: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="the corrected Excel file")] = Path(
        "metadata.xlsx"
    ),
) -> None:
    """Check a corrected sheet and store its corrections as metadata.csv beside the documents."""
    from pipeline.metadata_sheet import import_sheet

    typer.echo(str(import_sheet(sheet, corpus)))


def _read(file: Path | None) -> str:
    data = sys.stdin.buffer.read() if file is None else file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"{file or 'standard input'} is not UTF-8 text: convert it, or use `temaspejl run`"
        ) from None


def main() -> None:
    """Run the command; turn errors into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("pipeline").setLevel(logging.INFO)
    debug = "--debug" in sys.argv[1:]
    try:
        app()
    except TemaspejlError as error:
        if debug:
            raise
        typer.echo(f"temaspejl: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if debug:
            raise
        typer.echo(
            f"temaspejl: unexpected {type(error).__name__}: {error} (run `temaspejl --debug ...` for details)", err=True
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
