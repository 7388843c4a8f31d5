"""What a user sees of cleaning: lines joined, words mended, furniture gone, nothing lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.text import Source, clean_document, clean_text
from pipeline.offsets import Edit, apply, undo
from pipeline.settings import Clean, load

SETTINGS = load(Clean)
SHARED = Path(__file__).parents[3] / "shared" / "documents"


def clean(text: str) -> str:
    return clean_text(text, SETTINGS)[0]


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("Det drøfter leder-\nne i morgen.", "Det drøfter lederne i morgen."),
        ("Det gælder social- \nog sundhedsområdet.", "Det gælder social- og sundhedsområdet."),
        ("Gevinster ved IT-\nunderstøttelse kommer senere.", "Gevinster ved IT-understøttelse kommer senere."),
        ("Det gælder også ikke-\nuddannede medarbejdere.", "Det gælder også ikke-uddannede medarbejdere."),
        ("Rapporten for 6-18-\nårsområdet er klar.", "Rapporten for 6-18-årsområdet er klar."),
        ("Vi tilbyder e-\nlæring til alle.", "Vi tilbyder e-læring til alle."),
        ("Aftalen om co-teaching og meri\u00ad\nter er god.", "Aftalen om co-teaching og meriter er god."),
    ],
)
def test_words_broken_at_a_line_end(wrapped, joined):
    assert clean(wrapped) == joined


def test_the_documents_own_spelling_decides_about_a_hyphen():
    assert clean("Vi bruger Meebook-forløb.\n\nDer er mange Meebook-\nforløb i gang.").endswith(
        "Der er mange Meebook-forløb i gang."
    )


WRAPPED = """\
Udvalget drøftede, hvordan skolerne i de kommende år kan holde på de
erfarne medarbejdere, og hvilke initiativer der allerede er sat i gang i
andre afdelinger. Der var enighed om at begynde i det små.

Forvaltningen fremlægger en plan:
• Mentorordninger til alle nyansatte lærere og pædagoger, som varer et
  helt år.
• Seniorsamtaler.

