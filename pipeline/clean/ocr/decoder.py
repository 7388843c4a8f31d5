"""The most probable text behind a damaged one: a beam search over candidates with the language model.

The words of a text are the steps of a lattice; a candidate goes over one of them, or over two whose space OCR added.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.clean import lexicon
from pipeline.clean.language_model import model
from pipeline.clean.ocr.candidates import Candidate, candidates, itself
from pipeline.clean.ocr.channel import WITHOUT_DANISH_LETTERS, Channel, Confusion
from pipeline.clean.ocr.tokens import Token

_BEAM = 10
_LANGUAGE = 0.85  # weight of the language model against the channel
_NAME_KNOWN, _NAME_UNKNOWN, _NAME_RECURRING, _NAME_COMPOUND = -4.0, -1.5, -2.0, -5.0
_COMPOUND_FOR_WORD, _COMPOUND_FOR_COMPOUND = -3.0, -1.5
# a function word so frequent is seldom a word that is so much rarer (natural logarithms)
_FUNCTION_WORD, _RARER, _RARE_FOR_FUNCTION_WORD = math.log(3e-3), 4.5, -4.0
_NOT_DANISH = -4.0  # for a change that brings no Danish letter, where it is those that were lost
_COMMON = math.log(2e-4)  # so frequent must be what short capitals stand for
_SHORTEST_JOINED = 5
_DANISH = re.compile("[æøåÆØÅ]")
_PLACE = re.compile(
    r"\B(?:gård|strøm|kjær|kær|næs|bæk|høj|sø|å|ø|bjærg|træ|skær|røn)(?:s|en|ens|vej|vejen|skolen|hus)?$"
)

Adaptation = Mapping[Confusion, float]


class Arc(NamedTuple):
    """A candidate for the tokens from `start` up to `end`, and its likelihood in this document."""

    start: int
    end: int
    candidate: Candidate
    likelihood: float
    own: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What the decoder makes of the tokens from `start` to `end`, how probable that is, and what else it weighed."""

    start: int
    end: int
    candidate: Candidate
    posterior: float
    own: bool
    rivals: tuple[tuple[Candidate, float], ...] = ()


def decode(
    tokens: Sequence[Token], text: str, through: Channel, names: frozenset[str], adaptation: Adaptation
) -> list[Decision]:
    """Return the decisions for the words that have an alternative, in their order."""
    arcs = [_arcs(tokens, i, text, through, names, adaptation) for i in range(len(tokens))]
    best = _best_path(arcs)
    return _weighed(best, arcs)


def _arcs(
    tokens: Sequence[Token], i: int, text: str, through: Channel, names: frozenset[str], adaptation: Adaptation
) -> list[Arc]:
    token = tokens[i]
    special = model().special
    if token.kind != "word":
        index = {"number": special.number, "comma": special.comma, "boundary": special.boundary}[token.kind]
        return [Arc(i, i + 1, Candidate(token.text, (index,), 0.0, None, ()), 0.0, True)]
    if token.fixed:
        return [Arc(i, i + 1, itself(token.text), 0.0, True)]
    found = []
    here = model().index(token.text.lower())
    frequency = model().unigram(here) if here >= 0 else -math.inf
    for candidate in candidates(token.text, through.name):
        own = candidate.text == token.text
        if token.acronym and not own and candidate.total - candidate.likelihood < _COMMON:
            continue
        likelihood = candidate.likelihood + sum(adaptation.get(confusion, 0.0) for confusion in candidate.confusions)
        if candidate.confusions and not own and through.name == WITHOUT_DANISH_LETTERS:
            likelihood += 0.0 if any(_DANISH.search(intended) for _, intended in candidate.confusions) else _NOT_DANISH
        if not own and candidate.prior is not None and lexicon.is_word(token.text):
            likelihood += _COMPOUND_FOR_WORD if lexicon.known(token.text) else _COMPOUND_FOR_COMPOUND
        if not own and frequency > _FUNCTION_WORD and candidate.total - candidate.likelihood < frequency - _RARER:
            likelihood += _RARE_FOR_FUNCTION_WORD
        if token.name and not own and not _is_place(candidate):
            known = model().index(token.text.lower()) >= 0
            likelihood += _NAME_KNOWN if known else _NAME_UNKNOWN
            likelihood += _NAME_RECURRING if token.text in names else 0.0
            is_compound = candidate.prior is not None and candidate.words[0] != special.unknown
            likelihood += _NAME_COMPOUND if is_compound else 0.0
        found.append(Arc(i, i + 1, candidate, likelihood, own))
    return found + _joined(tokens, i, text, through)


def _is_place(candidate: Candidate) -> bool:
    """Whether what was misread is the end that many Danish names of places and families have."""
    ending = _PLACE.search(candidate.text)
    if ending is None or not candidate.confusions:
        return False
    return any(_DANISH.search(intended) and intended in ending.group() for _, intended in candidate.confusions)


def _joined(tokens: Sequence[Token], i: int, text: str, through: Channel) -> list[Arc]:
    """Return the arcs over two tokens that one space parts and that make a word, if one of them is none."""
    if i + 1 >= len(tokens):
        return []
    one, other = tokens[i], tokens[i + 1]
    if other.kind != "word" or other.fixed or text[one.end : other.start] != " " or not other.text.islower():
        return []
    whole = one.text + other.text
    if len(whole) < _SHORTEST_JOINED or (lexicon.known(one.text) and lexicon.known(other.text)):
        return []
    return [
        Arc(i, i + 2, candidate, candidate.likelihood + through.space_added, False)
        for candidate in candidates(whole, through.name)
        if candidate.words[0] != model().special.unknown and len(candidate.words) == 1 and candidate.prior is None
    ]


