from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import repairs, texts


@pytest.mark.parametrize(
    ("name", "address"), [("København", "koebenhavn"), ("Århus & Omegn", "aarhus-omegn"), ("?", "ukendt")]
)
def test_a_name_becomes_an_address(name, address):
    assert texts.slug(name) == address


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
