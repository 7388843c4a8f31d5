"""Discovered themes keep their ids."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.cluster.evidence import Space
from pipeline.cluster.registry import Entry, Found, load, match, new_id
from pipeline.errors import FatalError

PLAIN = Space(np.zeros(3), np.zeros(3))
NORTH, EAST, UP = np.eye(3)


def test_without_a_registry_every_theme_is_born():
    ids, events = match([Found("Svømning og bade", NORTH)], [], PLAIN, [])
    assert ids == ["svoemning_og_bade"]
    assert [event["event"] for event in events] == ["born"]


def test_a_theme_found_again_keeps_id_and_label_though_its_words_changed():
    entry = Entry("svoemning", "Svømning", NORTH)
    ids, events = match([Found("Bassin og livredder", NORTH + 0.1 * EAST)], [entry], PLAIN, [])
    assert ids == ["svoemning"]
    assert (events[0]["event"], events[0]["label"]) == ("continued", "Svømning")
    assert "0.99" in events[0]["reason"] or "1.00" in events[0]["reason"]


def test_each_registered_theme_is_given_to_one_found_theme_and_the_rest_are_gone():
    entries = [Entry("a", "A", NORTH), Entry("b", "B", EAST)]
    ids, events = match([Found("X", NORTH), Found("Y", NORTH + 0.2 * UP)], entries, PLAIN, [])
    assert ids == ["a", "y"]
    assert sorted((event["theme_id"], event["event"]) for event in events) == [
        ("a", "continued"),
        ("b", "gone"),
        ("y", "born"),
    ]


def test_new_ids_avoid_those_of_the_codebook():
    assert new_id("Budget", ["budget"]) == "budget_2"
    assert new_id("Ældre på Ø", []) == "aeldre_paa_oe"
    assert new_id("2030", []) == "tema_2030"


def test_a_registry_of_another_model_is_refused(tmp_path):
    path = tmp_path / "registry.json"
    theme = {"id": "a", "label": "A", "centroid": [1, 0, 0]}
    path.write_text(json.dumps({"encoder": {"fingerprint": "old"}, "themes": [theme]}), encoding="utf-8")
    assert load(path, "old")[0].theme_id == "a"
    with pytest.raises(FatalError, match="another embedding model"):
        load(path, "new")


def test_no_registry_is_an_empty_one_and_a_broken_one_is_named(tmp_path):
    assert load(tmp_path / "none.json", "x") == []
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(FatalError, match=r"broken\.json"):
        load(tmp_path / "broken.json", "x")
