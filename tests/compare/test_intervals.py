from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipeline.compare import intervals
from tests.bench import intervals as bench

documents = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30)), min_size=3, max_size=12)


def arrays(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Paragraphs with the theme and paragraphs of each document, as one column."""
    themed, others = np.array(pairs, dtype=float).T
    return themed[:, None], (themed + others)[:, None]


def some(pairs: list[tuple[int, int]]) -> bool:
    return sum(a > 0 for a, _ in pairs) > 0 and sum(a + b > 0 for a, b in pairs) > 1 and sum(b for _, b in pairs) > 0


mixed = documents.filter(some)


def share(pairs: list[tuple[int, int]]) -> intervals.Share:
    return intervals.share(intervals.jackknife(*arrays(pairs)))


@pytest.mark.parametrize("sizes", bench.SIZES, ids=str)
def test_intervals_hold_the_truth_as_often_as_they_say(sizes):
    for name, values in bench.coverage(sizes, "compare").items():
        assert 0.93 <= np.mean(values) <= 0.975, name
        assert min(values) >= 0.92, name
    assert all(0.93 <= value <= 0.97 for value in bench.tone_coverage(sizes[0]))


@pytest.mark.parametrize("sizes", bench.SIZES, ids=str)
def test_false_discoveries_stay_under_the_stated_rate(sizes):
    assert bench.false_discoveries(sizes, 0.1, different=0)[0] <= 0.05
    assert bench.false_discoveries(sizes, 0.1)[0] <= 0.05


@given(mixed)
def test_leaving_out_is_leaving_out(pairs):
    themed, paragraphs = arrays(pairs)
    found = intervals.jackknife(themed, paragraphs)
    for place in range(len(pairs)):
        rest = np.delete(paragraphs, place, axis=0).sum()
        if rest:
            without = np.delete(themed, place, axis=0).sum() / rest
            assert found.value + found.changes[place] == pytest.approx(without)
    balance = (found.changes * (found.total - paragraphs)).sum()
    assert balance == pytest.approx(0, abs=1e-9), "what the clusters pull up and down is the same"


@given(mixed, st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_matter(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert np.allclose(share(pairs).interval(0.95), share(shuffled).interval(0.95), equal_nan=True)


@given(mixed)
def test_a_document_without_paragraphs_is_none(pairs):
    assert np.allclose(share(pairs).interval(0.95), share([*pairs, (0, 0)]).interval(0.95), equal_nan=True)


@given(mixed, st.integers(1, 30))
def test_a_document_without_the_theme_lowers_the_share_and_its_absence_restores_it(pairs, length):
    longer = [*pairs, (0, length)]
    assert share(longer).value < share(pairs).value
    found = intervals.jackknife(*arrays(longer))
    assert found.value + found.changes[-1] == pytest.approx(share(pairs).value)


@given(mixed, st.integers(2, 9))
def test_finer_paragraphs_change_no_interval(pairs, factor):
    """Every paragraph cut into several alike ones: the documents say no more than before."""
    finer = [(a * factor, b * factor) for a, b in pairs]
    if intervals.jackknife(*arrays(pairs)).variance[0] > 1e-9:
        assert np.allclose(share(pairs).interval(0.95), share(finer).interval(0.95))


@given(mixed)
def test_the_share_of_the_rest_is_the_rest_of_the_share(pairs):
    low, high = share(pairs).interval(0.95)
    other_low, other_high = share([(b, a) for a, b in pairs]).interval(0.95)
    assert low == pytest.approx(1 - other_high)
    assert high == pytest.approx(1 - other_low)
    assert 0 <= low <= share(pairs).value <= high <= 1


absent = documents.filter(lambda pairs: sum(a + b > 0 for a, b in pairs) > 1).map(lambda p: [(0, a + b) for a, b in p])


@given(mixed, st.one_of(mixed, absent))
def test_a_difference_turned_round_is_the_same_difference(first, second):
    one = intervals.difference(share(first), share(second))
    other = intervals.difference(share(second), share(first))
    assert one.value == -other.value
    assert np.allclose(one.interval(0.95)[0], -other.interval(0.95)[1])
    assert one.p_value() == pytest.approx(other.p_value())


@given(mixed, st.one_of(mixed, absent))
def test_the_p_value_says_what_the_interval_says(first, second):
    value = intervals.difference(share(first), share(second))
    low, high = (float(end[0]) for end in value.interval(0.95))
    p_value = float(value.p_value()[0])
    assert -1 <= low <= float(value.value[0]) <= high <= 1
    if abs(p_value - 0.05) > 1e-6:
        assert (low > 0 or high < 0) == (p_value < 0.05)


@given(mixed, mixed, st.floats(0.001, 0.2))
def test_the_error_of_the_model_makes_an_interval_wider(first, second, error):
    value = intervals.difference(share(first), share(second))
    more = intervals.corrected(value, [(intervals.Estimate(np.zeros(1), np.array([error**2]), np.array([99.0])), -1)])
    assert more.interval(0.95)[0] < value.interval(0.95)[0]
    assert more.interval(0.95)[1] > value.interval(0.95)[1]


def test_equal_documents_give_the_interval_of_student():
    tones = np.array([0.1, -0.2, 0.4, 0.0, 0.3])[:, None]
    low, high = intervals.mean(intervals.jackknife(tones * 4, np.full((5, 1), 4.0))).interval(0.95)
    half = stats.sem(tones[:, 0]) * stats.t.ppf(0.975, 5)
    assert (float(low[0]), float(high[0])) == pytest.approx((0.12 - half, 0.12 + half))
