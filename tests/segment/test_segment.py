"""What a user sees of segmenting: whole paragraphs, each under its headings, with its role and voice; nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.text import Source as Raw
from pipeline.clean.text import clean_document
from pipeline.offsets import apply
from pipeline.segment.document import Segmented, Source, segment_document
from pipeline.settings import Clean, Segment, load

CLEAN, SEGMENT = load(Clean), load(Segment)
SHARED = Path(__file__).parents[3] / "shared" / "documents"


def segment(*pages: str, **known) -> Segmented:
    """Clean and segment a document, check that nothing is lost, and return the rows."""
    raw = "".join(pages)
    outlines = known.get("outlines", ())
    cleaned = clean_document(Raw(pages, known.pop("media_type", "text/plain"), outlines), CLEAN)
    numbers = tuple(range(1, len(pages) + 1))
    result = segment_document(Source("0" * 16, pages, tuple(cleaned.edits), numbers, **known), SEGMENT)
    covered, last = set(), 0
    for row in result.paragraphs:
        start, end = row["raw_start"], row["raw_end"]
        assert last <= start < end
        assert apply(raw, cleaned.edits, start, end).strip() == row["text"] != ""
        assert not any(e.applied and e.start < cut < e.end for e in cleaned.edits for cut in (start, end))
        covered |= set(range(start, end))
        last = end
    for row in result.furniture:
        covered |= set(range(row["start"], row["end"]))
    assert not [place for place, letter in enumerate(raw) if not letter.isspace() and place not in covered]
    return result


def table(result: Segmented, *columns: str) -> list[tuple]:
    return [tuple(row[column] for column in columns) for row in result.paragraphs]


AGENDA = """\
Referat af møde i Skoleudvalget

Onsdag den 3. maj 2023 kl. 16.30

Deltagere:
Anna Holm
Bo Lund (formand)

Indhold
Punkt 1: Godkendelse af dagsorden 1
Punkt 2: Drøftelse af sygefravær 2

Punkt 1: Godkendelse af dagsorden

Beslutning for Punkt 1: Godkendelse af dagsorden

Godkendt.

Punkt 2: Drøftelse af sygefravær

81.38.00-P35-3-24

Indstilling

Forvaltningen indstiller, at

1. udvalget drøfter fraværet

Sagsfremstilling

Fraværet er faldet i alle afdelinger gennem de seneste to år.

Årsager

Der er tre forklaringer på udviklingen, som gennemgås her.

Fordele:

• Færre vikarer på skolerne.

Ulemper:

• Mere arbejde til lederne.

Økonomi

Ingen.

Bilag

