from __future__ import annotations

from pipeline.extract.layout import Word, read_page

HEIGHT = 842.0


def line(text, left, baseline, size=10.0):
    words, x = [], left
    for part in text.split():
        words.append(Word(part, x, x + 5 * len(part), baseline, size))
        x += 5 * len(part) + 3
    return words


def column(prefix, count, left, top, text="et par ord på en linje som fylder spalten"):
    return [word for i in range(count) for word in line(f"{prefix}{i} {text}", left, top - 12 * i)]


def texts(words):
    return [row.text for row in read_page(words, HEIGHT)]


def test_columns_are_read_one_after_the_other_under_a_heading_over_both():
    wide = "En overskrift der går hen over begge spalter og derfor skiller dem fra hinanden på siden"
    words = [*column("b", 6, 310, 600), *line(wide, 60, 650), *column("a", 6, 60, 600)]
    read = texts(words)
    assert read[0] == wide
    assert [text.split()[0] for text in read[1:]] == [f"a{i}" for i in range(6)] + [f"b{i}" for i in range(6)]


def test_a_table_is_read_row_by_row_with_tabs():
    words = [
        w
        for i in range(6)
        for x, cell in ((60, f"post{i}"), (250, f"{i}.000"), (400, "kr."))
        for w in line(cell, x, 600 - 14 * i)
    ]
    assert texts(words) == [f"post{i}\t{i}.000\tkr." for i in range(6)]


def test_three_columns():
    words = [
        *column("c", 6, 400, 600, "par ord i spalten her"),
        *column("a", 6, 60, 600, "par ord i spalten her"),
        *column("b", 6, 230, 600, "par ord i spalten her"),
    ]
    assert [text[0] for text in texts(words)] == ["a"] * 6 + ["b"] * 6 + ["c"] * 6


def test_an_address_in_the_margin_does_not_cut_the_letter_in_pieces():
    body = [
        w for i in range(10) for w in line(f"b{i} brevets tekst fylder hele sin linje ud i brevet", 60, 600 - 14 * i)
    ]
    address = [w for i in range(5) for w in line(f"m{i} Rådhuset", 440, 601 - 9 * i, size=7.0)]
    read = texts(body + address)
    assert [text.split()[0] for text in read] == [f"b{i}" for i in range(10)] + [f"m{i}" for i in range(5)]


def test_a_wider_gap_begins_a_paragraph():
    rows = read_page([*column("a", 4, 60, 600), *column("b", 4, 60, 545)], HEIGHT)
    assert [row.gap_before for row in rows] == [False, False, False, False, True, False, False, False]
