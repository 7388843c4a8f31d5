"""The date of the meeting or letter, and the many dates that are not it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import find_dates, parse_date
from pipeline.extract.metadata import describe
from pipeline.settings import Gazetteer
from tests.extract.metadata import texts

YEAR = "januar februar marts april maj juni juli august september oktober november december"
MONTHS = YEAR.split(" ")


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31)))
def test_every_written_form_of_a_date_is_read(day: datetime.date) -> None:
    forms = [
        f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}/{day.month}-{day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year % 100:02d}",
        day.isoformat(),
        f"{day.day}. {MONTHS[day.month - 1][:3]}. {day.year}",
    ]
    assert [parse_date(form) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    "text",
    [
        "30. februar 2021",
        "31-04-2022",
        "00-05-2022",
        "12-13-2022",
        "6. april 1989",
        "6. april 2036",
        "81.38.00-P35-3-24",
        "12.05.10-P35-3-24",
        "17.01.10-K07-1-23",
        "kl. 15.45-17.30",
        "2021/22",
        "12.345.678",
        "44 77 20 00",
        "§ 5, stk. 2.1.20.4",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert list(find_dates(text)) == []


@given(st.text(max_size=200))
def test_any_text_is_searched_without_error(text: str) -> None:
    assert all(1990 <= found.value.year <= 2035 and text[found.start : found.end] for found in find_dates(text))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Mødedato: onsdag den 1. oktober 2025 kl. 15.45", "2025-10-01"),
        ("**Mødedato** Onsdag d. 19. marts 2025 kl. 09:00", "2025-03-19"),
        ("Skoleudvalget\n19-10-2021 08:00 - 10:00", "2021-10-19"),
        ("Referat af møde i personalegruppen d. 12.05.2023", "2023-05-12"),
        ("Referat, LokalMED\nTorsdag 12/5-2023 kl. 13-15", "2023-05-12"),
        ("Dato: 07.02.23\nSagsnr. 23/1234", "2023-02-07"),
        ("Ballerup, den 6. april 2021", "2021-04-06"),
        ("Dato\n6. april 2021", "2021-04-06"),
        ("| Dato | 6. april 2021 |", "2021-04-06"),
        ("Fra: a@b.dk\nSendt: 1. juli 2021 14:36\nTil: c@d.dk", "2021-07-01"),
        ("Oplæg\nMødet afholdt tirsdag den 3. maj 2022 i aulaen", "2022-05-03"),
        ("Notat\nDato: 2021-04-06", "2021-04-06"),
        ("Dagsorden\nTid: 1.-2. oktober 2025", "2025-10-01"),
        ("Notat\nTil udvalgsmøde den 9. november 2021", "2021-11-09"),
        ("Brev til forældre\n\nHuset lukker den 1. juli 2024.\n\nMange hilsner\nLederen\n14.05.2024", "2024-05-14"),
        ("Kære alle\n\nTak for sidst.\n\nVenlig hilsen\nBo\n\nNykøbing F., den 14. maj 2024", "2024-05-14"),
        ("Dato: 6. april 2021\nSvarfrist: 20. april 2021\nNæste møde: 4. maj 2021", "2021-04-06"),
        ("Svarfrist: 20. april 2021\nDato: 6. april 2021", "2021-04-06"),
        ("Referat\n\nReferatet fra mødet den 21. januar 2025 godkendes.\n\nDato: 19-03-2025", "2025-03-19"),
    ],
)
def test_the_date_is_found_by_its_cue(head: str, expected: str, gazetteer: Gazetteer) -> None:
    description = describe("x.txt", [f"{head}\n\n{texts.FILLER}"], gazetteer)
    assert str(description.date) == expected
    assert any(sign.isdigit() for sign in description.date_evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Bemærkninger sendes senest den 12. maj 2023.",
        "Svarfrist: 12. maj 2023",
        "Referatet fra mødet den 21. januar 2025 blev godkendt.",
        "Jf. lov nr. 123 af 12. maj 2021 og bekendtgørelse af 3. juni 2022.",
        "Ordningen træder i kraft den 1. januar 2022.",
        "Den nye leder begynder pr. 1. februar 2024.",
        "Journalnummer 81.38.00-P35-3-24",
        "Næste møde: 4. juni 2024",
        "Udskrevet: 04-06-2024 10:12",
        "Undersøgelsen løb fra den 3. maj 2022 til den 3. juni 2022.",
        "Valgdatoen er den 18. november 2025, og alle kan stille op.",
    ],
)
def test_deadlines_references_and_laws_are_not_the_date(text: str, gazetteer: Gazetteer) -> None:
    description = describe("x.txt", [f"Notat om rekruttering\n\n{texts.FILLER}\n{text}\n{texts.FILLER}"], gazetteer)
    assert description.date is None
    assert description.date_evidence


def test_of_a_bundle_the_first_meeting_counts(gazetteer: Gazetteer) -> None:
    meetings = "Skoleudvalget\n17-08-2021 08:00\nPunkt 1: Budget\n\nSkoleudvalget\n11-08-2021 09:15\nPunkt 1: Budget\n"
    mail = "\nFra: a@b.dk\nSendt: 1. juli 2021 14:36\n"
    assert describe("x.txt", [meetings + texts.FILLER * 9 + mail], gazetteer).date == datetime.date(2021, 8, 17)


def test_the_file_name_gives_no_date_but_decides_between_two(gazetteer: Gazetteer) -> None:
    assert describe("Referat 2023-05-12.txt", [f"Referat\n{texts.FILLER}"], gazetteer).date is None
    two = f"3. maj 2023\n4. maj 2023\n{texts.FILLER}"
    assert describe("x_20230504.txt", [two], gazetteer).date == datetime.date(2023, 5, 4)


def test_a_policy_has_the_date_of_its_adoption(gazetteer: Gazetteer) -> None:
    assert describe("x.txt", [texts.VESTHIMMERLAND], gazetteer).date == datetime.date(2022, 4, 28)
