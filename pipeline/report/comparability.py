"""What each municipality's documents are, and where a difference between them would mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pipeline.report import labels, texts
from pipeline.report.language import Language
from pipeline.report.model import Document, Municipality, Report

CONFOUNDED = 0.5  # total variation distance between two mixes of kinds from which a plain warning is given
DOMINANT = 0.5  # share of a municipality's paragraphs that come from one document
EMPLOYEES = ("MED", "Med-udvalg", "Medudvalg", "medudvalg", "Samarbejdsudvalg")  # bodies of employees and management
DAMAGED = 0.05  # share of words damaged by OCR


@dataclass(frozen=True)
class Profile:
    """One municipality's counted documents in figures.

    `damaged` is None where quality was not measured, `worst` the document with the largest share of damaged words.
    """

    place: Municipality
    documents: int
    words: int
    paragraphs: int
    kinds: Counter[str]
    bodies: Counter[str]
    years: Counter[int]
    undated: int
    pages: int
    ocr_pages: int
    damaged: float | None
    repaired: int
    worst: Document | None
    largest: Document | None
    largest_share: float


def profiles(report: Report) -> list[Profile]:
    """Return the profile of every municipality, alphabetically."""
    return [_profile(place) for place in report.municipalities]


def _profile(place: Municipality) -> Profile:
    documents = place.counted_documents
    paragraphs = len(place.paragraphs)
    largest = max(documents, key=lambda document: len(document.counted), default=None)
    return Profile(
        place=place,
        documents=len(documents),
        words=sum(document.row["words"] for document in documents),
        paragraphs=paragraphs,
        kinds=labels.kind_counts(documents),
        bodies=Counter(document.row["body"] for document in documents if document.row["body"]),
        years=Counter(document.year for document in documents if document.year),
        undated=sum(document.year is None for document in documents),
        pages=sum(document.row["pages"] for document in documents),
        ocr_pages=sum(document.row["ocr_pages"] for document in documents),
        damaged=_damaged(documents),
        repaired=sum(document.quality["repaired"] for document in documents if document.quality),
        worst=_worst(documents),
        largest=largest,
        largest_share=len(largest.counted) / paragraphs if largest and paragraphs else 0.0,
    )


def _damaged(documents: Iterable[Document]) -> float | None:
    measured = [document.quality for document in documents if document.quality]
    words = sum(row["words"] for row in measured)
    return sum(row["damaged_share"] * row["words"] for row in measured) / words if words else None


def _worst(documents: Iterable[Document]) -> Document | None:
    """Return the document with the largest share of damaged words, None where none is damaged."""
    damaged = [(document.quality["damaged_share"], document) for document in documents if document.quality]
    share, document = max(damaged, key=lambda pair: (pair[0], pair[1].id), default=(0.0, None))
    return document if share > 0 else None


def warnings(report: Report) -> list[str]:
    """Return plain warnings, those about one municipality first, then those about pairs."""
    _ = report.language
    counted = [profile for profile in profiles(report) if profile.paragraphs]
    few = [profile for profile in counted if profile.documents < report.minimum]
    enough = [profile for profile in counted if profile.documents >= report.minimum]
    found = [_too_few(_, few, report.minimum)] if few else []
    found += [text for profile in counted for text in of_one(_, profile, report.minimum)]
    return found + [text for pair in combinations(enough, 2) for text in _of_pair(_, *pair)]


def _too_few(_: Language, few: list[Profile], minimum: int) -> str:
    named = _.joined([f"{profile.place.name} ({_.documents(profile.documents)})" for profile in few])
    return _(
        "For få dokumenter: %(places)s. Der skal mindst %(minimum)s til, før tal kan sammenlignes, så tallene derfra "
        "beskriver netop de dokumenter.",
        places=named,
        minimum=minimum,
    )


def of_one(_: Language, profile: Profile, minimum: int) -> Iterator[str]:
    """Yield the warnings about one municipality alone."""
    name = profile.place.name
    if profile.documents >= minimum and profile.largest and profile.largest_share >= DOMINANT:
        yield _(
            "%(share)s af de talte afsnit fra %(place)s står i ét dokument (»%(title)s«). Tallene for %(place)s følger "
            "i høj grad det.",
            share=_.percent(profile.largest_share, 0),
            place=name,
            title=texts.shortened(profile.largest.row["title"], 100),
        )
    if profile.damaged is not None and profile.damaged >= DAMAGED:
        yield _(
            "Cirka %(share)s af ordene fra %(place)s var skadet af skanning. De fleste er rettet, men temaer kan være "
            "overset.",
            share=_.percent(profile.damaged, 0),
            place=name,
        )


def _of_pair(_: Language, one: Profile, other: Profile) -> Iterator[str]:
    names = {"one": one.place.name, "other": other.place.name}
    if not one.kinds.keys() & other.kinds.keys():
        yield _(
            "%(one)s og %(other)s har ingen dokumenttype til fælles (%(kinds)s mod %(other_kinds)s). En forskel kan "
            "lige så vel skyldes typen som kommunen, og der beregnes ingen.",
            kinds=labels.kind_names(_, sorted(one.kinds)),
            other_kinds=labels.kind_names(_, sorted(other.kinds)),
            **names,
        )
    elif _distance(one.kinds, other.kinds) >= CONFOUNDED:
        yield _(
            "%(one)s og %(other)s har meget forskellige dokumenter: fra %(one)s mest %(kinds)s, fra %(other)s mest "
            "%(other_kinds)s. En forskel i de samlede andele kan skyldes typen; beregnede forskelle holder sig til de "
            "fælles typer.",
            kinds=_commonest(_, one),
            other_kinds=_commonest(_, other),
            **names,
        )
    if one.years and other.years and not one.years.keys() & other.years.keys():
        yield _(
            "%(one)s og %(other)s har ingen årgange til fælles (%(years)s mod %(other_years)s). En forskel kan skyldes "
            "tiden, og der beregnes ingen.",
            years=_.years(one.years),
            other_years=_.years(other.years),
            **names,
        )


def _commonest(_: Language, profile: Profile) -> str:
    name, count = min(profile.kinds.items(), key=lambda item: (-item[1], item[0]))
    return _(
        "%(kinds)s (%(count)s af %(documents)s)",
        kinds=labels.kind_names(_, [name]),
        count=_.number(count),
        documents=_.number(profile.documents),
    )


def _distance(one: Counter[str], other: Counter[str]) -> float:
    keys = one.keys() | other.keys()
    return sum(abs(one[key] / one.total() - other[key] / other.total()) for key in keys) / 2


def verdict(report: Report) -> str:
    """Return whether municipalities can be compared, in a sentence or two."""
    _ = report.language
    if len(report.compared) < 2:
        return _("Der er ikke talte afsnit fra mere end én kommune, så der er intet at sammenligne.")
    computed = len({(row["municipality"], row["other"]) for row in report.computed})
    if not computed:
        return _(
            "Nej: der er intet par af kommuner med en fælles dokumenttype i de samme år og mindst %(minimum)s møder "
            "eller dokumenter på hver side. Rapporten rangerer derfor ingen og beregner ingen forskelle.",
            minimum=report.minimum,
        )
    pairs = computed + len(_notes(report))
    return _(
        "Ja, for %(computed)s af %(pairs)s af kommuner: kun inden for de dokumenttyper og år, som begge har, og kun "
        "med mindst %(minimum)s møder eller dokumenter på hver side.",
        computed=_.number(computed),
        pairs=_.plural(pairs, "%(n)s par", "%(n)s par"),
        minimum=report.minimum,
    )


def _notes(report: Report) -> dict[tuple[str, str], str]:
    """Return why pairs of municipalities are not compared: (one, other) -> differences.note."""
    computed = {(row["municipality"], row["other"]) for row in report.computed}
    rows = [row for rows in report.differences.values() for row in rows if row["note"]]
    # A theme that neither mentions says less about the pair than any other reason.
    rows.sort(key=lambda row: (row["note"] != "not_mentioned", row["theme_id"]))
    pairs = {(row["municipality"], row["other"]): row["note"] for row in rows}
    return {pair: pairs[pair] for pair in sorted(pairs.keys() - computed)}


def obstacles(report: Report) -> dict[str, str]:
    """Return the same in words: `Aarhus og Ballerup` -> `ingen fælles dokumenttyper`."""
    _ = report.language
    return {_.joined(pair): labels.no_difference(_, note, report.minimum) for pair, note in _notes(report).items()}


def reasons(report: Report) -> str:
    """Return the same in one sentence: `ingen fælles dokumenttyper (5 par), ...`."""
    _ = report.language
    notes = Counter(_notes(report).values())
    return "; ".join(
        f"{labels.no_difference(_, note, report.minimum)} ({_.plural(count, '%(n)s par', '%(n)s par')})"
        for note, count in sorted(notes.items(), key=lambda item: (-item[1], item[0]))
    )


def absent(report: Report, place: Municipality) -> str:
    """Return the denominator of an absence: `i 2 dokumenter, 1 politik og 1 notat; ingen MED-referater iblandt`."""
    _ = report.language
    documents = place.counted_documents
    kinds = labels.kind_counts(documents)
    among = _("i %(documents)s", documents=_.documents(len(documents)))
    missing = "" if any(_of_employees(document) for document in documents) else _("; ingen MED-referater iblandt")
    return f"{among} ({labels.kinds(_, kinds)}){missing}"


def _of_employees(document: Document) -> bool:
    """Whether it is the minutes of a body where management and employees meet (MED, in the state SU)."""
    body = f"{document.row['body'] or ''} {document.row['title']}"
    return document.row["kind"] == "referat" and any(mark in body for mark in EMPLOYEES)
