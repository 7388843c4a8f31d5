"""What each municipality's documents are, and where a difference between them would mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pipeline.report import labels, texts
from pipeline.report.model import Document, Municipality, Report

CONFOUNDED = 0.5  # total variation distance between two mixes of kinds from which a plain warning is given
DOMINANT = 0.5  # share of a municipality's paragraphs that come from one document
DAMAGED = 0.05  # share of words damaged by OCR


@dataclass(frozen=True)
class Profile:
    """One municipality's counted documents in figures; `damaged` is None where quality was not measured."""

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
        largest=largest,
        largest_share=len(largest.counted) / paragraphs if largest and paragraphs else 0.0,
    )


def _damaged(documents: Iterable[Document]) -> float | None:
    measured = [document.quality for document in documents if document.quality]
    words = sum(row["words"] for row in measured)
    return sum(row["damaged_share"] * row["words"] for row in measured) / words if words else None


def warnings(report: Report) -> list[str]:
    """Return plain warnings, those about one municipality first, then those about pairs."""
    counted = [profile for profile in profiles(report) if profile.paragraphs]
    few = [profile for profile in counted if profile.documents < report.minimum]
    enough = [profile for profile in counted if profile.documents >= report.minimum]
    found = [_too_few(few, report.minimum)] if few else []
    found += [text for profile in counted for text in _of_one(profile, report.minimum)]
    return found + [text for pair in combinations(enough, 2) for text in _of_pair(*pair)]


def _too_few(few: list[Profile], minimum: int) -> str:
    named = texts.joined([f"{profile.place.name} ({texts.documents(profile.documents)})" for profile in few])
    return (
        f"For få dokumenter: {named}. Der skal mindst {minimum} til, før tal kan sammenlignes, så tallene derfra "
        "beskriver netop de dokumenter."
    )


def _of_one(profile: Profile, minimum: int) -> Iterator[str]:
    name = profile.place.name
    if profile.documents >= minimum and profile.largest and profile.largest_share >= DOMINANT:
        yield (
            f"{texts.percent(profile.largest_share, 0)} af de talte afsnit fra {name} står i ét dokument "
            f"(»{texts.shortened(profile.largest.row['title'], 100)}«). Tallene for {name} følger i høj grad det."
        )
    if profile.damaged is not None and profile.damaged >= DAMAGED:
        yield (
            f"Cirka {texts.percent(profile.damaged, 0)} af ordene fra {name} var skadet af skanning. De fleste er "
            "rettet, men temaer kan være overset."
        )


def _of_pair(one: Profile, other: Profile) -> Iterator[str]:
    names = f"{one.place.name} og {other.place.name}"
    if not one.kinds.keys() & other.kinds.keys():
        yield (
            f"{names} har ingen dokumenttype til fælles ({labels.kind_names(sorted(one.kinds))} mod "
            f"{labels.kind_names(sorted(other.kinds))}). En forskel kan lige så vel skyldes typen som kommunen, og "
            "der beregnes ingen."
        )
    elif _distance(one.kinds, other.kinds) >= CONFOUNDED:
        yield (
            f"{names} har meget forskellige dokumenter: fra {one.place.name} mest {_commonest(one)}, fra "
            f"{other.place.name} mest {_commonest(other)}. En forskel i de samlede andele kan skyldes typen; "
            "beregnede forskelle holder sig til de fælles typer."
        )
    if one.years and other.years and not one.years.keys() & other.years.keys():
        yield (
            f"{names} har ingen årgange til fælles ({texts.years(list(one.years))} mod "
            f"{texts.years(list(other.years))}). En forskel kan skyldes tiden."
        )


def _commonest(profile: Profile) -> str:
    kind, count = min(profile.kinds.items(), key=lambda item: (-item[1], item[0]))
    return f"{labels.kind_names([kind])} ({count} af {profile.documents})"


def _distance(one: Counter[str], other: Counter[str]) -> float:
    keys = one.keys() | other.keys()
    return sum(abs(one[key] / one.total() - other[key] / other.total()) for key in keys) / 2


def verdict(report: Report) -> str:
    """Return whether municipalities can be compared, in a sentence or two."""
    if len(report.compared) < 2:
        return "Der er ikke talte afsnit fra mere end én kommune, så der er intet at sammenligne."
    rule = f"mindst {report.minimum} møder eller dokumenter på hver side"
    computed = len({(row["municipality"], row["other"]) for row in report.computed})
    if not computed:
        return (
            f"Nej: der er intet par af kommuner med en fælles dokumenttype og {rule}. Rapporten rangerer derfor ingen "
            "og beregner ingen forskelle."
        )
    pairs = computed + len(obstacles(report))
    return (
        f"Ja, for {texts.number(computed)} af {texts.plural(pairs, 'par', 'par')} af kommuner: kun inden for de "
        f"dokumenttyper, som begge har, og kun med {rule}."
    )


def obstacles(report: Report) -> dict[str, str]:
    """Return why pairs of municipalities are not compared: `Aarhus og Ballerup` -> `ingen fælles dokumenttyper`."""
    computed = {(row["municipality"], row["other"]) for row in report.computed}
    rows = [row for rows in report.differences.values() for row in rows if row["note"]]
    pairs = {(row["municipality"], row["other"]): row["note"] for row in reversed(rows)}
    return {f"{one} og {other}": pairs[one, other] for one, other in sorted(pairs.keys() - computed)}


def reasons(report: Report) -> str:
    """Return the same in one sentence: `ingen fælles dokumenttyper (5 par), ...`."""
    notes = Counter(obstacles(report).values())
    return "; ".join(f"{note} ({count} par)" for note, count in sorted(notes.items(), key=lambda item: -item[1]))