Statistik for 2022
"""


def test_agenda_items_sections_and_headings():
    rows = {row["text"]: row for row in segment(AGENDA, kind="referat").paragraphs}
    assert rows["Godkendt."]["role"] == "beslutning"
    assert rows["1. udvalget drøfter fraværet"]["role"] == "indstilling"
    assert rows["Ingen."]["role"] == "økonomi"
    assert rows["Statistik for 2022"]["role"] == "bilag"
    point = "Punkt 2: Drøftelse af sygefravær"
    bullet = rows["Mere arbejde til lederne."]
    assert bullet["agenda_item"] == point
    assert bullet["heading_path"] == [point, "Sagsfremstilling", "Årsager", "Ulemper"]
    assert (bullet["role"], bullet["form"]) == ("sagsfremstilling", "bullet")
    assert rows["Årsager"]["role"] == "overskrift"


def test_attendance_contents_dates_and_numbers_are_formalia():
    roles = dict(table(segment(AGENDA, kind="referat"), "text", "role"))
    formal = {text for text, role in roles.items() if role == "formalia"}
    assert formal == {
        "Onsdag den 3. maj 2023 kl. 16.30", "Deltagere:", "Anna Holm", "Bo Lund (formand)", "Indhold",
        "Punkt 1: Godkendelse af dagsorden 1", "Punkt 2: Drøftelse af sygefravær 2", "81.38.00-P35-3-24",
    }  # fmt: skip


def test_numbered_agenda_items_and_decisions():
    text = (
        "Dagsorden til Byrådet\n\n1. Godkendelse af dagsorden\n\nIndstilling\n\nAt dagsordenen godkendes.\n\n"
        "2. Ny skole i Nord\n\nSagsfremstilling\n\nSkolen bygges i 2026 og får plads til 600 elever.\n\n"
        "Byrådets beslutning den 3. maj 2023\n\nGodkendt.\n\n3. Eventuelt\n\nIntet.\n"
    )
    rows = segment(text, kind="dagsorden").paragraphs
    assert [row["agenda_item"] for row in rows if row["role"] == "beslutning"] == ["2. Ny skole i Nord"]
    assert rows[-1]["heading_path"] == ["3. Eventuelt"]


def test_markdown_levels_and_tables():
    text = (
        "# Notat om trivsel\n\n## Baggrund\n\nMange trives, og tallene er bedre end sidste år.\n\n### Tal\n\n"
        "| Skole | Andel |\n|---|---|\n| Nord | 65 |\n\n## Næste skridt\n\n- Ny måling\n"
    )
    assert table(segment(text), "text", "form", "heading_path")[1:] == [
        ("Baggrund", "heading", []),
        ("Mange trives, og tallene er bedre end sidste år.", "paragraph", ["Baggrund"]),
        ("Tal", "heading", ["Baggrund"]),
        ("Skole\tAndel", "table_row", ["Baggrund", "Tal"]),
        ("Nord\t65", "table_row", ["Baggrund", "Tal"]),
        ("Næste skridt", "heading", []),
        ("Ny måling", "bullet", ["Næste skridt"]),
    ]


def test_outline_of_a_word_file_gives_headings_and_list_items():
    text = "Plan for skolerne\nMål\nVi vil mere\nHurtigere\nBedre\n"
    outline = ("0:17:1", "18:21:2", "34:43:li", "44:49:li")
    rows = table(segment(text, media_type="text/html", outlines=(outline,)), "text", "form", "heading_path")
    assert rows == [
        ("Plan for skolerne", "heading", []),
        ("Mål", "heading", []),
        ("Vi vil mere", "paragraph", ["Mål"]),
        ("Hurtigere", "bullet", ["Mål"]),
        ("Bedre", "bullet", ["Mål"]),
    ]


LETTER = """\
{sender}
Skolevej 2
2750 Ballerup

Dato: 6. april 2021

Til Ballerup Kommune

Kære udvalg

Vi er bekymrede for de besparelser, der er sendt i høring på vores område.

Med venlig hilsen

