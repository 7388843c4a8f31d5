"""The findings in three plain sentences, each with its uncertainty, or plainly that nothing can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.report import labels, texts
from pipeline.report.comparability import reasons
from pipeline.report.model import Municipality, Report, Row

FALSE_DISCOVERIES = 0.05  # the expected share of false ones among the differences that are called certain
FEWEST = 8  # paragraphs on which a sentence about tone may rest
NAMED = 4  # municipalities that a sentence may list


@dataclass(frozen=True)
class Finding:
    """One finding: a short heading, the sentence, and filters whose paragraphs are its evidence."""

    heading: str
    text: str
    evidence: tuple[tuple[str, Mapping[str, str]], ...] = ()


def findings(report: Report) -> list[Finding]:
    """Return up to three findings; one that says why there are none where no paragraph is counted."""
    if not report.counted:
        return [
            Finding(
                "Intet at tælle",
                "Ingen afsnit kan tælles: der er ingen læsbare danske dokumenter, hvis kommune er fundet. Listen over "
                "dokumenter siger hvorfor for hvert af dem.",
            )
        ]
    found = (_most_written_about(report), _difference(report), _tone(report))
    return [finding for finding in found if finding]


def certain(report: Report) -> list[Row]:
    """Return the differences whose q-value is below FALSE_DISCOVERIES, the largest first."""
    rows = [row for row in report.computed if row["q_value"] is not None and row["q_value"] < FALSE_DISCOVERIES]
    return sorted(rows, key=lambda row: (-abs(row["difference"]), row["theme_id"], row["municipality"], row["other"]))


def _most_written_about(report: Report) -> Finding | None:
    theme = report.themes[0]
    if not theme.paragraphs:
        return Finding("Ingen temaer", "Ingen af de talte afsnit har et tema.")
    documents = sum(not document.uncounted for document in report.documents)
    text = (
        f"Der skrives mest om {_inside(theme.name)}: {texts.percent(theme.share)} af de talte afsnit "
        f"({texts.number(theme.paragraphs)} af {texts.number(len(report.counted))}), i {texts.number(theme.documents)} "
        f"af {texts.documents(documents)}."
    )
    cells = [(place, report.cells.get((theme.id, place.name))) for place in report.compared]
    sure = [(place, row) for place, row in cells if row and row["share_low"] is not None]
    if 0 < len(sure) <= NAMED:
        level = texts.percent(report.confidence, 0)
        parts = [f"{place.name} {texts.percent(row['share'])} ({_span(row)})" for place, row in sure]
        text += f" Hver for sig, med {level}-interval: {texts.joined(parts)}."
    return Finding("Mest omtalt", text, ((f"Læs de {texts.number(theme.paragraphs)} afsnit", {"tema": theme.id}),))


def _difference(report: Report) -> Finding:
    if not report.computed:
        return Finding("Ingen sammenligning", _incomparable(report))
    rows, computed = certain(report), len(report.computed)
    if not rows:
        return Finding(
            "Ingen sikker forskel",
            f"Ingen af de {texts.number(computed)} undersøgte forskelle mellem kommuner er større, end tilfældige "
            "udsving mellem dokumenter kan forklare.",
        )
    row = rows[0]
    pair = [report.place(row["municipality"]), report.place(row["other"])]
    if row["difference"] < 0:
        pair.reverse()
    low, high = sorted((abs(row["low"]), abs(row["high"]))) if row["low"] * row["high"] > 0 else (0.0, 0.0)
    more, less = (place for place in pair if place)
    theme = report.theme(row["theme_id"])
    shares = [texts.percent(share_within(place, theme.id, row["kinds"])) for place in (more, less)]
    text = (
        f"{theme.name} fylder mere i dokumenterne fra {more.name} end i dem fra {less.name}: {shares[0]} mod "
        f"{shares[1]} af afsnittene, en forskel på {texts.points(abs(row['difference']))} "
        f"({texts.percent(report.confidence, 0)}-interval {texts.number(100 * low, 1)}{texts.DASH}"
        f"{texts.number(100 * high, 1)}), regnet inden for {labels.kind_names(row['kinds'])}, som begge har. "
        f"{texts.capital(_of(len(rows), computed))} undersøgte forskelle er sikre, når højst "
        f"{texts.percent(FALSE_DISCOVERIES, 0)} af dem må være falske."
    )
    evidence = tuple(
        (f"Afsnit fra {place.name}", {"tema": theme.id, "kommune": place.slug, "type": ",".join(row["kinds"])})
        for place in (more, less)
    )
    return Finding("Størst forskel", text, evidence)


def _of(part: int, whole: int) -> str:
    return f"{texts.number(part)} af {texts.number(whole)}"


def share_within(place: Municipality, theme: str, kinds: list[str]) -> float:
    """Return the share of a municipality's counted paragraphs with a theme, within some kinds of document."""
    paragraphs = [
        paragraph for document in place.documents if document.row["kind"] in kinds for paragraph in document.counted
    ]
    return sum(paragraph.tag(theme) is not None for paragraph in paragraphs) / len(paragraphs) if paragraphs else 0.0


