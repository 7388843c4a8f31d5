"""Closed agenda items: found by their marks, never by prose, and no further than the next open item."""

from __future__ import annotations

import pytest

from tests.segment.test_segment import segment

HEAD = "Referat af møde i Skoleudvalget\n\nOnsdag den 3. maj 2023 kl. 16.30\n\n"
BODY = "Forvaltningen orienterer om sagen, som har været drøftet to gange i løbet af året."


def closed(text: str) -> list[str]:
    return [row["text"] for row in segment(text, kind="referat").paragraphs if row["closed"]]


@pytest.mark.parametrize("title", ["Punkt 2 (lukket): En sag", "Punkt 2: Lukket punkt", "Punkt 2: En sag (Fortroligt)",
                                   "Punkt 2: LUKKET - En sag", "Punkt 2: En sag - lukket punkt"])  # fmt: skip
def test_an_item_is_closed_to_the_next(title: str) -> None:
    text = f"{HEAD}Punkt 1: Åbent emne\n\n{BODY}\n\n{title}\n\nHemmeligt. {BODY}\n\nPunkt 3: Næste emne\n\n{BODY}\n"
    assert closed(text) == [title, f"Hemmeligt. {BODY}"]


def test_a_line_below_the_title_closes_the_item() -> None:
    text = f"{HEAD}Punkt 1: En sag\n\nLukket punkt\n\nHemmeligt. {BODY}\n\nPunkt 2: Næste emne\n\n{BODY}\n"
    assert closed(text) == ["Punkt 1: En sag", "Lukket punkt", f"Hemmeligt. {BODY}"]


def test_a_closed_part_goes_on_until_an_open_one() -> None:
    text = (f"{HEAD}Punkt 1: Et emne\n\n{BODY}\n\nLUKKET DAGSORDEN\n\nPunkt 2: Ansættelse\n\n{BODY}\n\n"
            f"Punkt 3: Køb af grund\n\n{BODY}\n\nÅBEN DAGSORDEN\n\nPunkt 4: Eventuelt\n\n{BODY}\n")  # fmt: skip
    found = closed(text)
    assert "Punkt 2: Ansættelse" in found
    assert "Punkt 3: Køb af grund" in found
    assert not any("Punkt 1" in one or "Punkt 4" in one for one in found)


@pytest.mark.parametrize("prose", ["Butikken er lukket om søndagen.", "Lukkede afdelinger får flere pladser.",
                                   "Dialogen er fortrolig, og mødet blev lukket kl. 12."])  # fmt: skip
def test_prose_closes_nothing(prose: str) -> None:
    assert (
        closed(f"{HEAD}Punkt 1: Lukkede afdelinger\n\n{prose}\n\n{BODY}\n\nPunkt 2: Lukning af skole\n\n{BODY}\n") == []
    )
