from __future__ import annotations

import polars as pl

from pipeline.compare import keyness
from pipeline.settings import Compare

TYPES = {"pos": pl.List(pl.String), "parts": pl.List(pl.String), "entity_starts": pl.List(pl.Int64)}


def terms(
    texts: dict[str, list[str]], *, times: int = 20, places=("Gjellerup",), entities: dict[str, str] | None = None
):
    """Return (municipality, term): each municipality writes its words `times` times, in two documents.

    A word is WORD/POS/PARTS; POS is NOUN and PARTS empty where left out.
    """
    observed, tokens = [], []
    for town, words in texts.items():
        for n in range(times):
            name = f"{town}{n}"
            split = [word.split("/") if "/" in word else [word, "NOUN", ""] for word in words]
            starts = [10 * place for place in range(len(words))]
            named = [s for s, (word, *_) in zip(starts, split, strict=True) if word in (entities or {})]
            observed.append((name, f"{town}-{n % 2}", town, "retention"))
            tokens.append(
                {"paragraph_id": name, "words": [w for w, *_ in split], "lemmas": [w.lower() for w, *_ in split],
                 "pos": [p for _, p, _ in split], "parts": [q for *_, q in split], "starts": starts,
                 "entity_starts": named, "entity_ends": [s + 9 for s in named]}
            )  # fmt: skip
    frame = pl.DataFrame(observed, schema=["paragraph_id", "document_id", "municipality", "theme_id"], orient="row")
    token_frame = pl.DataFrame(tokens, schema_overrides=TYPES | {"entity_ends": pl.List(pl.Int64)})
    rows = keyness.distinctive(frame, token_frame, places, Compare())
    return {(row["municipality"], row["term"]): row for row in rows}


COMMON = ["trivsel", "kollega"]


def test_distinctive_are_the_terms_that_one_municipality_uses():
    found = terms({"Aarhus": ["partnerskab", *COMMON], "Ballerup": ["fastholdelse", *COMMON]})
    assert set(found) == {("Aarhus", "partnerskab"), ("Ballerup", "fastholdelse")}
    assert (found["Aarhus", "partnerskab"]["count"], found["Aarhus", "partnerskab"]["documents"]) == (20, 2)


def test_one_municipality_alone_has_none():
    assert terms({"Aarhus": ["partnerskab", *COMMON]}) == {}


def test_parts_gather_the_compounds_of_one_subject():
    own = ["mentorordning/NOUN/mentor+ordning", "mentorforløb/NOUN/mentor+forløb", "mentorsamtale/NOUN/mentor+samtale"]
    found = terms({"Aarhus": [*own, *COMMON], "Ballerup": COMMON})
    assert found["Aarhus", "mentor-"]["count"] == 60


def test_a_part_that_repeats_one_compound_is_left_out():
    found = terms({"Aarhus": ["mentorordning/NOUN/mentor+ordning", *COMMON], "Ballerup": COMMON})
    assert [term for town, term in found if town == "Aarhus"] == ["mentorordning"]


def test_words_that_name_no_subject_are_never_shown():
    nothing = ["november", "punkt", "kommune", "mandag", "skrive/VERB/", "mange/ADJ/", "Gjellerup", "Holm"]
    assert terms({"Aarhus": [*nothing, *COMMON], "Ballerup": COMMON}, entities={"Holm": "PER"}) == {}


def test_a_capital_within_a_sentence_is_a_name():
    assert terms({"Aarhus": ["trivsel", "Kastanjely", "kollega"], "Ballerup": COMMON}) == {}
