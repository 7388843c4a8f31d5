"""What a user sees of OCR repair: damaged words mended in their context, sound ones left alone, nothing unexplained."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.ocr.assessment import assess
from pipeline.clean.ocr.candidates import candidates
from pipeline.clean.ocr.channel import DANISH_OCR, WITHOUT_DANISH_LETTERS
from pipeline.clean.text import Source, clean_document, clean_text
from pipeline.offsets import Edit, undo
from pipeline.settings import Clean, load

SETTINGS = load(Clean)
SHARED = Path(__file__).parents[3] / "shared" / "documents"
RULES = {"ocr_letters", "ocr_real_word", "ocr_split", "ocr_join", "ocr_marks"}


def clean(text: str) -> str:
    return clean_text(text, SETTINGS)[0]


def repairs(text: str) -> list[dict[str, object]]:
    return [row for row in clean_text(text, SETTINGS)[1] if row["rule"] in RULES]


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Vi mgdes pa skolen, sa alle er klar fgr jul.", "Vi mødes på skolen, så alle er klar før jul."),
        ("Det ggr en forskel for bgrn og unge.", "Det gør en forskel for børn og unge."),
        ("OpgaveIgsningen udgves af medarbejderne, der ggr en indsats.",
         "Opgaveløsningen udøves af medarbejderne, der gør en indsats."),
        ("Det er vileverer til borgerne, der ggr en forskel.", "Det er vi leverer til borgerne, der gør en forskel."),
        ("Det er lederudviklingsforlgb, der ggr en forskel.", "Det er lederudviklingsforløb, der gør en forskel."),
        ("P& den made kan vi ggre det, der er brug for.", "På den måde kan vi gøre det, der er brug for."),
    ],
)  # fmt: skip
def test_words_without_their_danish_letters_are_mended(damaged, sound):
    assert clean(damaged) == sound


def test_capitals_are_mended_as_capitals():
    text = "Det ggr vi, fordi det er vores opgave at ggre det.\n\nLEDELSESMZSSIG RAMME 0G MAL\n"
    assert clean(text).endswith("LEDELSESMÆSSIG RAMME OG MÅL\n")


AGENDA = """1. Godkendelse af dagsorden

2. Budgetopfolgning, aktivitet i hjemmeplejen

3. Natdekning i den sydlige del af kommunen

4. Rogfri arbejdsdag - evaluering

5. Meddelelser

