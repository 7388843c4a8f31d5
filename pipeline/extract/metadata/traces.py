"""Traces of municipalities in a line: names, authorities, places, addresses, domains, committees, institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.metadata.gazetteer import WORD, Index
from pipeline.extract.metadata.lines import LONG_LINE, Line, Role, find_domains, owner_domain

AMONG_OTHERS = 0.4  # "samarbejde med X Kommune" is no sign that X is speaking
FROM = 1.5  # the sender's address in a mail's header
OWN = 1.25  # "I X Kommune ..." is one

TraceKind = Literal["kommune", "domain", "address", "body", "committee", "institution", "district", "town", "file"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PREPOSITIONS = _set("i på fra til ved hos omkring nær om for af over langs mellem")
_JOINERS = re.compile(r"\s*(?:,|/|og|samt|eller|&)\s*")
_AMONG = _set("med som fra til og samt mellem end hos andre eller både")
_AUTHORITIES = _set(
    "Byråd Byrådet Kommunalbestyrelse Kommunalbestyrelsen Rådhus Rådhuset Bibliotek Bibliotekerne Jobcenter"
    " Borgerservice Skolevæsen Municipality Ungdomsskole Familiecenter"
)
_SCHOOLS = _set("Skole Børnehus Dagtilbud SFO Plejecenter Børnehave Fritidscenter Idrætscenter")
_OTHERS = _set(
    "Universitet Universitetet Universitetshospital Hospital Sygehus Akademi Festival Amt Byret Stift Lufthavn Politi"
    " Seminarium Professionshøjskole Professionshøjskolen Erhvervsakademi Domkirke Havn Konventionen Handelsskole"
    " Lærerforening Retten Gade Allé Plads Landevej"
)
_KOMMUNE = re.compile(r"(?:regions)?kommunes?", re.IGNORECASE)
_DATELINE = re.compile(r",?\s+(?:den|d\.)\s*\d")
_FROM = re.compile(r"(?:Fra|From|Afsender)\s*:", re.IGNORECASE)
_SEATS = _set("byrådet kommunalbestyrelsen borgmesteren borgmester rådhuset byråd")
# Many towns have a committee of the same plain name; an abbreviation (BUU) is one town's own.
_COMMITTEE = re.compile(r"(?:udvalg(?:et)?|forvaltning(?:en)?)$")
_ANSWER_TO = re.compile(r"(?i)^(?:\w+ )?(?:høringssvar|brev|svar|henvendelse|ansøgning|bemærkninger) til$")
_STREET_NUMBER = re.compile(r"[^\W\d_]{3,} \d{1,3} ?[A-Za-z]?,\s*$")
ADDRESSEE = 1.6  # the title names whom the document is for
UNCODED = 0.8  # an address that has no postal code
_LETTERHEAD_REST = 35
CONTEXT = 3


@dataclass(frozen=True)
class Trace:
    """One trace: whose it is, what it is called in the evidence, and where it stands.

    `factor` is below 1 where the context speaks against the municipality being the one that speaks, or where several
    municipalities share the name.
    """

    municipality: str
    label: str
    kind: TraceKind
    role: Role
    factor: float


def line_traces(line: Line, text: str, known: Index) -> list[Trace]:
    """Return the traces in a line; `text` is the line with the first words of the next one behind it."""
    traces = _domain_traces(line, known)
    matches = list(WORD.finditer(text))
    words = [_recased(match.group(), known) for match in matches]
    position, accepted_end = 0, -1
    while position < len(words) and matches[position].start() < len(line.text):
        found = known.find(words, position)
        if found is None:
            position += 1
            continue
        size, name = found
        start, end = matches[position].start(), matches[position + size - 1].end()
        chained = 0 <= accepted_end <= start and bool(_JOINERS.fullmatch(text[accepted_end:start]))
        before = words[max(0, position - CONTEXT) : position]
        after = words[position + size : position + size + CONTEXT]
        context = _Context(line, text, known, name, start, end, before, after, chained)
        if added := context.traces():
            accepted_end = end
            traces += added
        position += size
    return traces


def file_name_traces(name: str, known: Index) -> list[Trace]:
    """Return the traces of the municipality whose name the file's name holds."""
    words = [word[:1].upper() + word[1:] for word in WORD.findall(re.sub(r"[_.\-]+", " ", name))]
    for start in range(len(words)):
        found = known.find(words, start)
        if found and (owners := known.owners[found[1]].get("name")):
            return [Trace(owner, "filnavnet", "file", "text", 1 / len(owners)) for owner in owners]
    return []


