from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import repairs, texts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (texts.percent(0.125), "12,5\u00a0%"),
        (texts.percent(1.0, 0), "100\u00a0%"),
        (texts.percent(None), "–"),
        (texts.percent_range(0.081, 0.1732), "8,1–17,3\u00a0%"),
        (texts.number(1234567), "1.234.567"),
        (texts.number(-0.42, 2), "−0,42"),
        (texts.number(-0.001, 2), "0,00"),
        (texts.signed(0.42), "+0,42"),
        (texts.signed(0.001), "0,00"),
        (texts.points(0.081), "8,1\u00a0procentpoint"),
        (texts.probability(0.0001), "under 0,001"),
        (texts.date(datetime.date(2021, 4, 6)), "6.\u00a0april 2021"),
        (texts.date(None), "uden dato"),
        (texts.documents(1), "1\u00a0dokument"),
        (texts.documents(1200), "1.200\u00a0dokumenter"),
        (texts.joined(["a", "b", "c"]), "a, b og c"),
        (texts.years([2023, 2021]), "2021–2023"),
        (texts.slug("København"), "koebenhavn"),
        (texts.slug("Århus & Omegn"), "aarhus-omegn"),
    ],
)
def test_danish_formats(written, expected):
    assert written == expected


def test_danish_order():
    names = ["Aarhus", "Ærø", "Ballerup", "Ølgod", "Albertslund", "Zealand"]
    assert sorted(names, key=texts.collation) == ["Albertslund", "Ballerup", "Zealand", "Ærø", "Ølgod", "Aarhus"]


def test_a_shortened_text_says_so_and_ends_with_a_sentence():
    text = "Den første sætning er her. Den anden er meget længere og bliver skåret over et sted."
    assert texts.shortened(text, 40) == "Den første sætning er her. […]"
    assert texts.shortened("kort", 40) == "kort"
    assert texts.shortened("w" * 100, 40) == "w" * 40 + " […]"


@given(st.text())
def test_no_control_character_reaches_a_reader(text):
    assert not texts.CONTROL.search(texts.visible(text))
    assert "\n" not in texts.markdown(text)


def test_markdown_shows_markup_as_text():
    assert texts.markdown("<b>*a* | `b`\n[c](d)") == r"&lt;b>\*a\* \| \`b\` \[c\](d)"
    assert texts.markdown("4.149 +1") == "4.149 +1"
    assert texts.markdown_line("1. punkt - to") == r"1\. punkt - to"
    assert texts.markdown_line("- punkt") == r"\- punkt"


def edit(start: int, before: str, after: str) -> dict:
    return {"start": start, "end": start + len(before), "before": before, "after": after, "rule": "ocr"}


def test_repairs_are_marked_and_moved_white_space_is_not():
    raw = "Lederne ggr\nmeget "
    made = repairs.pieces(raw, 100, [edit(108, "ggr", "gør"), edit(111, "\n", " ")], "Lederne gør meget")
    assert [(piece.text, piece.before) for piece in made] == [("Lederne ", None), ("gør", "ggr"), (" meget", None)]


def test_what_is_shown_is_what_was_analysed():
    made = repairs.pieces("noget andet", 0, [], "den analyserede tekst")
    assert [(piece.text, piece.before) for piece in made] == [("den analyserede tekst", None)]
