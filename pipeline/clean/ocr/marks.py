"""Signs that an engine read wrong, each by a rule of its own.

On a bad scan, specks read as marks: `og. den`, `af.de`, `vi : har`, and `I` for `i`; only places where Danish has no
mark: between words that must go on, and before a small letter. From an engine without Danish letters: quotes,
abbreviations, `|` for I, the bullets of lists, `m?` for m², the Ø of case numbers.
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
    (re.compile(r"(?<=\d )m\?(?=[ ,.;)]|$)|(?<=pr\. )m\?(?=[ ,.;)]|$)", re.MULTILINE), "m²"),
    (re.compile(r"(?<=\d\d\.\d\d\.\d\d-)[@O0](?=\d\d-)"), "Ø"),  # KLE numbers name a facet by a letter
    (re.compile(r"(?<![^\s\"(])_ ?(?=[a-zæøå]{2})|(?<=[a-zæøå])_(?=[ ,.]|$)", re.MULTILINE), ""),
]
_STROKE = re.compile(r"(?:(?<=[\s\"“(])|^)\|(?= [\"(]?[^\W\d_])")
_CELL = re.compile(r"\|.{0,60}\|")
_CAPITAL_AE = re.compile(r"(?<![\w/])([A-ZÆØÅ]+)(?:/E|A:)([A-ZÆØÅ]+)(?!\w)")
_BULLET = re.compile(r"^[ \t]*([*+¢©°«»•]|\"(?=[^\"\n]*$))(?= [\"'(]?[^\W\d_])", re.MULTILINE)
_FEWEST_BULLETS = 2
_LINE = re.compile(r"[^\n]+")
_SINGLE = re.compile(r"(?<![\w'\"])'(?=\w)|(?<=[\wæøå.,!?])'(?=[\s.,;:)]|$)")


def misread(text: str, start: int, end: int) -> list[Edit]:
    """Return the edits of what an engine without Danish letters reads wrong: quotes, abbreviations, `I` and `1`."""
    edits = [
        edit(text, *match.span(), printed, _RULE, _LIKELY)
        for pattern, printed in _MISREAD
        for match in pattern.finditer(text, start, end)
    ]
    for match in _CAPITAL_AE.finditer(text, start, end):
        if lexicon.is_word("Æ".join(match.groups())):
            edits.append(edit(text, match.end(1), match.start(2), "Æ", _RULE, _SURE))
    for line in _LINE.finditer(text, start, end):
        if not _is_row(line.group()):
            edits += [edit(text, *match.span(), "I", _RULE, _SURE) for match in _STROKE.finditer(text, *line.span())]
        if line.group().count('"') % 2:  # one of a pair is missing: the only single quote is the other
            single = list(_SINGLE.finditer(line.group()))
            if len(single) == 1:
                place = line.start() + single[0].start()
                edits.append(edit(text, place, place + 1, '"', _RULE, _LIKELY))
    return edits


def _is_row(line: str) -> bool:
    """Whether the strokes of a line part the cells of a table."""
    return bool(_CELL.search(line)) or (line.strip().startswith("|") and line.strip().endswith("|"))


def bullets(text: str, start: int, end: int) -> list[Edit]:
    """Return the edits that make the signs read for a list's bullets bullets again, where there are some."""
    found = list(_BULLET.finditer(text, start, end))
    if len(found) < _FEWEST_BULLETS:
        return []
    return [edit(text, *match.span(1), "•", _RULE, _LIKELY) for match in found if match.group(1) != "•"]


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
