"""The tables for researchers: Parquet and CSV with a data dictionary and how to cite them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import tables
from pipeline.report.model import Report

# Raw pages, tokens and vectors stay in the run's own folder: they are large, and no figure here needs them.
EXPORTED = (
    "documents", "quality", "edits", "paragraphs", "furniture", "themes", "assignments", "sentence_tones", "tones",
    "comparisons", "differences", "keyness", "changes",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(site: Path, report: Report, source: Path) -> None:
    """Write `tables/*.parquet`, `tables/*.csv`, `datakatalog.md` and `CITATION.cff` below the folder `site`."""
    folder = site / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    for name in EXPORTED:
        shutil.copyfile(tables.path(source, name), tables.path(folder, name))
        write_text(folder / f"{name}.csv", "".join(_csv(name, tables.read_rows(source, name))))
    write_text(site / "datakatalog.md", dictionary(report))
    write_text(site / "CITATION.cff", citation_file(report))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with the line ends that it has, on every system."""
    path.write_bytes(text.encode("utf-8"))


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
    lines = [
        f"# Datakatalog: {report.title}",
        "",
        f"Kørsel `{report.versions.run}`, konfiguration `{report.versions.configs}`, "
        f"korpus `{report.versions.corpus}`.",
        "",
        "Hver tabel findes som Parquet (ordret, med typer) og CSV (RFC 4180: UTF-8, komma, punktum som decimaltegn; "
        "lister som JSON; en tekst, der begynder med `=`, `+`, `-` eller `@`, har en apostrof foran, så intet "
        "regneark udfører den). Kolonnerne beskrives på engelsk, som i koden. `?` betyder, at værdien kan mangle.",
    ]
    for table in map(tables.table, EXPORTED):
        lines += ["", f"## {table.name}", "", f"One row: {table.row}. Key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| {column.name} | {column.type}{'?' if column.nullable else ''} | {column.meaning.replace('|', '/')} |"
            for column in table.columns
        ]
    return "\n".join(lines) + "\n"


def citation(report: Report) -> str:
    """Return the sentence that cites this report."""
    versions = report.versions
    return (
        f"{report.title}. Kørsel {versions.run} (konfiguration {versions.configs}, korpus {versions.corpus}), "
        f"lavet med temaspejl {versions.program}."
    )


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
