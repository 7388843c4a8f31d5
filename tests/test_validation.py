"""What a random sample says of a run's themes: agreement, precision, recall, corrected shares."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pipeline import validation
from pipeline.compare import counts, shares
from pipeline.labels import Label
from pipeline.settings import Compare
from pipeline.validation import Sampled


def one(found: bool, *said: bool, town: str = "Aarhus", probability: float = 0.1) -> Sampled:
    return Sampled(town, probability, tuple(("t",) if yes else () for yes in said), frozenset("t" if found else ""))


def test_alpha_is_that_of_the_textbook():
    # Krippendorff (2011), section A: two observers, binary data, ten units.
    coder_a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    coder_b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert validation.alpha(list(zip(coder_a, coder_b, strict=True))) == pytest.approx(0.095, abs=0.001)
    assert validation.alpha([("a", "a"), ("b", "b"), ("c",)]) == 1
    assert validation.alpha([("a", "a")]) is None, "one value throughout leaves nothing to agree on"
    assert validation.alpha([("a",), ("b",)]) is None


def test_precision_and_recall_with_their_intervals():
    sample = [*[one(True, True)] * 6, *[one(True, False)] * 2, *[one(False, True)] * 4, *[one(False, False)] * 8]
    whole, town = validation.rows(sample, ["t"], 0.95)
    assert (whole["municipality"], town["municipality"]) == ("alle", "Aarhus")
    assert (town["precision"], town["recall"]) == (pytest.approx(0.75), pytest.approx(0.6))
    assert town["precision_low"] == pytest.approx(0.409, abs=0.001), "Wilson's interval of 6 of 8"
    assert town["precision_high"] == pytest.approx(0.929, abs=0.001)


def test_municipalities_weigh_by_their_sampling_probability():
    sample = [*[one(True, True, town="A", probability=1.0)] * 10, *[one(True, False, town="B", probability=0.1)] * 10]
    whole = validation.rows(sample, ["t"], 0.95)[0]
    assert whole["precision"] == pytest.approx(10 / 110)


def test_a_theme_that_is_not_there_has_no_precision():
    row = validation.rows([one(False, False)], ["t"], 0.95)[0]
    assert (row["precision"], row["recall"], row["alpha"]) == (None, None, None)
    assert validation.rows([], ["t"], 0.95) == []


def test_few_sampled_paragraphs_correct_nothing():
    assert validation.errors([one(True, False)] * 9, ["t"]) == {}
    assert validation.errors([one(True, False)] * 10, ["t"])["t", "Aarhus"].mean == 1


def test_two_annotators_who_disagree_count_half():
    assert validation.errors([one(True, True, False)] * 10, ["t"])["t", "Aarhus"].mean == 0.5


def test_the_corrected_share_is_right_on_average_and_its_interval_holds_the_truth():
    """A model that gives the theme too often and misses some: 40 documents, 60 sampled paragraphs, 200 corpora."""
    generator = np.random.default_rng(11)
    estimates, held = [], 0
    for _ in range(200):
        documents = np.repeat(np.arange(40), 12)
        true = generator.random(480) < generator.beta(2, 8, 40)[documents]
        found = np.where(true, generator.random(480) < 0.7, generator.random(480) < 0.15)
        drawn = generator.choice(480, 60, replace=False)
        sample = [one(bool(found[n]), bool(true[n]), probability=60 / 480) for n in drawn]
        names = [f"{n:04d}" for n in range(480)]
        counted = pl.DataFrame(
            {"paragraph_id": names, "document_id": [str(d) for d in documents], "municipality": "Aarhus",
             "kind": "referat", "period": "2023", "half": "2023-H1", "cluster": [str(d) for d in documents],
             "text": "to ord"}
        )  # fmt: skip
        observed = counted.filter(pl.Series(found)).with_columns(
            theme_id=pl.lit("t"), act=pl.lit("report"), tone=pl.lit("neutral"), tone_score=pl.lit(0.0)
        )
        places = counts.by_municipality(counted, observed, ["t"])
        rows = shares.compare(places, ["t"], Compare(), validation.errors(sample, ["t"]))
        row = next(row for row in rows if row["period"] == "alle")
        assert "corrected" not in next(row for row in rows if row["period"] == "2023")
        estimates.append(row["corrected"])
        held += row["corrected_low"] <= 0.2 <= row["corrected_high"]
    assert np.mean(estimates) == pytest.approx(0.2, abs=0.01), "the raw share is 0.26 on average"
    assert held / 200 > 0.92


def test_labels_of_spans_that_are_no_counted_paragraph_are_left_out():
    counted = pl.DataFrame({"paragraph_id": ["d-0"], "municipality": ["Aarhus"]})
    paragraphs = [
        {"paragraph_id": f"d-{n}", "document_id": "d", "raw_start": n * 10, "raw_end": n * 10 + 9} for n in (0, 1)
    ]
    given = [Label("d", n * 10, n * 10 + 9, ("t",), "", "a", "validate", "Aarhus", 0.5) for n in (0, 1)]
    assigned = [{"paragraph_id": "d-0", "theme_id": "t"}]
    assert validation.sampled(given, counted, paragraphs, assigned) == [
        Sampled("Aarhus", 0.5, (("t",),), frozenset({"t"}))
    ]
