from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import cooccurrences

THEMES = ("budget", "leadership", "school")
TOWNS = ("Aarhus", "Ballerup")


def pairs(paragraphs):
    """`paragraphs` are (municipality, themes); each is a document of its own."""
    places = [(f"p{n}", f"d{n}", town, themes) for n, (town, themes) in enumerate(paragraphs)]
    counted = pl.DataFrame(
        [p[:3] for p in places], schema=["paragraph_id", "document_id", "municipality"], orient="row"
    )
    themed = [(*p[:3], theme) for p in places for theme in sorted(p[3])]
    schema = dict.fromkeys(("paragraph_id", "document_id", "municipality", "theme_id"), pl.String)
    rows = cooccurrences.pairs(counted, pl.DataFrame(themed, schema=schema, orient="row"))
    return {(row["municipality"], row["theme_id"], row["other"]): row for row in rows}


def test_lift_is_one_where_two_themes_have_nothing_to_do_with_each_other():
    independent = [("Aarhus", themes) for themes in ({"budget", "school"}, {"budget"}, {"school"}, set())] * 2
    assert pairs(independent)["Aarhus", "budget", "school"]["lift"] == 1.0
    together = [("Aarhus", {"budget", "school"})] * 2 + [("Aarhus", set())] * 6
    assert pairs(together)["Aarhus", "budget", "school"]["lift"] == 4.0


def test_a_single_paragraph_makes_no_pair():
    assert pairs([("Aarhus", {"budget", "school"}), ("Aarhus", set())]) == {}
    both = pairs([("Aarhus", {"budget", "school"}), ("Ballerup", {"budget", "school"})])
    assert {key[0] for key in both} == {"alle"}, "two paragraphs, but of two municipalities"


@given(st.lists(st.tuples(st.sampled_from(TOWNS), st.sets(st.sampled_from(THEMES))), min_size=1, max_size=30))
def test_pairs_are_symmetric_and_the_towns_add_up_to_all(paragraphs):
    found = pairs(paragraphs)
    for (town, theme, other), row in found.items():
        assert found[town, other, theme]["paragraphs"] == row["paragraphs"]
        assert found[town, other, theme]["lift"] == row["lift"]
        expected = [themes for place, themes in paragraphs if town in (place, "alle") and {theme, other} <= themes]
        assert row["paragraphs"] == len(expected)
