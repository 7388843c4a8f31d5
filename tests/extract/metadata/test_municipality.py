"""Which municipality a document is, on texts of many municipalities and on the traps between them."""

from __future__ import annotations

import pytest

from pipeline.extract.metadata import describe
from pipeline.settings import Gazetteer, Municipality
from tests.extract.metadata import texts


def town_of(text: str, gazetteer: Gazetteer, name: str = "dokument.txt") -> str | None:
    return describe(name, [text], gazetteer).municipality


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (texts.ROSKILDE_TO_KOEGE, "Roskilde"),
        (texts.KOEGE_TO_ROSKILDE, "Køge"),
        (texts.NORDFYNS_MINUTES, "Nordfyns"),
        (texts.VEJEN, "Vejen"),
        (texts.HELSINGOER, "Helsingør"),
        (texts.FREDERIKSBERG, "Frederiksberg"),
        (texts.MAIL_AARHUS_TO_KK, "Aarhus"),
        (texts.ADVICE_FROM_UNION, "Hvidovre"),
        (texts.ODENSE_OTHERS, "Odense"),
        (texts.LYNGBY_MEMO, "Lyngby-Taarbæk"),
        (texts.BORNHOLM, "Bornholm"),
        (texts.HOEJE_TAASTRUP_MAIL, "Høje-Taastrup"),
        (texts.HORSENS_CAPITALS, "Horsens"),
        (texts.STRUER_BROKEN_LINE, "Struer"),
        (texts.GLADSAXE_PAGES, "Gladsaxe"),
        (texts.SLAGELSE_HEARING, "Slagelse"),
        (texts.VESTHIMMERLAND, "Vesthimmerlands"),
    ],
)
def test_the_municipality_that_speaks_is_found(text: str, expected: str, gazetteer: Gazetteer) -> None:
    assert town_of(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (texts.VEJEN_NOUN, "ingen spor"),
        (texts.NAMES_ONLY, "ingen spor"),
        (texts.GREVE_AND_SOLROED, "spor"),
        (texts.NORWEGIAN, "norsk"),
        (texts.SWEDISH, "svensk"),
        (f"Notat\n{texts.FILLER}\nVi har lært meget af samarbejdet med Odense Kommune.", "for svage spor: Odense"),
    ],
)
def test_weak_or_contradictory_evidence_gives_none_and_says_why(text: str, why: str, gazetteer: Gazetteer) -> None:
    description = describe("dokument.txt", [text], gazetteer)
    assert description.municipality is None
    assert why in description.municipality_evidence
    assert description.municipality_confidence == 0.0


def test_the_file_name_alone_decides_nothing(gazetteer: Gazetteer) -> None:
    assert town_of(f"Notat\n{texts.FILLER}", gazetteer, "Randers Kommune notat.txt") is None


def test_the_evidence_is_told_in_words_with_counts(gazetteer: Gazetteer) -> None:
    description = describe("brev.txt", [texts.ROSKILDE_TO_KOEGE], gazetteer)
    assert "Roskilde Kommune (3)" in description.municipality_evidence
    assert "roskilde.dk" in description.municipality_evidence
    assert "4000 Roskilde" in description.municipality_evidence
    assert 0.5 < description.municipality_confidence < 1


def test_more_evidence_gives_more_confidence(gazetteer: Gazetteer) -> None:
    weak = describe("a.txt", [f"Notat\n{texts.FILLER}\nI Herning Kommune er det svært."], gazetteer)
    strong = describe("b.txt", [f"Herning Kommune\nTorvet 5, 7400 Herning\nwww.herning.dk\n{texts.FILLER}"], gazetteer)
    assert weak.municipality == strong.municipality == "Herning"
    assert weak.municipality_confidence < strong.municipality_confidence


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("I Kgbenhavns Kommune er der brug for flere ansatte.", "København"),
        ("I Kobenhavns Kommune er der brug for flere ansatte.", "København"),
        ("I Arhus Kommune er der brug for flere ansatte.", "Aarhus"),
        ("I Århus Kommune er der brug for flere ansatte.", "Aarhus"),
        ("I Hillerod Kommune er der brug for flere ansatte.", "Hillerød"),
        ("I Naestved Kommune er der brug for flere ansatte.", "Næstved"),
        ("I Tarnby Kommune er der brug for flere ansatte.", "Tårnby"),
        ("I Kage Kommune er der brug for flere ansatte.", None),
        ("I Ballerup Kommu-\nne er der brug for flere ansatte.", "Ballerup"),
        ("I BALLERUP KOMMUNE er der brug for flere ansatte.", "Ballerup"),
        ("I Åbenrå Kommune er der brug for flere ansatte.", "Aabenraa"),
        ("I Kbh. Kommune er der brug for flere ansatte.", "København"),
    ],
)
def test_spellings_and_letters_lost_by_ocr(damaged: str, expected: str | None, gazetteer: Gazetteer) -> None:
    assert town_of(f"Notat\n{damaged}\n{texts.FILLER}", gazetteer) == expected


