"""Words broken at a line's end: joined, or joined with their hyphen, or left apart.

Retskrivningsordbogen § 57-59: the hyphen belongs to the word after an abbreviation, a number or a single letter
(IT-understøttelse, 8-årig, e-mail) and after `ikke`, and it stands for a left-out part in `social- og sundhed`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from pipeline.clean import lexicon

HYPHENS = r"\-\u2010\u2011"  # for use inside brackets
_BROKEN = re.compile(rf"(?:^|[\s(/\"”»])([\w{HYPHENS}./&]*\w)([{HYPHENS}\u00ad])$")
_NEXT = re.compile(rf"\w+(?:[{HYPHENS}]\w+)*")
_WHOLE = re.compile(rf"\w++(?:[{HYPHENS}]\w++)*+(?![{HYPHENS}\u00ad][ \t]*\n)")
_COORDINATING = {"og", "eller", "samt", "henholdsvis", "hhv", "respektive", "såvel", "til", "men", "kontra"}
_HYPHENATED_FIRST_PARTS = {"non", "ex", "eks", "pro", "anti", "quasi"}


def joint(line: str, following: str, vocabulary: Mapping[str, int]) -> tuple[str, float] | None:
    """Return what stands between two lines whose first ends in a hyphen, and how sure that is; None without one.

    "" joins the word, "-" joins it with its hyphen, "- " leaves two words. `vocabulary` counts the document's own
    words, hyphenated ones included, in lower case.
    """
    broken, word = _BROKEN.search(line), _NEXT.match(following)
    if broken is None or word is None:
        return None
    first, second = broken.group(1), word.group()
    if broken.group(2) == "\u00ad":
        return "", 1.0
    if second.lower() in _COORDINATING and not (second in ("men", "til") and lexicon.known(first + second)):
        return "- ", 0.98
    if re.match(r"I[b-df-hj-np-tv-z][a-zæøå]+$", second) and not lexicon.known(second):
        return "", 0.8  # an l that was read as I
    head = re.split(rf"[{HYPHENS}/]", first)[-1]
    if head.islower() and len(head) > 1 and head != "ikke" and second.islower() and lexicon.known(head + second):
        return "", 0.98
    capitals = head.isupper() and second.isupper() and lexicon.is_word(head + second)
    if not capitals and (second[0].isupper() or second[0].isdigit() or _keeps_hyphen(head)):
        return "-", 0.95
    whole, hyphenated = (head + second).lower(), f"{head}-{second}".lower()
    if vocabulary.get(whole, 0) or vocabulary.get(hyphenated, 0):
        return ("", 0.99) if vocabulary.get(whole, 0) >= vocabulary.get(hyphenated, 0) else ("-", 0.99)
    return _by_the_word_list(head, second)


def _by_the_word_list(head: str, second: str) -> tuple[str, float]:
    whole = head + second
    if lexicon.is_word(whole) or lexicon.listed(whole) or lexicon.inflected_score(whole) > -math.inf:
        return "", 0.98
    if head.lower() in _HYPHENATED_FIRST_PARTS:
        return "-", 0.95
    name = head[0].isupper() and not lexicon.known(head) and len(second) > 3 and lexicon.known(second)
    return ("-", 0.7) if name else ("", 0.9)


def _keeps_hyphen(head: str) -> bool:
    return len(head) == 1 or head[-1].isdigit() or head[-1].isupper() or head.lower() == "ikke"


def vocabulary(text: str) -> dict[str, int]:
    """Count a text's words in lower case; words broken at a line's end are not counted."""
    counts: dict[str, int] = {}
    for match in _WHOLE.finditer(text):
        word = match.group().lower()
        counts[word] = counts.get(word, 0) + 1
    return counts
