"""Finds the names of persons in one document, by what several signs say together.

A run of capitalised words is a name where its words are in the lists of names, where the pipeline's model took it for
a person, where the words before it announce one (`kontaktperson:`, `med venlig hilsen`, `lærer`), or where it stands
in a list of those present. Two capitalised words that nothing explains are a name too: in doubt, it is taken out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.report.privacy import lexicon, offices
from pipeline.report.privacy.lexicon import UPPER

_NAME = rf"[{UPPER}](?:[^\W\d_]|['’](?=[^\W\d_]))*(?:-[^\W\d_]+)*"
_INITIAL = rf"(?:[{UPPER}]|Chr|Th|Kr|Fr|Aa|Nic|Vald)\."
_PARTICLE = r"(?:van|von|de|den|der|du|da|dos|do|la|le|el|al|bin|bint|ibn|af|av|á|zu|ter|ten|ul|ud|di|del|della|y)"
_GAP = r"(?: |\u00a0|\n(?!\n))"
_SEQUENCE = re.compile(
    rf"(?<![\w@./-])(?:{_INITIAL}|{_NAME})(?:{_GAP}?(?<=[ \u00a0\n.])(?:{_PARTICLE}{_GAP}){{0,2}}(?:{_INITIAL}|"
    rf"{_NAME}))*"
)
_WORD = re.compile(rf"{_INITIAL}(?!\w)|[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What announces a person right after it.
_LABEL = re.compile(
    r"(?i)(?:kontaktperson|kontakt|referent|ref\.|ordstyrer|mødeleder|dirigent|sagsbehandler|sagsansvarlig|tovholder|"
    r"projektleder|att\.?|c/o|v/|vedr(?:ørende|\.)|(?:med )?venlig(?:e)? hilsen|mvh\.?|vh\.?|kærlig hilsen|hilsen|"
    r"hr\.?|fru|"
    r"frk\.?|underskrift|navn|afsender|modtager|skrevet af|udarbejdet af|forfatter|indkaldt af|oplæg (?:v/|ved)|ved|"
    r"borgeren?|eleven|barnet|moren?|faren|kollega(?:en)?|tillids\w*|arbejdsmiljørepræsentant(?:en)?|\b[fta]m?r|amr|"
    r"ftr|"
    r"lærer(?:en)?|skoleleder(?:en)?|leder(?:en)?|pædagog(?:en)?|medhjælper(?:en)?|konsulent(?:en)?|"
    r"\w+konsulent(?:en)?|"
    r"\w+leder(?:en)?|sosu\w*|sygeplejerske(?:n)?|psykolog(?:en)?|vikar(?:en)?|medarbejder(?:en)?|\w+assistent(?:en)?|"
    r"\w+medarbejder(?:en)?|\w+lærer(?:en)?|\w+pædagog(?:en)?|næstformand(?:en)?|formand(?:en)?|sekretær(?:en)?|"
    r"afbud(?: fra)?|"
    r"suppleant|stedfortræder|vikar for|fraværende|dear|kære|hej|født|søn|datter)\W{0,3}\s?$"
)
# Of these, the ones that announce a person after an empty line.
_OPENS = re.compile(r"(?i)(?:hilsen|vh\.?|afsender|modtager|sagsbehandler|navn|underskrift|vegne|:)\W*$")
_ATTENDANCE = re.compile(
    r"(?im)^[^\w\n]*(?:\w+ (?=til ?stede|deltog))?(?:(?:møde)?deltager(?:e|ne|liste)?|til ?stede|tilstedeværende|"
    r"medlemmer|afbud|fraværende|fravær|referent|ref\.|"
    r"ordstyrer|mødeleder|dirigent|suppleant(?:er)?|underskrift(?:er)?|indkaldte|inviterede|gæster?|øvrige deltagere|"
    r"(?:medarbejder|leder|ledelses|fælles)\w*repræsentanter|(?:a|b)-siden|ledelsen|medarbejdersiden|ledelsessiden|"
    r"fremmødte|"
    r"(?:fra|for) (?:forvaltningen|administrationen|ledelsen|medarbejderne)|kopi til|sendt til|cc|modtagere|"
    r"udvalgets medlemmer|udvalget består af|"
    r"desuden deltog|endvidere deltog|mødeledelse|kontaktpersoner?|deltog(?: i mødet)?)\b(?:[^:\n]{0,40}:|[ \t]*$|"
    r"(?-i:(?=\s+[A-ZÆØÅ])))"
)
_NAMED_BEFORE = re.compile(rf"([{UPPER}]\w+)(?: [{UPPER}]\w*\.?)?(?:,| og|, og) $")
_NAMED_AFTER = re.compile(rf"(?:,| og|, og) ([{UPPER}]\w+)")
# A product's name is more than a word: Google Education, Smart IT.
_PRODUCT_BEFORE = re.compile(rf"[a-zæøå],? (?:Google|Microsoft|Apple|Adobe|[{UPPER}]{{2,5}}) $")
_PRODUCT_AFTER = re.compile(rf" [{UPPER}]{{2,4}}(?![\w.])")
_SMALL = re.compile(r"(?<![\w@.'’-])[a-zæøåéüö]{4,}(?![\w@'’-]|\.\w)")
_LISTED = 110  # characters; a list goes on as long as its lines are this short
_LONGEST_LIST = 45  # lines
_PROFESSION = re.compile(
    r"(?i).*(?:mester|rådmand|chef|direktør|leder|lærer|pædagog|konsulent|formand|sekretær|medhjælper|assistent|"
    r"arbejder|"
    r"repræsentant|rådgiver|behandler|psykolog|vejleder|koordinator|inspektør|minister|medlem|fuldmægtig|sygeplejerske|"
    r"elev|borger|ansat|studerende|ordfører|professor|forsker|vikar|pedel|bestyrer|vært|ansvarlig|partner)(?:en|n|e|"
    r"er|ne)?"
)
# What people do, and what comes after their names.
_SAYS = re.compile(
    r" (?:fortalte|fortæller|spurgte|spørger|mente|mener|oplyste|oplyser|orienterede|orienterer|svarede|svarer|"
    r"foreslog|foreslår|"
    r"ønskede|ønsker|roste|roser|takkede|takker|gennemgik|gennemgår|fremlagde|fremlægger|bemærkede|bemærker|nævnte|"
    r"nævner|"
    r"efterlyste|efterlyser|tilsluttede|pegede|peger|undrede|spurgt|supplerede|supplerer|redegjorde|redegør|opfordrede|"
    r"opfordrer|kommenterede|indvendte|understregede|forklarede|tilføjede|siger|sagde|ringer|ringede|skriver|skrev|"
    r"sender|"
    r"sendte|indkalder|undersøger|følger op|tager|kontakter|laver|har sagt|har talt|har aftalt|har ferie|melder|meldte|"
    r"deltog|deltager|bød|byder|lovede|lover|henviste|savnede|kvitterede|uddybede|sammenfattede|noterede|opsagde|"
    r"støtter|"
    r"bekymrer sig|er bekymret|er glad|er tilfreds|er sygemeldt|er skeptisk|var skeptisk|er enig|var enig)\b"
)
_TWO = 2
_LONGEST_ABBREVIATION = 3  # letters of a lone word in capitals that is not taken for a name
_HEAD = 500  # characters that say who meets
_LONGEST_NAME = 4  # words
_SHORT_NAME = 10  # letters; a longer compound is no surname that nothing announces
_WORDS = ("common", "compound", "abbreviation")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name: where it stands, its words without initials, how sure it is (0-1), whether it may stay."""

    start: int
    end: int
    words: tuple[str, ...]
    score: float
    held: bool


