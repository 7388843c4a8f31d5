from __future__ import annotations

import pytest

from pipeline.lemmatize.annotate import annotate, parts

PARAGRAPHS = [
    ("a-1", "Sygefraværet er faldet i Ballerup. Det glæder formand Mette Hansen, bl.a. fordi vikarerne koster meget."),
    ("a-2", "Rekruttering og fastholdelse af medarbejdere"),
    ("a-3", "- Bred opbakning til seniorordninger (jf. bilag 2)"),
    ("a-4", "*** -- ***"),
    ("a-5", "."),
    ("a-6", "2021 | 12,5 dage | 4,3 %"),
    ("a-7", "Første linje\n\n  Anden linje \t slut"),
]


@pytest.fixture(scope="module")
def rows(nlp):
    return annotate(nlp, PARAGRAPHS, batch_size=64)


def test_a_very_long_paragraph_is_read_in_pieces_with_the_same_offsets(nlp):
    text = "Sygefraværet er steget i skolerne. " * 400 + "x" * 6000
    (row,), sentences = annotate(nlp, [("a-1", text)], batch_size=64)
    assert all(text[start : start + len(word)] == word for start, word in zip(row["starts"], row["words"], strict=True))
    assert sum(map(len, row["words"])) == len(text.replace(" ", ""))
    assert all(text[sentence["start"] : sentence["end"]] == sentence["text"] for sentence in sentences)


def test_every_paragraph_has_tokens_with_lists_of_one_length(rows):
    tokens, _ = rows
    assert [row["paragraph_id"] for row in tokens] == [key for key, _ in PARAGRAPHS]
    for row in tokens:
        lengths = {len(row[name]) for name in ("words", "lemmas", "pos", "parts", "starts")}
        assert len(lengths) == 1
        assert lengths != {0}


def test_offsets_point_into_the_text(rows):
    tokens, sentences = rows
    text = dict(PARAGRAPHS)
    for row in tokens:
        source = text[row["paragraph_id"]]
        assert [source[start : start + len(word)] for start, word in zip(row["starts"], row["words"], strict=True)] == (
            row["words"]
        )
        assert not any(word.isspace() for word in row["words"])
    for row in sentences:
        assert text[row["paragraph_id"]][row["start"] : row["end"]] == row["text"] == row["text"].strip()
        assert row["sentence_id"] == f"{row['paragraph_id']}-{row['start']:05d}"


def test_words_get_lemmas_and_parts_of_speech(rows):
    (first, *_), _ = rows
    lemmas = dict(zip(first["words"], first["lemmas"], strict=True))
    pos = dict(zip(first["words"], first["pos"], strict=True))
    assert lemmas["Sygefraværet"] == "sygefravær"
    assert lemmas["vikarerne"] == "vikar"
    assert lemmas["Ballerup"] == "Ballerup"
    assert (pos["koster"], pos["Hansen"], pos["."]) == ("VERB", "PROPN", "PUNCT")


def test_an_abbreviation_ends_no_sentence(rows):
    _, sentences = rows
    found = [row["text"] for row in sentences if row["paragraph_id"] == "a-1"]
    assert [text.split()[0] for text in found] == ["Sygefraværet", "Det"]


def test_names_are_found_as_spans(rows):
    (first, *_), _ = rows
    text = PARAGRAPHS[0][1]
    spans = zip(first["entity_labels"], first["entity_starts"], first["entity_ends"], strict=True)
    names = {text[start:end]: label for label, start, end in spans}
    assert names == {"Ballerup": "LOC", "Mette Hansen": "PER"}


def test_a_result_does_not_depend_on_the_batch(nlp, rows):
    assert annotate(nlp, PARAGRAPHS, batch_size=1) == rows
    tokens, sentences = rows
    alone = annotate(nlp, PARAGRAPHS[:1], batch_size=64)
    assert alone == (tokens[:1], [row for row in sentences if row["paragraph_id"] == "a-1"])


def test_hyphens_part_only_words():
    assert parts("med-udvalg", "NOUN") == "med+udvalg"
    assert parts("81-38", "NOUN") == ""
    assert parts("arbejdsmiljø", "VERB") == ""


def test_a_heading_of_common_words_is_no_name(nlp):
    (row,), _ = annotate(nlp, [("b-1", "Sagsfremstilling")], batch_size=1)
    assert (row["lemmas"], row["pos"], row["entity_labels"]) == (["sagsfremstilling"], ["NOUN"], [])
    assert row["parts"] == ["sag+fremstilling"]


def test_an_unknown_compound_is_lemmatised_by_its_last_part(nlp):
    (row,), _ = annotate(nlp, [("b-1", "Vi drøftede rekrutteringsudfordringerne med medarbejdersiden.")], batch_size=1)
    lemmas, compounds = (
        dict(zip(row["words"], row["lemmas"], strict=True)),
        dict(zip(row["words"], row["parts"], strict=True)),
    )
    assert lemmas["rekrutteringsudfordringerne"] == "rekrutteringsudfordring"
    assert lemmas["medarbejdersiden"] == "medarbejderside"
    assert compounds["medarbejdersiden"] == "medarbejder+side"
