from __future__ import annotations

import datetime

import polars as pl

from pipeline import population

DOCUMENT = {
    "municipality": "Ballerup", "kind": "referat", "body": None, "date": None, "language": "da",
    "near_duplicate_of": None, "status": "ok",
}  # fmt: skip
TYPES = {"municipality": pl.String, "body": pl.String, "date": pl.Date, "near_duplicate_of": pl.String}
PARAGRAPH = {"text": "tekst", "voice": "own", "role": "brødtekst", "form": "paragraph", "closed": False}


def documents(**each):
    rows = [{"document_id": name} | DOCUMENT | changed for name, changed in each.items()]
    return pl.DataFrame(rows, schema_overrides=TYPES)


def paragraphs(*rows):
    return pl.DataFrame([PARAGRAPH | {"paragraph_id": f"{name}-{n}", "document_id": name} | changed
                         for n, (name, changed) in enumerate(rows)])  # fmt: skip


def test_only_own_danish_text_of_known_places_is_counted_once():
    frame = documents(
        a={}, b={"municipality": None}, c={"language": "nb"}, d={"near_duplicate_of": "a"}, e={"status": "quarantined"}
    )
    rows = paragraphs(
        *((name, {}) for name in "abcde"),
        ("a", {"voice": "external"}), ("a", {"role": "formalia"}), ("a", {"form": "heading"}), ("a", {"closed": True}),
        ("a", {}),
    )  # fmt: skip
    assert population.counted_paragraphs(frame, rows)["paragraph_id"].to_list() == ["a-0", "a-9"]
    assert population.counted_paragraphs(frame, rows, {"a-0"})["paragraph_id"].to_list() == ["a-9"]
    assert population.own_paragraphs(frame, rows, copies=True)["paragraph_id"].to_list() == ["a-0", "a-9", "d-3"]


def test_a_closed_item_has_its_own_reason():
    rows = paragraphs(("a", {"closed": True}), ("a", {"closed": True, "role": "formalia"}), ("a", {}))
    reasons = rows.select(reason=population.paragraph_obstacle())["reason"].to_list()
    assert reasons == ["closed", "formalia", None]


def test_documents_of_one_meeting_are_one_cluster():
    day = {"body": "HovedMED", "date": datetime.date(2023, 5, 1)}
    frame = documents(a=day, b=day, c={"body": "HovedMED"})
    counted = population.counted_paragraphs(frame, paragraphs(("a", {}), ("b", {}), ("c", {})))
    assert counted["cluster"].n_unique() == 2
