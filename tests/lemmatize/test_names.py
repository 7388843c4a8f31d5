from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.lemmatize.names import is_common, is_name


@pytest.mark.parametrize(
    "word", ["Beslutning", "Unge", "Procesplan", "Specialkonsulent", "81.38.00", "E-mail", "Punkt"]
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
