"""The repairs of a damaged text as edits, each with its rule and a calibrated confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pipeline.clean import lexicon
from pipeline.clean.language_model import model
from pipeline.clean.ocr.assessment import Damage
from pipeline.clean.ocr.candidates import Candidate
from pipeline.clean.ocr.channel import DANISH_OCR, WITHOUT_DANISH_LETTERS, Channel, channel
from pipeline.clean.ocr.confidence import confidence, features, on_a_scan
from pipeline.clean.ocr.decoder import Decision, adapted, decode
from pipeline.clean.ocr.marks import bullets, misread, specks
from pipeline.clean.ocr.tokens import Token, recurring, tokens
from pipeline.offsets import Edit, edit

RULES = frozenset(("ocr_letters", "ocr_real_word", "ocr_split", "ocr_join", "ocr_marks"))
# beginnings of names, which the word list holds in small letters if at all
_NAME = re.compile(
    "øresund|økonomiudvalg|øst(?:jyl|sjæl|fyn|rig|europa|tyskland|preus|sø|ers|erb|erg|erl|land(?:ene|enes)?$|rup)|ølst|ølg|ørst|ørs"
)
_WORTH_LISTING = 0.2
_CONSIDERED = 0.03  # of the posterior, from which a change is weighed


@dataclass(frozen=True, slots=True)
class Weighed:
    """A repair the decoder thinks of: the word at [start, end) may be `after`."""

    start: int
    end: int
    candidate: Candidate
    posterior: float
    token: Token
    before: str
    after: str
    rule: str

    @property
    def features(self) -> dict[str, float]:
        """Return what tells whether it is right."""
        return features(self.candidate, self.posterior, self.token, self.before, self.rule)

    def confidence(self, through: Channel) -> float:
        """Return how sure it is."""
        if through.name == DANISH_OCR:
            return on_a_scan(self.posterior, self.token, self.before)
        return confidence(self.features)


def repairs(text: str, damage: Damage) -> list[Edit]:
    """Return the edits that mend the damaged words of a text; none in a document judged sound."""
    if damage.channel == "none":
        return []
    through = channel(damage.channel)
    found = [
        edit(text, one.start, one.end, one.after, one.rule, one.confidence(through))
        for one in weighed(text, damage, through)
    ]
    found = [change for change in found if change.confidence > _WORTH_LISTING]
    marks = specks if through.name == DANISH_OCR else misread
    plain = [change for span in damage.spans for change in (*marks(text, *span), *bullets(text, *span))]
    return apart([*plain, *found])


def weighed(text: str, damage: Damage, through: Channel) -> Iterator[Weighed]:
    """Yield what the decoder would mend, or comes near to mending, in the damaged spans of a text."""
    parts = [tokens(text, start, end) for start, end in damage.spans]
    names = recurring([token for part in parts for token in part])
    first = [decode(part, text, through, names, {}) for part in parts]
    if through.name != DANISH_OCR:
        adaptation = adapted([decision for part in first for decision in part], through)
        first = [decode(part, text, through, names, adaptation) for part in parts]
    for part, decisions in zip(parts, first, strict=True):
        for decision in decisions:
            found = _weighed(decision, part, text, through)
            if found is not None:
                yield found


def apart(edits: list[Edit]) -> list[Edit]:
    """Return edits in their order, without those that overlap an earlier one; of one place, the first given stands."""
    kept: list[Edit] = []
    for change in sorted(edits, key=lambda change: (change.start, change.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _weighed(decision: Decision, part: Sequence[Token], text: str, through: Channel) -> Weighed | None:
    """Return the best change of a word, None where nothing is to change."""
    token = part[decision.start]
    start, end = token.start, part[decision.end - 1].end
    before = text[start:end]
    changes = [(candidate, share) for candidate, share in decision.rivals if candidate.text != before]
    if not changes:
        return None
    candidate, posterior = max(changes, key=itemgetter(1)) if decision.own else changes[0]
    after = _cased(candidate, token, through)
    rule = _rule(before, after)
    if posterior < _CONSIDERED or before == after:
        return None
    if through.name == DANISH_OCR and rule == "ocr_split" and lexicon.compound_score(before) > -math.inf:
        return None
    if through.name == DANISH_OCR and (decision.own or not _is_plain(before, after, rule)):
        return None
    return Weighed(start, end, candidate, posterior, token, before, after, rule)


def _is_plain(before: str, after: str, rule: str) -> bool:
    """Whether a Danish engine's misreading shows by itself: no real word for another, but for an accent."""
    stressed = before in ("én", "dén", "dét", "dér")
    return rule in ("ocr_letters", "ocr_split") or (
        rule == "ocr_real_word" and not stressed and before.replace("é", "e") == after
    )


def _cased(candidate: Candidate, token: Token, through: Channel) -> str:
    """Return a repair in its case: a sign read for ø has none, and A inside a sentence is å as often as Å."""
    observed, after = token.text[0], candidate.text
    if observed == "|" and through.name == WITHOUT_DANISH_LETTERS:
        return after.upper()  # the English model's stroke is always a capital
    is_noun = candidate.prior is not None or model().is_listed(candidate.words[0])
    if token.acronym:
        return after.capitalize() if token.opens else after.lower()
    if observed.isdigit() and token.opens and after.islower():
        return after.capitalize()
    if not observed.isalnum() and (token.opens or not is_noun or _NAME.match(after)):
        return after[0].upper() + after[1:]
    if observed == "A" and not token.quoted and after[0] == "Å" and token.name and not after.isupper() and is_noun:
        return "å" + after[1:]
    return after


def _rule(before: str, after: str) -> str:
    if " " in before:
        return "ocr_join"
    if " " in after:
        return "ocr_split"
    return "ocr_real_word" if lexicon.is_word(before) else "ocr_letters"
