"""What kind of document it is, and its title and body."""

from __future__ import annotations

import pytest

from pipeline.extract.metadata import describe
from pipeline.schema import KINDS
from pipeline.settings import Gazetteer
from tests.extract.metadata import texts

FILLER = texts.FILLER
ITEMS = "Punkt 1: Godkendelse af dagsorden\n\nPunkt 2: Budget\n\nPunkt 3: Eventuelt\n"
DECIDED = "Punkt 1: Godkendelse\n\nBeslutning\nGodkendt.\n\nPunkt 2: Budget\n\nBeslutning\nTiltrådt.\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"# REFERAT fra møde i AfdelingsMED\n{DECIDED}", "referat"),
        (f"Opsummering af drøftelser på dialogmøde\n{FILLER}", "referat"),
        (f"Beslutningsprotokol\n{DECIDED}", "referat"),
        (f"Skoleudvalget\n12-05-2023\n{DECIDED}", "referat"),
        (f"Skoleudvalget\n12-05-2023\n{ITEMS}", "dagsorden"),
        (f"Dagsorden for mødet i Skoleudvalget\n{ITEMS}", "dagsorden"),
        (f"Dagsorden med beslutninger\n{DECIDED}", "referat"),
        (f"Notat\n\nTil Skoleudvalget\n{FILLER}", "notat"),
        (f"Beslutningsmemo\n\nEmne Partnerskab\n{FILLER}", "notat"),
        (f"Et fælles sprog\n\nResumé\n{FILLER}\nSagsfremstilling\n{FILLER}", "notat"),
        (f"Kære forældre\n{FILLER}\nMed venlig hilsen\nLederen", "brev"),
        (f"Fra: a@b.dk\nSendt: 1. juli 2021\nTil: c@d.dk\nEmne: Budget\n{FILLER}", "brev"),
        (f"Høringssvar fra skolebestyrelsen\nKære udvalg\n{FILLER}\nMed venlig hilsen\nFormanden", "høringssvar"),
        (f"Bilag 2: Handleplan for trivsel\n{FILLER}", "bilag"),
        (f"Personalepolitik\n{FILLER}", "politik"),
        (f"Ledelsesgrundlag for dagtilbud\n{FILLER}", "politik"),
        (f"Forslag til høring om ny politik\n{FILLER}\n{FILLER}", "andet"),
        (FILLER, "andet"),
    ],
)
def test_the_kind_is_read_from_title_form_and_words(text: str, kind: str, gazetteer: Gazetteer) -> None:
    description = describe("dokument.txt", [text], gazetteer)
    assert description.kind == kind
    assert kind in KINDS
    assert description.kind_evidence


def test_a_bundle_that_opens_with_an_agenda_is_one(gazetteer: Gazetteer) -> None:
    text = f"Skoleudvalget\n12-05-2023 08:00\n{ITEMS}\nSkoleudvalget\n05-05-2023 08:00\n{DECIDED}"
    assert describe("x.txt", [text], gazetteer).kind == "dagsorden"


def test_the_file_name_decides_only_where_the_text_is_silent(gazetteer: Gazetteer) -> None:
    assert describe("Notat om trivsel.txt", [FILLER], gazetteer).kind == "notat"
    assert describe("Notat om trivsel.txt", [f"Referat af møde\n{FILLER}"], gazetteer).kind == "referat"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Et godt børneliv\n{FILLER}", "Et godt børneliv"),
        (f"Aarhus Kommune\nBørn og Unge\n\nNotat om kvalitet i dagtilbud\n{FILLER}", "Notat om kvalitet i dagtilbud"),
        (f"NOTAT\n\nEmne: Ny model for kvali-\ntetsopfølgning\n{FILLER}", "Ny model for kvalitetsopfølgning"),
        (f"Dato: 6. april 2021\nVedr.: Jeres henvendelse\nKære kreds\n{FILLER}", "Jeres henvendelse"),
        (f"6. april 2021\n\nNyt om byggeri og personale\n\nKære forældre\n{FILLER}", "Nyt om byggeri og personale"),
        (f"Opsamling på møde ml. skolerne og\n\nklubberne\n\n{FILLER}", "Opsamling på møde ml. skolerne og klubberne"),
        (f"Referat fra AfdelingsMED d.\n18-09-2024\n{FILLER}", "Referat fra AfdelingsMED d. 18-09-2024"),
        (f"Bilag 3\nBudgetforslag på skoleområdet\n{FILLER}", "Bilag 3: Budgetforslag på skoleområdet"),
        (FILLER, "Svar til kredsen"),
    ],
)
def test_the_title_is_found_in_the_text_else_the_files_name(text: str, title: str, gazetteer: Gazetteer) -> None:
    found = describe("Svar_til_kredsen.txt", [text], gazetteer).title
    assert found == title


def test_a_letter_under_an_unreadable_name_is_called_by_its_salutation(gazetteer: Gazetteer) -> None:
    assert describe("017_5f1c0e9ab27d4410.txt", [f"Kære kreds\n{FILLER}"], gazetteer).title == "Kære kreds"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"Referat fra AfdelingsMED Dagtilbud & Skole d. 19-03-2025\n{DECIDED}", "AfdelingsMED Dagtilbud & Skole"),
        (f"Dagsorden for Børne-, Skole- og Uddannelsesudvalget\n{ITEMS}", "Børne-, Skole- og Uddannelsesudvalget"),
        (f"BORGMESTEREN\n\nKære kreds\n{FILLER}", "Borgmesteren"),
        (f"Børne- og Uddannelsesforvaltningen\n\nNotat\n{FILLER}", "Børne- og Uddannelsesforvaltningen"),
        (f"Notat\nTil: Kultur- og Fritidsudvalget\n{FILLER}", "Kultur- og Fritidsudvalget"),
        (f"MBU - Rådmandsmøde\n{ITEMS}", "MBU"),
        (f"Udvalget for Børn og Unge\n{ITEMS}", "Udvalget for Børn og Unge"),
        (FILLER, None),
    ],
)
def test_the_body_that_meets_or_speaks_is_found(text: str, body: str | None, gazetteer: Gazetteer) -> None:
    assert describe("x.txt", [text], gazetteer).body == body


def test_a_memo_with_a_mails_labels_is_a_memo(gazetteer: Gazetteer) -> None:
    memo = f"Til: Skoleudvalget\nFra: Skolecentret\nDato: 16. januar 2025\nEmne: Tilsyn i dagtilbud\n\n{FILLER}"
    assert describe("x.txt", [memo], gazetteer).kind == "notat"
    assert describe("x.txt", [memo.replace("Skolecentret", "Bo <bo@vejle.dk>")], gazetteer).kind == "brev"


def test_an_answer_to_a_hearing_is_known_by_its_subject_below_the_addresses(gazetteer: Gazetteer) -> None:
    head = "Køge Kommune\nTorvet 1\n4600 Køge\nwww.koege.dk\n\nDato: 20. juni 2022\nDok. 44\n\nTil\nRingsted Kommune"
    letter = f"{head}\n\nHøringssvar til forslag til kommuneplan\n\n{FILLER}\n\nVenlig hilsen\nPlanchefen"
    assert describe("x.txt", [letter], gazetteer).kind == "høringssvar"