6. Eventuelt fra formanden og forvaltningen
"""


def test_an_agenda_whose_headings_lost_their_letters_is_damaged():
    assert assess(AGENDA).channel == WITHOUT_DANISH_LETTERS
    assert "Budgetopfølgning" in clean(AGENDA)


def test_a_list_of_names_without_danish_letters_is_sound():
    names = (
        "Til stede: Anna Moller, Bent Norgaard, Karl Soderberg, Nils Oberg, Eva Skoda og Per Boge fra Malmo og Koln."
    )
    assert assess(f"{names}\n\n{names}").channel == "none"


DAMAGED_TEXT = "Det ggr vi pa skolen, fordi det er vigtigt for bgrnene, at de laerer noget, og sa ma vi ggre mere.\n\n"


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("* ros til alle\n\n¢ kritik af planen\n\n+ nye hold", "• ros til alle\n\n• kritik af planen\n\n• nye hold"),
        ("* en bemaerkning", "* en bemærkning"),
        ("Vi har tid. | Vamdrup har de ikke.", "Vi har tid. I Vamdrup har de ikke."),
        ("| Skole | Elever |", "| Skole | Elever |"),
        ("Tak for et materiale, deri ar var klart.", "Tak for et materiale, der i år var klart."),
        ("FRAV/ERENDE: ingen OG/ELLER alle", "FRAVÆRENDE: ingen OG/ELLER alle"),
        ("Sagsnr. 00.30.14-@00-2-24", "Sagsnr. 00.30.14-Ø00-2-24"),
        ("Det koster 200 kr. pr. m?, hvis de vil.", "Det koster 200 kr. pr. m², hvis de vil."),
        ("De har _ ikke set de_ nye regler.", "De har ikke set de nye regler."),
        ("Skriv til (plan@...) om flere ans@gere.", "Skriv til (plan@...) om flere ansøgere."),
        ("Til stede var Poul Vestergard, Eva Skgdt og Ida.", "Til stede var Poul Vestergård, Eva Skødt og Ida."),
    ],
    ids=["list", "asterisk", "stroke", "table", "space", "capitals", "case number", "square", "specks", "address",
         "name"],
)  # fmt: skip
def test_signs_and_names_of_a_damaged_text_are_mended(damaged, sound):
    assert clean(DAMAGED_TEXT + damaged).split("\n\n", 1)[1] == sound


def test_a_word_alone_is_no_evidence():
    assert clean("ggr") == "ggr"


def test_what_is_no_damaged_word_stays():
    text = (
        "Det ggr vi i Leadership Pipeline med KOMBIT og BUPL, sag 00.14.00-G01-7-21, se www.skolegar.dk/malet, "
        "skriv til far@skolegar.dk for mgdet den 4. maj kl. 14.30."
    )
    for kept in ("Leadership Pipeline", "KOMBIT", "BUPL", "00.14.00-G01-7-21", "www.skolegar.dk/malet",
                 "far@skolegar.dk"):  # fmt: skip
        assert kept in clean(text)


def test_only_the_damaged_pages_of_a_document_are_mended():
    sound = "Udvalget drøftede, hvordan børnene får en god skole, og hvad der må gøres på området i år. " * 3
    damaged = "Det ggr vi pa skolen, fordi det er vigtigt for bgrnene, at de laerer noget, og sa ma vi ggre mere. " * 3
    short = "Min far bor i en by, og det er en malende beskrivelse af far og mor."
    cleaned = clean(f"{sound}\n\n{damaged}\n\n{sound}\n\n{short}")
    assert "Det gør vi på skolen" in cleaned
    assert cleaned.endswith(short)


SCAN = (
    "Udvalget drøftede budgettet og. den nye plan, som forvaltningen har sendt tii alle skoler i kommunen.\n"
    "Der er brug for flere pædagogcr, og forældrenes tilfredshcd er vigtig for, at bømene trives i'det daglige.\n"
    "Forvaltningen foreslår, atder afsættes flere midler, og at medarbejdcrne inddrages i arbejdet.\n"
)


def test_a_bad_scan_is_mended_where_the_words_are_none():
    cleaned = clean(SCAN)
    assert assess(SCAN).channel == DANISH_OCR
    assert "tilfredshed er vigtig" in cleaned
    assert "medarbejderne inddrages" in cleaned


def test_uncertain_repairs_are_listed_and_change_nothing():
    text = "Det ggr vi pa skolen. Vi ggr det pa alle niveauer og for alle, sa det er ikke malet i sig selv."
    strict = SETTINGS.model_copy(update={"repair_threshold": 0.9999})
    cleaned, rows = clean_text(text, strict)
    found = [row for row in rows if row["rule"] in RULES]
    assert cleaned == text
    assert found
    assert not any(row["applied"] for row in found)
    assert all(0 <= row["confidence"] <= 1 for row in found)


def test_cleaning_what_is_clean_changes_nothing():
    for text in (SCAN, "Det ggr vi pa skolen, sa alle bgrn kan laere noget, og det er malet i sig selv."):
        once = clean(text)
        assert clean(once) == once


def test_the_share_of_damaged_words_is_estimated():
    damaged = "Det ggr vi pa skolen, fordi det er vigtigt for bgrnene, at de laerer noget, og sa ma vi ggre mere. " * 3
    sound = clean(damaged)
    assert clean_document(Source((sound,)), SETTINGS).damage.damaged_share == 0
    assert 0.25 < clean_document(Source((damaged,)), SETTINGS).damage.damaged_share < 0.5


LETTERS = st.text(st.characters(codec="utf-8"), max_size=300)
DAMAGED = st.lists(
    st.sampled_from(["ggr", "pa", "det", "er", "og", "i", "far", "mgde", "-\n", "0G", "P&", "@st", "æ", "teet", ".",
                     ",", "\n", "'"]),
    max_size=60,
).map(" ".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LETTERS | DAMAGED)
def test_any_text_can_be_cleaned_and_brought_back(text):
    cleaned, rows = clean_text(text, SETTINGS)
    assert undo(cleaned, [Edit(**row) for row in rows]) == text


@pytest.mark.parametrize(
    "text",
    ["a" * 300_000, "-" * 300_000, "ggr " * 75_000, "@" * 300_000, "a@" * 150_000, "ø|" * 150_000, "x.y" * 100_000,
     "' " * 150_000, '"a ' * 100_000, "\n".join(["ggr pa"] * 40_000), f"{'a' * 70} | " * 4_000,
     "A" * 150_000 + "/E" * 75_000],
    ids=["letters", "hyphens", "words", "signs", "addresses", "bars", "dots", "marks", "quotes", "lines", "strokes",
         "capitals"],
)  # fmt: skip
def test_time_grows_with_the_text_alone(text):
    clean("Det ggr vi pa skolen.")
    begun = time.process_time()
    clean(text)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("name", [WITHOUT_DANISH_LETTERS, DANISH_OCR])
def test_a_word_is_always_among_its_own_candidates(name):
    for word in ("for", "ggr", "Xyzzq", "0G", "P&", "børn", "a" * 200):
        assert word in {candidate.text for candidate in candidates(word, name)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five real documents are not on this machine")
def test_of_the_real_documents_only_the_damaged_one_is_mended():
    for source in sorted(SHARED.glob("*.txt")):
        made = [row for row in repairs(source.read_bytes().decode()) if row["applied"]]
        assert len(made) > 100 if source.name.startswith("004") else not made


WORDS = st.lists(
    st.sampled_from(["ggr", "pa", "det", "er", "og", "i", "far", "mgde", "0G", "P&", "@st", "æ", "teet", ".", ",", "'",
                     '"', "|", "Ii", "for", "sa", "har", "Koge", "bla.", "''", "bgrnehaver", "11991",
                     "deri", "_", "m?", "\n\n*", "\n\n¢", "FRAV/ERENDE", "00.30.14-@00-2-24", "Vestergard"]),
    max_size=40,
).map(" ".join)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_mending_what_is_mended_changes_nothing(words):
    once = clean(f"Det ggr vi pa skolen, fordi bgrn skal laere noget, og sa ma vi ggre mere. {words}")
    assert clean(once) == once
