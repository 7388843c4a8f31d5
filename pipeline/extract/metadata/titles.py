"""The title of a document and the body (committee, board, department) that speaks or meets."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pipeline.dates import find_dates
from pipeline.extract.metadata.gazetteer import WORD, index
from pipeline.extract.metadata.kinds import kind_named
from pipeline.extract.metadata.lines import Line
from pipeline.settings import Gazetteer

TOP_LINES, BODY_LINES, LONGEST, MIN_WORDS = 25, 12, 160, 3

_SUBJECT = re.compile(
    r"^(?:Emne|Vedr(?:ørende|\.)?|Angående|Ang\.|Titel|Overskrift|Subject)\s*:?\s+(?P<title>\S.{3,})", re.IGNORECASE
)
_SALUTATION = re.compile(r"^(?:Kære|Hej|Til rette vedkommende)\b")
_LABEL = re.compile(
    r"^(?:[A-ZÆØÅ][\w-]*(?: [\w-]+){0,2}\s*:"
    r"|(?:Mødedato|Mødested|Dato|Tid|Sted|Deltagere|Til|Fra|Side|Tlf|Sagsnr|J\.\s?nr)\b)",
    re.IGNORECASE,
)
# Addresses, breadcrumbs, letterheads and numbers.
_FORMAL = re.compile(
    r"@|\bwww\.|\.dk\b|\b\d{4} [A-ZÆØÅ]|\d{5,}|[›»·\t]|\bKommunes?\b|^[\W\d_]+$|\bkl\. ?\d"
    r"|[^\W\d_] \d{1,3}[A-Z]?(?:,|$)|^(?:punkt|pkt\.?)?\s*\d+[.):]\s",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:\b(?:og|eller|for|i|af|til|om|på|ved|med|fra|den|det|en|et|samt|ml\.|vedr\.|d\.|mellem)|[-–,&])$",
    re.IGNORECASE,
)
_BARE_ANNEX = re.compile(r"^bilag \w+$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:om|vedrørende|vedr\.|angående)\b", re.IGNORECASE)
# Sentences, labels and lines of a table of contents end like this.
_NO_END = re.compile(r"[.…]{3,}\s*\d*$|(?<!\bd)(?<!\bml)(?<!\bvedr)[.,;:]$")
_READABLE = re.compile(r"(?<![0-9a-f])[^\W\d_]{4,}", re.IGNORECASE)
_HASH = re.compile(r"\b(?=\w*\d)[0-9a-f]{8,}\b", re.IGNORECASE)

_NAME = r"[A-ZÆØÅ][\wæøåÆØÅ]*-?"
_BODY = re.compile(
    rf"\bUdvalget for {_NAME}(?:(?:,| og| &) {_NAME})*"
    rf"|(?:{_NAME},? (?:{_NAME},? )?(?:og|&) )?\b[A-ZÆØÅ]\w*-?(?:udvalg(?:et)?|forvaltning(?:en)?)\b"
    rf"|\b[A-ZÆØÅ]\w*MED(?:-?udvalg(?:et)?)?\b(?: {_NAME}(?: (?:&|og) {_NAME})?)?|\bMED-?udvalg(?:et)?\b"
    r"|\b(?:Byrådet|Byråd|Kommunalbestyrelsen|Borgerrepræsentationen|Magistraten|Skolebestyrelsen|Forældrebestyrelsen)\b"
    r"|\b(?:Ældrerådet|Handicaprådet|Ungerådet|Integrationsrådet|Direktionen|Chefgruppen|Lederforum)\b"
    r"|\b(?:BORGMESTEREN|Borgmesteren|Overborgmesteren|Rådmandsmøde[t]?|Kommunaldirektøren)\b"
)


def find_title(name: str, lines: list[Line]) -> str:
    """Return the title: a heading, a subject line or the first line that stands as one; else the file's name.

    In a letter that is the line above the salutation or below it. A title broken over two lines is joined; addresses,
    labels ("Mødested:"), letterheads and running text are no titles.
    """
    top = [line for line in lines if line.page == 0][:TOP_LINES]
    for position, line in enumerate(top):
        if line.heading:
            return _shortened(line.text)
        if subject := _SUBJECT.match(line.text):
            return _shortened(_continued(subject["title"], top, position))
    salutation = next((number for number, line in enumerate(top) if _SALUTATION.match(line.text)), None)
    found = _by_kind(top)
    if found is None:
        found = _first(top, range(len(top))) if salutation is None else _around(top, salutation)
    if found is not None:
        return _shortened(_continued(top[found].text, top, found))
    stem = re.sub(r"[_\s]+", " ", PurePosixPath(name.replace("\\", "/")).stem).strip() or name
    if _READABLE.search(_HASH.sub("", stem)):
        return stem
    spoken = [line.text for line in top if _SALUTATION.match(line.text) or _is_kind(line.text)]
    return _shortened(spoken[0]) if spoken else stem


def _by_kind(top: list[Line]) -> int | None:
    """Return the first line that calls the document minutes, a memo ... by name, a mere "NOTAT" excepted."""
    for position, line in enumerate(top):
        if kind_named(line.text) and len(line.text.split()) > 1 and _stands_alone(top, position):
            return position
    return None


def _is_kind(text: str) -> bool:
    return " " not in text and kind_named(text) is not None


def _first(top: list[Line], positions: range) -> int | None:
    """Return the first of the lines that may be a title."""
    for position in positions:
        line = top[position]
        sent_to = line.role in ("recipient", "external") and not _ABOUT.search(line.text)
        if (
            not sent_to
            and not _is_formal(line.text)
            and len(line.text.split()) >= MIN_WORDS
            and _stands_alone(top, position)
        ):
            return position
    return None


def _is_formal(text: str) -> bool:
    return bool(_LABEL.match(text) or _FORMAL.search(text) or _BODY.fullmatch(text)) or any(find_dates(text))


def _around(top: list[Line], salutation: int) -> int | None:
    above = _first(top, range(salutation - 1, max(-1, salutation - 7), -1))
    return above if above is not None else _first(top, range(salutation + 1, min(len(top), salutation + 2)))


def _stands_alone(top: list[Line], position: int) -> bool:
    line = top[position]
    if line.prose or len(line.text) > LONGEST or line.text[0].islower() or _NO_END.search(line.text):
        return False
    following = top[position + 1].text if position + 1 < len(top) else ""
    return not following[:1].islower() or bool(_OPEN_END.search(line.text)) or position == 0


def _continued(title: str, top: list[Line], position: int) -> str:
    """Return the title with the next line, where the line breaks off in the middle of it."""
    following = top[position + 1].text if position + 1 < len(top) else ""
    if not following or len(following) > LONGEST / 2:
        return title
    if _BARE_ANNEX.match(title) and _stands_alone(top, position + 1) and not _FORMAL.search(following):
        return f"{title}: {following}"
    if title.endswith("-") and following[0].islower():
        return title[:-1] + following
    return f"{title} {following}" if _OPEN_END.search(title) or following[0].islower() else title


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def find_body(title: str, lines: list[Line], gazetteer: Gazetteer) -> str | None:
    """Return the committee, board or department named first in the title or the head of the first page, or None.

    A body that the document is only sent to counts where no other is named; running text names none.
    """
    top = [line for line in lines if line.page == 0 and not line.prose][:BODY_LINES]
    own = [line.text for line in top if line.role != "recipient"]
    letter = any(_SALUTATION.match(line.text) for line in lines if line.page == 0)
    addressed = [] if letter else [line.text for line in top if line.role == "recipient"]
    for text in (title, *own, *addressed):
        if body := _first_body(text, gazetteer):
            return body
    return None


def _first_body(text: str, gazetteer: Gazetteer) -> str | None:
    found = [(match.start(), -len(match.group()), match.group()) for match in _BODY.finditer(text)]
    known = index(gazetteer)
    matches = list(WORD.finditer(text))
    words = [match.group() for match in matches]
    for position in range(len(words)):
        hit = known.find(words, position)
        if hit and "body" in known.owners[hit[1]]:
            start, end = matches[position].start(), matches[position + hit[0] - 1].end()
            found.append((start, start - end, text[start:end]))
    if not found:
        return None
    body = min(found)[2].strip()
    return body.capitalize() if body.isupper() and len(body) > 6 else body
