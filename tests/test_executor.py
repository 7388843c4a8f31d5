from __future__ import annotations

import pytest

from pipeline.errors import ConfigurationError
from pipeline.executor import map_items, workers


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("count", ["1", "2"])
def test_results_come_in_the_order_of_the_input_whatever_the_workers(monkeypatch, count):
    monkeypatch.setenv("TEMASPEJL_WORKERS", count)
    assert list(map_items(square, range(20), "squares")) == [number**2 for number in range(20)]


def test_a_wrong_number_of_workers_is_refused(monkeypatch):
    monkeypatch.setenv("TEMASPEJL_WORKERS", "many")
    with pytest.raises(ConfigurationError, match="whole number"):
        workers()
