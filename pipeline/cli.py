"""The `temaspejl` command; with its parts `cli_*` the only modules that print.

Everything heavy is imported inside the command that needs it, so that `temaspejl --help` answers at once.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli_explain import explain
from pipeline.cli_runs import ExistingFolder, refit, run, snapshot
from pipeline.cli_themes import codebook_app, themes_app
from pipeline.errors import ConfigurationError, DocumentError, TemaspejlError

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
    help="Correct what was inferred about the documents, in a spreadsheet.",
    epilog="Example:  temaspejl metadata export --corpus documents --sheet metadata.xlsx",
    no_args_is_help=True,
)
app.add_typer(metadata_app, name="metadata")
app.add_typer(themes_app, name="themes")
app.add_typer(codebook_app, name="codebook")
for command in (run, refit, snapshot, explain):
    app.command()(command)

OptionalFile = Annotated[
    Path | None, typer.Argument(exists=True, dir_okay=False, help="text file; standard input without one")
]


INTERRUPTED = 130  # typer's exit code for Ctrl-C


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
    del debug, version  # main() takes --debug, wherever it stands, since errors arrive there


@app.command()
def clean(
    file: OptionalFile = None,
    edits: Annotated[
        Path | None,
        typer.Option(
            help="write every repair to this file, made or suggested (applied: false), one JSON object a line"
        ),
    ] = None,
) -> None:
    """Repair one text: OCR damage, hyphenation, wrapped lines. The repaired text goes to standard output.

    Example: temaspejl clean scan.txt --edits edits.jsonl > repaired.txt
    """
    from pipeline.clean.text import clean_text
    from pipeline.settings import Clean, load

    if edits is not None and edits.suffix != ".jsonl" and edits.is_file():
        raise ConfigurationError(
            f"--edits {edits} exists and is no .jsonl file, so it may be a document of yours: name the text first, "
            "`temaspejl clean TEXT --edits EDITS.jsonl`"
        )
    text, repairs = clean_text(_decoded(_bytes(file), file), load(Clean))
    if edits is not None:
        lines = [json.dumps(repair, ensure_ascii=False, sort_keys=True) for repair in repairs]
        try:
            edits.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        except OSError as error:
            raise ConfigurationError(
                f"--edits {edits} cannot be written ({error.strerror}): name a file that can"
            ) from error
    typer.echo(text, nl=False)


@app.command()
def sentiment(file: OptionalFile = None) -> None:
    """Score the tone of one text a line; one JSON object a line comes out.

    Example: temaspejl sentiment sentences.txt
    """
    import tempfile

    from pipeline.sentiment.lines import score_lines
    from pipeline.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        for result in score_lines(_lines(file), Workspace.at(Path(folder), Path(folder))):
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
            f"{row.state:<12} {row.pages:>5} p.  {found}  {_shown(row.path)}"
            + (f"  ({row.reason})" if row.reason else "")
        )
    typer.echo(summary(rows))


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing for which format, and how to get it.

    Example: temaspejl doctor
    """
    from pipeline.doctor import diagnose, measure_formats

    findings = [*diagnose(), *measure_formats()]
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
    """Write an Excel sheet of all documents with what was inferred and why, the least certain first.

    Example: temaspejl metadata export --corpus documents --sheet metadata.xlsx
    """
    import tempfile

    from xlsxwriter.exceptions import FileCreateError

    from pipeline import stages
    from pipeline.metadata_sheet import export_sheet
    from pipeline.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.at(Path(folder), corpus.resolve())
        stages.run("extract", workspace)
        try:
            export_sheet(workspace.rows("documents"), sheet)
        except (OSError, FileCreateError) as error:
            raise ConfigurationError(f"--sheet {sheet} cannot be written ({error}): close or rename it") from error
    typer.echo(str(sheet))


@metadata_app.command("import")
def metadata_import(
    corpus: ExistingFolder,
    sheet: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="the corrected Excel file")] = Path(
        "metadata.xlsx"
    ),
) -> None:
    """Check a corrected sheet and store its corrections as metadata.csv beside the documents.

    Example: temaspejl metadata import --corpus documents --sheet metadata.xlsx
    """
    from pipeline.metadata_sheet import import_sheet

    typer.echo(str(import_sheet(sheet, corpus)))


def _shown(path: str) -> str:
    """Return a path that stays on its line whatever its name holds."""
    return re.sub(r"[\x00-\x1f\x7f]", lambda match: repr(match[0])[1:-1], path)


def _bytes(file: Path | None) -> bytes:
    return sys.stdin.buffer.read() if file is None else file.read_bytes()


def _decoded(data: bytes, file: Path | None) -> str:
    """Decode text in any encoding as the documents of a run are, its byte order mark left out."""
    from pipeline.extract.plain_text import decode

    try:
        return decode(data)
    except DocumentError:
        source = file or "standard input"
        raise ConfigurationError(f"{source} is binary data and no text: use `temaspejl run` for documents") from None


def _lines(file: Path | None) -> Iterator[str]:
    """Yield line by line, so that a stream of any length can be read; what is not UTF-8 is read to its end at once."""
    with sys.stdin.buffer if file is None else file.open("rb") as stream:
        for line in stream:
            try:
                yield line.decode("utf-8-sig")
            except UnicodeDecodeError:
                yield from _decoded(line + stream.read(), file).removesuffix("\n").split("\n")


def main() -> None:
    """Run the command; turn errors into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("pipeline").setLevel(logging.INFO)
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv[1:])
    try:
        app(arguments)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            typer.echo("temaspejl: interrupted", err=True)
        raise
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
