from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from pipeline import tables
from pipeline.errors import FatalError

ROWS = [
    {"document_id": "b", "page": 1, "raw_text": "å", "source": "text", "outline": []},
    {"document_id": "a", "page": 2, "raw_text": "a\u030a", "source": "text", "outline": []},
    {"document_id": "a", "page": 1, "raw_text": "x", "source": "ocr", "outline": ["0:1:1"]},
]


def test_rows_come_back_sorted_and_raw_text_unaltered(tmp_path):
    assert tables.write(tmp_path, "pages", ROWS) == 3
    rows = tables.read_rows(tmp_path, "pages")
    assert [(row["document_id"], row["page"]) for row in rows] == [("a", 1), ("a", 2), ("b", 1)]
    assert rows[1]["raw_text"] == "a\u030a"
    assert tables.read(tmp_path, "pages").height == 3


def test_the_order_of_the_rows_does_not_change_the_bytes(tmp_path):
    tables.write(tmp_path / "one", "pages", ROWS)
    tables.write(tmp_path / "two", "pages", reversed(ROWS))
    assert tables.path(tmp_path / "one", "pages").read_bytes() == tables.path(tmp_path / "two", "pages").read_bytes()


@pytest.mark.parametrize("name", tables.names())
def test_every_table_keeps_its_types_on_disk(tmp_path, name):
    tables.write(tmp_path, name, [])
    stored = parquet.read_schema(tables.path(tmp_path, name))
    for column in tables.table(name).columns:
        assert stored.field(column.name).type == column.type
        assert column.meaning


def test_dates_are_dates_and_lists_are_never_null(tmp_path):
    assert tables.table("documents").schema.field("date").type == pa.date32()
    assert not tables.table("documents").schema.field("paths").nullable


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"raw_text": None}, "column raw_text has empty values"),
        ({"page": "one"}, "column page"),
        ({"colour": "red"}, "unknown column colour"),
    ],
)
def test_a_wrong_row_is_refused_by_name(tmp_path, change, message):
    with pytest.raises(FatalError, match=message):
        tables.write(tmp_path, "pages", [ROWS[0] | change])


def test_two_rows_with_one_key_are_refused(tmp_path):
    with pytest.raises(FatalError, match="two rows for a, 1"):
        tables.write(tmp_path, "pages", [ROWS[2], ROWS[2]])


def test_a_missing_table_names_the_stage_to_run(tmp_path):
    with pytest.raises(FatalError, match="run the stage extract first"):
        tables.read(tmp_path, "pages")
