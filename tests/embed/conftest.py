from __future__ import annotations

import pytest

from pipeline.settings import Embed
from pipeline.vectors import Embedder


@pytest.fixture(scope="session")
def memo(tmp_path_factory):
    return tmp_path_factory.mktemp("memo")


@pytest.fixture(scope="session")
def embedder(memo):
    """One loaded model for the whole session."""
    return Embedder(Embed(), memo)


@pytest.fixture
def fresh(embedder, tmp_path):
    """The loaded model with a memo that knows nothing."""
    other = Embedder(Embed(), tmp_path / "fresh")
    other.__dict__["_encoder"] = embedder._encoder
    return other
