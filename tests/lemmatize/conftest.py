from __future__ import annotations

import pytest

from pipeline.lemmatize.model import load
from pipeline.settings import Lemmatize


@pytest.fixture(scope="session")
def nlp():
    return load(Lemmatize())
