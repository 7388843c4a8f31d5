"""Splits Danish compounds into lemmas: rekrutteringsudfordring -> rekruttering, udfordring.

Of all ways to read a word as a row of known words with linking elements, the likeliest by the frequencies of its parts
is chosen (Koehn and Knight 2003, "Empirical methods for compound splitting"), so that a part that is itself a common
word stays whole (sygefraværsstatistik -> sygefravær, statistik). A word commoner than one of its parts (platform,
grundlag) is read as one. Dictionary: simplemma (MIT); frequencies: wordfreq (data CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from simplemma.strategies import DictionaryLookupStrategy
from wordfreq import zipf_frequency

MINIMUM_LENGTH = 6
# Costs are in Zipf values, log10 of the occurrences in a thousand million words: 3 is one in a million, and the least
# that wordfreq knows. A word of the dictionary alone must be RARE_LENGTH letters long: shorter ones are found anywhere.
CERTAIN = 9.0
RARE, RARE_LENGTH = 2.2, 5
# A linking element is a little less likely than none: straffe+spark, not straffes+park.
LINK = 0.5
# A word up to this frequency may be a compound of words that only the dictionary knows.
UNCOMMON = 3.6


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# So many words of three letters are endings or particles that the nouns among them are named.
SHORT_PARTS = _words("""
    arm ben bil bog bro bus by båd dag del dyr dør fag far fly fod fri fyr gas gå hal havn hus hår jord jul kor kort
    køn køb led liv lov lyd lys løb løn mad mer mor mål nat navn net ny nær nød ord pas plan ret ro rod rum råd sag
    sal salg sjov sko sky sne sol svar syn sø tab tal tid tog top træ tøj ude uge ung ven vej vin øje øl øre ånd år æg
""")
# Adverbs, prepositions and prefixes: what follows them is a derivation (fremstilling), no compound.
PARTICLES = _words("""
    alle allerede anden andet bagud bort deres efter eller fast foran forbi fore forud fort frem gennem god hans hele
    helt hende hver hvor igen igennem imod inde inden indre ingen lige man mere mest mindre modsat ned neden nogen oven
    over overfor rundt samme sammen selv siden tilbage tran uden under vide videre være
    anti astro demo ford homo inter para tele trans
""")
# Endings that happen to be words as well, and verbs whose compounds are verbs.
ENDINGS = _words("""
    ance ende endelse ender erne ering etter fuld hede kling lighed ligning ling ment ning rende rinde ring sion skab
    ømme bære føre give gøre komme lede lægge lægger rette stille sætte tage tager timer vise
""")
# Opaque words whose halves happen to be common.
WHOLE = _words("""
    forvaltning medarbejder samarbejde mandag tirsdag onsdag torsdag fredag lørdag søndag hverdag
    virksomhed udtryk vejleder virkelighed formiddag eftermiddag måltid supervision
""")
# First parts with a linking element that happen to be words with it.
LINKED = _words("gæste unge syge")
# A noun's inflections: definite, plural, both, and their genitives.
INFLECTIONS = (
    "",
    *sorted(
        _words("""
    e en enes ene ens er erne ernes ers es et ets n ne nes ns r rne rnes rs s t ts
""")
    ),
)
# Nouns so derived take an s before another part: a reading without it (stilling+sopslag) is none.
TAKE_S = ("ing", "hed", "tion", "sion", "else", "skab", "dom", "tet")


@lru_cache(maxsize=1)
def _word_list() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


@lru_cache(maxsize=200_000)
def _frequency(form: str) -> float:
    """Return a form's Zipf value, RARE where only the dictionary knows it, 0 of what may be no part."""
    if len(form) < 4 and form not in SHORT_PARTS:
        return 0.0
    frequency = zipf_frequency(form, "da")
    if frequency and len(form) == 4 and not _inflects(form):
        return 0.0
    if frequency or len(form) < RARE_LENGTH:
        return frequency
    return RARE if _listed(form) else 0.0


def _inflects(form: str) -> bool:
    """Return whether a form has endings as nouns, adjectives and verbs have."""
    return _is_noun(form) or any(_listed(form + ending) for ending in ("e", "n", "r"))


def _listed(form: str) -> bool:
    return _word_list().get_lemma(form, "da") is not None


@lru_cache(maxsize=200_000)
def _is_noun(form: str) -> bool:
    """Return whether a form is a noun in the singular: the dictionary has its definite form (tid: tiden)."""
    if form.endswith("e"):
        return _listed(form + "n") or _listed(form + "ts")  # behandlet is no noun, and has no genitive
    return any(_listed(form + ending) for ending in ("en", "et", form[-1] + "en", form[-1] + "et"))


