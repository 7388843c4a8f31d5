from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.embed.masking import mask, masked_texts, place_pattern
from pipeline.settings import Gazetteer, Municipality, load

PLACES = place_pattern(
    Gazetteer(
        municipalities=(
            Municipality(
                name="Aarhus", genitive="Aarhus", spellings=("Århus", "Aarhus Kommune"), districts=("Nord", "Stilling")
            ),
            Municipality(
                name="Ballerup",
                genitive="Ballerups",
                districts=("Skovlunde",),
                institutions=("Måløv Skole", "Baltorpskolen"),
            ),
            Municipality(name="København", genitive="Københavns", spellings=("Kbh.",)),
            Municipality(name="Aabenraa", genitive="Aabenraas"),
        )
    )
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ballerups børnehaver", "sted børnehaver"),
        ("i Aarhus Kommune og Århus", "i sted og sted"),
        ("Aarhus-modellen fra Skovlunde", "sted-modellen fra sted"),
        ("mod nord, ikke i Nord", "mod nord, ikke i sted"),
        ("Aarhus' skoler, Måløv Skole og Baltorpskolens elever", "sted skoler, sted og sted elever"),
        ("Åbenrås børn, i Kbh. og i København/Århus", "sted børn, i sted og i sted/sted"),
        ("Stilling som lærer i Stilling (Stilling)", "Stilling som lærer i sted (sted)"),
        ("Aarhusianere bor i byen", "Aarhusianere bor i byen"),
    ],
)
def test_places_of_the_gazetteer_are_masked_as_whole_words(text, masked):
    assert mask(text, [], PLACES) == masked


def test_persons_and_places_found_as_names_are_masked_but_not_organisations():
    text = "Mette Hansen fra Odense skrev til BUPL."
    entities = [("PER", 0, 12), ("LOC", 17, 23), ("ORG", 34, 38)]
    assert mask(text, entities, PLACES) == "navn fra sted skrev til BUPL."


def test_overlapping_names_are_masked_once():
    assert mask("Ballerup Rådhus", [("LOC", 0, 15)], PLACES) == "sted"
    assert mask("Hos Ballerup", [("PER", 0, 12)], PLACES) == "navn"


def test_two_municipalities_saying_the_same_become_one_text():
    rows = [{"paragraph_id": name, "text": f"{name} mangler pædagoger."} for name in ("Aarhus", "Ballerup")]
    assert len(set(masked_texts(rows, [], PLACES))) == 1


@given(st.text(), st.lists(st.tuples(st.sampled_from(["PER", "LOC", "ORG"]), st.integers(0, 20), st.integers(1, 9))))
def test_text_outside_names_survives(text, spans):
    entities = [(label, start, start + length) for label, start, length in spans if start + length <= len(text)]
    covered = {index for label, start, end in entities if label != "ORG" for index in range(start, end)}
    masked = mask(text, entities, place_pattern(Gazetteer(municipalities=(Municipality(name="Å1", genitive="Å1s"),))))
    kept = [character for index, character in enumerate(text) if index not in covered]
    rest = iter(masked)
    assert all(character in rest for character in kept)


def test_the_shipped_gazetteer_hides_all_four_municipalities():
    places = place_pattern(load(Gazetteer))
    for name in ("Ballerup", "Albertslund", "Aarhus", "København", "Københavns Kommune"):
        assert "sted" in mask(f"I {name} er der ro.", [], places)
        assert name not in mask(f"I {name} er der ro.", [], places)
