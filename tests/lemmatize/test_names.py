from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.tokens import Doc, Span

from pipeline.lemmatize.annotate import annotate
from pipeline.lemmatize.names import attendance_names, document_names, is_common, is_name


@pytest.mark.parametrize(
    "word", ["Beslutning", "Unge", "Procesplan", "Specialkonsulent", "81.38.00", "E-mail", "Punkt", "Medarbejdersiden"]
)
def test_headings_and_titles_are_common_words(word):
    assert is_common(word)


@pytest.mark.parametrize("word", ["Mette", "Møller", "Hansen", "Skovlunde", "Danmark", "Slesvig-Holsten"])
def test_names_are_not(word):
    assert not is_common(word)


@pytest.mark.parametrize(
    ("words", "label", "kept"),
    [(["Beslutning"], "PER", False), (["Unge"], "LOC", False), (["Rikke", "Slot"], "PER", True),
     (["Folketinget"], "ORG", True)],
)  # fmt: skip
def test_a_person_or_place_needs_a_word_of_its_own(nlp, words, label, kept):
    doc = Doc(nlp.vocab, words=words)
    assert is_name(Span(doc, 0, len(words), label=label)) is kept


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Til stede: Skoleleder Mette Thy, TR Bo Kjær (AMR), Emil Rosenkilde og Noah 9.A (elev)"],
         "Mette Thy Bo Kjær Emil Rosenkilde Noah"),
        (["Afbud fra Ida Kvist", "Referent: Lis Toft, HR"], "Ida Kvist Lis Toft"),
        (["Deltagere: Hanne Bisgaard (HB), Ole Winther (BUPL)"], "Hanne Bisgaard HB Ole Winther"),
        (["Deltagere:", "Hans van Bingen", "Yasmin El-Khatib, leder", "Dagsorden for mødet", "Mette Holm"],
         "Hans Bingen Yasmin El-Khatib"),
        (["Fraværende: Ingen, for en gangs skyld"], ""),
        (["Fraværet er steget", "Deltagerne takkede Mette Holm", "Medlemmerne fra Odense"], ""),
    ],
)  # fmt: skip
def test_attendance_lists_say_who_took_part(texts, names):
    assert set(attendance_names(texts)) == set(names.split())


def test_the_model_speaks_for_full_names_only():
    names = document_names([], ["Mette Hansen", "Tapeten", "Google Classroom", "Pia Skole"], ["Google"])
    assert names >= {"Mette", "Hansen"}
    assert not names & {"Tapeten", "Google", "Skole"}


def test_who_took_part_is_a_person_in_the_whole_document(nlp):
    paragraphs = [
        ("a-1", "Til stede: Mogens Riis, Per Ankersen, Hanne Bisgaard (HB)"),
        ("a-2", "Per var skeptisk. Tallene er 5 per klasse, og Mogens' og Hannes bagland er presset. HB spurgte."),
    ]
    (_, row), _ = annotate(nlp, paragraphs, batch_size=64)
    text = paragraphs[1][1]
    spans = list(zip(row["entity_starts"], row["entity_ends"], row["entity_labels"], strict=True))
    assert spans == sorted(spans)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(spans))
    found = {text[start:end].rstrip("'") for start, end, label in spans if label == "PER"}
    assert found == {"Per", "Mogens", "Hannes", "HB"}