def _noun(form: str) -> str | None:
    """Return the lemma of a form of a noun, or None: timer -> time, leder -> leder, børn -> barn."""
    if _is_noun(form):
        return form
    lemma = _word_list().get_lemma(form, "da")
    # A lemma longer than its form is a verb's, or a flaw of the list (børne: barnebarn).
    if lemma is None or len(lemma) > len(form) or not lemma.isalpha() or not lemma.islower():
        return None
    return lemma if _is_noun(lemma) else None


def _stems(form: str) -> Iterator[str]:
    """Yield what a first part may be without its linking element: arbejds -> arbejd, arbejde; natte -> natt, nat."""
    if form.endswith("s"):
        yield form[:-1]
        if _is_cut_short(form[:-1]):
            yield form[:-1] + "e"
    elif form.endswith("e"):
        yield form[:-1]
        if form[-3:-2] == form[-2:-1]:
            yield form[:-2]
    elif len(form) >= RARE_LENGTH and _is_cut_short(form):
        yield form + "e"


def _is_cut_short(form: str) -> bool:
    """Return whether a form is far rarer than with an e: arbejd, maskin."""
    return _frequency(form + "e") > _frequency(form) + 1


def _takes_no_link(form: str, frequency: float) -> bool:
    """Return whether the last letter of a first part is its own: hus, kursus; styre, råde."""
    if form in LINKED or not frequency:
        return False
    if form.endswith("s"):
        return _is_noun(form)
    return frequency > RARE and _word_list().get_lemma(form, "da") == form


class _Part(NamedTuple):
    """A part of a compound; `rarity` is what its frequency lacks of CERTAIN, `cost` counts its linking element too."""

    cost: float
    rarity: float
    lemma: str


class _Reading(NamedTuple):
    """The beginning of a word read as parts; `rarity` is that of its rarest part."""

    cost: float
    rarity: float
    lemmas: tuple[str, ...]

    def and_then(self, part: _Part) -> _Reading:
        return _Reading(self.cost + part.cost, max(self.rarity, part.rarity), (*self.lemmas, part.lemma))


@lru_cache(maxsize=200_000)
def _first(form: str) -> _Part | None:
    """Return a part that others follow, or None where it is no word."""
    if form in PARTICLES or (len(form) > 5 and form.endswith(TAKE_S)):
        return None
    frequency, lemma, link = _frequency(form), _noun(form) or form, 0.0
    if not _takes_no_link(form, frequency):
        for stem in _stems(form):
            if stem not in PARTICLES and _frequency(stem) > frequency:
                frequency, lemma, link = _frequency(stem), _noun(stem) or stem, LINK
    return _Part(CERTAIN - frequency + link, CERTAIN - frequency, lemma) if frequency else None


@lru_cache(maxsize=200_000)
def _last(form: str) -> _Part | None:
    """Return a last part, or None where it is no noun."""
    if form in ENDINGS or form in PARTICLES:
        return None
    frequency = _frequency(form)
    return _Part(CERTAIN - frequency, CERTAIN - frequency, form) if frequency and _is_noun(form) else None


@lru_cache(maxsize=200_000)
def split(lemma: str) -> tuple[str, ...]:
    """Return the lemmas that a lower-case noun is composed of, in order; empty when it is no clear compound."""
    if len(lemma) < MINIMUM_LENGTH or not lemma.isalpha() or lemma in WHOLE:
        return ()
    best = {0: _Reading(0.0, 0.0, ())}  # the cheapest reading of so many letters from the beginning
    for end in range(2, len(lemma) - 1):
        readings = [
            reading.and_then(part)
            for start, reading in best.items()
            if end - start > 1 and (part := _first(lemma[start:end]))
        ]
        if readings:
            best[end] = min(readings)
    wholes = [reading.and_then(part) for start, reading in best.items() if start and (part := _last(lemma[start:]))]
    if not wholes:
        return ()
    chosen = min(wholes)
    if zipf_frequency(lemma, "da") >= max(CERTAIN - chosen.rarity, UNCOMMON):
        return ()
    *first, last = chosen.lemmas
    # What stands before a rare compound may belong to its first part alone: (dag+behandling)+tilbud.
    return (*first, *((split(last) if _frequency(last) == RARE else ()) or (last,)))


@lru_cache(maxsize=200_000)
def lemma(form: str) -> str | None:
    """Return the lemma of an inflected compound that the dictionary does not hold, or None for any other word.

    The last part decides: medarbejdersiden -> medarbejderside, klyngelederne -> klyngeleder.
    """
    if not form.isalpha() or _listed(form):
        return None
    stems = {form.removesuffix(inflection) for inflection in INFLECTIONS}
    stems |= {stem[:-1] for stem in stems if stem != form and stem[-1:] == stem[-2:-1]}
    found = [(_frequency(parts[-1]), stem) for stem in stems if (parts := split(stem))]
    return max(found)[1] if found else None
