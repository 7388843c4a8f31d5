from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lemmatize.compounds import split

COMPOUNDS = {
    "rekrutteringsudfordring": "rekruttering+udfordring",
    "arbejdsmiljø": "arbejde+miljø",
    "budgetforslag": "budget+forslag",
    "skoleleder": "skole+leder",
    "dagtilbud": "dag+tilbud",
    "børnetal": "barn+tal",
    "kvalitetsrapport": "kvalitet+rapport",
    "kompetenceudvikling": "kompetence+udvikling",
    "ledelsesgrundlag": "ledelse+grundlag",
    "tillidsrepræsentant": "tillid+repræsentant",
    "sygefraværsstatistik": "syge+fravær+statistik",
    "pædagoguddannelse": "pædagog+uddannelse",
    "sagsfremstilling": "sag+fremstilling",
    "forældresamarbejde": "forælder+samarbejde",
}
WHOLE_WORDS = (
    "forvaltning medarbejder udfordring fastholdelse personale inddragelse besparelse beslutning normering mandag "
    "samarbejde fællesskab digitalisering transport platform grundlag godkendelse vejledning anerkendelse "
    "undervisning uddannelse overenskomst kommune virksomhed parkering markering fremstilling tydelighed"
)


@pytest.mark.parametrize(("word", "parts"), COMPOUNDS.items())
def test_compounds_are_split_into_lemmas(word, parts):
    assert "+".join(split(word)) == parts


@pytest.mark.parametrize("word", WHOLE_WORDS.split())
def test_other_words_are_left_whole(word):
    assert split(word) == ()


@given(st.text(max_size=30))
def test_any_text_gives_no_part_or_several(text):
    assert len(split(text)) != 1