def _incomparable(report: Report) -> str:
    end = "Rapporten viser derfor, hvad der står i hver kommunes dokumenter, men hverken forskelle eller rækkefølge."
    if len(report.compared) < 2:
        return (
            f"Der er kun talte afsnit fra {report.compared[0].name}, så der er ingen kommune at sammenligne med. {end}"
        )
    because = reasons(report)
    return f"Kommunerne kan ikke sammenlignes på dette grundlag{': ' if because else ''}{because}. {end}"


def _tone(report: Report) -> Finding | None:
    """Name one municipality only where municipalities can be compared at all."""
    known = [row for row in report.cells.values() if row["tone_low"] is not None and row["theme_paragraphs"] >= FEWEST]
    clear = [row for row in known if row["tone_low"] * row["tone_high"] > 0]
    if not clear or not report.computed:
        return _overall_tone(report)
    row = max(clear, key=lambda row: (abs(row["tone"]), row["theme_id"], row["municipality"]))
    place, theme = report.place(row["municipality"]), report.theme(row["theme_id"])
    side = "negative" if row["tone"] < 0 else "positive"
    text = (
        f"Tydeligst i tonen er {row['municipality']} om {_inside(theme.name)}: "
        f"{_of(row[side], row['theme_paragraphs'])} afsnit er {texts.TONES[side]}e, og gennemsnittet er "
        f"{texts.signed(row['tone'])} på en skala fra {texts.MINUS}1 (negativ) til +1 (positiv), "
        f"{texts.percent(report.confidence, 0)}-interval {texts.signed(row['tone_low'])} til "
        f"{texts.signed(row['tone_high'])}. Det er den tydeligste af "
        f"{texts.number(len(known))} undersøgte; enkelte kan være tydelige ved et tilfælde."
    )
    query = {"tema": theme.id, "kommune": place.slug if place else ""}
    return Finding("Tonen", text, ((f"Læs de {texts.number(row['theme_paragraphs'])} afsnit", query),))


def _overall_tone(report: Report) -> Finding | None:
    counts = Counter(tag.tone for paragraph in report.counted for tag in paragraph.tags if tag.tone)
    if not counts:
        return None
    parts = [f"{texts.percent(counts[tone] / counts.total(), 0)} {_many(tone)}" for tone in texts.TONES]
    text = (
        f"Af {texts.plural(counts.total(), 'omtale', 'omtaler')} af et tema er {texts.joined(parts)}. Tallet gælder "
        "samlingen som helhed; om et enkelt tema i en enkelt kommune siges her intet sikkert."
    )
    return Finding("Tonen", text)


def _many(tone: str) -> str:
    return "blandede" if tone == "mixed" else f"{texts.TONES[tone]}e"


def _inside(name: str) -> str:
    """Return a theme's name for the middle of a sentence: lower case, but for abbreviations such as MED."""
    first = name.split()[0]
    return name if first.isupper() else name[:1].lower() + name[1:]


def _span(row: Row) -> str:
    return texts.percent_range(row["share_low"], row["share_high"])
