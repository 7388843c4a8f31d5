from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.metadata import find_near_duplicates

WORDS = ("skole", "dagtilbud", "budget", "trivsel", "ledelse", "møde", "udvalg", "lærer", "barn", "plan", "fravær")


def text(seed: int, length: int = 400) -> str:
    choose = random.Random(seed)
    return " ".join(f"{choose.choice(WORDS)}{choose.randrange(40)}" for _ in range(length))


def test_a_nearly_equal_text_points_at_the_earlier_one() -> None:
    original = text(1)
    edited = original.replace(original.split()[200], "ændret", 1)
    found = find_near_duplicates({"b": original, "z": text(2), "a": edited, "c": original.upper()}, 0.8)
    assert found["a"][0] == "b"
    assert 0.9 < found["a"][1] < 1
    assert found["c"] == ("b", 1.0)
    assert set(found) == {"a", "c"}


def test_the_order_of_the_texts_decides_which_is_the_original() -> None:
    first, second = text(3), text(3) + " tilføjet"
    assert find_near_duplicates({"x": first, "a": second}, 0.8)["a"][0] == "x"
    assert find_near_duplicates({"a": second, "x": first}, 0.8)["x"][0] == "a"


def test_half_shared_texts_and_texts_without_words_are_nobodys_duplicates() -> None:
    shared = text(4, 200)
    texts = {"a": shared + text(5, 200), "b": shared + text(6, 200), "c": "", "d": " \n", "e": "--- 123"}
    assert find_near_duplicates(texts, 0.8) == {}


def test_short_equal_texts_are_duplicates() -> None:
    assert find_near_duplicates({"a": "Bilag 3", "b": "bilag 3", "c": "Bilag 4"}, 0.8) == {"b": ("a", 1.0)}


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_the_answer_is_the_same_every_time(seed: int) -> None:
    texts = {str(number): text(seed + number % 3, 60) for number in range(5)}
    assert find_near_duplicates(texts, 0.8) == find_near_duplicates(texts, 0.8) == {
        "3": ("0", 1.0),
        "4": ("1", 1.0),
    }  # fmt: skip
