"""The persons of one document: once a name is found, it is found again wherever the document names its bearer.

First name or surname alone, the genitive, initials that a list explains, capital letters, a letter lost to OCR: all of
them go where the full name went. A person who holds an office stays by every name that no other person shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from pipeline.report.privacy import lexicon
from pipeline.report.privacy.lexicon import UPPER
from pipeline.report.privacy.names import Mention

_FORM = re.compile(rf"(?<![\w@])[{UPPER}0-9$¢£€][^\s,;:()\[\]\"/<>|?!=]{{3,40}}")
_SHORT, _LONG = 5, 9  # letters of a name in which one, or two, may be damaged
_FULL = 2
_THREE = 3
_INITIALS = re.compile(rf"[ \t]*[(\[,/–-][ \t]*([{UPPER}]{{2,5}})\b[)\]]?")
_PARTIES = re.compile(r"SF|DF|LA|EL|RV|KF|KD|DD|NB|DLF|BUPL|FOA|HK|TR|AMR|FTR|MED|LFS|BUF|OAO|AC|SL|BKF")
_AFTER_NOUN = r"(?:i|på|af|ved|til|med|for|fra|om|under|over|mod|som|der|bag|eller)\b"


@dataclass
class Persons:
    """Words by which a document calls persons who hold no office (`private`) and who hold one (`held`)."""

    private: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    held_names: set[tuple[str, ...]] = field(default_factory=set)
    full: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, text: str, found: Sequence[Mention]) -> Persons:
        """Collect the persons of a document from the names found in its text."""
        persons = cls(held_names={_key(mention) for mention in found if mention.held and len(mention.words) > 1})
        for names in persons.held_names:
            persons.held |= {names[0], names[-1]}
        for mention in found:
            if not mention.held and not persons.stays(mention):
                persons._take(mention)
        persons.initials = {letters for letters, mention in initials(text, found) if not persons.stays(mention)}
        return persons

    def _take(self, mention: Mention) -> None:
        words = [lexicon.bare(word) for word in mention.words if word[:1].isupper()]
        if len(words) >= _FULL:
            self.full.add(_key(mention))
        for word in words if len(words) >= _FULL else words[:1]:
            common = lexicon.kind(word).startswith("both") or lexicon.kind(word) in ("common", "institution")
            (self.weak if common else self.private).add(word)

    def stays(self, mention: Mention) -> bool:
        """Return whether a name is one of a person who holds an office, and of nobody else."""
        if mention.held:
            return True
        names = _key(mention)
        if len(names) > 1:
            return any(_same(names, held) for held in self.held_names)
        return names[0] in self.held and names[0] not in self.private

    def matcher(self) -> re.Pattern[str] | None:
        """Return the pattern of all their names, longest first; None where the document names nobody."""
        full = sorted({" ".join(names) for names in self.full}, key=lambda name: (-len(name), name))
        forms = [_spaced(name) for name in full]
        single = sorted(self.private - self.held, key=lambda name: (-len(name), name))
        forms += [re.escape(name) for word in single for name in {word, word.upper()} if len(word) > 1]
        weak = sorted(self.weak - self.held)
        forms += [rf"(?<=[a-zæøå,] ){re.escape(word)}" for word in weak if len(word) > 1]
        # At the beginning of a sentence a name that is a word is a name where a verb seems to follow.
        forms += [rf"{re.escape(word)}(?= (?!{_AFTER_NOUN}|og [a-zæøå])[a-zæøå]|, [A-ZÆØÅ])" for word in weak]
        forms += [re.escape(letters) for letters in sorted(self.initials)]
        if not forms:
            return None
        return re.compile(
            rf"(?<![\w-])(?:[{UPPER}]\. ?){{0,2}}(?:{'|'.join(forms)})(?:['’]?s|['’])?(?![\w]|-(?=[a-zæøå]{{3}}))"
        )

    def found_again(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Yield where else the document names them: (start, end, score)."""
        matcher = self.matcher()
        if matcher is not None:
            for found in matcher.finditer(text):
                yield found.start(), found.end(), 0.8
        targets = sorted(word for word in self.private if len(word) >= _SHORT)
        for found in _FORM.finditer(text) if targets else ():
            form = found.group().rstrip(".-–'’*")
            if _is_damaged(form, targets, self.held):
                yield found.start(), found.start() + len(form), 0.6


def _key(mention: Mention) -> tuple[str, ...]:
    return tuple(lexicon.bare(word) for word in mention.words if word[:1].isupper()) or mention.words


def _same(names: tuple[str, ...], held: tuple[str, ...]) -> bool:
    return names == held or (names[0] == held[0] and names[-1] == held[-1])


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def _is_damaged(form: str, targets: Iterable[str], held: set[str]) -> bool:
    """Whether a form is one of the names with a letter or two read wrongly, and no word or name of its own."""
    if len(form) < _SHORT or form in held:
        return False
    letters = form.isalpha()
    if letters and lexicon.kind(form) not in ("unknown", "abbreviation"):
        return False
    for name in targets:
        allowed = 2 if len(name) >= _LONG else 1
        if abs(len(form) - len(name)) <= allowed and OSA.distance(form, name, score_cutoff=allowed) <= allowed:
            return True
    return False


def initials(text: str, found: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    """Yield the initials that the text gives right after a name: `Anne Holm (AH)`."""
    for mention in found:
        match = _INITIALS.match(text, mention.end)
        if match and not _PARTIES.fullmatch(match[1]) and _are_initials(match[1], mention.words):
            yield match[1], mention


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are those of a name in order: its initials, or (`JEHAN` for Jens Hansen) more of it."""
    if letters[0] != words[0][:1].upper():
        return False
    if letters[-1] in {word[:1].upper() for word in words[1:]}:
        return True
    rest = iter("".join(words).upper())
    return len(letters) > _THREE and all(letter in rest for letter in letters)
