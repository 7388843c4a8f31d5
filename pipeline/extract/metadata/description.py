"""What a document's text says about the document itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipeline.extract.metadata.case_numbers import find_case_numbers
from pipeline.extract.metadata.dates import find_date
from pipeline.extract.metadata.gazetteer import index
from pipeline.extract.metadata.kinds import find_kind
from pipeline.extract.metadata.language import find_language
from pipeline.extract.metadata.lines import read_lines
from pipeline.extract.metadata.municipality import find_municipality
from pipeline.extract.metadata.titles import find_body, find_title
from pipeline.settings import Gazetteer


@dataclass(frozen=True)
class Description:
    """A document's metadata, named as the columns of the table `documents`, each with what it was inferred from."""

    municipality: str | None
    municipality_evidence: str
    municipality_confidence: float
    date: datetime.date | None
    date_evidence: str
    kind: str
    kind_evidence: str
    body: str | None
    title: str
    case_numbers: list[str]
    language: str


def describe(name: str, pages: list[str], gazetteer: Gazetteer) -> Description:
    """Infer a document's metadata from the raw text of its pages.

    `name`, the file's name, is weak evidence only: it decides between what the text leaves open, and is the title
    where the text has none.
    """
    text = "".join(pages)
    lines = read_lines(pages, index(gazetteer).domains)
    language = find_language(text)
    municipality, municipality_evidence, confidence = find_municipality(name, lines, gazetteer, language)
    kind, kind_evidence = find_kind(name, lines)
    date, date_evidence = find_date(name, lines, kind)
    title = find_title(name, lines)
    return Description(
        municipality=municipality,
        municipality_evidence=municipality_evidence,
        municipality_confidence=confidence,
        date=date,
        date_evidence=date_evidence,
        kind=kind,
        kind_evidence=kind_evidence,
        body=find_body(title, lines, gazetteer),
        title=title,
        case_numbers=find_case_numbers(text),
        language=language,
    )
