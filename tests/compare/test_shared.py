from __future__ import annotations

import datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import shared

TEMPLATE = (
    "Alle medarbejdere i {} Kommune tilbydes en samtale om det gode seniorliv, når de fylder 57 år, og samtalen følges "
    "op hvert andet år af den nærmeste leder."
)
FORMULA = "Indstillingen blev godkendt af udvalget uden bemærkninger den dag."


def passages(*paragraphs: tuple[str, str, str]) -> dict[str, set[str]]:
    """Return passage_id -> paragraph_ids; a paragraph is (id, municipality, text), each in a document of its own."""
    own = pl.DataFrame(
        [{"paragraph_id": i, "document_id": i, "municipality": town, "text": text} for i, town, text in paragraphs]
    )
    days = [datetime.date(2024, 1, 1 + place) for place in range(len(paragraphs))]
    documents = own.select("document_id", path="document_id").with_columns(date=pl.Series(days))
    found: dict[str, set[str]] = {}
    for row in shared.passages(own, documents):
        found.setdefault(row["passage_id"], set()).add(row["paragraph_id"])
    return found


def test_a_template_of_two_municipalities_is_one_passage_led_by_the_earliest():
    changed = TEMPLATE.replace("nærmeste leder", "nærmeste chef")
    found = passages(
        ("z", "Ballerup", TEMPLATE.format("Ballerup")),
        ("a", "Albertslund", changed.format("Albertslund")),
        (
            "b",
            "Albertslund",
            "Noget helt andet, som kun denne ene kommune skriver om sine børn og deres fælles skolegård.",
        ),
    )
    assert found == {"z": {"z", "a"}}


def test_what_one_municipality_repeats_is_its_own_voice():
    assert passages(("a", "Aarhus", TEMPLATE.format("Aarhus")), ("b", "Aarhus", TEMPLATE.format("Aarhus"))) == {}


def test_a_formula_is_no_passage():
    assert passages(("a", "Aarhus", FORMULA), ("b", "Ballerup", FORMULA)) == {}


def test_paragraphs_that_share_half_their_words_are_none():
    half = TEMPLATE.format("x").split()[:14]
    other = " ".join([*half, *(f"ord{n}" for n in range(20))])
    assert passages(("a", "Aarhus", TEMPLATE.format("Aarhus")), ("b", "Ballerup", other)) == {}


@given(st.lists(st.sampled_from(["vi", "du", "barn", "skole", "leder", "møde", "plan"]), min_size=12, max_size=40))
def test_equal_text_of_two_municipalities_is_always_found(words):
    text = " ".join(words)
    assert passages(("a", "Aarhus", text), ("b", "Ballerup", text)) == {"a": {"a", "b"}}
