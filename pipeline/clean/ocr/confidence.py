"""How sure a repair is.

For text that lost its Danish letters, a logistic regression over what decoder and word list say of a repair; its
weights are in `models/ocr/confidence.json`, fitted by `models/ocr/learn_confidence.py` to pages whose texts the
language model does not hold. On bad scans, where too few repairs are certain to learn from, the decoder's posterior
alone, its odds made milder.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache

from pipeline.clean import lexicon
from pipeline.clean.language_model import model
from pipeline.clean.ocr.candidates import Candidate, itself
from pipeline.clean.ocr.tokens import Token, in_capitals
from pipeline.resources import resolve

_MODEL = "models/ocr/confidence.json"
_SCAN_TEMPERATURE, _SCAN_FACTOR = 2.0, 0.5  # of the odds, as fitted on pages set aside
_NAME_ON_A_SCAN = 0.7  # of the confidence, where a Danish engine read what may be a name or an acronym
_DANISH = re.compile("[æøåÆØÅ]")
_LEAST, _MOST = 1e-4, 0.998
_SURE, _CERTAIN, _LONGER, _PLAIN = 1.0, 2.0, 8, 1.5  # log odds, log odds, letters, log odds
_PRONOUNS = frozenset(("vi", "jeg", "man", "han", "hun", "det", "der", "og", "at"))  # they begin no compound
_LONG = 14  # letters
_FUNCTION_WORD = math.log(1e-3)
_RAREST = -20.0  # log frequency of a word in no list


def features(candidate: Candidate, posterior: float, token: Token, before: str, rule: str) -> dict[str, float]:
    """Return what tells whether `candidate` is right where `before` stands; posterior is the decoder's."""
    index = model().index(before.lower())
    is_known, is_word = lexicon.known(before), lexicon.is_word(before)
    is_split = rule == "ocr_split"
    other = sum(not _DANISH.search(intended) for _, intended in candidate.confusions)
    only_other = other == len(candidate.confusions)
    spelling = (itself(before).prior or 0.0) if index < 0 and " " not in before else 0.0
    found: dict[str, float] = {
        "posterior": math.log(max(posterior, _LEAST) / max(1 - posterior, _LEAST)),
        "likelihood": max(candidate.likelihood, -25.0) / 5,
        "prior": max(candidate.total - candidate.likelihood, -40.0) / 5,
        "frequency_before": (max(model().unigram(index), _RAREST) if index >= 0 else _RAREST) / 5,
        "spelling_before": spelling / len(before),
        "known_before": is_known,
        "word_before": is_word,
        "listed": candidate.prior is None and model().is_listed(candidate.words[0]),
        "unlisted": candidate.words[0] == model().special.unknown,
        "compound": candidate.prior is not None and candidate.words[0] != model().special.unknown,
        "other_letters": min(other, 1),
        "other_letters_of_word": other > 0 and is_word,
        "no_danish_letter": only_other,
        "length_of_no_word": 0 if is_word or token.name else min(len(before), _LONG),
        "function_word": candidate.prior is None and model().unigram(candidate.words[0]) > _FUNCTION_WORD,
        "split": is_split,
        "split_word": is_split and (is_word or lexicon.inflected_score(before) > -math.inf),
        "split_pronoun": is_split and before.islower() and candidate.text.split()[0] in _PRONOUNS,
        "join": rule == "ocr_join",
        "two_letters": len(before) <= 2,
        "three_letters": len(before) == 3,
        "capital": before[0].isupper(),
        "capitals": in_capitals(before) and not token.acronym,
        "acronym": token.acronym,
        "name": token.name,
        "opens": token.opens,
    }
    return {name: float(value) for name, value in found.items()}


def confidence(found: dict[str, float]) -> float:
    """Return how sure a repair with these features is; a word broken counts more than one left."""
    intercept, weights = _weights()
    total = intercept + sum(weights[key] * value for key, value in found.items())
    if _is_plain(found):
        total = max(total, _PLAIN)
    return round(min(1 / (1 + math.exp(-max(total, -50.0))), _MOST), 4)


def _is_plain(found: dict[str, float]) -> bool:
    """Whether a repair is sure that the weights hold for doubtful: the pages learnt from have too few like it.

    A pronoun and a verb, or a word and `i`, whose space was lost; a name that the order of letters tells; a long word
    in no list that can only be one that lost its Danish letter.
    """
    if found["split_pronoun"] and not found["word_before"]:
        return found["posterior"] > _SURE
    if found["split"] and found["known_before"]:
        return found["posterior"] > _CERTAIN and not found["capital"]
    if found["unlisted"] and found["name"]:
        return found["posterior"] > _CERTAIN
    return (
        found["posterior"] > _SURE
        and found["length_of_no_word"] >= _LONGER
        and bool(found["listed"])
        and not (found["no_danish_letter"] or found["capital"])
    )


def on_a_scan(posterior: float, token: Token, before: str) -> float:
    """Return the same where a Danish engine read a bad scan."""
    odds = _SCAN_FACTOR * (max(posterior, 1e-9) / max(1 - posterior, 1e-9)) ** (1 / _SCAN_TEMPERATURE)
    sure: float = min(odds / (1 + odds), _MOST)
    return round(sure * (_NAME_ON_A_SCAN if token.name or in_capitals(before) else 1.0), 4)


@cache
def _weights() -> tuple[float, dict[str, float]]:
    content = json.loads(resolve(_MODEL).read_text(encoding="utf-8"))
    return content["intercept"], content["weights"]
