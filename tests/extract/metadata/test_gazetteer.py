from __future__ import annotations

import re

from pipeline.extract.metadata.gazetteer import index
from pipeline.settings import Gazetteer


def test_all_98_municipalities_are_there_with_domain_and_postal_codes(gazetteer: Gazetteer) -> None:
    assert len({town.name for town in gazetteer.municipalities}) == 98
    for town in gazetteer.municipalities:
        assert town.domains
        assert town.postal_codes
        assert all(re.fullmatch(r"\d{4}(-\d{4})?", code) for code in town.postal_codes)
        assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in town.domains)


def test_names_and_domains_point_to_one_municipality_each(gazetteer: Gazetteer) -> None:
    known = index(gazetteer)
    assert all(len(owners["name"]) == 1 for owners in known.owners.values() if "name" in owners)
    assert len(known.domains) == sum(len(town.domains) for town in gazetteer.municipalities)


def test_no_name_damaged_by_ocr_is_taken_for_another_municipality(gazetteer: Gazetteer) -> None:
    known = index(gazetteer)
    for town in gazetteer.municipalities:
        size, name = known.find(town.name.split(), 0) or (0, "")
        assert size
        assert known.owners[name]["name"] == (town.name,)


def test_a_range_of_postal_codes_holds_each_code(gazetteer: Gazetteer) -> None:
    known = index(gazetteer)
    assert known.postal_codes["1620"] == ("København",)
    assert "Aarhus" in known.postal_codes["8260"]
