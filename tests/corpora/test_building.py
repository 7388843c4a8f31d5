"""The source format, the search for its blocks in raw text, and hyphenation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.building.alignment import align
from corpora.building.source import SourceError, inline_runs, plain, read_source, read_sources
from corpora.building.typography import SOFT_HYPHEN, with_soft_hyphens

FRONT = "---\nfile: a.pdf\nformat: pdf\nheader: Prøve Kommune\nfooter: Side {page} af {pages}\n---\n"
TWO_BLOCKS = "<!-- budget | neutral -->\nMedarbejderne sparer.\n\n<!-- none -->\n- Ja, (nej).\n"


def source(tmp_path, body, front=FRONT):
    path = tmp_path / "a.md"
    path.write_text(front + body, encoding="utf-8")
    return read_source(path)


def test_blocks_have_the_label_above_them(tmp_path):
    table = "<!-- none -->\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    lists = "<!-- budget, school | mixed -->\n- Et **punkt**\n<!-- none -->\n1. To"
    blocks = source(tmp_path, f"<!-- none -->\n# Titel\n\n{lists}\n\n{table}").blocks
    assert [block.form for block in blocks] == ["heading", "bullet", "item", "table"]
    assert blocks[1].label.themes == ("budget", "school")
    assert blocks[3].rows == (("a", "b"), ("1", "2"))
    assert plain(blocks[1].text) == "Et punkt"
    assert inline_runs(blocks[1].text) == [("Et ", ""), ("punkt", "bold")]


def test_a_date_is_no_numbered_item(tmp_path):
    assert source(tmp_path, "<!-- none -->\n21. april 2021\nRådhuset").blocks[0].form == "paragraph"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<!-- none -->\nEt.\n\nTo uden mærke.", "no label"),
        ("<!-- budget | happy -->\nEt.", "not a label"),
        ("<!-- a, b, c, d | neutral -->\nEt.", "one to three"),
        ("<!-- none -->\n<!-- none -->\nEt.", "two labels"),
        ("Et.\n\n<!-- none -->\n", "at the end"),
    ],
)
def test_a_broken_source_is_refused_with_its_place(tmp_path, body, message):
    with pytest.raises(SourceError, match=message):
        source(tmp_path, body)


def test_a_source_with_an_unknown_key_or_a_copy_of_nothing_is_refused(tmp_path):
    with pytest.raises(SourceError, match="unknown key colour"):
        source(tmp_path, "Et.", "---\nfile: a.txt\ncolour: red\n---\n")
    (tmp_path / "a.md").write_text("---\nfile: a.txt\nformat: copy\nof: b.txt\n---\n")
    with pytest.raises(SourceError, match="no source becomes"):
        read_sources(tmp_path)


def test_blocks_are_found_across_hyphens_pages_and_ligatures(tmp_path):
    raw_text = "Prøve Kommune\nMedar-\nbejderne\nSide 1 af 2\n\fPrøve Kommune\nsparer.\n• Ja, (nej).\nSide 2 af 2\n\f"
    spans = align(source(tmp_path, TWO_BLOCKS), raw_text)
    assert raw_text[spans[0].start : spans[0].end].endswith("sparer.")
    assert raw_text[spans[1].start : spans[1].end] == "Ja, (nej)."


@pytest.mark.parametrize(
    "raw_text",
    ["Medarbejderne sparer.", "Ja, (nej). Medarbejderne sparer.", "Medarbejderne sparer. Og mere. Ja, (nej)."],
)
def test_text_that_is_lost_added_or_out_of_order_is_seen(tmp_path, raw_text):
    with pytest.raises(SourceError, match="is not where it should be"):
        align(source(tmp_path, TWO_BLOCKS), raw_text)


@given(st.text(alphabet="abdefgiklmnoprstuvyæøå -.", max_size=80))
def test_hyphenation_only_adds_soft_hyphens(text):
    hyphenated = with_soft_hyphens(text, 7)
    assert hyphenated.replace(SOFT_HYPHEN, "") == text
    assert not any(word.startswith(SOFT_HYPHEN) or word.endswith(SOFT_HYPHEN) for word in hyphenated.split())


def test_words_are_cut_where_a_dane_would_cut_them():
    assert with_soft_hyphens("sygefraværet", 7).split(SOFT_HYPHEN)[:2] == ["syge", "fra"]
    assert with_soft_hyphens("medarbejder", 7).split(SOFT_HYPHEN)[0] == "med"
