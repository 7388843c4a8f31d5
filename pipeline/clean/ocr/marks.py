"""Specks that a Danish engine read as marks on a bad scan: `og. den`, `af.de`, `vi : har`, and `I` for `i`.

Only places where Danish has no mark: between words that must go on, and before a small letter.
"""

from __future__ import annotations

import re

from pipeline.clean import lexicon
from pipeline.offsets import Edit, edit

_GOES_ON = "og|i|at|til|af|en|et|som|med|for|om|fra|på|ved|den|de|der|er|har|blev|var|vil|skal|kan"
_LONE = re.compile(r"(?<=[a-zæøå,]) (?:[\"':;.=*~_^«»]|…|-…)(?= [a-zæøå])")
_AFTER_WORD = re.compile(rf"(?<![\w.])(?:{_GOES_ON})([.;:'\"])(?= [a-zæøå])")
_BETWEEN = re.compile(
    r"(?<![\w.'-])([a-zæøå]{2,30})(['.;:])(?!(?:dk|er|en|et|erne|ens|ere)\b)([a-zæøå]{2,30})(?![\w'-]|\.\w)"
)
_QUOTE = re.compile(r"(?<=[a-zæøå,] )[\"'](?=[a-zæøå])")
_CAPITAL = re.compile(
    r"(?<=[a-zæøå] )[I|](?= (?:den|det|de|en|et|denne|dette|disse|dag|alt|år|gang|forhold|forbindelse|stedet|løbet"
    r"|sin|sit|sine|deres|vores|hans|hendes)\b)"
)
_FREQUENT = 2e-6
_RULE = "ocr_marks"
_SURE, _LIKELY = 0.95, 0.9


_MISREAD = [
    (re.compile(r"(?<!')''(?!')"), '"'),
    (re.compile(r"\bbla\.(?= [a-zæøå]|\.)"), "bl.a."),
    (re.compile(r"\bIi\b"), "I i"),
    (re.compile(r"(?:^|(?<=[.!?] ))1(?=(?:1[5-9]|20)\d\d [a-zæøå])", re.MULTILINE), "I "),
    (re.compile(r"\bKI\.(?= ?\d)"), "Kl."),
    (re.compile(r"\bk[IL]\.(?= ?\d)"), "kl."),
    (re.compile(r"\bTif\.(?= ?:? ?\d)"), "Tlf."),
    (re.compile(r"\bGI\.(?= [A-ZÆØÅ])"), "Gl."),
    (re.compile(r"(?<=\d )pet\.(?!\w)"), "pct."),
]
_LINE = re.compile(r"[^\n]+")
_SINGLE = re.compile(r"(?<![\w'\"])'(?=\w)|(?<=[\wæøå.,!?])'(?=[\s.,;:)]|$)")


def misread(text: str, start: int, end: int) -> list[Edit]:
    """Return the edits of what an engine without Danish letters reads wrong: quotes, abbreviations, `I` and `1`."""
    edits = [
        edit(text, *match.span(), printed, _RULE, _LIKELY)
        for pattern, printed in _MISREAD
        for match in pattern.finditer(text, start, end)
    ]
    for line in _LINE.finditer(text, start, end):
        if line.group().count('"') % 2:  # one of a pair is missing: the only single quote is the other
            single = list(_SINGLE.finditer(line.group()))
            if len(single) == 1:
                place = line.start() + single[0].start()
                edits.append(edit(text, place, place + 1, '"', _RULE, _LIKELY))
    return edits


def specks(text: str, start: int, end: int) -> list[Edit]:
    """Return the edits that take away marks which are specks, in text[start:end]."""
    edits = [edit(text, *match.span(), "", _RULE, _LIKELY) for match in _LONE.finditer(text, start, end)]
    edits += [edit(text, *match.span(1), "", _RULE, _LIKELY) for match in _AFTER_WORD.finditer(text, start, end)]
    edits += [edit(text, *match.span(), "i", "ocr_letters", _LIKELY) for match in _CAPITAL.finditer(text, start, end)]
    for match in _BETWEEN.finditer(text, start, end):
        if min(map(lexicon.frequency, match.group(1, 3))) > _FREQUENT:
            edits.append(edit(text, *match.span(2), " ", _RULE, _SURE))
    for match in _QUOTE.finditer(text, start, end):
        line = text[max(text.rfind("\n", 0, match.start()), match.start() - 400) + 1 : match.end() + 400].split("\n")[0]
        if line.count(match.group()) == 1:
            edits.append(edit(text, *match.span(), "", _RULE, _LIKELY))
    return sorted(edits, key=lambda change: change.start)
