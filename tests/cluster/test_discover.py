"""Themes beyond the codebook."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl
import pytest
import yaml

from pipeline.cluster import discover, terms
from pipeline.cluster.assign import assignments
from pipeline.cluster.context import Unit
from pipeline.cluster.evidence import unit
from pipeline.cluster.recurrence import recurrence
from pipeline.cluster.suggestion import stanza
from pipeline.settings import Codebook


def unit_(number):
    return Unit(f"d-{number:07d}", "d", "brødtekst", "paragraph", "tekst", (), (), ())


def discover_(words, vectors, smallest, documents=None):
    keys = [f"p{n}" for n in range(len(words))]
    return discover.discover(words, vectors, keys, documents or keys, discover.Smallest(smallest, 2))


def two_groups(each, size):
    centres = np.repeat(np.eye(size)[:2], each, axis=0)
    return unit(centres + 0.05 * np.random.default_rng(7).standard_normal((2 * each, size)))


@pytest.mark.slow
def test_two_subjects_become_two_themes_whatever_the_order():
    words = [["svømning", "bassin", "livredder"]] * 12 + [["musik", "kor", "tidlig_indsats"]] * 12
    vectors = two_groups(12, 6)
    found = discover_(words, vectors, 8)
    assert [set(topic.terms[:3]) for topic in found] == [
        {"svømning", "bassin", "livredder"},
        {"musik", "kor", "tidlig indsats"},
    ]
    assert [len(topic.members) for topic in found] == [12, 12]
    again = discover_(words, vectors, 8)
    assert [topic.members for topic in again] == [topic.members for topic in found]


def test_too_little_text_founds_no_theme():
    assert discover_([["svømning"]] * 5, np.eye(5), 8) == []
    assert discover_([[]] * 30, np.eye(30), 8) == []


def test_what_one_document_says_alone_does_not_recur():
    vectors = two_groups(10, 6)
    documents = ["a"] * 10 + ["b", "c"] * 5
    labels = discover.cluster(vectors, documents, documents, discover.Smallest(5, 2))
    assert labels.tolist() == [-1] * 10 + [0] * 10


def test_small_clusters_are_left_out():
    vectors = np.concatenate([np.repeat([[1.0, 0.0]], 9, axis=0), np.repeat([[0.0, 1.0]], 3, axis=0)])
    keys = [str(n) for n in range(12)]
    assert discover.cluster(vectors, keys, keys, discover.Smallest(5, 1)).tolist() == [0] * 9 + [-1] * 3


def test_a_large_corpus_is_clustered_through_a_sample_that_follows_the_keys(monkeypatch):
    monkeypatch.setattr(discover, "LINKAGE_LIMIT", 30)
    vectors = two_groups(60, 8)
    keys = [f"p{n}" for n in range(120)]
    labels = discover.cluster(vectors, keys, keys, discover.Smallest(5, 2))
    assert set(labels[:60]) | set(labels[60:]) <= {0, 1, -1}
    assert (labels >= 0).mean() > 0.7
    order = np.random.default_rng(1).permutation(120)
    again = discover.cluster(vectors[order], [keys[n] for n in order], keys, discover.Smallest(5, 2))
    assert (again == labels[order]).all() or (again == np.where(labels >= 0, 1 - labels, -1)[order]).all()


def test_a_bullet_lies_near_its_heading():
    heading, bullet = unit_(0), Unit("d-0000001", "d", "brødtekst", "bullet", "Tidlig indsats", (), (0,), ())
    vectors = discover.in_surroundings([heading, bullet], np.eye(2))
    assert vectors.tolist() == [[1.0, 0.0], [0.5, 0.5]]


def test_terms_leave_names_and_administration_out():
    row = {
        "lemmas": ["kommune", "svømning", "Gellerup", "ny", "bassin"], "pos": ["NOUN", "NOUN", "NOUN", "ADJ", "NOUN"],
        "starts": [0, 8, 17, 26, 29], "entity_starts": [17], "entity_ends": [25],
    }  # fmt: skip
    assert terms.content_lemmas(row) == ["svømning", "bassin"]


def test_distinctive_terms_are_those_of_one_group():
    first, second = terms.distinctive([[["skole", "svømning"]] * 3, [["skole", "musik"]] * 3], limit=1)
    assert (first, second) == (["svømning"], ["musik"])


def test_names_of_themes_are_noun_phrases_that_say_two_things():
    nouns = {"svømning", "svømmehal", "bassin", "ordning", "mentorordning"}
    assert terms.label(["stor", "svømning", "bassin"], nouns) == "Svømning og bassin"
    assert terms.label(["svømning", "svømmehal", "tidlig indsats"], nouns) == "Svømning og tidlig indsats"
    assert terms.label(["ordning", "mentorordning"], nouns) == "Mentorordning"


def test_phrases_and_parts_of_compounds_are_terms_and_boilerplate_is_not():
    row = {
        "words": ["Tidlig", "indsats", "i", "svømmehallen"], "lemmas": ["tidlig", "indsats", "i", "svømmehal"],
        "pos": ["ADJ", "NOUN", "ADP", "NOUN"], "parts": ["", "", "", "svømme+hal"], "starts": [0, 7, 15, 17],
        "entity_starts": [], "entity_ends": [],
    }  # fmt: skip
    assert terms.phrases(row) == ["tidlig_indsats"]
    assert terms.compound_parts(row) == ["svømme"]
    documents = [str(n) for n in range(10)]
    assert terms.boilerplate([["konstrueret", str(n)] for n in range(10)], documents) == {"konstrueret"}
    assert terms.boilerplate([["konstrueret"]] * 3, documents[:3]) == set(), "too few documents to tell"


def test_recurrence_counts_documents_meetings_and_years_not_paragraphs():
    day = datetime.date(2023, 5, 2)
    documents = [
        {
            "document_id": name,
            "municipality": "Aarhus",
            "body": body,
            "date": date,
            "kind": "referat",
            "language": "da",
            "status": "ok",
            "near_duplicate_of": None,
        }
        for name, body, date in (
            ("a", "MED", day),
            ("b", "MED", day),
            ("c", None, day.replace(year=2024)),
            ("d", None, None),
        )
    ]
    paragraphs = [
        {"paragraph_id": f"{name}{n}", "document_id": name, "text": "t", "form": "paragraph", "role": "brødtekst",
         "voice": "own", "closed": False}
        for name in "abcd" for n in range(2)
    ]  # fmt: skip
    assigned = [{"paragraph_id": row["paragraph_id"], "theme_id": "budget"} for row in paragraphs]
    types = {"near_duplicate_of": pl.String}
    found = recurrence(pl.DataFrame(documents, schema_overrides=types), pl.DataFrame(paragraphs), assigned)
    assert found == {"budget": {"documents": 4, "meetings": 3, "years": 2}}


def test_a_discovered_theme_is_suggested_as_yaml_that_the_codebook_reads():
    row = {"theme_id": "svoemning", "da": "Svømning", "en": "Svømning", "terms": ["svømning", "tidlig indsats"]}
    token = {"lemmas": ["svømning"], "pos": ["NOUN"]}
    text = stanza(row, ["Svømning: alle elever lærer at svømme. " * 9], [token])
    (theme,) = Codebook.model_validate({"themes": yaml.safe_load(text)}).themes
    assert (theme.id, theme.stems, theme.replaces) == ("svoemning", ("svømning",), ("svoemning",))
    assert len(theme.examples[0]) <= 163


def test_at_most_so_many_themes_the_best_first_and_none_below_the_minimum():
    scores = np.array([[0.9, 0.2, 0.6, 0.7], [0.1, 0.2, 0.1, 0.1], [0.9, 0.9, 0.9, 0.9]])
    rows = assignments([unit_(0), unit_(1), unit_(2)], scores, "abcd", [True, True, False], min_score=0.5, max_themes=2)
    assert [(row["paragraph_id"], row["theme_id"], row["rank"]) for row in rows] == [
        ("d-0000000", "a", 1),
        ("d-0000000", "d", 2),
    ]
