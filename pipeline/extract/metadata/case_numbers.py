"""KLE journal numbers and case numbers."""

from __future__ import annotations

import re

# KL's Emnesystematik: group.main.subject - facet - serial number - year, as in 81.38.00-P35-3-24.
KLE = r"\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2}"
_CUE = (
    r"\b(?:Sags?(?:\s?(?:nr|nummer|id|ID|no)\b\.?)?|Sagsnr|Sagsnummer|SagsID|Sagsid|Journal\s?(?:nr|nummer)\.?|J\.?\s?nr\.?"
    r"|Jnr\.?|ESDH(?:-sag(?:snummer)?)?|Acadre(?:-sag)?|Doknr\.?|Case\s?(?:no|number)\.?)\s*(?::|\.|\s)\s*"
)
_NUMBER = r"(?:[A-ZÆØÅ]{1,5}[-_ ]?)?\d{2,4}[/.\-]\d[\d/.\-]*\d|[A-ZÆØÅ]{0,5}-?\d{5,}"
_FOUND = re.compile(rf"(?<![\w.-])(?P<kle>{KLE})(?![\w-])|(?i:{_CUE})(?P<number>{KLE}|{_NUMBER})(?![\w/])")


def find_case_numbers(text: str) -> list[str]:
    """Return the distinct journal and case numbers of a text in order of appearance.

    A KLE number is known by its form; any other number only behind a word that calls it one ("Sag: 21/061078").
    """
    numbers = [match["kle"] or match["number"].rstrip(".-/") for match in _FOUND.finditer(text)]
    return list(dict.fromkeys(numbers))
