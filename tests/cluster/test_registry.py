"""Discovered themes keep their ids, and the registry says what became of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.cluster.acceptance import accepted_content, run_id
from pipeline.cluster.beyond import Leftovers, discovered
from pipeline.cluster.context import Unit
from pipeline.cluster.drift import describe
from pipeline.cluster.evidence import Space, unit
from pipeline.cluster.matching import Found, frozen, match
from pipeline.cluster.registry import Entry, Registry, load, new_id, read
from pipeline.errors import ConfigurationError, FatalError
from pipeline.settings import Cluster, Theme

PLAIN = Space(np.zeros(4), np.zeros(4))
NORTH, EAST, UP, FAR = np.eye(4)
NOTHING = {"encoder": {"fingerprint": None}, "themes": []}
ENCODER = {"fingerprint": "model"}


def around(*directions, each=4):
    """Vectors near each direction, `each` of them, in the order of the directions."""
    noise = 0.02 * np.random.default_rng(3).standard_normal((len(directions) * each, 4))
    return unit(np.repeat(np.array(directions), each, axis=0) + noise)


def found(label, vectors, *members):
    centroid = vectors[list(members)].mean(axis=0)
    return Found(label, members, (label.lower(),), centroid, 0.8)


def registry(*entries, ids=()):
    return Registry(tuple(entries), frozenset({*ids, *(entry.theme_id for entry in entries)}), 0.1)


def events(outcomes):
    return {(outcome.theme_id, outcome.event) for outcome in outcomes}


def test_without_a_registry_every_theme_is_born():
    vectors = around(NORTH)
    outcomes = match([found("Svømning og bade", vectors, 0, 1, 2, 3)], Registry(), vectors, PLAIN, {})
    assert events(outcomes) == {("svoemning_og_bade", "born")}


def test_a_theme_found_again_keeps_id_and_label_though_its_words_changed():
    vectors = around(NORTH + 0.1 * EAST)
    entry = Entry("svoemning", "Svømning", NORTH)
    (outcome,) = match([found("Bassin og livredder", vectors, 0, 1, 2, 3)], registry(entry), vectors, PLAIN, {})
    assert (outcome.theme_id, outcome.event, outcome.theme.label) == ("svoemning", "continued", "Svømning")
    assert "claims 4 of its 4" in outcome.reason


def test_what_was_split_off_names_its_parent():
    vectors = around(NORTH + 0.3 * EAST, NORTH - 0.3 * EAST, each=3)
    halves = [found("Bassin", vectors, 0, 1, 2), found("Livredder", vectors, 3, 4, 5)]
    outcomes = match(halves, registry(Entry("svoemning", "Svømning", NORTH)), vectors, PLAIN, {})
    assert sorted(outcome.event for outcome in outcomes) == ["continued", "split"]
    (part,) = [outcome for outcome in outcomes if outcome.event == "split"]
    assert part.parents == ("svoemning",)
    assert part.theme_id != "svoemning"


def test_what_was_merged_names_its_successor():
    vectors = around(NORTH + 0.3 * EAST, NORTH - 0.3 * EAST, each=3)
    entries = [Entry("bassin", "Bassin", NORTH + 0.3 * EAST), Entry("livredder", "Livredder", NORTH - 0.3 * EAST)]
    outcomes = match([found("Svømning", vectors, *range(6))], registry(*entries), vectors, PLAIN, {})
    assert sorted(outcome.event for outcome in outcomes) == ["continued", "merged"]
    (lost,) = [outcome for outcome in outcomes if outcome.event == "merged"]
    assert lost.successor in {"bassin", "livredder"} - {lost.theme_id}


def test_a_theme_that_shrank_lives_on_and_one_without_paragraphs_is_gone():
    vectors = around(EAST, each=3)
    entries = [Entry("kor", "Kor", EAST, 0.8), Entry("svoemning", "Svømning", NORTH, 0.8)]
    outcomes = match([], registry(*entries), vectors, PLAIN, {})
    assert events(outcomes) == {("kor", "continued"), ("svoemning", "gone")}
    assert outcomes[0].theme.members == (0, 1, 2)


def test_a_theme_that_was_gone_comes_back_under_its_id_and_is_not_gone_twice():
    entry = Entry("svoemning", "Svømning", NORTH, gone=True)
    vectors = around(NORTH)
    (back,) = match([found("Bassin", vectors, 0, 1, 2, 3)], registry(entry), vectors, PLAIN, {})
    assert (back.theme_id, back.event) == ("svoemning", "continued")
    assert "had been gone" in back.reason
    assert match([], registry(entry), around(EAST), PLAIN, {}) == []


def test_ids_of_the_codebook_and_of_merged_themes_are_never_given_again():
    vectors = around(NORTH)
    known = Registry((), frozenset({"bassin"}), None)
    (outcome,) = match([found("Bassin", vectors, 0, 1, 2, 3)], known, vectors, PLAIN, {"bassin_2": "bassin_2"})
    assert outcome.theme_id == "bassin_3"
    assert new_id("Ældre på Ø", []) == "aeldre_paa_oe"
    assert new_id("2030", []) == "tema_2030"


def test_a_theme_that_the_codebook_took_over_is_merged_into_it():
    entry = Entry("fravaer", "Fravær", NORTH)
    (outcome,) = match([], registry(entry), around(NORTH), PLAIN, {"fravaer": "sick_leave"})
    assert (outcome.event, outcome.successor, outcome.theme.members) == ("merged", "sick_leave", ())


def test_frozen_assignment_gives_registered_themes_alone_and_moves_nothing():
    vectors = around(NORTH, FAR)
    (outcome,) = frozen(registry(Entry("svoemning", "Svømning", NORTH, 0.8)), vectors, PLAIN, {})
    assert outcome.theme.members == (0, 1, 2, 3)
    assert outcome.theme.centroid is NORTH


def leftovers(vectors):
    units = [Unit(f"d{n}-0", f"d{n}", "brødtekst", "paragraph", "tekst", (), (), ()) for n in range(len(vectors))]
    return Leftovers.of(units, range(len(units)), vectors, {}, PLAIN)


def test_frozen_mode_says_when_the_documents_have_drifted_away():
    settings, theme = Cluster(mode="frozen"), Theme(id="budget", da="Budget", en="Budget", definition="Penge.")
    known = registry(Entry("svoemning", "Svømning", NORTH, 0.8))
    still = discovered(leftovers(around(NORTH)), known, PLAIN, [theme], settings)
    assert "refit" not in still.summary
    moved = discovered(leftovers(around(NORTH, FAR)), known, PLAIN, [theme], settings)
    assert "50% of the left-over paragraphs are near no theme, 10%" in moved.summary
    assert "temaspejl refit" in moved.summary
    assert [(row["event"], row["far"]) for row in moved.events if not row["theme_id"]] == [("drift", 0.5)]
    assert {row["theme_id"] for row in moved.assignments} == {"svoemning"}


def test_a_few_left_over_paragraphs_found_nothing_but_keep_what_is_registered():
    settings = Cluster()
    result = discovered(leftovers(around(NORTH)), registry(Entry("kor", "Kor", NORTH, 0.8)), PLAIN, [], settings)
    assert "too few to discover themes in" in result.summary
    assert [row["theme_id"] for row in result.themes] == ["kor"]
    nothing = discovered(leftovers(around(NORTH)), Registry(), PLAIN, [], settings)
    assert (nothing.themes, nothing.events) == ([], [])


def rows(outcomes, far=0.2, settings=None):
    event, reason = describe(far, None, settings or Cluster())
    whole = {"theme_id": "", "event": event, "reason": reason, "far": far}
    return [*(outcome.row() for outcome in outcomes), whole]


def test_accepting_writes_what_happened_and_a_second_run_finds_it(tmp_path):
    vectors = around(NORTH, EAST)
    first = match(
        [found("Bassin", vectors, 0, 1, 2, 3), found("Kor", vectors, 4, 5, 6, 7)], Registry(), vectors, PLAIN, {}
    )
    content = accepted_content(NOTHING, rows(first), "run1", ENCODER)
    path = tmp_path / "registry.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    known = load(path, "model")
    assert ([entry.theme_id for entry in known.entries], known.far) == (["bassin", "kor"], 0.2)

    second = match([found("Svømmehal", vectors, 0, 1, 2, 3)], known, vectors[:4], PLAIN, {})
    content = accepted_content(content, rows(second), "run2", ENCODER)
    bassin, kor = content["themes"]
    assert (bassin["label"], bassin["born"], bassin["last_seen"], bassin["status"]) == (
        "Bassin",
        "run1",
        "run2",
        "active",
    )
    assert (kor["status"], kor["last_seen"]) == ("gone", "run1")
    assert [event["event"] for event in kor["history"]] == ["born", "gone"]


def test_a_label_that_a_person_changed_stays_and_a_merged_theme_is_recorded_as_parent():
    themes = [
        {"id": name, "label": f"Rettet {name}", "centroid": [1, 0, 0, 0], "status": "active"} for name in ("a", "b")
    ]
    taken = found("X", around(NORTH), 0, 1)
    outcomes = match([taken], registry(Entry("a", "Rettet a", NORTH), Entry("b", "B", NORTH)), around(NORTH), PLAIN, {})
    content = accepted_content({"encoder": ENCODER, "themes": themes}, rows(outcomes), "run", ENCODER)
    heir = next(theme for theme in content["themes"] if theme["status"] == "active")
    assert heir["label"] == f"Rettet {heir['id']}"
    merged = [theme for theme in content["themes"] if theme["status"] == "merged"]
    assert [theme["successor"] for theme in merged] == [heir["id"]] * len(merged)
    assert heir.get("parents", []) == [theme["id"] for theme in merged]


def test_a_frozen_run_moves_no_centroid_in_the_registry():
    entry = {"id": "a", "label": "A", "centroid": [0, 1, 0, 0], "nearness": 0.6}
    outcomes = frozen(registry(Entry("a", "A", EAST, 0.8)), around(EAST), PLAIN, {})
    content = accepted_content(
        {"encoder": ENCODER, "themes": [entry], "far": 0.1}, rows(outcomes, 0.4, Cluster(mode="frozen")), "run", ENCODER
    )
    assert (content["themes"][0]["centroid"], content["far"]) == ([0, 1, 0, 0], 0.1)
    assert content["themes"][0]["last_seen"] == "run"


def test_events_of_another_state_of_the_registry_are_refused():
    vectors = around(NORTH)
    born = rows(match([found("Bassin", vectors, 0, 1)], Registry(), vectors, PLAIN, {}))
    content = accepted_content(NOTHING, born, "run1", ENCODER)
    with pytest.raises(ConfigurationError, match=r"bassin \(born\) is in the registry already"):
        accepted_content(content, born, "run2", ENCODER)


def test_a_run_is_named_by_what_it_found():
    assert run_id([], [{"document_id": "b"}, {"document_id": "a"}]) == run_id(
        [], [{"document_id": "a"}, {"document_id": "b"}]
    )
    assert run_id([{"event": "born"}], []) != run_id([], [])


def test_a_registry_of_another_model_is_refused(tmp_path):
    path = tmp_path / "registry.json"
    theme = {"id": "a", "label": "A", "centroid": [1, 0, 0]}
    path.write_text(json.dumps({"encoder": {"fingerprint": "old"}, "themes": [theme]}), encoding="utf-8")
    assert load(path, "old").entries[0].theme_id == "a"
    with pytest.raises(FatalError, match="another embedding model"):
        load(path, "new")


def test_no_registry_is_an_empty_one_and_a_broken_one_is_named(tmp_path):
    assert load(tmp_path / "none.json", "x") == Registry()
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(FatalError, match=r"broken\.json"):
        read(tmp_path / "broken.json")
