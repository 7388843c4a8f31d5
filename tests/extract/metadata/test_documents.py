"""The five real documents, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.metadata import Description, describe
from pipeline.settings import Gazetteer

FOLDER = Path(__file__).parents[4] / "shared" / "documents"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not on this machine")


@pytest.mark.parametrize(
    ("number", "municipality", "date", "kind"),
    [
        ("000", "Ballerup", "2021-04-06", "brev"),
        ("001", "Albertslund", "2025-03-19", "referat"),
        ("002", "Aarhus", "2021-08-17", "dagsorden"),
        ("003", "København", "None", "referat"),
        ("004", "Ballerup", "None", "politik"),
    ],
)
def test_the_real_documents_are_described(
    number: str, municipality: str, date: str, kind: str, gazetteer: Gazetteer
) -> None:
    description = _describe(number, gazetteer)
    assert (description.municipality, str(description.date), description.kind) == (municipality, date, kind)
    assert description.language == "da"


def _describe(number: str, gazetteer: Gazetteer) -> Description:
    source = next(FOLDER.glob(f"{number}_*.txt"))
    return describe(source.name, [source.read_text(encoding="utf-8")], gazetteer)