@dataclass(frozen=True)
class Entities:
    """What the pipeline's model found in a text: half-open spans of persons and of anything else, sorted."""

    persons: Sequence[tuple[int, int]] = ()
    others: Sequence[tuple[int, int]] = ()


def mentions(text: str, entities: Entities, places: frozenset[str]) -> list[Mention]:
    """Return the names of persons in a document's text, in order; `places` are words of names of places."""
    listed = list(_lists(text))
    political = offices.is_political(text[:_HEAD])
    found = [*_sequences(text, entities, places, listed, political), *_lower_case(text, listed)]
    return sorted(found, key=lambda mention: mention.start)


def _sequences(
    text: str, entities: Entities, places: frozenset[str], listed: list[tuple[int, int, bool]], political: bool
) -> Iterator[Mention]:
    for found in _SEQUENCE.finditer(text):
        words = [(found.start() + m.start(), found.start() + m.end(), m.group()) for m in _WORD.finditer(found.group())]
        is_listed = any(first <= found.start() < last for first, last, _ in listed)
        for chunk, named in _chunks(words, text, entities, is_listed):
            start, end = chunk[0][0], chunk[-1][1]
            within = next((staff for first, last, staff in listed if first <= start < last), None)
            score = 0.0 if named else _score(text, chunk, entities, places, within is not None)
            if score:
                held = offices.is_held(text, start, end, political) or (political and within is False)
                while end < len(text) and text[end].isalnum():
                    end += 1  # a digit that OCR put for a letter
                names = tuple(lexicon.titled(word) for _, _, word in chunk if not word.endswith("."))
                yield Mention(start, end, names, score, held)


