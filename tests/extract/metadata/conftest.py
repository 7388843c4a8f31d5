from __future__ import annotations

import pytest

from pipeline.settings import Gazetteer, load


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load(Gazetteer)
