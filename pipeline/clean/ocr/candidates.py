"""What may have stood where a word stands: a search for words of the word list through the channel.

Letter by letter, all words and compounds are followed from which the channel could have made what stands there; the
least probable are dropped at every letter, so that the time grows with the word's length alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean import lexicon
from pipeline.clean.language_model import LanguageModel, model
from pipeline.clean.ocr.channel import (
    DANISH_OCR,
    LONGEST_SEGMENT,
    WITHOUT_DANISH_LETTERS,
    Channel,
    Confusion,
    Name,
    channel,
    letter_class,
)
from pipeline.clean.ocr.tokens import in_capitals

LONGEST = 60  # letters; longer runs are left as they stand
_BEAM = 20
# prefixes that are tried with unseen confusions at every letter
_EDITED = {WITHOUT_DANISH_LETTERS: 3, DANISH_OCR: 6}
_WIDTH = 20.0  # natural logarithms below the best at which a prefix is dropped
_FAR = 14.0  # the same for whole words
_MOST = 8
_SPELT = 6
_MOST_JOINTS = 3
_FREQUENT = math.log(5e-4)  # one of two words whose space was lost is that frequent
_CASE = -7.0  # a capital inside a word that is otherwise small
_FIRST, _LATER, _SPACED = range(3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` may have stood there: `likelihood` is log P(what stands there | text).

    `words` are its words' numbers in the language model; `prior` is given where that has none for the text.
    """

    text: str
    words: tuple[int, ...]
    likelihood: float
    prior: float | None
    confusions: tuple[Confusion, ...]

    @property
    def total(self) -> float:
        """Return likelihood and prior in one, out of context."""
        prior = sum(model().unigram(word) for word in self.words) if self.prior is None else self.prior
        return self.likelihood + prior


class _Part(NamedTuple):
    """What a path has behind it: complete parts of a compound, or the word before a lost space."""

    begins: int = 0  # where the part that now grows begins in the text
    stage: int = _FIRST
    joints: int = 0
    prior: float = 0.0
    word: int = -1  # the number of the part before


# A prefix of a candidate: its score (likelihood, and the prior of complete parts), text, node, number so far, whether a
# word ends here, what is behind it, unseen confusions, confusions. A plain tuple, since very many are made.
_Path = tuple[float, str, int, int, bool, _Part, int, tuple[Confusion, ...]]
_States = list[dict[tuple[str, int, int], _Path]]


@lru_cache(maxsize=100_000)
def candidates(word: str, name: Name) -> tuple[Candidate, ...]:
    """Return what may have stood where `word` stands, the most probable out of context first, the word included."""
    own = itself(word)
    if not 0 < len(word) <= LONGEST or word.isdigit():
        return (own,)
    through = channel(name)
    search = _Search(word, through)
    found = search.run(edits=0)
    sound = lexicon.is_word(word)
    best = max((candidate.total for candidate in found.values()), default=-math.inf)
    if not sound and len(word) > 3 and best < _plain(len(word)):
        found = search.run(edits=1) | found
        if through.name == WITHOUT_DANISH_LETTERS and not found.get(word.lower()):
            found = search.spelt() | found
    elif word[0].isupper() and through.name == WITHOUT_DANISH_LETTERS and _is_name(word):
        found = search.spelt() | found
    kept = found.pop(word.lower(), None)
    if kept is not None:
        own = Candidate(word, own.words, kept.likelihood, own.prior, ())
    else:
        own = Candidate(word, own.words, search.kept(), own.prior, ())
    return _ranked(own, list(found.values()), word)


def _plain(length: int) -> float:
    """Return the score out of context below which a repair is so poor that unseen confusions are tried too."""
    return -16.0 - 0.4 * length


def _is_name(word: str) -> bool:
    """Whether a word is no compound, though it can be cut into words: its letters are more probable as a new word's."""
    lower = word.lower()
    return not lexicon.listed(lower) and lexicon.compound_score(lower) < model().spelling(lower)


def _ranked(own: Candidate, others: list[Candidate], word: str) -> tuple[Candidate, ...]:
    shaped = [_shaped(candidate, word) for candidate in others]
    ranked = sorted([own, *shaped], key=lambda candidate: (-candidate.total, candidate.text))
    near = [candidate for candidate in ranked[:_MOST] if candidate.total > ranked[0].total - _FAR]
    return tuple(near if own in near else [*near, own])


def itself(word: str) -> Candidate:
    """Return the word as it stands, read right."""
    lower = word.lower()
    index = model().index(lower)
    if index >= 0:
        return Candidate(word, (index,), 0.0, None, ())
    unknown = (model().special.unknown,)
    if len(lower) > LONGEST:
        return Candidate(word, unknown, 0.0, -100.0, ())
    return Candidate(
        word,
        unknown,
        0.0,
        max(lexicon.compound_score(lower), lexicon.inflected_score(lower), model().spelling(lower)),
        (),
    )


