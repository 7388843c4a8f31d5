"""Words that OCR without Danish letters damaged: `ggr` -> `gør`, `pa` -> `på`, `teet` -> `tæt`.

A noisy channel (Kernighan, Church & Gale 1990): of all words from which the learnt confusions could have made what
stands there, the one with the highest frequency times channel probability. The confusions are data, in `models/ocr`.
Whether a document was damaged at all is decided once for the whole of it, from its own words: short sound passages
without æ, ø and å invite wrong repairs.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from pipeline.clean import lexicon
from pipeline.offsets import Edit, edit
from pipeline.resources import resolve

CHANNEL = "ocr_without_danish_letters"
_MODEL = "models/ocr/confusions.json"
_TOKEN = re.compile(r"[@#&]?[^\W_]+(?:[@#&][^\W_]*)*|(?<!\S)\|(?!\S)")
_PROTECTED = re.compile(
    r"[\w.+-]*@[\w-]+\.[\w.]+|(?:https?://|www\.)\S*|\S+\.(?:pdf|docx?|xlsx?|pptx?|dk|com|eu|jpg|png)\b|\d[\d.:/-]*(?:-[A-Z]\d+)?[\d-]*"
)
_MIXED_CASE = re.compile(r"[a-zæøå]{2}[A-HJ-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]")
_FUNCTION_WORDS = frozenset(
    ("og", "i", "at", "det", "er", "til", "af", "en", "der", "som", "med", "for", "den", "har", "de", "vi", "ikke",
     "om", "et", "kan", "fra", "vil", "skal", "blev", "være")
)  # fmt: skip
_UNKNOWN = 1e-11  # frequency of a word that no list holds and that is no compound
_COMPOUND = 3e-9
_LOST_SPACE = 1e-3
_NAME_PENALTY = 1e-3
_MAX_CHANGES = 4
_MAX_CANDIDATES = 400
_SURE = 0.95
_LONGEST_ABBREVIATION = 6
_WORTH_LISTING = 0.2
_TELLING = 300  # so much more frequent than the word that stands there is the one that surely stood there


@dataclass(frozen=True)
class Damage:
    """How damaged a document is: words examined, share of them damaged, words repaired, and by what."""

    words: int = 0
    damaged_share: float = 0.0
    repaired: int = 0
    channel: str = "none"

    def row(self) -> dict[str, Any]:
        """Return the damage as a row of the table `quality`, without its document."""
        return {
            "words": self.words,
            "damaged_share": self.damaged_share,
            "repaired": self.repaired,
            "channel": self.channel,
        }


UNDAMAGED = Damage()


@dataclass(frozen=True)
class Channel:
    """`confusions[observed]` lists what may have stood there, each with log P(observed | intended).

    `kept[letter]` is log P(letter | letter).
    """

    confusions: dict[str, tuple[tuple[str, float], ...]]
    kept: dict[str, float]


@cache
def channel() -> Channel:
    """Load the learnt confusions."""
    content = json.loads(resolve(_MODEL).read_text(encoding="utf-8"))
    confusions: dict[str, list[tuple[str, float]]] = {}
    for observed, intended, probability in content["confusions"]:
        confusions.setdefault(observed, []).append((intended, math.log(probability)))
    kept = {letter: math.log(probability) for letter, probability in content["kept"].items()}
    return Channel({observed: tuple(found) for observed, found in confusions.items()}, kept)


def assess(text: str) -> Damage:
    """Judge by its words whether a document has lost its Danish letters.

    Sound Danish has one in eleven words or more with æ, ø or å. Where there are hardly any, the words that the channel
    would surely mend are counted.
    """
    words = re.findall(r"[^\W\d_]+", text)
    sound = sum(not word.isascii() and bool(re.search("[æøåÆØÅ]", word)) for word in words)
    if not words or sound > 0.04 * len(words):
        return Damage(len(words))
    known = sum(word.lower() in _FUNCTION_WORDS for word in words)
    counts = Counter(word for word in words if not word[0].isupper())
    hits = {word: n for word, n in counts.items() if _is_hit(word)}
    total = sum(hits.values())
    telling = any(lexicon.frequency(correct(word)[0]) > _TELLING * lexicon.frequency(word) for word in hits)
    enough = total >= 3 or (total >= 1 and telling and len(words) <= 60)
    if enough and known >= 0.1 * len(words) and total >= 0.03 * len(words) and total >= 3 * sound:
        return Damage(len(words), round(total / len(words), 4), 0, CHANNEL)
    return Damage(len(words))


def _is_hit(word: str) -> bool:
    best, confidence = correct(word)
    return confidence >= _SURE and best != word and not best.isascii() and lexicon.frequency(best) > 1e-6


def repairs(text: str, damage: Damage) -> list[Edit]:
    """Return the edits, rule `ocr`, that mend the damaged words of a text; none in a document judged sound."""
    if damage.channel == "none":
        return []
    protected = [match.span() for match in _PROTECTED.finditer(text) if not _is_misread(match.group())]
    names = _names(text)
    edits, index = [], 0
    for match in _TOKEN.finditer(text):
        while index < len(protected) and protected[index][1] <= match.start():
            index += 1
        if index < len(protected) and protected[index][0] < match.end():
            continue
        word = match.group()
        if _stands(word, text, match):
            continue
        best, confidence = correct(word, name=word in names)
        if best != word and confidence >= _WORTH_LISTING:
            edits.append(edit(text, *match.span(), best, "ocr", round(confidence, 4)))
    return edits


def counted(damage: Damage, made: list[Edit]) -> Damage:
    """Return the damage with the repairs that were made; more repairs than was estimated raise the estimate."""
    share = max(damage.damaged_share, round(len(made) / damage.words, 4)) if damage.words else 0.0
    return replace(damage, repaired=len(made), damaged_share=share)


def _is_misread(number: str) -> bool:
    """Whether a digit stands where a letter should: followed by letters, it is a word's beginning (`0G`)."""
    return len(number) == 1


