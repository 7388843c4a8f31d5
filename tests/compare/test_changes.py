from __future__ import annotations

import pytest

from pipeline import snapshots
from pipeline.compare import changes
from pipeline.compare.changes import Run
from pipeline.errors import ConfigurationError
from tests.compare.runs import run


def between(before, now):
    rows = changes.between(Run.of(before.read), Run.of(now.read), now.rows("theme_events"))
    return {(row["kind"], row["subject"]): row for row in rows}


def test_a_run_of_the_same_documents_says_that_nothing_changed(tmp_path):
    documents = {"a": ["budget", "-"], "b": ["school"]}
    found = between(run(tmp_path / "1", documents), run(tmp_path / "2", documents))
    assert list(found) == [("no_change", "")]


def test_documents_are_new_changed_or_gone(tmp_path):
    before = run(tmp_path / "1", {"a": ["-"], "b": ["-"], "c": ["-"]})
    found = between(before, run(tmp_path / "2", {"a": ["-"], "b:2": ["-"], "d": ["-"]}))
    assert set(found) == {("document_new", "d"), ("document_changed", "b:2"), ("document_gone", "c")}
    assert found["document_changed", "b:2"]["label"] == "b.txt"


def test_a_theme_that_grew_names_the_documents_that_caused_it(tmp_path):
    before = run(tmp_path / "1", {"a": ["budget", "-"], "b": ["-", "-"]})
    found = between(
        before, run(tmp_path / "2", {"a": ["budget", "-"], "b:2": ["budget", "-"], "c": ["budget", "budget"]})
    )
    row = found["theme_grown", "budget"]
    assert (row["before"], row["now"]) == (1, 4)
    assert (row["share_before"], row["share_now"]) == (1 / 4, 4 / 6)
    assert row["documents"] == ["c", "b:2"], "the weightiest first"


def test_a_theme_shrinks_by_documents_that_are_about_something_else(tmp_path):
    before = run(tmp_path / "1", {"a": ["budget", "-"]})
    found = between(before, run(tmp_path / "2", {"a": ["budget", "-"], "b": ["-"] * 6, "c": ["budget"], "d": ["-"]}))
    assert found["theme_shrunk", "budget"]["documents"] == ["b", "d"], "not c, which is about it"


def test_one_new_document_is_no_real_change_but_many_are(tmp_path):
    old = {f"old{n}": ["-"] * 6 + ["budget"] * (n % 2) for n in range(8)}
    one = between(run(tmp_path / "1", old), run(tmp_path / "2", old | {"new": ["budget"] * 3}))
    assert not one["theme_grown", "budget"]["real"]
    many = {f"new{n}": ["budget"] * 4 + ["-"] for n in range(8)}
    assert between(run(tmp_path / "3", old), run(tmp_path / "4", old | many))["theme_grown", "budget"]["real"]


def test_what_another_codebook_or_setting_changed_is_caused_by_no_document(tmp_path):
    before = run(tmp_path / "1", {f"d{n}": ["-", "-"] for n in range(8)})
    row = between(before, run(tmp_path / "2", {f"d{n}": ["budget", "-"] for n in range(8)}))["theme_grown", "budget"]
    assert (row["documents"], row["real"]) == ([], False)


def test_a_theme_added_to_the_codebook_is_new_and_not_a_real_change(tmp_path):
    old = {f"d{n}": ["-", "-"] for n in range(8)}
    now = run(tmp_path / "2", {name: ["school", "-"] for name in old} | {"e": ["school", "-"]})
    row = between(run(tmp_path / "1", old), now)["theme_new", "school"]
    assert (row["before"], row["now"], row["documents"], row["real"]) == (0, 9, ["e"], False)


def test_a_renamed_theme_is_neither_gone_nor_new(tmp_path):
    before = run(tmp_path / "1", {"a": ["economy", "-"]}, themes=["economy"])
    now = run(tmp_path / "2", {"a": ["budget", "-"]}, themes=["budget"], replaces={"budget": ["economy"]})
    found = between(before, now)
    assert list(found) == [("theme_replaced", "budget")]
    assert (found["theme_replaced", "budget"]["before"], found["theme_replaced", "budget"]["related"]) == (
        1,
        ["economy"],
    )


def test_discovered_themes_split_merge_and_go(tmp_path):
    before = run(tmp_path / "1", {"a": ["bathing", "boats", "bees"]})
    events = [
        {"theme_id": "diving", "event": "split", "parents": ["bathing"]},
        {"theme_id": "boats", "event": "merged", "successor": "bathing"},
        {"theme_id": "bees", "event": "gone"},
    ]
    now = run(tmp_path / "2", {"a": ["bathing", "bathing", "diving"]}, events=events)
    found = between(before, now)
    assert found["theme_split", "diving"]["related"] == ["bathing"]
    assert found["theme_merged", "boats"]["related"] == ["bathing"]
    assert (found["theme_gone", "bees"]["label"], found["theme_gone", "bees"]["now"]) == ("Bees", 0)
    assert ("theme_grown", "bathing") in found


def test_without_an_earlier_run_nothing_is_said_and_a_wrong_one_is_an_error(tmp_path):
    space = run(tmp_path / "1", {"a": ["budget"]})
    assert changes.since(None, space.read, []) == []
    with pytest.raises(ConfigurationError, match="previous"):
        snapshots.find(space, "no-such-run")
