"""Every table of the pipeline: its columns with types, units and meaning; reading, writing and checking.

Tables are Parquet files in one folder, one row per unit named in `row`, sorted by `key`. The same rows give the same
bytes: no timestamps, fixed row groups, one writer version.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.parquet as parquet

from pipeline.errors import FatalError
from pipeline.schema import SCHEMAS

if TYPE_CHECKING:
    import polars as pl

ROW_GROUP = 65_536


@dataclass(frozen=True)
class Column:
    """One column: `type` is Arrow's, `nullable` says whether a value may be missing."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool


@dataclass(frozen=True)
class Table:
    """One table: which stage writes it, what a row is, and the columns that identify a row and sort the table."""

    name: str
    stage: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, nullability included."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])


TYPES = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "int": pa.int64(),
    "ints": pa.list_(pa.int64()),
    "rank": pa.int32(),
    "float": pa.float64(),
    "vector": pa.list_(pa.float32()),
    "date": pa.date32(),
    "flag": pa.bool_(),
}


@cache
def table(name: str) -> Table:
    """Return the definition of a table; FatalError for a name that no stage writes."""
    if name not in SCHEMAS:
        raise FatalError(f"no table is called {name!r}; there are: {', '.join(SCHEMAS)}")
    stage, row, key, columns = SCHEMAS[name]
    return Table(name, stage, row, tuple(key.split()), tuple(_column(*line) for line in columns))


def _column(name: str, type_name: str, meaning: str) -> Column:
    return Column(name, TYPES[type_name.rstrip("?")], meaning, nullable=type_name.endswith("?"))


def names(stage: str | None = None) -> list[str]:
    """Return the names of all tables, or of those that one stage writes."""
    return [name for name, (writer, *_) in SCHEMAS.items() if stage in (None, writer)]


def path(folder: Path, name: str) -> Path:
    """Return where a table is stored."""
    return folder / f"{table(name).name}.parquet"


def write(folder: Path, name: str, rows: Iterable[Mapping[str, Any]] | pl.DataFrame) -> int:
    """Write a table whole: sorted by its key, checked against its schema; return the number of rows.

    A column that no row names is empty. Text is normalised to NFC but for the columns that offsets point into.
    FatalError names the column where a value is missing or has another type, or the key that two rows share.
    """
    definition = table(name)
    data = _arrow(definition, rows)
    data = data.sort_by([(column, "ascending") for column in definition.key])
    _check(definition, data)
    folder.mkdir(parents=True, exist_ok=True)
    target = path(folder, name)
    temporary = target.with_suffix(".tmp")
    parquet.write_table(data, temporary, compression="zstd", row_group_size=ROW_GROUP, store_schema=False)
    temporary.replace(target)
    return int(data.num_rows)


def _arrow(definition: Table, rows: Iterable[Mapping[str, Any]] | pl.DataFrame) -> pa.Table:
    known = {column.name for column in definition.columns}
    if hasattr(rows, "to_arrow"):  # a frame goes over whole: a million Python floats are slow
        frame = cast("pl.DataFrame", rows)
        if missing := known - set(frame.columns):
            raise FatalError(f"table {definition.name}: no column {', '.join(sorted(missing))}")
        return frame.select([column.name for column in definition.columns]).to_arrow().cast(definition.schema)
    listed = list(rows)
    for row in listed:
        if extra := row.keys() - known:
            raise FatalError(f"table {definition.name}: unknown column {', '.join(sorted(extra))}")
    arrays = []
    for column in definition.columns:
        values = [row.get(column.name) for row in listed]
        if pa.types.is_string(column.type) and column.name not in EXACT:
            values = [unicodedata.normalize("NFC", value) if value is not None else None for value in values]
        try:
            arrays.append(pa.array(values, type=column.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise FatalError(f"table {definition.name}, column {column.name}: {error}") from error
    return pa.Table.from_arrays(arrays, schema=definition.schema)


# Offsets point into these, so they are stored exactly as they are.
EXACT = {"raw_text", "clean_text", "layer_text", "before", "after", "text", "path", "evidence"}


def _check(definition: Table, data: pa.Table) -> None:
    for column in definition.columns:
        if not column.nullable and data.column(column.name).null_count:
            raise FatalError(f"table {definition.name}: column {column.name} has empty values")
    for before, after in pairwise(data.select(list(definition.key)).to_pylist()):
        if before == after:
            raise FatalError(f"table {definition.name}: two rows for {', '.join(map(str, after.values()))}")


def read(folder: Path, name: str) -> pl.DataFrame:
    """Read a table; FatalError with the stage to run where it is missing, or older than its schema."""
    import polars as pl

    return pl.DataFrame(pl.from_arrow(read_arrow(folder, name)))


def read_arrow(folder: Path, name: str) -> pa.Table:
    """Read a table as Arrow; the same errors as `read`."""
    definition, source = table(name), path(folder, name)
    if not source.exists():
        raise FatalError(f"{source} is missing: run the stage {definition.stage} first")
    data = parquet.read_table(source)
    if missing := [c.name for c in definition.columns if c.name not in data.column_names]:
        raise FatalError(f"{source} has no column {', '.join(missing)}: run the stage {definition.stage} again")
    return data.select([column.name for column in definition.columns]).cast(definition.schema)


def read_rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a table as a list of dictionaries, for the stages that work document by document."""
    rows: list[dict[str, Any]] = read_arrow(folder, name).to_pylist()
    return rows