def _names(text: str) -> frozenset[str]:
    """Return the capitalised words that stand inside a sentence."""
    return frozenset(re.findall(r"(?<=[a-zæøå,] )[A-ZÆØÅ][^\W\d_]+", text))


def _stands(word: str, text: str, match: re.Match[str]) -> bool:
    """Whether a token is no damaged word whatever it looks like: an abbreviation, or a bar between cells."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : (text.find("\n", match.end()) + 1 or len(text) + 1) - 1]
    if word == "|":
        return line.count("|") > 1
    abbreviation = word.isupper() and len(word) <= _LONGEST_ABBREVIATION and word[-1].isalnum()
    return abbreviation and not (line.isupper() and len(line.split()) > 1)


@lru_cache(maxsize=200_000)
def correct(word: str, *, name: bool = False) -> tuple[str, float]:
    """Return the word that most probably stood where `word` stands, and how probable it is, 0-1."""
    if word.isdigit() or (len(word) == 1 and word != "|") or (_MIXED_CASE.search(word) and not word.isupper()):
        return word, 1.0
    scores: dict[str, float] = {}
    for candidate, score in _candidates(word).items():
        prior = _prior(candidate)
        same = candidate.lower() == word.lower()
        if same or prior > _UNKNOWN:
            shaped = word if same else _shaped(candidate, word)
            total = score + math.log(prior) + (math.log(_NAME_PENALTY) if name and not same else 0.0)
            scores[shaped] = max(scores.get(shaped, -math.inf), total)
    if word.islower() and not lexicon.is_word(word):
        scores |= {pair: score for pair, score in _pairs(word).items() if score > scores.get(pair, -math.inf)}
    best = min(scores, key=lambda candidate: (-scores[candidate], candidate))
    top = scores[best]
    return best, 1 / sum(math.exp(score - top) for score in scores.values())


def _prior(word: str) -> float:
    return lexicon.frequency(word) or (_COMPOUND if lexicon.parts(word) else _UNKNOWN)


def _candidates(word: str) -> dict[str, float]:
    """Return what may have stood there with log P(word | candidate), the word itself included.

    Grown from left to right; the least probable are dropped when there are too many.
    """
    model = channel()
    # states[i]: what may stand for the first i letters, with its score and number of changes
    states: list[dict[str, tuple[float, int]]] = [{} for _ in range(len(word) + 1)]
    states[0][""] = (0.0, 0)
    for i, letter in enumerate(word):
        if len(states[i]) > _MAX_CANDIDATES:
            kept = sorted(states[i].items(), key=lambda item: (-item[1][0], item[0]))[:_MAX_CANDIDATES]
            states[i] = dict(kept)
        steps = [(1, letter, model.kept.get(letter.lower(), -0.01), 0)]
        for length in (1, 2, 3):
            observed = word[i : i + length]
            if len(observed) == length:
                found = model.confusions.get(observed) or model.confusions.get(observed.lower(), ())
                steps += [(length, intended, score, 1) for intended, score in found]
        for prefix, (score, changes) in states[i].items():
            for length, intended, cost, change in steps:
                if changes + change <= _MAX_CHANGES:
                    grown, total = prefix + intended, score + cost
                    old = states[i + length].get(grown)
                    if old is None or total > old[0]:
                        states[i + length][grown] = (total, changes + change)
    return {candidate: score for candidate, (score, _) in states[-1].items()}


def _pairs(word: str) -> dict[str, float]:
    """Return two words whose space was lost: a function word and a listed one (`vileverer`)."""
    found = {}
    for cut in range(1, min(5, len(word) - 2)):
        first, second = word[:cut], word[cut:]
        if first in _FUNCTION_WORDS and lexicon.frequency(second) > 1e-7:
            score = math.log(lexicon.frequency(first)) + math.log(lexicon.frequency(second)) + math.log(_LOST_SPACE)
            found[f"{first} {second}"] = score
    return found


def _shaped(candidate: str, word: str) -> str:
    """Return the candidate in the case of the word."""
    if not any(map(str.isalpha, word)):
        return candidate
    if word.isupper() and len(word) > 1 and word[-1].isalpha():
        return candidate.upper()
    lower = candidate.lower()
    return lower[:1].upper() + lower[1:] if word[0].isupper() and candidate[0].isupper() else lower