Planen behandles igen i maj.
"""


def test_wrapped_lines_become_one_line_per_paragraph_and_bullet():
    lines = [line for line in clean(WRAPPED).split("\n") if line]
    assert lines == [
        "Udvalget drøftede, hvordan skolerne i de kommende år kan holde på de erfarne medarbejdere, og hvilke "
        "initiativer der allerede er sat i gang i andre afdelinger. Der var enighed om at begynde i det små.",
        "Forvaltningen fremlægger en plan:",
        "• Mentorordninger til alle nyansatte lærere og pædagoger, som varer et helt år.",
        "• Seniorsamtaler.",
        "Planen behandles igen i maj.",
    ]


def test_blank_lines_between_paragraphs_survive():
    assert clean(WRAPPED).count("\n\n") == WRAPPED.count("\n\n")


def test_lists_of_names_and_addresses_are_not_joined():
    text = (
        WRAPPED
        + "\nDeltagere:\nAnna Holm\nBo Lund\nCarla Storm Petersen\n\nBørn og Unge\nNørregade 12\n8000 Aarhus C\n"
    )
    assert clean(text).endswith(text[len(WRAPPED) :])


def test_a_double_spaced_text_is_recognised_and_no_other():
    doubled = WRAPPED.replace("\n\n", "\n").replace("\n", "\n\n")
    assert "holde på de erfarne medarbejdere, og hvilke initiativer" in clean(doubled)
    apart = "Møde i udvalget\n\nom budgettet for næste år\n\nafholdes i maj.\n"
    assert clean(apart) == apart


PAGES = tuple(
    f"Aarhus Kommune · Børn og Unge\n{body}\nKonstrueret eksempel – side {number} af 3\n\f"
    for number, body in enumerate(
        (
            "Forslaget handler om, hvordan vi i fællesskab kan styrke arbejdet med rekrutte-",
            "ring af pædagoger, og hvad det kommer til at koste i de nærmeste år, som vi ser det\n\nTidsplan",
            "Arbejdet begynder i august.",
        ),
        1,
    )
)


def test_headers_footers_and_page_numbers_go_and_a_word_is_joined_across_the_page_break():
    cleaned = clean_document(Source(PAGES, "application/pdf"), SETTINGS)
    text = "".join(cleaned.pages)
    assert "Aarhus Kommune" not in text
    assert "Konstrueret" not in text
    assert "arbejdet med rekruttering af pædagoger" in text
    assert {edit.before for edit in cleaned.edits if edit.rule == "page_footer"} == {
        f"Konstrueret eksempel – side {number} af 3" for number in (1, 2, 3)
    }


def test_page_numbers_of_many_forms_go():
    pages = [
        "Første side har denne tekst.\n1 / 3\n\f",
        "Anden side har en anden.\n- 2 -\n\f",
        "Side 3 af 3Tredje side.\n\f",
    ]
    assert "".join(clean_document(Source(tuple(pages), "application/pdf"), SETTINGS).pages).split("\n") == [
        "Første side har denne tekst.", "", "Anden side har en anden.", "", "Tredje side.", "",
    ]  # fmt: skip


def test_markdown_and_html_remains_are_removed():
    text = (
        "## **Punkt 2: Drøftelse**\n\nSe [bilaget](https://example.dk) om *trivsel*.\n\n"
        "Område\tMål\n<ul><li>• Flere b&oslash;rn</li> <li>• Bedre sprog</li></ul>\t<p>Alle <b>skoler</b></p>\n\n"
        "| Skole | 2025 |\n|---|---|\n| Nord | 65 |\n"
    )
    assert [line for line in clean(text).split("\n") if line] == [
        "Punkt 2: Drøftelse", "Se bilaget om trivsel.", "Område\tMål", "• Flere børn", "• Bedre sprog", "Alle skoler",
        "Skole\t2025", "Nord\t65",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("BÃ¸rn pÃ¥ Ã¥rhusianske skoler lÃ¦rer", "Børn på århusianske skoler lærer"),
        ("Specifik ﬁnansiering", "Specifik finansiering"),
        ("kr.\u00a0400\u200b.000", "kr. 400.000"),
        ("Bo\u0308rn pa\u030a skolen", "Börn på skolen"),
        ("\uf0b7 Første\n\uf0d8\tAnden", "• Første\n• Anden"),
        ("Linje\r\n\r\nEn til\r\n", "Linje\n\nEn til\n"),
    ],
)
def test_damaged_characters(damaged, sound):
    assert clean(damaged) == sound


def test_ocr_without_danish_letters_is_mended():
    text = (
        "I kommunen satser vi pa god ledelse. Det ggr vi, fordi ledelse teet pa opgaven ggr en forskel for det, "
        "vileverer til borgerne. Gode ledere spgrger, sa alle ma sta ved deres valg.\n\nLEDELSE 0G MAL"
    )
    assert clean(text) == (
        "I kommunen satser vi på god ledelse. Det gør vi, fordi ledelse tæt på opgaven gør en forskel for det, "
        "vi leverer til borgerne. Gode ledere spørger, så alle må stå ved deres valg.\n\nLEDELSE OG MÅL"
    )


def test_a_single_damaged_sentence_is_mended():
    assert clean("Det ggr en forskel for os.") == "Det gør en forskel for os."


@pytest.mark.parametrize(
    "text",
    [
        "Det er en malende beskrivelse af forslaget, som er sendt til alle skoler og til Gorm Madsen i BUPL.",
        "Kontakt Kaja Star, kaja@skolegar.dk, om sag 00.14.00-G01-7-21 og malet for 2024.",
        "The committee discussed the budget and the far too many targets that had been made for us.",
        "Vi står på mål for vores valg, og det gør vi så godt, vi kan, for børnene får plads i år.",
    ],
)
def test_sound_text_is_left_alone(text):
    assert not [row for row in clean_text(text, SETTINGS)[1] if row["rule"].startswith("ocr")]


def test_uncertain_repairs_are_listed_but_not_made():
    text = "Det ggr vi pa skolen. Vi ggr det pa alle niveauer og for alle, sa det er ikke malet i sig selv."
    strict = SETTINGS.model_copy(update={"repair_threshold": 0.9999})
    cleaned, rows = clean_text(text, strict)
    assert " pa " in cleaned
    assert any(row["before"] == "pa" and not row["applied"] for row in rows)


SENTENCES = """\
Udvalget drøftede, hvordan skolerne i de kommende år kan holde på de
erfarne medarbejdere, og hvilke initiativer der allerede er sat i gang i
{first}
{gap}
{second}
"""


def joined(text: str) -> set[str]:
    """Return the rules by which lines of a text were joined."""
    return {row["rule"] for row in clean_text(text, SETTINGS)[1] if row["after"] == " "}


@pytest.mark.parametrize(
    ("first", "gap", "second", "rule"),
    [
        ("andre afdelinger og i de øvrige kommuner på egnen. Det gør de", "", "fordi mange søger væk.", "column_break"),
        ("andre afdelinger og i de øvrige kommuner på egnen. Det gør de\f", "", "fordi mange søger væk.", "page_break"),
        ("andre afdelinger og i de øvrige kommuner på egnen.", "", "fordi mange søger væk.", None),
        ("andre afdelinger. Det gør de", "", "fordi mange søger væk.", None),
        ("andre afdelinger og i de øvrige kommuner på egnen. Det gør de", "", "Flere lærere søger væk.", None),
        ("andre afdelinger, og derfor må forvaltningen nu indstille,", "", "at der ansættes flere.", None),
    ],
)
def test_a_sentence_cut_by_a_column_or_page_is_joined_and_no_other(first, gap, second, rule):
    text = SENTENCES.format(first=first, gap=gap, second=second)
    assert joined(text) == {"line_break"} | ({rule} if rule else set())
    assert (second in clean(text).split("\n")) == (rule is None)


def test_a_paragraph_in_one_line_that_breaks_off_goes_on_after_the_blank_line():
    first = "Sygefraværet bør ikke sammenlignes på tværs af afdelingerne. " * 3 + "Måltallet er opgjort i timer, så det"
    text = f"{first}\n\ner trukket fra det andet system.\n\nEn ny begyndelse.\n"
    assert clean(text) == f"{first} er trukket fra det andet system.\n\nEn ny begyndelse.\n"


def test_one_wrapped_line_shows_that_the_others_are_wrapped_too():
    text = (
        "Den nye grund ved stationen vil give mere tung trafik gennem Borup, og derfor\n"
        "mener udvalget, at vejen bør udvides. Udvalget beder også staten og naboerne i\n"
        "Ringsted om at se på den.\n"
    )
    assert clean(text).count("\n") == 1


def test_a_line_that_ends_in_a_name_is_no_heading():
    text = (
        "Et godt arbejdsmiljø er en forudsætning for, at\nborgerne får den hjælp, de har krav på.\n"
        "Politikken beskriver, hvad ansatte i Ballerup\nKommune kan forvente af hinanden, af deres\n"
        "leder og af arbejdspladsen i Ballerup Kommune.\n"
    )
    assert clean(text).count("\n") == 1


def test_in_text_of_fixed_width_a_line_with_room_for_the_next_word_ends_a_paragraph():
    text = (
        "Børnene lærer, når de leger, og derfor skal der være tid og plads\n"
        "til leg hver dag, både ude og inde, og de voksne skal kunne kende\n"
        "forskel på at styre og at støtte. Planen er et fælles redskab for\n"
        "alle husene, og den bliver vurderet hvert andet år af forældre og\n"
        "personale, som sammen vælger nye mål. Det skal give alle en\n"
        "stemme, og det skal ske hvert år inden sommer i alle husene.\n"
        "Vi ser frem til det.\n"
    )
    assert clean(text).split("\n")[1:] == ["Vi ser frem til det.", ""]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Dato: 20. juni 2022\n\nTil\nRingsted Kommune\nPlan og Byg\n", "Til"),
        ("Fra: Pædagogik og Forebyggelse, Aarhus Kommune\nd. 17.6.2021\nSag: 21/038842\n", "d. 17.6.2021"),
        (WRAPPED + "\nSkolerne åbner igen for eleverne i de mindste klasser, i første omgang 0.-4.\nklasse.\n",
         "Skolerne åbner igen for eleverne i de mindste klasser, i første omgang 0.-4. klasse."),
    ],
)  # fmt: skip
def test_labels_dates_and_ordinals_at_a_line_end(text, line):
    assert line in clean(text).split("\n")


PIECES = st.sampled_from(
    ["Det ", "ggr ", "leder-\n", "ne ", "• punkt\n", "\n\n", "\n", "\f", " ", "æ", "Ã¸", "\r\n", "**fed**",
     "<li>", "</li>", "&amp;", "# ", "1. ", "\t", "| a | b |\n", "|---|---|\n", "\u00ad", "\u200b", "\uf0b7",
     "ﬁ", "a\u030a", "Side 1 af 2", "Punkt 2, Bilag 1: Notat.docx\n", "pa ", "og ", "i\n", "\u00a0", "----\n",
     "Indstilling\n", "kan ske.\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=4))
def test_edits_lead_from_raw_to_clean_and_back_and_stay_inside_their_page(pages):
    cleaned = clean_document(Source(tuple(pages), "application/pdf"), SETTINGS)
    raw = "".join(pages)
    check(raw, cleaned.edits, "".join(cleaned.pages))
    bounds = [sum(map(len, pages[:number])) for number in range(len(pages) + 1)]
    for edit in cleaned.edits:
        assert not any(edit.start < bound < edit.end for bound in bounds)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five real documents are not on this machine")
def test_the_real_documents_survive_cleaning():
    for source in sorted(SHARED.glob("*.txt")):
        raw = source.read_bytes().decode()
        cleaned = clean_document(Source((raw,)), SETTINGS)
        check(raw, cleaned.edits, "".join(cleaned.pages))
        repaired = sum(edit.rule.startswith("ocr") for edit in cleaned.edits)
        assert (repaired > 80) == source.name.startswith("004")


def check(raw: str, edits: list[Edit], text: str) -> None:
    assert apply(raw, edits) == text
    assert undo(text, edits) == raw
    assert all(raw[edit.start : edit.end] == edit.before != "" for edit in edits)
    assert all(one.end <= other.start for one, other in pairwise(edits))


def test_soft_hyphens_at_line_ends_leave_nothing_for_a_second_cleaning():
    for raw in ("Det er en skole\u00ad\nklasse", "Et møde (\u00ad\nog et til", "• Et punkt,\u00ad\nder går videre"):
        once = clean(raw)
        assert "\u00ad" not in once
        assert clean(once) == once


def test_short_lines_among_whole_paragraphs_stay_and_stay_the_second_time():
    """A column of a table beside wrapped text: once the text's lines are joined, nothing shows a width any more."""
    prose = (
        "Forvaltningen har gennem hele perioden haft en tæt dialog med skolerne om, hvordan den nye\n"
        "ordning skal indføres, og hvilke opgaver der skal løses i fællesskab mellem de to afdelinger,\n"
        "som fremover deler både lokaler og vagtplan og derfor må aftale, hvem der er til stede hvornår.\n"
    )
    column = "Fælles\nopstartsmøde\naugust 2021\n\nAfsluttende\nerfaringsseminar\njuni 2022\n"
    settings = load(Clean)
    once = clean_text(f"{prose}\n{column}\n{prose}", settings)[0]
    assert column in once
    assert clean_text(once, settings)[0] == once
