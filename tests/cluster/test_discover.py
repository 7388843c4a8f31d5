"""Themes beyond the codebook."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster import discover, terms
from pipeline.cluster.assign import assignments
from pipeline.cluster.context import Unit


def unit_(number):
    return Unit(f"d-{number:07d}", "d", "brødtekst", "paragraph", "tekst", (), (), ())


@pytest.mark.slow
def test_two_subjects_become_two_themes_whatever_the_order():
    words = [["svømning", "bassin", "livredder"]] * 12 + [["musik", "kor", "klaver"]] * 12
    centres = np.repeat(np.eye(6)[:2], 12, axis=0)
    vectors = centres + 0.05 * np.random.default_rng(7).standard_normal((24, 6))
    found = discover.discover(words, vectors, 8)
    assert [set(topic.terms[:3]) for topic in found] == [
        {"svømning", "bassin", "livredder"},
        {"musik", "kor", "klaver"},
    ]
    assert [len(topic.members) for topic in found] == [12, 12]
    again = discover.discover(words, vectors, 8)
    assert [topic.members for topic in again] == [topic.members for topic in found]


def test_too_little_text_founds_no_theme():
    assert discover.discover([["svømning"]] * 5, np.eye(5), 8) == []
    assert discover.discover([[]] * 30, np.eye(30), 8) == []


def test_small_clusters_are_left_out():
    vectors = np.concatenate([np.repeat([[1.0, 0.0]], 9, axis=0), np.repeat([[0.0, 1.0]], 3, axis=0)])
    assert discover.Clusterer(5).fit(vectors).labels_.tolist() == [0] * 9 + [-1] * 3


def test_terms_leave_names_and_administration_out():
    row = {
        "lemmas": ["kommune", "svømning", "Gellerup", "ny", "bassin"], "pos": ["NOUN", "NOUN", "NOUN", "ADJ", "NOUN"],
        "starts": [0, 8, 17, 26, 29], "entity_starts": [17], "entity_ends": [25],
    }  # fmt: skip
    assert terms.content_lemmas(row) == ["svømning", "bassin"]


def test_distinctive_terms_are_those_of_one_group():
    first, second = terms.distinctive([[["skole", "svømning"]] * 3, [["skole", "musik"]] * 3], limit=1)
    assert (first, second) == (["svømning"], ["musik"])
    assert terms.label(["stor", "svømning", "bassin"], {"svømning", "bassin"}) == "Svømning og bassin"


def test_at_most_so_many_themes_the_best_first_and_none_below_the_minimum():
    scores = np.array([[0.9, 0.2, 0.6, 0.7], [0.1, 0.2, 0.1, 0.1], [0.9, 0.9, 0.9, 0.9]])
    rows = assignments([unit_(0), unit_(1), unit_(2)], scores, "abcd", [True, True, False], min_score=0.5, max_themes=2)
    assert [(row["paragraph_id"], row["theme_id"], row["rank"]) for row in rows] == [
        ("d-0000000", "a", 1),
        ("d-0000000", "d", 2),
    ]
