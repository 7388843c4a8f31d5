"""The tables for researchers: Parquet and CSV with a data dictionary, how to cite them, and what run they are from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as parquet

from pipeline import tables
from pipeline.report import labels, marks
from pipeline.report.model import Report
from pipeline.report.reading import Source

if TYPE_CHECKING:
    import polars as pl

# Raw pages, tokens and vectors stay in the run's own folder: they are large, and no figure here needs them.
EXPORTED = (
    "documents", "quality", "edits", "paragraphs", "furniture", "sentences", "themes", "assignments", "sentence_tones",
    "tones", "comparisons", "tone_groups", "differences", "cooccurrences", "measures", "shared_passages", "keyness",
    "validation", "changes",
)  # fmt: skip
RUN_FILE = "_run.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(site: Path, report: Report, source: Source) -> None:
    """Write `tables/*.parquet`, `tables/*.csv`, `datakatalog.md` and `CITATION.cff` below the folder `site`."""
    folder = site / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    for name in EXPORTED:
        frame = shown(source.read(name))
        _parquet(folder, name, frame, run(report))
        write_text(folder / f"{name}.csv", "".join(_csv(name, frame.to_dicts())))
    identity = json.dumps(run(report), ensure_ascii=False, sort_keys=True, indent=1)
    write_text(folder / RUN_FILE, f"{identity}\n")
    write_text(site / "datakatalog.md", dictionary(report))
    write_text(site / "CITATION.cff", citation_file(report))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with the line ends that it has, on every system."""
    path.write_bytes(text.encode("utf-8"))


def run(report: Report) -> dict[str, str]:
    """Return what identifies the run that the tables are from: it stands in every exported file, or beside it."""
    versions = report.versions
    return {
        "temaspejl": versions.program, "run": versions.run, "configs": versions.configs, "corpus": versions.corpus,
        "edition": report.edition,
    }  # fmt: skip


def shown(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table with its redactions in words: `[navn]`."""
    import polars as pl

    text = pl.selectors.string()
    listed = pl.selectors.by_dtype(pl.List(pl.String))
    for mark, word in marks.SHOWN.items():
        frame = frame.with_columns(
            text.str.replace_all(f"{mark}+", word), listed.list.eval(pl.element().str.replace_all(f"{mark}+", word))
        )
    return frame


def _parquet(folder: Path, name: str, frame: pl.DataFrame, identity: dict[str, str]) -> None:
    # Where a view has emptied figures, a column that is never empty in the run may be so here.
    schema = pa.schema(
        [
            pa.field(column.name, column.type, column.nullable or frame[column.name].null_count() > 0)
            for column in tables.table(name).columns
        ],
        metadata=identity,
    )
    data = frame.select(schema.names).to_arrow().cast(schema)
    target = tables.path(folder, name)
    parquet.write_table(data, target, compression="zstd", row_group_size=tables.ROW_GROUP)


def _csv(name: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    columns = [column.name for column in tables.table(name).columns]
    for row in [dict(zip(columns, columns, strict=True)), *rows]:
        line = io.StringIO()
        csv.writer(line).writerow(_field(row[column]) for column in columns)
        yield line.getvalue()


def _field(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    # A spreadsheet would compute such a text; the apostrophe keeps it a text. Parquet holds it as it is.
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def dictionary(report: Report) -> str:
    """Return the data dictionary of the exported tables in Markdown."""
    _ = report.language
    lines = [
        f"# {_('Datakatalog')}: {report.title}",
        "",
        *(f"- {key}: `{value}`" for key, value in run(report).items()),
        "",
        _(
            "Hver tabel findes som Parquet (ordret, med typer; kørslen står i filens metadata) og CSV (RFC 4180: "
            "UTF-8, komma, punktum som decimaltegn; lister som JSON; en tekst, der begynder med `=`, `+`, `-` eller "
            "`@`, har en apostrof foran, så intet regneark udfører den; kørslen står i `_run.json`). Kolonnerne "
            "beskrives på engelsk, som i koden. `?` betyder, at værdien kan mangle."
        ),
        "",
        _(
            "I den delte udgave står `[navn]`, `[adresse]` og lignende for personoplysninger. Positioner (start, end) "
            "tæller tegn i teksten før det."
        ),
    ]
    for table in map(tables.table, EXPORTED):
        lines += ["", f"## {table.name}", "", f"One row: {table.row}. Key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| {column.name} | {column.type}{'?' if column.nullable else ''} | {column.meaning.replace('|', '/')} |"
            for column in table.columns
        ]
    return "\n".join([*lines, "", f"## {_('Koder')}", "", *_codes(report)]) + "\n"


def _codes(report: Report) -> Iterator[str]:
    """Return what the codes of the columns mean, in the report's words."""
    _ = report.language
    intervals = ("not_mentioned", "too_few", "small_group")
    differences = ("no_common_kind", "no_common_year", *intervals)
    coded = {
        "tones.tone": labels.tones(_),
        "tones.act": labels.acts(_),
        "comparisons.note": {note: labels.no_interval(_, note, report.minimum) for note in intervals},
        "differences.note": {note: labels.no_difference(_, note, report.minimum) for note in differences},
    }
    for column, words in coded.items():
        yield from (f"- `{column}` `{code}`: {word}" for code, word in words.items())


def citation(report: Report) -> str:
    """Return the sentence that cites this report."""
    versions = report.versions
    return report.language(
        "%(title)s. Kørsel %(run)s (konfiguration %(configs)s, korpus %(corpus)s), lavet med temaspejl %(program)s.",
        title=report.title, run=versions.run, configs=versions.configs, corpus=versions.corpus,
        program=versions.program,
    )  # fmt: skip


def citation_file(report: Report) -> str:
    """Return the report's CITATION.cff."""
    versions = report.versions
    return "\n".join(
        [
            "cff-version: 1.2.0",
            'message: "Cite the run id with every figure taken from these tables."',
            f"title: {json.dumps(report.title, ensure_ascii=False)}",
            "type: dataset",
            "authors:",
            '  - name: "The temaspejl developers"',
            f'version: "{versions.run}"',
            f'abstract: "temaspejl {versions.program}; configs {versions.configs}, corpus {versions.corpus}."',
            "",
        ]
    )
