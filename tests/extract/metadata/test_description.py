"""Whatever a parser hands over, a description comes back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.metadata import describe
from pipeline.schema import KINDS
from pipeline.settings import Gazetteer, load
from tests.extract.metadata import texts

GAZETTEER = load(Gazetteer)
LINES = [line for value in vars(texts).values() if isinstance(value, str) for line in value.splitlines()]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(LINES)), max_size=30), st.text(max_size=20))
def test_any_text_is_described(lines: list[str], name: str) -> None:
    found = describe(name, ["\n".join(lines)], GAZETTEER)
    assert found.kind in KINDS
    assert 0 <= found.municipality_confidence <= 1
    assert (found.municipality is None) == (found.municipality_confidence == 0)
    assert found.municipality_evidence
    assert found.date_evidence
    assert found.kind_evidence


@pytest.mark.parametrize(
    "line",
    [
        "_" * 300_000 + "x",
        "Dato " + "d. " * 50_000,
        "i Ballerup Kommune den 12. maj 2023 " * 1_000,
        "a.b" * 100_000,
        "æ" * 300_000,
    ],
    ids=["rule", "dates", "names", "domains", "word"],
)
def test_a_hostile_line_costs_seconds_at_most(line: str) -> None:
    started = time.process_time()
    describe("x.txt", [line, f"Notat\n{line}\n{line}"], GAZETTEER)
    assert time.process_time() - started < 10


def test_a_document_without_text_has_only_its_name() -> None:
    for pages in ([], [""], ["\f", "\f"]):
        found = describe("Notat om trivsel.pdf", pages, GAZETTEER)
        assert (found.title, found.kind, found.municipality, found.date) == ("Notat om trivsel", "notat", None, None)
        assert found.language == "und"
        assert found.case_numbers == []
        assert found.body is None


def test_the_same_text_in_one_page_or_with_form_feeds_is_described_alike() -> None:
    pages = ["Gladsaxe Kommune\nReferat 12-05-2023\n", f"Gladsaxe Kommune\n{texts.FILLER}"]
    apart = describe("x.pdf", [page + "\f" for page in pages], GAZETTEER)
    assert apart == describe("x.txt", ["\f".join(pages)], GAZETTEER)
