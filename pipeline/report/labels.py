"""The words for what the tables hold as codes, and sentences about a paragraph's source, in the report's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.report import texts
from pipeline.report.language import MINUS, NO_BREAK, Language
from pipeline.report.model import Document, Paragraph

# What stands beside a tone, so that colour never carries it alone.
TONE_SIGNS = {"positive": "+", "neutral": "○", "negative": MINUS, "mixed": "±"}


def tones(_: Language) -> dict[str, str]:
    """Return the word for each tone, in the order in which they are shown."""
    return {
        "positive": _("positiv"),
        "neutral": _("neutral"),
        "negative": _("negativ"),
        "mixed": _("blandet"),
    }


def acts(_: Language) -> dict[str, str]:
    """Return the word for what a sentence does (tones.act)."""
    return {
        "concern": _("bekymring eller kritik"),
        "support": _("opbakning eller ros"),
        "wish": _("ønske eller forslag"),
        "question": _("spørgsmål"),
        "report": _("oplysning"),
        "plan": _("plan eller beslutning"),
        "procedure": _("sagsgang"),
    }


def roles(_: Language) -> dict[str, str]:
    """Return the word for a paragraph's role (paragraphs.role)."""
    return {
        "sagsfremstilling": _("sagsfremstilling"),
        "indstilling": _("indstilling"),
        "beslutning": _("beslutning"),
        "resume": _("resumé"),
        "økonomi": _("økonomi"),
        "bilag": _("bilag"),
        "brødtekst": _("brødtekst"),
        "overskrift": _("overskrift"),
        "formalia": _("formalia"),
    }


def uncounted(_: Language) -> dict[str, str]:
    """Return why a document or paragraph is not counted, by the keys of population."""
    return {
        "quarantined": _("dokumentet kunne ikke læses"),
        "not_danish": _("dokumentet er ikke på dansk"),
        "no_municipality": _("dokumentets kommune er ikke fundet"),
        "near_duplicate": _("dokumentet er næsten en kopi af et andet"),
        "nothing_counted": _(
            "dokumentet har ingen afsnit, der tælles (kun andres ord, fælles passager, overskrifter eller formalia)"
        ),
        "heading": _("overskrift"),
        "formalia": _("formalia: deltagere, indholdsfortegnelse, mødetid o.l."),
        "external": _("en anden end kommunen har ordet"),
        "closed": _("lukket punkt"),
        "shared": _("passagen står næsten ens hos flere kommuner"),
    }


def kind(_: Language, name: str, count: int = 1) -> str:
    """Return the word for a kind of document, in the form that fits a count: `referat`, `referater`."""
    return {
        "referat": _.ngettext("referat", "referater", count),
        "dagsorden": _.ngettext("dagsorden", "dagsordener", count),
        "notat": _.ngettext("notat", "notater", count),
        "brev": _.ngettext("brev", "breve", count),
        "høringssvar": _.ngettext("høringssvar", "høringssvar", count),
        "bilag": _.ngettext("bilag", "bilag", count),
        "politik": _.ngettext("politik", "politikker", count),
        "andet": _.ngettext("andet dokument", "andre dokumenter", count),
    }[name]


def kinds(_: Language, counts: Counter[str]) -> str:
    """Return `4 referater, 1 notat`, the commonest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{_.number(count)}{NO_BREAK}{kind(_, name, count)}" for name, count in ordered)


def kind_names(_: Language, names: Iterable[str]) -> str:
    """Return `notater og referater`."""
    return _.joined([kind(_, name, count=2) for name in names])


def kind_counts(documents: Iterable[Document]) -> Counter[str]:
    """Return how many documents there are of each kind."""
    return Counter(document.row["kind"] for document in documents)


def models(_: Language) -> dict[str, str]:
    """Return what each model is for (Versions.models)."""
    return {
        "words": _("Sprogmodel (ordklasser, lemmaer)"),
        "meaning": _("Embeddingmodel (betydning)"),
        "themes": _("Temamodel"),
        "tone": _("Tonemodel"),
    }


def redactions(_: Language) -> dict[str, str]:
    """Return the words for kinds of personal data, in the plural."""
    return {
        "name": _("navne"),
        "cpr": _("cpr-numre"),
        "phone": _("telefonnumre"),
        "email": _("e-mailadresser"),
        "address": _("adresser"),
        "account": _("kontonumre"),
    }


def no_difference(_: Language, note: str, minimum: int) -> str:
    """Return why there is no difference between two municipalities (differences.note)."""
    return {
        "no_common_kind": _("ingen fælles dokumenttyper"),
        "no_common_year": _("ingen fælles år"),
        "too_few": _("færre end %(n)s møder eller dokumenter på en af siderne", n=minimum),
        "not_mentioned": _("ikke omtalt af nogen af dem"),
        "small_group": _("for få dokumenter til at vise tal om helbred"),
    }[note]


def no_interval(_: Language, note: str, minimum: int) -> str:
    """Return why there is no interval around a share (comparisons.note); empty for no note."""
    return {
        "": "",
        "not_mentioned": _("ikke omtalt"),
        "too_few": _("færre end %(n)s møder eller dokumenter, så intet interval", n=minimum),
        "small_group": _("for få dokumenter til at vise tal om helbred"),
    }[note]


def place_in_document(paragraph: Paragraph) -> str:
    """Return the way to a paragraph inside its document: `Punkt 2: Personale › Sygefravær`."""
    steps = [step for step in (paragraph.agenda_item, *paragraph.headings) if step]
    distinct = [step for n, step in enumerate(steps) if n == 0 or step != steps[n - 1]]
    return " › ".join(texts.shortened(" ".join(step.split()), 90) for step in distinct)


def source(_: Language, document: Document, paragraph: Paragraph) -> str:
    """Return the source line of a quote: municipality, title, committee, date, page and the way there."""
    part = next(part for part in document.parts if part.id == paragraph.part)
    title = texts.shortened(" ".join(str(document.row["title"]).split()), 140)
    body = document.row["body"] or ""
    bundled = len(document.parts) > 1 and part.title and part.title != document.row["title"]
    steps = [
        document.row["municipality"] or "",
        title,
        body if body.lower() not in title.lower() else "",
        _("heri: %(title)s", title=texts.shortened(part.title, 140)) if bundled else "",
        _.date(part.date or document.row["date"]),
        _("side\u00a0%(page)s", page=paragraph.page) if document.row["pages"] > 1 else "",
        place_in_document(paragraph),
    ]
    return ", ".join(step for step in steps if step)