Anna Holm
{signature}
"""


@pytest.mark.parametrize(
    ("sender", "signature", "voice"),
    [
        ("Skolebestyrelsen på Nordskolen", "Formand for skolebestyrelsen", "external"),
        ("BUPL Storkøbenhavn", "Formand, BUPL", "external"),
        ("Lærerkredsen", "Formand for Ballerup Lærerforening", "external"),
        ("BORGMESTEREN", "Borgmester", "own"),
        ("Center for Skoler og Institutioner", "Centerchef", "own"),
    ],
)
def test_who_speaks_in_a_letter(sender, signature, voice):
    rows = segment(LETTER.format(sender=sender, signature=signature), kind="brev").paragraphs
    assert {row["voice"] for row in rows} == {voice}
    assert {row["part_id"] for row in rows} == {"0" * 16 + "-p01"}
    assert [row["text"] for row in rows if row["role"] == "brødtekst"] == [
        "Vi er bekymrede for de besparelser, der er sendt i høring på vores område."
    ]


BUNDLE = (
    "MBU - Rådmandsmøde\n\n22-02-2022 08:30 - 10:00\n\nPunkt 1: Praktik\n\n"
    "Mødet drøfter et oplæg om praktik i dagtilbud.\n",
    "Beslutningsmemo\n\nEmne Praktik i dagtilbud\n\nTil Rådmandsmøde den 22. februar 2022\n\n"
    "1. Hvorfor fremsendes forslaget?\n\n"
    "Der mangler praktikpladser i alle dele af byen.\n\nSagsbehandler:\nBo Lund\n\nPunkt 1, Bilag 1: Memo.docx\n",
    "Fra: Anna Holm <ah@bupl.dk>\nSendt: 1. februar 2022 14:36\nTil: praktik@aarhus.dk\nEmne: Forslag om praktik\n"
    "Vedhæftede filer: Praktikprojekt.pdf\n\nKære alle\n\n"
    "Vi vil gerne gå sammen om bedre praktik for de studerende.\n\n"
    "Med venlig hilsen\nAnna Holm\nPunkt 1, Bilag 2: Mail fra BUPL.pdf\n",
    "Et praktikprojekt for alle\n\nProjektet løber i to år og omfatter ti dagtilbud.\n\n"
    "Punkt 1, Bilag 3: Praktikprojekt.pdf\n",
)


def test_documents_inside_a_bundle():
    rows = segment(*BUNDLE, kind="dagsorden", own_domains=("aarhus.dk",)).paragraphs
    parts = dict.fromkeys((r["part_title"], r["part_kind"], str(r["part_date"]), r["author"], r["voice"]) for r in rows)
    assert list(parts) == [
        ("MBU - Rådmandsmøde", "dagsorden", "2022-02-22", None, "own"),
        ("Praktik i dagtilbud", "notat", "2022-02-22", "Bo Lund", "own"),
        ("Forslag om praktik", "brev", "2022-02-01", "Anna Holm", "external"),
        ("Et praktikprojekt for alle", "bilag", "None", None, "external"),
    ]
    assert {row["page"] for row in rows if row["author"] == "Bo Lund"} == {2}


def test_a_paragraph_across_a_page_break_is_one():
    pages = (
        "Vi foreslår, at alle skoler i de kommende år deltager i et fælles forløb om rekrutte-\nside 1 af 2\n\f",
        "ring af lærere.\nside 2 af 2\n\f",
    )
    result = segment(*pages, media_type="application/pdf")
    assert [row["text"] for row in result.paragraphs] == [
        "Vi foreslår, at alle skoler i de kommende år deltager i et fælles forløb om rekruttering af lærere."
    ]
    assert [row["reason"] for row in result.furniture] == ["page_number", "page_number"]


def roles(text: str, **known) -> dict[str, str]:
    return dict(table(segment(text, **known), "text", "role"))


MINUTES = """\
GLADSAXE KOMMUNE
Børne- og Kulturudvalget
Rådhuset, mødelokale 3

Referat
Børne- og Kulturudvalget den 19. april 2023

Åben dagsorden

{first}
Sagsnr. 23/9912
Resumé
Udvalget skal tage stilling til planen for de kommende år.
Direktionen indstiller til byrådet,
at planen godkendes,
at den følges op.
Bilag
Plan for 2023

Børne- og Kulturudvalget den 19. april 2023:
Godkendt uden bemærkninger.

