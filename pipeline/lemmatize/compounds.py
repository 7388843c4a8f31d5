"""Splits Danish compounds into lemmas: rekrutteringsudfordring -> rekruttering, udfordring.

Conservative: both sides must be common words, and commoner than the whole; a word that is commoner than one of its
halves (platform, grundlag) is read as one. After Koehn and Knight (2003), "Empirical methods for compound splitting",
with Danish linking elements. Dictionary: simplemma (MIT); frequencies: wordfreq (data CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from simplemma.strategies import DictionaryLookupStrategy
from wordfreq import zipf_frequency

MINIMUM_LENGTH = 7
# A Zipf value is log10 of the occurrences in a thousand million words: 3 is one in a million.
COMMON = 3.0


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# So many words of three letters are endings or particles that the nouns among them are named.
SHORT_PARTS = _words("""
    bog bus båd dag dyr fag far hal hus job kor lov lyd løb løn mad mor mål nat ord råd sag sal tal tab tid tog vej øre
""")
# Adverbs, prepositions and prefixes: what follows them is a derivation (fremstilling), no compound.
PARTICLES = _words("""
    alle allerede anden andet bagud bort deres efter eller fast foran forbi fore forud fort frem gennem god hans hele
    helt hende hver hvor igen igennem imod inde inden indre ingen lige man mere mellem mest mindre modsat ned neden
    nogen over rundt samme sammen selv siden tilbage tran ude uden under vide videre være
""")
# Endings that happen to be words as well.
ENDINGS = _words("ance ende ender erne ering fuld hede lighed ligning ling ning rende ring sion skab stand ømme")
# Opaque words whose halves happen to be common.
WHOLE = _words("""
    forvaltning medarbejder samarbejde mandag tirsdag onsdag torsdag fredag lørdag søndag hverdag
    virksomhed udtryk vejleder virkelighed
""")


@lru_cache(maxsize=1)
def _word_list() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


@lru_cache(maxsize=100_000)
def _lemma(form: str) -> str | None:
    """Return the lemma of a form that may be half of a compound, or None."""
    if (len(form) < 4 and form not in SHORT_PARTS) or zipf_frequency(form, "da") < COMMON:
        return None
    lemma = _word_list().get_lemma(form, "da")
    # A lemma much longer than its form is a flaw of the list (børne: barnebarn).
    if lemma is None or not lemma.isalpha() or not lemma.islower() or len(lemma) > len(form) + 1:
        return None
    # The dictionary knows no parts of speech: in a compound `leder` is a leader, not the verb `lede`.
    return form if form.endswith("er") else lemma


def _stems(first: str) -> Iterator[str]:
    """Yield what a first part may be without its linking element: arbejds -> arbejd, arbejde; børne -> børn."""
    yield first
    if first.endswith("s"):
        yield first[:-1]
        yield first[:-1] + "e"
    elif first.endswith("e"):
        yield first[:-1]


def _first(first: str) -> tuple[str, ...]:
    """Return the parts of everything before the last part; empty when it is no word and no compound."""
    if first in PARTICLES:
        return ()
    for stem in _stems(first):
        if stem not in PARTICLES and (lemma := _lemma(stem)):
            return split(stem) or (lemma,)
    return next((parts for stem in _stems(first) if (parts := split(stem))), ())


@lru_cache(maxsize=100_000)
def split(lemma: str) -> tuple[str, ...]:
    """Return the lemmas that a lower-case noun is composed of, in order; empty when it is no clear compound.

    Of several readings the one with the longest last part wins; each part is split further where it can be.
    """
    if len(lemma) < MINIMUM_LENGTH or not lemma.isalpha() or lemma in WHOLE:
        return ()
    whole = zipf_frequency(lemma, "da")
    for position in range(3, len(lemma) - 2):
        first, last = lemma[:position], lemma[position:]
        if last in ENDINGS or last in PARTICLES or _lemma(last) != last:
            continue
        parts = _first(first)
        if parts and whole < min(zipf_frequency(part, "da") for part in (*parts, last)):
            return (*parts, *(split(last) or (last,)))
    return ()