Word = tuple[int, int, str]


def _chunks(words: list[Word], text: str, entities: Entities, is_listed: bool) -> Iterator[tuple[list[Word], bool]]:
    """Yield the runs of words that may be a name, and whether an institution is named by it (Peder Lykkes Skole)."""
    run: list[Word] = []
    for word in words:
        form = word[2]
        kind = "particle" if form[:1].islower() else lexicon.kind(form)
        if form.endswith("."):
            kind = "initial"
        broken = run and "\n" in text[run[-1][1] : word[0]] and not _wraps(text, run[-1][1])
        if broken:
            yield from _closed(run, False)
            run = []
        if _PROFESSION.fullmatch(form) and not lexicon.is_listed_name(form):
            kind = "common"
        if kind in _WORDS:
            follows = any(_goes_on(text, word, other) for other in words)
            announced = (bool(run) or follows) and (is_listed or _is_announced(text, (run or [word])[0][0]))
            wrapped = bool(run) and "\n" in text[run[-1][1] : word[0]] and not lexicon.is_listed_name(form)
            kind = "unknown" if not wrapped and _is_surname(word, run, entities, announced) else kind
        if kind == "compound" and len(form) <= _SHORT_NAME and word[0] and text[word[0] - 1] == " ":
            kind = "unknown" if len(words) == 1 else kind
        if kind in ("common", "compound", "institution", "abbreviation") or (kind == "particle" and not run):
            yield from _closed(run, kind == "institution")
            run = []
        else:
            run.append(word)
    yield from _closed(run, False)


def _is_surname(word: Word, run: list[Word], entities: Entities, announced: bool) -> bool:
    """Whether a common word with a capital letter is part of a name: Rose Kvist, kontaktperson Gry Mørkeberg."""
    form = word[2]
    barred = lexicon.titled(form) in lexicon.no_names() and not (run and form in ("Vest", "Nord", "Syd", "Øst"))
    if len(run) >= _LONGEST_NAME or barred or re.search(r"-[a-zæøå]", form) or _PROFESSION.fullmatch(form):
        return False
    given = bool(run) and lexicon.kind(run[0][2]) in ("given", "both_given")
    if lexicon.kind(word[2]) == "abbreviation":
        return given and all(form.isupper() for _, _, form in run)
    return given or announced or _meets(entities.persons, word[0], word[1], longer=True)


