"""The repairs of a damaged text as edits, each with its rule and a calibrated confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from pipeline.clean import lexicon
from pipeline.clean.language_model import model
from pipeline.clean.ocr.assessment import Damage
from pipeline.clean.ocr.candidates import in_capitals
from pipeline.clean.ocr.channel import DANISH_OCR, WITHOUT_DANISH_LETTERS, Channel, channel
from pipeline.clean.ocr.decoder import Decision, adapted, decode
from pipeline.clean.ocr.marks import misread, specks
from pipeline.clean.ocr.tokens import Token, recurring, tokens
from pipeline.offsets import Edit, edit

RULES = frozenset(("ocr_letters", "ocr_real_word", "ocr_split", "ocr_join", "ocr_marks"))
# beginnings of names, which the word list holds in small letters if at all
_NAME = re.compile(
    "øresund|øst(?:jyl|sjæl|fyn|rig|europa|tyskland|preus|sø|ers|erb|erg|erl|land(?:ene|enes)?$|rup)|ølst|ølg|ørst|ørs"
)
_WORTH_LISTING = 0.2
_SUREST = 0.998
_NAME_ON_A_SCAN = 0.7  # of the confidence, where a Danish engine read what may be a name or an acronym
# temperature and factor of the odds
_CALIBRATION = {
    (WITHOUT_DANISH_LETTERS, "ocr_real_word"): (1.6, 0.5),
    (DANISH_OCR, "ocr_letters"): (2.0, 0.5),
    (DANISH_OCR, "ocr_split"): (2.0, 0.5),
}


def repairs(text: str, damage: Damage) -> list[Edit]:
    """Return the edits that mend the damaged words of a text; none in a document judged sound."""
    if damage.channel == "none":
        return []
    through = channel(damage.channel)
    parts = [tokens(text, start, end) for start, end in damage.spans]
    names = recurring([token for part in parts for token in part])
    first = [decode(part, text, through, names, {}) for part in parts]
    if through.name != DANISH_OCR:
        adaptation = adapted([decision for part in first for decision in part], through)
        first = [decode(part, text, through, names, adaptation) for part in parts]
    found = [
        change
        for part, decisions in zip(parts, first, strict=True)
        for decision in decisions
        if (change := _change(decision, part, text, through)) is not None
    ]
    marks = specks if through.name == DANISH_OCR else misread
    return apart([*found, *(change for span in damage.spans for change in marks(text, *span))])


def apart(edits: list[Edit]) -> list[Edit]:
    """Return edits in their order, without those that overlap an earlier one."""
    kept: list[Edit] = []
    for change in sorted(edits, key=lambda change: (change.start, change.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _change(decision: Decision, part: Sequence[Token], text: str, through: Channel) -> Edit | None:
    """Return a decision as an edit, None where nothing is to change."""
    if decision.own or decision.posterior < _WORTH_LISTING:
        return None
    start, end = part[decision.start].start, part[decision.end - 1].end
    before, after = text[start:end], decision.candidate.text
    token = part[decision.start]
    after = _cased(decision, token, after, through)
    rule = _rule(before, after)
    if rule == "ocr_split" and lexicon.compound_score(before) > -math.inf:
        return None
    if before == after or (through.name == DANISH_OCR and not _is_plain(before, after, rule)):
        return None
    confidence = _calibrated(decision.posterior, rule, through)
    if through.name == DANISH_OCR and (token.name or in_capitals(before)):
        confidence = round(confidence * _NAME_ON_A_SCAN, 4)
    return edit(text, start, end, after, rule, confidence)


def _calibrated(posterior: float, rule: str, through: Channel) -> float:
    """Return how often a repair of such a posterior is right, as fitted on pages set aside."""
    temperature, factor = _CALIBRATION.get((through.name, rule), (1.0, 1.0))
    odds: float = factor * (max(posterior, 1e-9) / max(1 - posterior, 1e-9)) ** (1 / temperature)
    return round(min(odds / (1 + odds), _SUREST), 4)


def _is_plain(before: str, after: str, rule: str) -> bool:
    """Whether a Danish engine's misreading shows by itself: no real word for another, but for an accent."""
    stressed = before in ("én", "dén", "dét", "dér")
    return rule in ("ocr_letters", "ocr_split") or (
        rule == "ocr_real_word" and not stressed and before.replace("é", "e") == after
    )


def _cased(decision: Decision, token: Token, after: str, through: Channel) -> str:
    """Return a repair in its case: a sign read for ø has none, and A inside a sentence is å as often as Å."""
    observed = token.text[0]
    if observed == "|" and through.name == WITHOUT_DANISH_LETTERS:
        return after.upper()  # the English model's stroke is always a capital
    is_noun = decision.candidate.prior is not None or model().is_listed(decision.candidate.words[0])
    if not observed.isalnum() and (token.opens or not is_noun or _NAME.match(after)):
        return after[0].upper() + after[1:]
    if observed == "A" and after[0] == "Å" and token.name and not after.isupper() and is_noun:
        return "å" + after[1:]
    return after


def _rule(before: str, after: str) -> str:
    if " " in before:
        return "ocr_join"
    if " " in after:
        return "ocr_split"
    return "ocr_real_word" if lexicon.is_word(before) else "ocr_letters"
