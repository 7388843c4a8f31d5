from __future__ import annotations

import time

import pytest

from pipeline.extract.metadata import describe
from pipeline.extract.metadata.language import find_language
from pipeline.settings import Gazetteer
from tests.extract.metadata import texts

# As Tesseract's English model reads Danish.
DAMAGED = """Bgrnene pa de tre skoler mader oftere til tiden end far ferien, og leererne siger, at der er mere ro i
timerne. Nar foraeldrene bliver spurgt, fremheever de den nye legeplads og det gode samarbejde med klubben."""
ENGLISH = """The committee discussed how to recruit and retain teachers in the schools of the municipality, and several
of the members asked for more data on the causes before any further decision is made about the budget."""
GERMAN = """Der Ausschuss hat darüber gesprochen, wie die Gemeinde mehr Lehrkräfte gewinnen kann, und mehrere Mitglieder
haben nach weiteren Zahlen gefragt, bevor eine Entscheidung über den Haushalt getroffen werden soll."""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (texts.FILLER, "da"),
        (DAMAGED, "da"),
        (texts.NORWEGIAN, "nb"),
        (texts.SWEDISH, "sv"),
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("Punkt 1: Godkendelse af dagsorden", "und"),
        ("", "und"),
        ("12 345 6.789 " * 40, "und"),
    ],
)
def test_the_language_is_recognised(text: str, code: str) -> None:
    assert find_language(text) == code


def test_ten_pages_are_described_in_under_50_milliseconds(gazetteer: Gazetteer) -> None:
    pages = [(texts.ODENSE_OTHERS + texts.FILLER * 6)[:3000] + "\f"] * 10
    describe("warm.txt", pages, gazetteer)
    times = []
    for _ in range(5):
        started = time.process_time()
        describe("x.txt", pages, gazetteer)
        times.append(time.process_time() - started)
    assert min(times) < 0.05