def _recased(word: str, known: Index) -> str:
    """Return a word in capitals as the gazetteer writes names; known abbreviations stay."""
    return word.title() if word.isupper() and word not in known.phrases else word


def _domain_traces(line: Line, known: Index) -> list[Trace]:
    traces = []
    for match in find_domains(line.text):
        domain = owner_domain(match.group(1), known.domains)
        if domain is None:
            continue
        main = ".".join(domain.split(".")[-2:])
        label = f"e-mail @{main}" if "@" in match.group() else main
        role: Role = "text" if line.role == "head" and len(line.text) > LONG_LINE else line.role
        traces.append(Trace(known.domains[domain], label, "domain", role, FROM if _FROM.match(line.text) else 1.0))
    return traces


@dataclass(frozen=True)
class _Context:
    """A known name in its line, and what stands around it."""

    line: Line
    text: str
    known: Index
    name: str
    start: int
    end: int
    before: list[str]
    after: list[str]
    chained: bool

    def traces(self) -> list[Trace]:
        owners = self.known.owners[self.name]
        following = self.after[0] if self.after else ""
        if "name" in owners and _KOMMUNE.fullmatch(following):
            return self._kommune(owners["name"], following)
        places = tuple(dict.fromkeys((*owners.get("name", ()), *owners.get("district", ()))))
        if places and following in _AUTHORITIES and "name" in owners:
            return self._share("kommune", owners["name"], f"{self.name} {following}")
        if places and following in _SCHOOLS:
            return self._share("institution", places, f"{self.name} {following}")
        if places:
            return self._address(places) or self._place(places, following)
        if "body" in owners:
            kind: TraceKind = "committee" if _COMMITTEE.search(self.name) else "body"
            return self._share(kind, owners["body"], self.name)
        return self._share("institution", owners["institution"], self.name)

    def _kommune(self, towns: tuple[str, ...], following: str) -> list[Trace]:
        previous = self.before[-1] if self.before else ""
        role, factor = self.line.role, 1.0
        letterhead = len(self.line.text) - (self.end - self.start) < _LETTERHEAD_REST
        if _ANSWER_TO.match(self.text[: self.start].strip()):
            role, factor = "recipient", ADDRESSEE
        elif previous.lower() in _AMONG:
            role, factor = ("text" if role == "head" else role), AMONG_OTHERS
        elif role == "head" and not letterhead:
            role = "text"
        elif role == "text" and not self.before and len(self.after) == 1:
            role = "head"
        if previous == "I":
            factor = OWN
        label = f"{self.name} {'Regionskommune' if 'region' in following.lower() else 'Kommune'}"
        return self._share("kommune", towns, label, role, factor)

    def _address(self, places: tuple[str, ...]) -> list[Trace]:
        """Return the traces of the municipalities that a postal code or a street and number before the place show."""
        if _STREET_NUMBER.search(self.text, 0, self.start):
            return self._share("address", places, f"adresse i {self.name}", factor=UNCODED)
        code = self.before[-1] if self.before else ""
        towns = self.known.postal_codes.get(code, ())
        if not towns or self.text[self.start - 1] not in " \t\xa0":
            return []
        role = "text" if self.line.role == "head" and len(self.line.text) > LONG_LINE else self.line.role
        return self._share("address", tuple(t for t in towns if t in places) or towns, f"{code} {self.name}", role)

    def _place(self, places: tuple[str, ...], following: str) -> list[Trace]:
        if following in _OTHERS or self._is_part():
            return []
        if _DATELINE.match(self.text, self.end):
            return self._share("kommune", places, f"{self.name}, den", "text")
        previous = self.before[-1] if self.before else ""
        seat = self.before[-2] if previous == "i" and len(self.before) > 1 else ""
        if seat.lower() in _SEATS:
            return self._share("kommune", places, f"{seat} i {self.name}")
        alone = not self.before and not self.after
        genitive = self.name.endswith("s") and following[:1].islower() and self.name[:-1] in self.known.owners
        if previous in _PREPOSITIONS or self.chained or alone or genitive:
            kind: TraceKind = "town" if "name" in self.known.owners[self.name] else "district"
            return self._share(kind, places, self.name)
        return []

    def _is_part(self) -> bool:
        """Return whether the name is only part of a longer word or an address on the web."""
        before, after = self.text[self.start - 1 : self.start], self.text[self.end : self.end + 1]
        return before in ("-", "@", ".") or after in ("-", "@")

    def _share(
        self, kind: TraceKind, towns: tuple[str, ...], label: str, role: Role | None = None, factor: float = 1.0
    ) -> list[Trace]:
        return [Trace(town, label, kind, role or self.line.role, factor / len(towns)) for town in towns]
