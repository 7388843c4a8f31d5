from __future__ import annotations

import datetime

import pytest

from pipeline.validation import Error
from tests.compare.towns import Towns


def pair(first: list[int], second: list[int], **changed) -> Towns:
    towns = Towns()
    for name, side in (("Aarhus", first), ("Ballerup", second)):
        for themed in side:
            towns.add(name, themed, **changed)
    return towns


def year(number: int) -> datetime.date:
    return datetime.date(number, 5, 1)


def test_a_plain_difference_is_found_and_no_difference_is_not():
    row = pair([5, 4, 5, 4, 5, 6, 5, 5, 4, 0], [0, 1, 0, 0, 1, 0, 2, 0, 1, 0]).differences()["leadership"]
    assert row["difference"] == pytest.approx(0.38)
    assert 0 < row["low"] < 0.38 < row["high"]
    assert row["q_value"] < 0.05
    assert not row["fragile"]
    row = pair([5, 5, 4, 0, 0, 0, 0], [4, 5, 5, 0, 0, 0, 0]).differences()["leadership"]
    assert row["low"] < 0 < row["high"]
    assert row["p_value"] == 1


def test_what_neither_mentions_has_no_difference():
    row = pair([5] * 6, [4] * 6).differences()["budget"]
    assert (row["difference"], row["p_value"], row["note"]) == (None, None, "not_mentioned")
    assert (row["influential"], row["fragile"]) == ([], False)


def test_what_one_side_never_mentions_has_a_difference_and_an_interval():
    row = pair([1, 2, 0, 1, 2, 1], [0] * 6).differences()["leadership"]
    assert row["difference"] == pytest.approx(7 / 60)
    assert row["low"] < row["difference"] < row["high"]


@pytest.mark.parametrize(("first", "second"), [(4, 9), (9, 4), (1, 1)])
def test_fewer_than_five_on_either_side_give_no_difference(first, second):
    row = pair([5] * first, [1] * second).differences()["leadership"]
    assert (row.get("difference"), row["note"]) == (None, "too_few")
    assert (row["clusters"], row["other_clusters"]) == (first, second)


def test_documents_of_one_meeting_are_not_counted_as_several():
    towns = pair([5] * 6, [1] * 6)
    for row in towns.documents:
        row |= {"body": "HovedMED", "date": year(2023)}
    assert towns.differences()["leadership"]["note"] == "too_few"


def test_without_a_common_kind_or_year_there_is_no_difference():
    towns = pair([5] * 6, [1] * 6)
    for row in towns.documents[:6]:
        row["kind"] = "politik"
    assert towns.differences()["leadership"]["note"] == "no_common_kind"
    for row in towns.documents[:6]:
        row["date"] = None
    assert towns.differences()["leadership"]["note"] == "no_common_kind", "the kind is said before the year"
    towns = pair([5] * 6, [1] * 6)
    for row in towns.documents[:6]:
        row["date"] = year(2020)
    assert towns.differences()["leadership"]["note"] == "no_common_year"


def test_only_common_kinds_and_years_are_compared():
    towns = pair([5] * 6, [1] * 6)
    towns.add("Aarhus", 10, kind="politik")
    towns.add("Aarhus", 10, date=year(2020))
    towns.add("Ballerup", 10, date=None)
    row = towns.differences()["leadership"]
    assert row["difference"] == pytest.approx(0.4)
    assert (row["kinds"], row["years"]) == (["referat"], ["2023"])
    assert (row["documents"], row["other_documents"]) == (6, 6)


def test_a_kind_that_only_one_side_has_in_the_common_years_is_left_out():
    towns = pair([5] * 6, [1] * 6)
    towns.add("Aarhus", 10, kind="politik", date=year(2020))
    towns.add("Ballerup", 10, kind="politik")
    row = towns.differences()["leadership"]
    assert (row["kinds"], row["difference"]) == (["referat"], pytest.approx(0.4))


def test_documents_without_dates_are_compared_where_no_side_has_any():
    row = pair([5] * 6, [1] * 6, date=None).differences()["leadership"]
    assert (row["years"], row["difference"]) == ([], pytest.approx(0.4))
    towns = pair([5] * 6, [1] * 6, date=None)
    towns.add("Aarhus", 5)
    assert towns.differences()["leadership"]["note"] == "no_common_year"


def test_a_difference_that_rests_on_one_document_names_it():
    towns = pair([0, 0, 0, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 1, 0, 0])
    heavy = towns.add("Aarhus", 10)
    row = towns.differences()["leadership"]
    assert row["influential"] == [heavy]
    assert row["difference"] == pytest.approx(11 / 90 - 3 / 80)
    assert row["without"] == pytest.approx(1 / 80 - 3 / 80)
    assert row["fragile"], "the sign turns without it"


def test_a_certain_difference_is_fragile_where_it_is_certain_no_more_without_one_meeting():
    towns = pair([3, 3, 0, 0, 2, 3], [0, 0, 0, 0, 1, 1, 1, 1])
    row = towns.differences()["leadership"]
    assert row["low"] > 0
    assert row["fragile"]


def test_the_whole_meeting_is_influential():
    towns = pair([0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0])
    both = [towns.add("Aarhus", 9, body="HovedMED", date=year(2023)) for _ in range(2)]
    assert towns.differences()["leadership"]["influential"] == both


def test_the_models_error_is_taken_off_and_widens_the_interval():
    towns = pair([5, 4, 5, 4, 5, 6], [0, 1, 0, 0, 1, 0])
    errors = {("leadership", "Aarhus"): Error(0.1, 0.03, 60), ("leadership", "Ballerup"): Error(0.02, 0.03, 60)}
    row = towns.differences(errors=errors)["leadership"]
    assert row["corrected"] == pytest.approx(row["difference"] - 0.08)
    assert row["corrected_high"] - row["corrected_low"] > row["high"] - row["low"]
    one = towns.differences(errors={("leadership", "Aarhus"): Error(0.1, 0.03, 60)})["leadership"]
    assert one["corrected"] is None, "the other side's error is unknown"


def test_p_values_are_adjusted_over_all_pairs_and_themes():
    towns = pair([5, 4, 5, 4, 5, 6], [1, 2, 1, 1, 2, 1])
    alone = towns.differences()["leadership"]
    for _ in range(6):
        towns.add("Albertslund", 1)
        towns.add("København", 1)
    assert alone["q_value"] == alone["p_value"]
    rows = towns.differences()
    assert rows["leadership"]["q_value"] > rows["leadership"]["p_value"]
