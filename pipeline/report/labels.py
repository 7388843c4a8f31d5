"""The Danish words for kinds of document, and sentences about a paragraph's source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.report import texts
from pipeline.report.model import Document, Paragraph

KINDS = {
    "referat": ("referat", "referater"),
    "dagsorden": ("dagsorden", "dagsordener"),
    "notat": ("notat", "notater"),
    "brev": ("brev", "breve"),
    "høringssvar": ("høringssvar", "høringssvar"),
    "bilag": ("bilag", "bilag"),
    "politik": ("politik", "politikker"),
    "andet": ("andet dokument", "andre dokumenter"),
}


def kinds(counts: Counter[str]) -> str:
    """Return `4 referater, 1 notat`, the commonest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(texts.plural(count, *KINDS.get(kind, (kind, kind))) for kind, count in ordered)


def kind_names(names: Iterable[str]) -> str:
    """Return `notater og referater`."""
    return texts.joined([KINDS.get(kind, (kind, kind))[1] for kind in names])


def kind_counts(documents: Iterable[Document]) -> Counter[str]:
    """Return how many documents there are of each kind."""
    return Counter(document.row["kind"] for document in documents)


def place_in_document(paragraph: Paragraph) -> str:
    """Return the way to a paragraph inside its document: `Punkt 2: Personale › Sygefravær`."""
    steps = [step for step in (paragraph.agenda_item, *paragraph.headings) if step]
    distinct = [step for n, step in enumerate(steps) if n == 0 or step != steps[n - 1]]
    return " › ".join(texts.shortened(" ".join(step.split()), 90) for step in distinct)


def source(document: Document, paragraph: Paragraph) -> str:
    """Return the source line of a quote: municipality, title, date, page and the way there."""
    part = next(part for part in document.parts if part.id == paragraph.part)
    title = texts.shortened(" ".join(str(document.row["title"]).split()), 140)
    bundled = len(document.parts) > 1 and part.title and part.title != document.row["title"]
    steps = [
        document.row["municipality"] or "",
        title,
        f"heri: {texts.shortened(part.title, 140)}" if bundled else "",
        texts.date(part.date or document.row["date"]),
        f"side{texts.NO_BREAK}{paragraph.page}" if document.row["pages"] > 1 else "",
        place_in_document(paragraph),
    ]
    return ", ".join(step for step in steps if step)