{second}
Bevillingsmæssige konsekvenser
Ingen, fordi rammen holdes.
Personale
Beslutning
Udsat.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Punkt 61.\nStyrket indsats i vuggestuer", "Punkt 62.\nBeslutning om lukning af en afdeling"),
        ("61 Styrket indsats i vuggestuer", "62 Beslutning om lukning af en afdeling"),
        ("61. Styrket indsats i vuggestuer", "62. Beslutning om lukning af en afdeling"),
        ("Sag nr. 61 Styrket indsats i vuggestuer", "Sag nr. 62 Beslutning om lukning af en afdeling"),
    ],
)
def test_minutes_of_other_towns(first, second):
    result = segment(MINUTES.format(first=first, second=second), kind="referat")
    rows = {row["text"]: row for row in result.paragraphs}
    item, last = first.replace("\n", " "), second.replace("\n", " ")
    found = {text: (row["role"], row["agenda_item"]) for text, row in rows.items()}
    assert found["GLADSAXE KOMMUNE"][0] == found["Rådhuset, mødelokale 3"][0] == "formalia"
    assert found["Børne- og Kulturudvalget den 19. april 2023"] == ("formalia", None)
    assert found["Åben dagsorden"][1] is None
    assert found["Udvalget skal tage stilling til planen for de kommende år."] == ("resume", item)
    assert found["at planen godkendes,"] == found["at den følges op."] == ("indstilling", item)
    assert rows["at den følges op."]["form"] == "bullet"
    assert rows["at den følges op."]["heading_path"][-1] == "Direktionen indstiller til byrådet"
    assert found["Plan for 2023"] == ("bilag", item)
    assert found["Godkendt uden bemærkninger."] == ("beslutning", item)
    assert found["Ingen, fordi rammen holdes."] == ("økonomi", last)
    assert found["Udsat."] == ("beslutning", last)


def test_an_agenda_whose_items_have_little_text_below_them():
    text = "Dagsorden:\n\n1. Valg\n\n2. Ny vagtplan\nChefen fortæller om planen.\n\n3. Regnskab 2024\n\n4. Evt.\n"
    found = table(segment(text, kind="dagsorden"), "role", "agenda_item")
    assert [item for role, item in found if role == "overskrift" and item] == [
        "1. Valg", "2. Ny vagtplan", "3. Regnskab 2024", "4. Evt.",
    ]  # fmt: skip


def test_a_year_at_a_headings_end_is_no_page_number():
    text = "Indhold\n1. Spørgsmål 2\n2. Regnskab 2024 3\n\n1. Spørgsmål\nIngen kom.\n\n2. Regnskab 2024\nDet går.\n"
    rows = segment(text, kind="dagsorden").paragraphs
    assert rows[-1]["agenda_item"] == "2. Regnskab 2024"
    assert [row["role"] for row in rows[:3]] == ["formalia"] * 3


def test_a_recommendation_and_a_section_with_a_number_keep_their_roles():
    found = roles(
        "1. Valg\nBo blev valgt.\n\n2. Plan\nChefen indstiller, at planen godkendes.\n\n3. Økonomi\nDer spares.\n",
        kind="referat",
    )
    assert found["Chefen indstiller, at planen godkendes."] == "indstilling"
    assert found["Der spares."] == "økonomi"


def test_a_long_paragraph_introduces_its_list_with_its_last_sentence():
    start = "Bestyrelsen takker for muligheden for at afgive svar, og vi har læst forslaget grundigt i sommer."
    rows = segment(f"{start} Vi har to bemærkninger:\n\n1. Vejen er for lang.\n\n2. Planen mangler.\n").paragraphs
    assert [row["heading_path"] for row in rows[1:]] == [["Vi har to bemærkninger"]] * 2


def test_a_letter_that_begins_on_a_new_page_is_a_document_of_its_own():
    letter = (
        "FOA Nordby\nSkivevej 7, 8800 Viborg\n\nNordby den 31. marts 2022\n\nTil HovedMED i Viborg Kommune\n\n"
        "Vold på bostederne\n\nFOA er dybt bekymret over udviklingen på bostederne.\n\nMed venlig hilsen\nFOA Nordby\n"
    )
    first = "Dagsorden\nHovedMED\n26. april 2022 kl. 13.00\n\nPunkt 1: Vold på bostederne\n\nSagen drøftes.\n"
    parts = {row["part_id"]: (row["part_kind"], row["voice"]) for row in segment(first + "\f" + letter).paragraphs}
    assert list(parts.values()) == [("dagsorden", "own"), ("brev", "external")]


