from __future__ import annotations

import pytest

from pipeline.extract import sandbox
from pipeline.extract.parse import MEMORY
from pipeline.settings import Extract
from tests.extract.misbehaving import misbehave


def read(tmp_path, orders, monkeypatch, workers=2, **limits):
    monkeypatch.setenv("TEMASPEJL_WORKERS", str(workers))
    tasks = []
    for number, order in enumerate(orders):
        path = tmp_path / f"{number}.txt"
        path.write_text(order)
        tasks.append((path, ".txt"))
    return sandbox.read_all(tasks, Extract(**limits), "test", misbehave)


@pytest.mark.parametrize("workers", [1, 2])
def test_each_bad_file_costs_one_document_and_the_order_stays(tmp_path, monkeypatch, workers):
    orders = ["first", "sleep", "second", "crash", "third"]
    readings = read(tmp_path, orders, monkeypatch, workers, max_seconds=1)
    assert [reading.reason for reading in readings] == ["", sandbox.TIMEOUT, "", sandbox.CRASH, ""]
    assert [reading.pages[0].raw_text for reading in readings if reading.pages] == ["first", "second", "third"]


def test_a_parser_that_takes_too_much_memory_is_stopped(tmp_path, monkeypatch):
    readings = read(tmp_path, ["grow", "after"], monkeypatch, 1, max_memory_mb=256)
    assert [reading.reason for reading in readings] == [MEMORY, ""]


def test_long_work_with_signs_of_progress_is_not_stopped(tmp_path, monkeypatch):
    (reading,) = read(tmp_path, ["work slowly"], monkeypatch, max_seconds=1.5)
    assert reading.reason == ""


def test_a_file_that_vanished_is_a_reason(tmp_path, monkeypatch):
    (reading,) = sandbox.read_all([(tmp_path / "gone.txt", ".txt")], Extract(), "test")
    assert reading.reason == sandbox.UNREADABLE
    assert not reading.repeatable