class _State(NamedTuple):
    score: float
    arc: Arc | None
    before: _State | None


def _best_path(arcs: Sequence[Sequence[Arc]]) -> list[Arc]:
    """Return the arcs of the most probable way through the lattice."""
    boundary = model().special.boundary
    beams: list[dict[tuple[int, int], _State]] = [{} for _ in range(len(arcs) + 1)]
    beams[0][boundary, boundary] = _State(0.0, None, None)
    for i, leaving in enumerate(arcs):
        beam = sorted(beams[i].items(), key=lambda item: (-item[1].score, item[0]))[:_BEAM]
        beams[i] = {}
        alone = len(beam) == 1 and len(leaving) == 1
        for context, state in beam:
            for arc in leaving:
                gain, after = (0.0, _after(context, arc.candidate)) if alone else _step(context, arc)
                reached = beams[arc.end]
                old = reached.get(after)
                if old is None or state.score + gain > old.score:
                    reached[after] = _State(state.score + gain, arc, state)
    last: _State | None = max(beams[-1].items(), key=lambda item: (item[1].score, item[0]))[1]
    path: list[Arc] = []
    while last is not None and last.arc is not None:
        path.append(last.arc)
        last = last.before
    return path[::-1]


def _after(context: tuple[int, int], candidate: Candidate) -> tuple[int, int]:
    boundary = model().special.boundary
    for word in candidate.words:
        context = (boundary, boundary) if word == boundary else (context[1], word)
    return context


def _step(context: tuple[int, int], arc: Arc) -> tuple[float, tuple[int, int]]:
    """Return log P(arc | context) and the context after it."""
    candidate = arc.candidate
    if candidate.prior is not None:
        return arc.likelihood + candidate.prior + model().unseen(*context), _after(context, candidate)
    total, (first, second) = arc.likelihood, context
    score, boundary = model().score, model().special.boundary
    for word in candidate.words:
        total += _LANGUAGE * score(first, second, word)
        first, second = (boundary, boundary) if word == boundary else (second, word)
    return total, (first, second)


def _weighed(path: Sequence[Arc], arcs: Sequence[Sequence[Arc]]) -> list[Decision]:
    """Return the posterior of each decision among its alternatives, the rest of the path held fixed."""
    boundary = model().special.boundary
    decisions = []
    context = (boundary, boundary)
    for place, arc in enumerate(path):
        following = [later.candidate for later in path[place + 1 : place + 3]]
        rivals = [other for other in arcs[arc.start] if other.end == arc.end]
        if len(rivals) > 1 or arc.end - arc.start > 1:
            top = _in_context(context, arc, following)
            others = [
                (other.candidate, _in_context(context, other, following) - top) for other in rivals if other != arc
            ]
            if arc.end - arc.start > 1:
                others.append((arc.candidate, _apart(context, arc, arcs, following) - top))
            posterior = 1 / (1 + sum(math.exp(min(gap, 50.0)) for _, gap in others))
            weighed = tuple((other, posterior * math.exp(min(gap, 50.0))) for other, gap in others if gap > _LIKELY)
            decisions.append(
                Decision(arc.start, arc.end, arc.candidate, posterior, arc.own, ((arc.candidate, posterior), *weighed))
            )
        context = _after(context, arc.candidate)
    return decisions


def _in_context(context: tuple[int, int], arc: Arc, following: Sequence[Candidate]) -> float:
    total, context = _step(context, arc)
    for candidate in following:
        gain, context = _step(context, Arc(0, 0, candidate, 0.0, True))
        total += gain
    return total


def _apart(
    context: tuple[int, int], joined: Arc, arcs: Sequence[Sequence[Arc]], following: Sequence[Candidate]
) -> float:
    """Return the score of the best two candidates in place of one that goes over two tokens."""
    best = -math.inf
    for one in arcs[joined.start]:
        if one.end == joined.start + 1:
            gain, after = _step(context, one)
            for other in arcs[one.end]:
                if other.end == joined.end:
                    best = max(best, gain + _in_context(after, other, following))
    return best


def adapted(decisions: Sequence[Decision], through: Channel) -> dict[Confusion, float]:
    """Return by how much each confusion is more probable in a document than in general, from its sure repairs.

    What is read for a letter hangs on font and scan, and so hardly changes within a document.
    """
    counts: dict[str, dict[str, float]] = {}
    for decision in decisions:
        for candidate, probability in decision.rivals:
            for observed, intended in candidate.confusions:
                by = counts.setdefault(intended, {})
                by[observed] = by.get(observed, 0.0) + probability
    changes = {}
    for observed, options in through.confusions.items():
        for intended, score in options:
            if intended in counts:
                seen = counts[intended]
                probability = math.exp(score)
                now = (seen.get(observed, 0.0) + _WEIGHT * probability) / (sum(seen.values()) + _WEIGHT)
                changes[observed, intended] = math.log(now) - score
    return changes


_LIKELY = -5.0  # natural logarithms below the best, from which a rival counts
_WEIGHT = 10.0  # of what was learnt, in letters of the document