def test_contacts_and_dates_of_printing_are_formalia():
    text = (
        "Ny naturskole åbner til sommer\n\nByrådet har sagt ja til at bygge en skole ved stranden.\n\n"
        "For yderligere oplysninger kontakt:\nSkolechef Ane Ravn, tlf. 63 33 70 00\n\nSenest opdateret 3. marts 2022\n"
    )
    assert [role for (role,) in table(segment(text), "role")][2:] == ["formalia"] * 3


def test_a_heading_at_the_top_of_a_page_needs_no_blank_line_above():
    text = "Første forslag\n\n• Det er en god idé.\n{}Andet forslag (udløb)\n\n• Det er dyrt.\n"
    for page in ("\f", " "):
        assert segment(text.format(page)).paragraphs[-1]["heading_path"] == ["Andet forslag (udløb)"]


def test_a_letterhead_broken_before_its_case_number_is_whole_and_formalia():
    text = (
        "Notat om sygefravær i børnehusene\n\nBallerup Kommune, Center for HR. Dato: 12. oktober 2021. J.nr.\n"
        "81.28.10-P05-4-21\n\nFraværet steg i foråret, og det var højest i de små huse.\n"
    )
    head = "Ballerup Kommune, Center for HR. Dato: 12. oktober 2021. J.nr. 81.28.10-P05-4-21"
    assert roles(text)[head] == "formalia"


def test_a_question_right_above_its_answer_is_a_heading():
    answer = "Mobning er systematisk udelukkelse af et barn fra et fællesskab, som det er nødt til at være en del af."
    assert roles(f"En strategi for alle skoler.\n\nHvad er mobning?\n{answer}\n")["Hvad er mobning?"] == "overskrift"


PIECES = st.sampled_from(
    ["Punkt 1: Sag\n", "Indstilling\n", "• punkt\n", "- ", "\n\n", "\n", "\f", "Tekst om skolen.\n",
     "Overskrift\n", "1. at\n", "Kære alle\n", "Med venlig hilsen\n", "Bo Lund\n",
     "Fra: a@b.dk\nSendt: 1. maj 2021\nTil: c\n", "Notat\n", "# ", "**fed**", "<li>x</li>", "a\tb\n",
     "Punkt 2, Bilag 1: x.pdf\n", "Side 1 af 2\n", "Fordele:\n", "8000 Aarhus C\n", "leder-\n", "ne "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=3),
    st.sampled_from(["referat", "brev", "andet"]),
)
def test_nothing_is_lost(pages, kind):
    segment(*pages, kind=kind)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five real documents are not on this machine")
def test_the_real_documents():
    found = {
        source.name[:3]: segment(source.read_bytes().decode(), own_domains=("aarhus.dk",)).paragraphs
        for source in sorted(SHARED.glob("*.txt"))
    }
    bullets = [row for row in found["003"] if row["form"] == "bullet"]
    assert len(bullets) == 36
    assert {len(row["heading_path"]) for row in bullets} == {2}
    assert all(row["heading_path"][0].startswith("Station ") for row in bullets)
    assert len({tuple(row["heading_path"]) for row in bullets}) == 11
    assert all(row["heading_path"][1].endswith(("(udløb)", "(investeringsforslag)")) for row in bullets)
    parts = {row["part_id"]: (row["part_kind"], row["voice"]) for row in found["002"]}
    kinds = ["dagsorden", "referat", "notat", "brev", "bilag", "notat", "bilag", "notat"]
    assert [kind for kind, _ in parts.values()] == kinds
    assert [voice for _, voice in parts.values()] == ["own"] * 3 + ["external"] * 2 + ["own"] * 3
    pros = [row for row in found["001"] if row["heading_path"][-1:] == ["Fordele"]]
    assert len(pros) == 6
