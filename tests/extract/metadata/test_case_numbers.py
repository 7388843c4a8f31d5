from __future__ import annotations

import pytest

from pipeline.extract.metadata.case_numbers import find_case_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("81.38.00-P35-3-24", ["81.38.00-P35-3-24"]),
        ("Sagsid: 00.14.00-G01-7-21", ["00.14.00-G01-7-21"]),
        ("Sag: 21/061078\nSag: 21/061078-3", ["21/061078", "21/061078-3"]),
        ("Sagsnr.: 2023-004512.", ["2023-004512"]),
        ("J.nr. 2021-0012-345", ["2021-0012-345"]),
        ("Journalnr. 17.01.00-K07-4-23, 17.01.00-K07-4-23", ["17.01.00-K07-4-23"]),
        ("81.28.00-G01-1-25 og 17.00.00-A00-2-25, se 81.28.00-G01-1-25", ["81.28.00-G01-1-25", "17.00.00-A00-2-25"]),
        ("SAGSNUMMER: EMN-2022-01234", ["EMN-2022-01234"]),
        ("Sagen om 21/22 og mødet 19-03-2025; tlf. 4477 2000", []),
        ("81.38.0-P35-3-24 og 81.38.00-35-3-24 og 181.38.00-P35-3-24", []),
        ("Sagsbehandler: 12345678", []),
    ],
)
def test_journal_and_case_numbers_in_order_of_appearance(text: str, expected: list[str]) -> None:
    assert find_case_numbers(text) == expected
