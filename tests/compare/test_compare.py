from __future__ import annotations

import datetime

import numpy as np
import polars as pl
import pytest

from pipeline import population, tables
from pipeline.compare import bootstrap, changes, differences, keyness, shares
from pipeline.errors import ConfigurationError
from pipeline.settings import Compare

SETTINGS = Compare(resamples=400)
RECURRENCE = {"documents": 1, "meetings": 1, "years": 1, "replaces": []}


def document(number: int, municipality: str | None, **changed) -> dict:
    return {
        "document_id": f"{number:03d}", "municipality": municipality, "kind": "referat", "body": None,
        "date": datetime.date(2023, 5, 1 + number % 28), "language": "da", "near_duplicate_of": None, "status": "ok",
    } | changed  # fmt: skip


DOCUMENT_TYPES = {"municipality": pl.String, "body": pl.String, "date": pl.Date, "near_duplicate_of": pl.String}


def paragraphs_of(documents: list[dict], each: int) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"paragraph_id": f"{row['document_id']}-{n:07d}", "document_id": row["document_id"], "text": "tekst",
             "voice": "own", "role": "brødtekst", "form": "paragraph"}
            for row in documents for n in range(each)
        ]
    )  # fmt: skip


def observe(documents: list[dict], themed: set[str], each: int = 10):
    """Every document has `each` paragraphs; in the documents of `themed` the first half has the theme."""
    frame = pl.DataFrame(documents, schema_overrides=DOCUMENT_TYPES)
    counted = population.counted_paragraphs(frame, paragraphs_of(documents, each))
    chosen = [
        {"paragraph_id": f"{name}-{n:07d}", "theme_id": "leadership"}
        for name in sorted(themed)
        for n in range(each // 2)
    ]
    types = {"paragraph_id": pl.String, "theme_id": pl.String}
    assignments = pl.DataFrame(chosen, schema=types)
    tones = assignments.with_columns(tone=pl.lit("negative"), score=pl.lit(-0.5))
    return counted, population.with_themes(counted, assignments, tones)


def test_only_own_danish_text_of_known_places_is_counted_once():
    documents = [
        document(1, "Ballerup"),
        document(2, None),
        document(3, "Ballerup", language="nb"),
        document(4, "Ballerup", near_duplicate_of="001"),
        document(5, "Ballerup", status="quarantined"),
    ]
    frame = pl.DataFrame(documents, schema_overrides=DOCUMENT_TYPES)
    rows = paragraphs_of(documents, 4).with_columns(
        voice=pl.when(pl.col("paragraph_id").str.ends_with("1")).then(pl.lit("external")).otherwise(pl.lit("own")),
        role=pl.when(pl.col("paragraph_id").str.ends_with("2")).then(pl.lit("formalia")).otherwise(pl.lit("brødtekst")),
    )
    assert population.counted_paragraphs(frame, rows)["paragraph_id"].to_list() == ["001-0000000", "001-0000003"]


def test_documents_of_one_meeting_are_one_cluster():
    same = {"body": "HovedMED", "date": datetime.date(2023, 5, 1)}
    documents = [document(1, "Aarhus", **same), document(2, "Aarhus", **same), document(3, "Aarhus", body="HovedMED")]
    counted, _ = observe(documents, set())
    assert counted["cluster"].n_unique() == 2


def test_a_share_has_its_counts_and_an_interval_around_it():
    documents = [document(n, "Aarhus") for n in range(8)]
    counted, observed = observe(documents, {"000", "001"})
    rows = shares.compare(counted, observed, ["leadership", "budget"], SETTINGS)
    row = next(r for r in rows if r["theme_id"] == "leadership" and r["period"] == "alle")
    assert (row["theme_paragraphs"], row["paragraphs"], row["theme_documents"], row["documents"]) == (10, 80, 2, 8)
    assert row["share"] == pytest.approx(0.125)
    assert row["share_low"] <= 0.125 < row["share_high"]
    assert (row["tone"], row["negative"]) == (-0.5, 10)
    absent = next(r for r in rows if r["theme_id"] == "budget" and r["period"] == "alle")
    assert absent["share"] == 0
    assert absent.get("share_low") is None
    assert "ikke omtalt i 8" in absent["note"]


def test_too_few_documents_give_no_interval_and_no_difference():
    documents = [document(n, "Aarhus") for n in range(3)] + [document(n, "Ballerup") for n in range(3, 12)]
    counted, observed = observe(documents, {"000", "004", "005"})
    row = next(r for r in shares.compare(counted, observed, ["leadership"], SETTINGS) if r["municipality"] == "Aarhus")
    assert row.get("share_low") is None
    assert "for få" in row["note"]
    (pair,) = differences.compare(counted, observed, ["leadership"], SETTINGS)
    assert pair.get("difference") is None
    assert "færre end 5" in pair["note"]


def test_without_a_common_kind_there_is_no_difference():
    documents = [document(n, "Aarhus") for n in range(8)]
    documents += [document(n, "Ballerup", kind="politik") for n in range(8, 16)]
    counted, observed = observe(documents, {"000", "010"})
    (pair,) = differences.compare(counted, observed, ["leadership"], SETTINGS)
    assert pair["note"] == "ingen fælles dokumenttyper"


def test_a_plain_difference_is_found_and_no_difference_is_not():
    documents = [document(n, "Aarhus") for n in range(10)] + [document(n, "Ballerup") for n in range(10, 20)]
    counted, observed = observe(documents, {f"{n:03d}" for n in range(9)} | {"010"})
    (pair,) = differences.compare(counted, observed, ["leadership"], SETTINGS)
    assert pair["difference"] == pytest.approx(0.4)
    assert pair["low"] > 0
    assert pair["q_value"] < 0.05
    counted, observed = observe(documents, {"000", "001", "002", "010", "011", "012"})
    (pair,) = differences.compare(counted, observed, ["leadership"], SETTINGS)
    assert pair["low"] < 0 < pair["high"]


def test_intervals_cover_about_as_often_as_they_say():
    generator = np.random.default_rng(1)
    weights = bootstrap.resampling_weights(12, 400, 2)
    covered = 0
    for _ in range(300):
        sizes = generator.integers(5, 60, size=12).astype(float)
        rates = generator.beta(2, 8, size=12)
        value = bootstrap.ratio(generator.binomial(sizes.astype(int), rates).astype(float), sizes, weights)
        low, high = value.interval(0.95, 0, 1)
        covered += low <= 0.2 <= high
    assert 0.89 <= covered / 300 <= 0.99


def test_distinctive_terms_are_those_that_one_municipality_uses():
    documents = [document(n, "Aarhus") for n in range(4)] + [document(n, "Ballerup") for n in range(4, 8)]
    _, observed = observe(documents, {row["document_id"] for row in documents})
    tokens = observed.select(
        "paragraph_id",
        lemmas=pl.when(pl.col("municipality") == "Aarhus")
        .then(pl.lit(["partnerskab", "leder"]))
        .otherwise(pl.lit(["leder", "trivsel"])),
        pos=pl.lit(["NOUN", "NOUN"]),
    )
    rows = keyness.distinctive(observed, tokens, SETTINGS)
    assert {(row["municipality"], row["term"]) for row in rows} == {("Aarhus", "partnerskab"), ("Ballerup", "trivsel")}


def test_changes_since_an_earlier_run(tmp_path):
    now = pl.DataFrame({"document_id": ["a", "b"], "path": ["a.txt", "b.txt"]})
    themes = pl.DataFrame({"theme_id": ["budget"], "paragraphs": [3], "replaces": [["økonomi"]]})
    assert changes.since(None, now, themes) == []
    with pytest.raises(ConfigurationError, match="previous"):
        changes.since(tmp_path, now, themes)
    base = {column.name: "" for column in tables.table("documents").columns if not column.nullable}
    numbers = dict.fromkeys(("pages", "ocr_pages", "words"), 0) | {"municipality_confidence": 0.0}
    earlier = [base | numbers | {"document_id": "a", "path": "a.txt", "paths": [], "case_numbers": []}]
    tables.write(tmp_path, "documents", earlier)
    theme = {"theme_id": "budget", "origin": "codebook", "da": "", "en": "", "definition": "", "terms": []}
    tables.write(tmp_path, "themes", [theme | {"representatives": [], "paragraphs": 3} | RECURRENCE])
    assert [(row["kind"], row["subject"]) for row in changes.since(tmp_path, now, themes)] == [
        ("document_new", "b.txt")
    ]
    same = now.filter(pl.col("document_id") == "a")
    assert [row["kind"] for row in changes.since(tmp_path, same, themes)] == ["no_change"]

    renamed = [row | {"theme_id": "økonomi"} for row in tables.read_rows(tmp_path, "themes")]
    tables.write(tmp_path, "themes", renamed)
    assert [(row["kind"], row["subject"], row["detail"]) for row in changes.since(tmp_path, same, themes)] == [
        ("theme_replaced", "budget", "erstatter økonomi: 3 afsnit før, 3 nu")
    ], "a renamed theme is neither gone nor new"