def _goes_on(text: str, word: Word, other: Word) -> bool:
    """Whether the other word is the next on the line and may be the surname to it; a given name after it is not."""
    near = other[0] == word[1] + 1 and text[word[1]] != "\n" and other[2][:1].isupper()
    return near and lexicon.kind(other[2]) not in ("given", "both_given", "institution")


def _is_announced(text: str, start: int) -> bool:
    """Whether the words before say that a person's name follows."""
    before = text[max(0, start - 40) : start]
    if "\n\n" in before[len(before.rstrip()) :] and not _OPENS.search(before):
        return False
    return bool(_LABEL.search(before))


def _wraps(text: str, position: int) -> bool:
    """Whether a line that ends here is long enough to have been broken for its length."""
    return position - (text.rfind("\n", 0, position) + 1) > 45


def _closed(run: list[Word], named: bool) -> Iterator[tuple[list[Word], bool]]:
    while run and run[-1][2][:1].islower():
        run = run[:-1]
    if run and not all(word.endswith(".") for _, _, word in run):
        yield run, named


def _score(text: str, chunk: list[Word], entities: Entities, places: frozenset[str], in_list: bool) -> float:
    """Return how sure it is that the words are a person's name, 0 where they are none."""
    start, end = chunk[0][0], chunk[-1][1]
    words = [word for _, _, word in chunk if not word.endswith(".") and word[:1].isupper()]
    kinds = [lexicon.kind(word) for word in words]
    person, other = _meets(entities.persons, start, end), _meets(entities.others, start, end, longer=True)
    announced = _is_announced(text, start)
    placed = all(lexicon.bare(word) in places for word in words)
    if in_list and not (person or announced) and _is_workplace(text, start, end, kinds):
        return 0.0
    initial = len(words) < len(chunk) and any(word.endswith(".") for _, _, word in chunk)
    if len(words) >= _TWO:
        return _of_several(words, kinds, person, other, announced or in_list, placed, places)
    kind = kinds[0]
    short = words[0].isupper() and len(words[0]) <= _LONGEST_ABBREVIATION
    if (short and not (announced or in_list)) or (placed and not (person or announced)):
        return 0.0
    if kind == "given":
        return 0.8 if not other or announced or in_list else 0.0
    if kind == "surname":
        return 0.7 if not other or announced or in_list else 0.0
    sign = announced or in_list or person or initial
    if kind.startswith("both"):
        middle = re.search(r"[\wæøå,] $", text[max(0, start - 2) : start])
        said = _SAYS.match(text, end)
        beside = _is_beside_name(text, start, end)
        return 0.6 if (person and middle) or said or beside or announced or initial or (in_list and not placed) else 0.0
    if announced and not (other and placed):
        return 0.6
    if placed or lexicon.bare(words[0]) in places or (other and not person):
        return 0.0
    if not in_list and _is_product(text, start, end):
        return 0.0
    return 0.6 if sign or _SAYS.match(text, end) else 0.5 if _is_unexplained(text, start, words[0], entities) else 0.0


def _is_workplace(text: str, start: int, end: int, kinds: list[str]) -> bool:
    """Whether the words stand in brackets, as a workplace does after a name, and none is a name for sure."""
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return bracketed and kinds[0] not in ("given", "both_given") and kinds[-1] != "surname"


def _is_product(text: str, start: int, end: int) -> bool:
    return bool(_PRODUCT_BEFORE.search(text[max(0, start - 40) : start]) or _PRODUCT_AFTER.match(text, end))


def _is_beside_name(text: str, start: int, end: int) -> bool:
    """Whether a word is enumerated with a given name: `Elliot, Noor og Saga`."""
    before, after = _NAMED_BEFORE.search(text[max(0, start - 40) : start]), _NAMED_AFTER.match(text, end)
    return any(found and lexicon.kind(found[1]) == "given" for found in (before, after))


