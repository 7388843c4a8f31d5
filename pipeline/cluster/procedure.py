"""Which paragraphs are procedure and so get no theme: they run the meeting and say nothing of its subject."""

from __future__ import annotations

import re

from pipeline.cluster.context import ROLES_WITHOUT_THEME, Unit

# Each pattern must cover the whole paragraph: "at udvalget drøfter sygefraværet" has a theme.
_PROPOSED = r"(?:(?:det indstilles|(?:\w+ ){1,4}indstiller),? )?(?:at )?"
_PHRASES = (
    r"(?:\w+[\w ,&-]*\bindstiller,?(?: at)?:?|det indstilles,?(?: at)?:?|indstillingen (?:blev )?tiltr\w+)",
    r"(?:tiltr\w+|godkendt|vedtaget|taget|udsat|udgår)(?: (?:indstillingen|dagsordenen|referatet|enstemmigt))?",
    rf"{_PROPOSED}(?:\w+ ){{0,6}}(?:tager|tog|taget|tages) (?:\w+ ){{0,8}}til (?:efterretning|orientering)",
    r"(?:\w+ ){0,4}(?:blev )?(?:taget|tages) til (?:efterretning|orientering)",
    r"(?:at )?(?:dagsorden\w*|referat\w*)(?: \w+){0,12} godkend\w+(?: \w+){0,2}",
    r"(?:\w+ ){0,3}godkend\w+ (?:dagsorden\w*|referat\w*)(?: \w+){0,10}",
    r"(?:der var )?ing(?:en|et) (?:bemærkninger|punkter|at bemærke)?(?: \w+){0,4}",
    r"(?:afbud|deltagere|til stede|fraværende|mødedeltagere|mødested|mødetid\w*|mødedato|næste møde)\b.*",
    r"(?:bilag|punkt|side|tabel|figur)\s*\d+.{0,80}",
    r"(?:med venlig hilsen|venlig hilsen|kære)\b.{0,80}",
    r"mødet (?:sluttede|blev (?:hævet|afsluttet)).{0,60}",
)
_PROCEDURE = re.compile(rf"\s*(?:\d+\.\s*)?(?:{'|'.join(_PHRASES)})\s*[.,:;!]?\s*", re.IGNORECASE | re.DOTALL)
_LONGEST = 240
_LETTER = re.compile(r"[^\W\d_]")


def may_have_theme(unit: Unit, min_characters: int, headings: bool = False) -> bool:
    """Tell whether a paragraph may get a theme: body text, long enough, not procedure."""
    if unit.role in ROLES_WITHOUT_THEME:
        return False
    if unit.form == "heading" or unit.role == "overskrift":
        return headings and not is_procedure(unit.text)
    # A short bullet still means something under its heading, so only its letters are counted.
    enough = len(_LETTER.findall(unit.text)) >= (min_characters if unit.form != "bullet" else 3)
    return enough and not is_procedure(unit.text)


def is_procedure(text: str) -> bool:
    """Tell whether the whole text is one of the fixed phrases of meetings and letters."""
    return len(text) <= _LONGEST and _PROCEDURE.fullmatch(text) is not None
