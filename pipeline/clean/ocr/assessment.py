"""Whether OCR damaged a document, by which channel, and where: judged from its own words.

Danish has one word in eleven with æ, ø or å. Stretches of lines without any are held against the channel of an engine
that has no Danish letters: how much more probable does it make their words? Elsewhere, words that no list holds and
that a Danish engine could have made of listed ones tell of a bad scan. Short sound stretches without æ, ø and å
invite wrong repairs, so that the evidence is summed over the whole stretch.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.clean import lexicon
from pipeline.clean.language_model import model
from pipeline.clean.ocr.candidates import LONGEST, candidates, itself
from pipeline.clean.ocr.channel import DANISH_OCR, WITHOUT_DANISH_LETTERS, Name
from pipeline.clean.ocr.marks import specks
from pipeline.clean.ocr.tokens import tokens

_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_DANISH = re.compile("[æøåÆØÅ]")
_FUNCTION_WORDS = frozenset(
    ("og", "i", "at", "det", "er", "til", "af", "en", "der", "som", "med", "for", "den", "har", "de", "vi", "ikke",
     "om", "et", "kan", "fra", "vil", "skal", "blev", "være", "var", "hvor", "eller", "men", "sig", "os", "alle")
)  # fmt: skip
_FOREIGN_WORDS = frozenset(("the", "of", "and", "is", "to", "und", "der", "die", "och", "att", "är", "ikkje"))
_BARE = 0.02  # share of words with Danish letters up to which a line may come from an engine without them
_SHORTEST_STRETCH = 20  # words; a shorter stretch counts only if it is the whole document
_EVIDENCE, _EVIDENCE_PER_WORD = 5.0, 0.1  # natural logarithms
_MOST_PER_WORD = 6.0
_NAME, _SHORTEST_IN_HEADING = 2.0, 4  # what is taken off the evidence of a capitalised word, its fewest letters
_HIT = 3.0
_FUNCTION_SHARE = 0.1
_MOSTLY = 0.6  # share of the words in damaged stretches from which the whole document is damaged
_SUSPECT_SHARE = 0.008  # of small words that are no words, and of specks, from which a scan may be bad
_HIT_SHARE = 0.005  # of those among them that a Danish engine could have made
_FEWEST_HITS = 3


@dataclass(frozen=True)
class Damage:
    """How damaged a document is: words examined, share of them damaged, words repaired, by what, and where."""

    words: int = 0
    damaged_share: float = 0.0
    repaired: int = 0
    channel: str = "none"
    spans: tuple[tuple[int, int], ...] = ()

    def row(self) -> dict[str, Any]:
        """Return the damage as a row of the table `quality`, without its document."""
        return {
            "words": self.words,
            "damaged_share": self.damaged_share,
            "repaired": self.repaired,
            "channel": self.channel,
        }


UNDAMAGED = Damage()


@dataclass(slots=True)
class _Stretch:
    """Lines that follow each other: their span and words."""

    start: int
    end: int
    words: int = 0
    bare: bool = True


def assess(text: str) -> Damage:
    """Judge a document; its share of damaged words is a first estimate, which `counted` corrects."""
    stretches = list(_stretches(text))
    total = sum(stretch.words for stretch in stretches)
    if not total:
        return UNDAMAGED
    damaged = [
        stretch
        for stretch in stretches
        if stretch.bare
        and (stretch.words >= _SHORTEST_STRETCH or stretch.words >= _MOSTLY * total)
        and _lost_its_letters(text, stretch)
    ]
    words = sum(stretch.words for stretch in damaged)
    if damaged:
        whole = words >= _MOSTLY * total
        spans = ((0, len(text)),) if whole else tuple((stretch.start, stretch.end) for stretch in damaged)
        return Damage(total, 0.0, 0, WITHOUT_DANISH_LETTERS, spans)
    unknown = _unknown(text)
    marks = len(specks(text, 0, len(text)))
    suspect = sum(unknown.values()) + marks
    if suspect > _SUSPECT_SHARE * total and _is_danish(Counter(map(str.lower, _WORD.findall(text)))):
        hits = sum(count for word, count in unknown.items() if evidence(word, DANISH_OCR) > _HIT)
        if hits >= _FEWEST_HITS and hits + min(marks, 2 * hits) > _HIT_SHARE * total:
            return Damage(total, round(suspect / total, 4), 0, DANISH_OCR, ((0, len(text)),))
    return Damage(total)


def _stretches(text: str) -> Iterator[_Stretch]:
    """Yield the longest stretches of lines with, and without, Danish letters."""
    stretch: _Stretch | None = None
    for line in _LINE.finditer(text):
        words = _WORD.findall(line.group())
        if not words:
            continue
        sound = 0 if line.group().isascii() else sum(bool(_DANISH.search(word)) for word in words)
        bare = sound <= _BARE * len(words)
        if stretch is None or bare != stretch.bare:
            if stretch is not None:
                yield stretch
            stretch = _Stretch(line.start(), line.end(), 0, bare)
        stretch.end = line.end()
        stretch.words += len(words)
    if stretch is not None:
        yield stretch


def _is_danish(counts: Counter[str]) -> bool:
    """Whether words are those of a Danish text."""
    danish = sum(counts[word] for word in _FUNCTION_WORDS)
    foreign = sum(counts[word] for word in _FOREIGN_WORDS)
    return danish >= _FUNCTION_SHARE * sum(counts.values()) and danish > foreign


def _lost_its_letters(text: str, stretch: _Stretch) -> bool:
    """Whether the words of a stretch are more probable as the work of an engine without Danish letters."""
    found = tokens(text, stretch.start, stretch.end)
    words = [token for token in found if token.kind == "word" and not token.fixed]
    observed = [token.text for token in words]
    names = {token.text for token in words if token.name}
    if not _is_danish(Counter(map(str.lower, observed))):
        return False
    total, hits, telling = 0.0, 0, False
    for word, count in Counter(observed).items():
        if len(word) > LONGEST or not any(map(str.isalpha, word)):
            continue
        if word[0].isupper():
            gain = 0.0 if word in names else _evidence_of_heading(word)
            total += min(gain, _MOST_PER_WORD)
            telling = telling or gain > _HIT
            continue
        gain = evidence(word, WITHOUT_DANISH_LETTERS)
        total += count * min(gain, _MOST_PER_WORD)
        hits += count * (gain > _HIT)
        telling = telling or (gain > _HIT and not lexicon.is_word(word))
    return (telling or hits >= _FEWEST_HITS) and total > _EVIDENCE + _EVIDENCE_PER_WORD * len(observed)


def evidence(word: str, name: Name) -> float:
    """Return by how much more probable a word is as the channel's work than as what the author wrote."""
    own = itself(word)
    found = [candidate.total for candidate in candidates(word, name)]
    top = max(found)
    return top + math.log(sum(math.exp(total - top) for total in found)) - own.total


def _evidence_of_heading(word: str) -> float:
    """Return the same of a word that opens a heading, but for a listed word alone: it may be a name."""
    if len(word) < _SHORTEST_IN_HEADING:
        return 0.0
    found = [
        candidate.total
        for candidate in candidates(word, WITHOUT_DANISH_LETTERS)
        if candidate.text != word and len(candidate.words) == 1 and candidate.prior is None
        and _DANISH.search(candidate.text) and model().is_listed(candidate.words[0])
    ]  # fmt: skip
    return max(0.0, max(found) - itself(word).total - _NAME) if found else 0.0


def _unknown(text: str) -> Counter[str]:
    """Count the small words that are in no list and no compounds."""
    counts = Counter(_WORD.findall(text))
    return Counter(
        {
            word: count
            for word, count in counts.items()
            if word.islower() and 2 < len(word) <= LONGEST and not lexicon.is_word(word)
        }
    )


def counted(damage: Damage, expected: float, made: int) -> Damage:
    """Return the damage with the repairs that were made and the number of damaged words expected from all found."""
    share = round(min(1.0, max(expected, made) / damage.words), 4) if damage.words else 0.0
    return replace(damage, repaired=made, damaged_share=max(share, damage.damaged_share))