def test_every_municipality_is_known_by_its_letterhead(gazetteer: Gazetteer) -> None:
    towns = gazetteer.municipalities
    for town, neighbour in zip(towns, (*towns[1:], towns[0]), strict=True):
        assert town_of(_letter(town, neighbour), gazetteer) == town.name


def _letter(town: Municipality, neighbour: Municipality) -> str:
    return f"""{neighbour.name} Kommune
Rådhuset
{neighbour.postal_codes[-1][:4]} {neighbour.name}

{town.name} Kommune
Rådhuset
E-mail: kommunen@{town.domains[0]}

Kære {neighbour.name} Kommune
{texts.FILLER}
Vi vil gerne besøge {neighbour.name} Kommune.

Med venlig hilsen
{town.name} Kommune
"""


def test_the_recipients_address_does_not_outweigh_the_letterhead(gazetteer: Gazetteer) -> None:
    letter = texts.KOEGE_TO_ROSKILDE.replace("E-mail: boernogunge@koege.dk", "")
    assert town_of(letter, gazetteer) == "Køge"


def test_a_page_header_on_every_page_counts_as_letterhead(gazetteer: Gazetteer) -> None:
    page = (
        f"Gladsaxe Kommune\n\nSamarbejdet med Herlev Kommune fortsætter, og Herlev Kommune betaler.\n{texts.FILLER}\n"
    )
    assert describe("x.pdf", [page + "\f"] * 3, gazetteer).municipality == "Gladsaxe"


def test_committees_and_districts_tell_a_municipality_that_is_never_named(gazetteer: Gazetteer) -> None:
    text = f"Opsamling fra møde i BUU\n{texts.FILLER}\nDer er venteliste til KKFO på Vesterbro og i Husum."
    description = describe("x.txt", [text], gazetteer)
    assert description.municipality == "København"
    assert {"BUU", "KKFO"} <= set(description.municipality_evidence.split(", "))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Lyngby-Taarbæk Kommune\nReferat\nBørne- og Ungdomsudvalget\nBørne- og Ungdomsudvalget", "Lyngby-Taarbæk"),
        ("Bornholms Regionskommune\nBørne- og Skoleudvalget\nReferat", "Bornholm"),
        ("Referat\nSted: Kanalstræde 2, Holbæk\nDato: 5. juni 2024", "Holbæk"),
        ("Referat\nBørne- og Ungdomsudvalget\nDato: 5. juni 2024", None),
        ("Høringssvar til Holbæk Kommune", "Holbæk"),
    ],
)  # fmt: skip
def test_a_committees_plain_name_says_less_than_a_letterhead_or_an_address(
    head: str, expected: str | None, gazetteer: Gazetteer
) -> None:
    assert town_of(f"{head}\n\n{texts.FILLER}", gazetteer) == expected


def test_of_two_addresses_the_one_that_is_not_greeted_is_the_senders(gazetteer: Gazetteer) -> None:
    letter = f"""Glostrup Kommune
Rådhusparken 2
2600 Glostrup

Albertslund Kommune
Nordmarks Allé 1
2620 Albertslund

Kære Albertslund Kommune

Glostrup Kommune vil gerne mødes. {texts.FILLER}

Med venlig hilsen
Direktøren
"""
    assert town_of(letter, gazetteer) == "Glostrup"