def _shaped(candidate: Candidate, word: str) -> Candidate:
    """Give a candidate the case of the word; where a sign stands for its first letter, the decoder sees to that."""
    text = candidate.text
    if in_capitals(word):
        text = text.upper()
    elif word[0].isupper():
        observed, intended = candidate.confusions[0] if candidate.confusions else ("", "")
        misread = observed and word.startswith(observed) and intended[:1].islower()
        text = text if misread else text[0].upper() + text[1:]
    return Candidate(text, candidate.words, candidate.likelihood, candidate.prior, candidate.confusions)


class _Search:
    """The search for one word."""

    def __init__(self, word: str, through: Channel) -> None:
        self.word = word
        self.channel = through
        self.model: LanguageModel = model()
        self.upper = in_capitals(word)
        self.may_split = not lexicon.known(word) and lexicon.inflected_score(word) == -math.inf
        # `deri` is more often `der i` than a word
        self.may_split_function_words = through.name == DANISH_OCR or word.endswith("i")
        self.segments = [self._segments(i) for i in range(len(word))]

    def kept(self) -> float:
        """Return log P(the word | the word)."""
        return sum(self.channel.keeps(letter) for letter in self.word)

    def _segments(self, i: int) -> list[tuple[int, str, float, tuple[Confusion, ...]]]:
        """Return what may be read at letter i: its length, what stood there in small letters, its likelihood."""
        letter = self.word[i]
        found: list[tuple[int, str, float, tuple[Confusion, ...]]] = []
        if letter.isalpha():
            inside = letter.isupper() and not self.upper and i > 0
            found.append((1, letter.lower(), self.channel.keeps(letter) + (_CASE if inside else 0.0), ()))
        for length in range(1, LONGEST_SEGMENT + 1):
            observed = self.word[i : i + length]
            if len(observed) < length:
                break
            options = dict(self.channel.confusions.get(observed, ()))
            if observed != observed.lower():
                for intended, score in self.channel.confusions.get(observed.lower(), ()):
                    if intended not in options:  # I is read for l, not for L
                        options.setdefault(intended.upper(), score)
            for intended, score in options.items():
                capital = intended[0].isupper() and i > 0 and not self.upper and observed.islower()
                if intended.lower() != observed.lower() and not capital:
                    found.append((length, intended.lower(), score, ((observed, intended),)))
        return found

    def run(self, edits: int) -> dict[str, Candidate]:
        """Return the candidates by their text, with up to `edits` confusions that no pair showed."""
        length = len(self.word)
        states: _States = [{} for _ in range(length + 1)]
        states[0]["", 0, 0] = (0.0, "", self.model.root, 0, False, _Part(), 0, ())
        for i in range(length):
            paths = _pruned(states[i])
            states[i] = {}
            for path in paths:
                self._advance(path, i, states)
                if path[4]:
                    self._join(path, i, states, paths[0][0] - _WIDTH)
            for path in paths[: _EDITED[self.channel.name]] if edits else ():
                if path[6] < edits:
                    self._edit(path, i, states)
        found: dict[str, Candidate] = {}
        for path in _pruned(states[length]):
            self._finish(path, found)
        return found

    def spelt(self) -> dict[str, Candidate]:
        """Return the likeliest spellings of a word that no list holds, a name perhaps, by the order of its letters."""
        states: list[dict[str, tuple[float, float, tuple[Confusion, ...]]]] = [{} for _ in range(len(self.word) + 1)]
        states[0][""] = (0.0, 0.0, ())
        for i in range(len(self.word)):
            for text, (score, prior, confusions) in sorted(states[i].items(), key=lambda item: -item[1][0])[:_SPELT]:
                for length, intended, gain, confusion in self.segments[i]:
                    if confusion and intended not in "æøå":
                        continue
                    order = self.model.letter(text, intended)
                    grown = (score + gain + order, prior + order, confusions + confusion)
                    old = states[i + length].get(text + intended)
                    if old is None or grown[0] > old[0]:
                        states[i + length][text + intended] = grown
        unknown = self.model.special.unknown
        return {
            text: Candidate(text, (unknown,), score - prior, self.model.spelling(text), confusions)
            for text, (score, prior, confusions) in sorted(states[-1].items(), key=lambda item: -item[1][0])[:2]
            if text != self.word.lower()
        }

    def _advance(self, path: _Path, i: int, states: _States) -> None:
        """Let a path grow by every reading of letter i."""
        score, text, node, index, final, part, edits, confusions = path
        children = self.model.children(node)
        for length, intended, gain, confusion in self.segments[i]:
            step = children.get(intended[0])
            if step is None:
                continue
            place, number, ends = step[0], index + final + step[1], step[2]
            for letter in intended[1:]:
                step = self.model.children(place).get(letter)
                if step is None:
                    break
                place, number, ends = step[0], number + ends + step[1], step[2]
            if step is not None:
                grown = (score + gain, text + intended, place, number, ends, part, edits, confusions + confusion)
                _put(states[i + length], grown)

    def _edit(self, path: _Path, i: int, states: _States) -> None:
        """Let a path grow by what no pair showed: letter i for another, after a lost one, or with nothing behind it."""
        score, text, node, index, final, part, edits, confusions = path
        observed = self.word[i]
        small, kind = observed.lower(), letter_class(observed)
        for letter, (place, before, ends) in self.model.children(node).items():
            number = index + final + before
            of = letter_class(letter)
            gain = self.channel.substitution[of].get(kind)
            if gain is not None and letter != small:
                step = (*confusions, (observed, letter))
                _put(states[i + 1], (score + gain, text + letter, place, number, ends, part, edits + 1, step))
            after = self.model.children(place).get(small)
            if after is not None:
                step = (*confusions, ("", letter))
                number += ends + after[1]
                gain = self.channel.lost[of] + self.channel.keeps(observed)
                grown = (score + gain, text + letter + small, after[0], number, after[2], part, edits + 1, step)
                _put(states[i + 1], grown)
        step = (*confusions, (observed, ""))
        gain = self.channel.added[kind]
        _put(states[i + 1], (score + gain, text, node, index, final, part, edits + 1, step))

    def _join(self, path: _Path, i: int, states: _States, worst: float) -> None:
        """Let a part of a compound, or a word whose space was lost, end before letter i, unless that scores too low."""
        score, text, _, index, _, part, edits, confusions = path
        known = lexicon.known_index(index)
        if part.stage == _SPACED or not (known or (self.word[0].isupper() and part.stage == _FIRST and len(text) > 3)):
            return
        root, letter = self.model.root, self.word[i].lower()
        if part.joints < _MOST_JOINTS and lexicon.may_be_part(text[part.begins :], index, last=False):
            cost = lexicon.head_score(index) + (lexicon.COMPOUND if part.stage == _FIRST else 0.0)
            behind = _Part(len(text), _LATER, part.joints + 1, part.prior + cost, index)
            if score + cost > worst:
                self._advance((score + cost, text, root, 0, False, behind, edits, confusions), i, states)
            if score + cost > worst and (letter == "s" or (letter == "e" and i + 1 < len(self.word))):
                behind = behind._replace(begins=len(text) + 1)
                _put(states[i + 1], (score + cost, text + letter, root, 0, False, behind, edits, confusions))
        prior = self.model.unigram(index)
        if known and part.stage == _FIRST and (self.may_split or (self.may_split_function_words and prior > _FREQUENT)):
            behind = _Part(len(text) + 1, _SPACED, 0, prior, index)
            start = (score + prior + self.channel.space_lost, text + " ", root, 0, False, behind, edits, confusions)
            self._advance(start, i, states)

    def _finish(self, path: _Path, found: dict[str, Candidate]) -> None:
        """Note a path that ends with the word, if a word ends there."""
        score, text, _, index, final, part, _, confusions = path
        likelihood = score - part.prior
        new = None
        if not final:
            if part.stage == _LATER and part.begins == len(text):  # a genitive, or what goes on behind a link
                new = Candidate(text, (part.word,), likelihood, part.prior, confusions)
        elif part.stage == _FIRST:
            new = Candidate(text, (index,), likelihood, None, confusions)
        elif lexicon.known_index(index):
            priors = self.model.unigram(index), part.prior
            if (
                part.stage == _SPACED
                and (max if self.may_split and self.word[0].islower() else min)(priors) > _FREQUENT
            ):
                new = Candidate(text, (part.word, index), likelihood, None, confusions)
            elif part.stage == _LATER and lexicon.may_be_part(text[part.begins :], index, last=True):
                prior = part.prior + lexicon.part_score(index)
                new = Candidate(text, (index,), likelihood, prior, confusions)
        if new is not None and (text not in found or new.total > found[text].total):
            found[text] = new


def _put(states: dict[tuple[str, int, int], _Path], path: _Path) -> None:
    key = (path[1], path[5].begins, path[5].stage)
    old = states.get(key)
    if old is None or path[0] > old[0]:
        states[key] = path


def _score(path: _Path) -> float:
    return path[0]


def _pruned(states: dict[tuple[str, int, int], _Path]) -> list[_Path]:
    """Return the most probable paths that end at one place, the best first."""
    if len(states) < 2:
        return list(states.values())
    ranked = sorted(states.values(), key=_score, reverse=True)[:_BEAM]
    worst = ranked[0][0] - _WIDTH
    return [path for path in ranked if path[0] > worst]