def _is_unexplained(text: str, start: int, word: str, entities: Entities) -> bool:
    """Whether a word that no list knows has a capital letter inside a sentence and is nothing else to the model."""
    inside = re.search(r"[\wæøå,] $", text[max(0, start - 2) : start])
    whole = word[1:].islower() and lexicon.kind(word) in ("unknown", "compound")
    return bool(inside) and whole and not _meets(entities.others, start, start + len(word))


def _of_several(
    words: list[str], kinds: list[str], person: bool, other: bool, sign: bool, placed: bool, places: frozenset[str]
) -> float:
    if kinds[0] == "given":
        return 0.95
    if placed or (lexicon.bare(words[0]) in places and not kinds[0].startswith("both")):
        return 0.0
    if person:
        return 0.9
    if kinds[0] == "both_given":
        return 0.8 if kinds[-1] != "unknown" or not other else 0.0
    if "given" in kinds or kinds[-1] == "surname":
        return 0.85 if not other or sign else 0.0
    if sign and not other:
        return 0.7
    in_place = any(lexicon.bare(word) in places for word in words)
    return 0.0 if other or in_place or "both_surname" in kinds[:1] else 0.5


def _meets(spans: Sequence[tuple[int, int]], start: int, end: int, longer: bool = False) -> bool:
    """Whether a span meets one of the spans, or, with `longer`, one that goes beyond it or that more words make up."""
    index = bisect_left(spans, (start, 0))
    near = [(first, last) for first, last in spans[max(0, index - 1) : index + 3] if first < end and start < last]
    return any(first < start or end < last for first, last in near) if longer else bool(near)


def _lists(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of lists of persons, and whether they are of staff rather than of a committee's members."""
    for found in _ATTENDANCE.finditer(text):
        position, lines = found.end(), 0
        rest = text.find("\n", position)
        end = len(text) if rest < 0 else rest
        open_ended = not text[position:end].strip(" :\t,") or text[position:end].rstrip().endswith((",", ";", "og"))
        while open_ended and end < len(text) and lines < _LONGEST_LIST:
            stop = text.find("\n", end + 1)
            stop = len(text) if stop < 0 else stop
            line = text[end + 1 : stop].strip()
            if lines and (len(line) > _LISTED or re.search(r"[a-zæøå]{3}[.!?]$", line) or _ATTENDANCE.match(line)):
                break
            if line and not re.search(rf"[{UPPER}]|^\W*[a-zæøå]+ [a-zæøå]+\W*$", line):
                break
            if lines > 1 and not line and not _named(text, stop):
                break
            lines, end = lines + 1, stop
        yield position, end, bool(offices.STAFF_LIST.match(found.group().strip()))


def _named(text: str, position: int) -> bool:
    """Whether the line after this position begins with a name."""
    match = _SEQUENCE.match(text, position + 1)
    return match is not None and any(
        lexicon.kind(word) in ("given", "both_given") for word in match.group().split()[:1]
    )


def _lower_case(text: str, listed: Iterable[tuple[int, int, bool]]) -> Iterator[Mention]:
    """Yield names without capital letters: in a list of persons, and such as are no word otherwise."""
    for found in _SMALL.finditer(text):
        if found.group() in lexicon.written_small():
            yield Mention(found.start(), found.end(), (lexicon.titled(found.group()),), 0.5, False)
    for start, end, _ in listed:
        for item in re.finditer(r"[^,;\n\t•|()/]+", text[start:end]):
            words = item.group().split()
            first = lexicon.titled(words[0]) if words else ""
            plain = all(re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?", word) and word.islower() for word in words)
            if plain and 1 < len(words) < 5 and (first in lexicon.given_names()):
                lead = len(item.group()) - len(item.group().lstrip())
                begin = start + item.start() + lead
                stop = start + item.start() + len(item.group().rstrip())
                yield Mention(begin, stop, tuple(map(lexicon.titled, words)), 0.8, False)
