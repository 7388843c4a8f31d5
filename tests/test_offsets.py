"""The laws of edits: what is made can be undone, and offsets map exactly both ways."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.offsets import Edit, OffsetMap, apply, compose, edit, split, undo

LETTERS = "abæ \n-"


@st.composite
def edited(draw, text=None, rules=("line_break", "markup")):
    """A text and sorted edits of it that do not overlap."""
    text = draw(st.text(LETTERS, max_size=40)) if text is None else text
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        rule = draw(st.sampled_from(rules))
        after = "" if rule == "markup" else draw(st.text(LETTERS, max_size=4))
        edits.append(Edit(start, end, text[start:end], after, rule, applied=draw(st.booleans())))
    return text, edits


@given(edited())
def test_undoing_the_edits_gives_the_raw_text_back(example):
    raw, edits = example
    assert undo(apply(raw, edits), edits) == raw


@given(edited())
def test_offsets_outside_edits_map_one_to_one(example):
    raw, edits = example
    clean, offsets = apply(raw, edits), OffsetMap(edits)
    made = [change for change in edits if change.applied]
    for offset in range(len(raw)):
        if not any(change.start <= offset < change.end for change in made):
            there = offsets.clean_start(offset)
            assert clean[there] == raw[offset]
            assert offsets.raw_start(there) == offset
            assert offsets.raw_end(offsets.clean_end(offset + 1)) == offset + 1


@given(edited(), st.data())
def test_a_clean_span_lies_in_its_raw_span(example, data):
    raw, edits = example
    clean, offsets = apply(raw, edits), OffsetMap(edits)
    if clean:
        start = data.draw(st.integers(0, len(clean) - 1))
        end = data.draw(st.integers(start + 1, len(clean)))
        first, last = offsets.raw_start(start), offsets.raw_end(end)
        assert clean[start:end] in apply(raw, edits, first, last)
        assert offsets.clean_start(first) <= start
        assert end <= offsets.clean_end(last)


@given(edited(), st.data())
def test_composed_edits_do_what_both_did(example, data):
    raw, first = example
    first = [change for change in first if change.applied]
    middle = apply(raw, first)
    _, second = data.draw(edited(middle, rules=("ocr",)))
    second = [change for change in second if change.applied]
    both = compose(raw, first, second)
    assert apply(raw, both) == apply(middle, second)
    assert all(raw[change.start : change.end] == change.before != "" for change in both)
    assert all(one.end <= other.start for one, other in pairwise(both))


@given(edited(), st.lists(st.integers(0, 40), unique=True).map(sorted))
def test_split_edits_stay_inside_pages(example, boundaries):
    raw, edits = example
    pieces = split(edits, boundaries)
    assert apply(raw, pieces) == apply(raw, edits)
    assert not any(change.start < boundary < change.end for change in pieces for boundary in boundaries)


def test_removed_furniture_stays_a_row_of_its_own_when_lines_are_joined_around_it():
    raw = "rekrutte-\nSide 1\nring"
    footer = [edit(raw, 10, 16, "", "page_footer")]
    middle = apply(raw, footer)
    both = compose(raw, footer, [edit(middle, 8, 11, "", "hyphenation")])
    assert apply(raw, both) == "rekruttering"
    assert [change.rule for change in both] == ["hyphenation", "page_footer", "hyphenation"]


def test_undo_refuses_a_text_that_the_edits_cannot_have_made():
    with pytest.raises(ValueError, match="is not what the edit"):
        undo("pa", [Edit(0, 2, "pa", "på", "ocr")])
