from __future__ import annotations

import datetime

import numpy as np
import pytest

from pipeline.compare.shrinkage import shrunk
from pipeline.validation import Error
from tests.compare.towns import Towns


def test_a_share_has_its_counts_and_an_interval_around_it():
    towns = Towns()
    for themed in (5, 5, 0, 0, 0, 0, 0, 0):
        towns.add("Aarhus", themed)
    rows = towns.shares()
    row = rows["leadership", "Aarhus", "alle"]
    assert (row["theme_paragraphs"], row["paragraphs"], row["theme_documents"], row["documents"]) == (10, 80, 2, 8)
    assert (row["theme_words"], row["words"]) == (20, 160)
    assert (row["share"], row["word_share"]) == (0.125, 0.125)
    assert 0 < row["share_low"] < 0.125 < row["share_high"] < 1
    assert (row["tone"], row["negative"], row["note"]) == (-0.5, 10, "")
    absent = rows["budget", "Aarhus", "alle"]
    assert (absent["share"], absent["share_low"], absent["tone"], absent["note"]) == (0, None, None, "not_mentioned")


def test_recurrence_counts_meetings_and_documents():
    towns = Towns()
    same = {"body": "HovedMED", "date": datetime.date(2023, 5, 1)}
    for changed in (same, same, {"body": "HovedMED"}, {}):
        towns.add("Aarhus", 1, **changed)
    row = towns.shares()["leadership", "Aarhus", "alle"]
    assert (row["documents"], row["clusters"], row["theme_documents"], row["theme_clusters"]) == (4, 3, 4, 3)


def test_years_and_half_years_add_up_and_a_document_without_a_date_is_in_neither():
    towns = Towns()
    for date in (datetime.date(2022, 6, 30), datetime.date(2022, 7, 1), datetime.date(2023, 1, 1), None):
        towns.add("Aarhus", 2, date=date)
    rows = towns.shares()
    counted = {period: row["theme_paragraphs"] for (theme, _, period), row in rows.items() if theme == "leadership"}
    assert counted == {
        "alle": 8, "2022": 4, "2022-H1": 2, "2022-H2": 2, "2023": 2, "2023-H1": 2, "udateret": 2,
    }  # fmt: skip


def test_procedure_has_no_tone():
    towns = Towns()
    towns.add("Aarhus", 3, tone={"act": "procedure", "tone": "neutral", "score": 0.0})
    towns.add("Aarhus", 1, tone={"act": "concern", "tone": "negative", "score": -0.8})
    row = towns.shares()["leadership", "Aarhus", "alle"]
    assert (row["procedure"], row["neutral"], row["negative"], row["tone"]) == (3, 0, 1, -0.8)
    assert row["theme_paragraphs"] == 4


def test_too_few_documents_give_no_interval():
    towns = Towns()
    for themed in (5, 0, 0):
        towns.add("Aarhus", themed)
    row = towns.shares()["leadership", "Aarhus", "alle"]
    assert (row["share_low"], row["tone_low"], row["note"]) == (None, None, "too_few")


def test_a_validation_sample_moves_the_share_and_widens_its_interval():
    towns = Towns()
    for themed in (5, 5, 4, 0, 0, 0, 2, 0):
        towns.add("Aarhus", themed)
    exact = towns.shares(errors={("leadership", "Aarhus"): Error(0.05, 1e-9, 100)})["leadership", "Aarhus", "alle"]
    rough = towns.shares(errors={("leadership", "Aarhus"): Error(0.05, 0.05, 100)})["leadership", "Aarhus", "alle"]
    assert exact["corrected"] == pytest.approx(exact["share"] - 0.05)
    assert rough["corrected_high"] - rough["corrected_low"] > exact["corrected_high"] - exact["corrected_low"]
    assert towns.shares()["leadership", "Aarhus", "alle"].get("corrected") is None


def test_a_mean_of_little_text_is_drawn_further_to_what_all_have_in_common():
    generator = np.random.default_rng(0)
    truth = [-0.4, -0.1, 0.2, 0.5]
    groups = [(generator.normal(mean, 0.3, (size, 1)), np.ones((size, 1)))
              for mean, size in zip(truth, (40, 40, 40, 2), strict=True)]  # fmt: skip
    means = [float(sums.mean()) for sums, _ in groups]
    drawn = [float(value[0]) for value in shrunk(groups)]
    moved = [abs(new - old) for new, old in zip(drawn, means, strict=True)]
    assert moved[3] > 3 * max(moved[:3])
    assert min(means) <= min(drawn) <= max(drawn) <= max(means)


def test_means_that_differ_by_chance_alone_become_one_and_a_lone_mean_has_nothing_to_be_drawn_to():
    equal = [(np.array([[0.1], [-0.1]]), np.ones((2, 1))), (np.array([[0.2], [-0.2]]), np.ones((2, 1)))]
    assert [float(value[0]) for value in shrunk(equal)] == pytest.approx([0, 0])
    assert np.isnan(shrunk([(np.array([[0.1], [0.3]]), np.ones((2, 1)))])[0][0])
    silent = shrunk([*equal, (np.zeros((2, 1)), np.zeros((2, 1)))])
    assert np.isnan(silent[2][0])


def test_shrunk_means_are_nearer_the_truth():
    generator = np.random.default_rng(1)
    truth = generator.normal(0, 0.15, (30, 200))
    sizes = generator.integers(2, 8, 30)
    groups = [(generator.normal(mean, 0.4, (size, 200)), np.ones((size, 200)))
              for mean, size in zip(truth, sizes, strict=True)]  # fmt: skip
    plain = np.array([sums.mean(axis=0) for sums, _ in groups])
    assert ((np.array(shrunk(groups)) - truth) ** 2).mean() < 0.7 * ((plain - truth) ** 2).mean()
