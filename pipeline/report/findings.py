"""The findings in three plain sentences, each with its uncertainty, or plainly that nothing can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.report import differences
from pipeline.report.comparability import reasons
from pipeline.report.language import MINUS
from pipeline.report.model import Report, Row, Theme

FEWEST = 8  # paragraphs on which a sentence about tone may rest
DOMINANT = 2 / 3  # of a theme's paragraphs: the share of one municipality from which a finding says so
NAMED = 4  # municipalities that a sentence may list


@dataclass(frozen=True)
class Finding:
    """One finding: a short heading, what was found, how sure it is, and filters whose paragraphs are its evidence."""

    heading: str
    claim: str
    caveat: str = ""
    evidence: tuple[tuple[str, Mapping[str, str]], ...] = ()

    @property
    def text(self) -> str:
        """What was found and how sure it is, in one go."""
        return f"{self.claim} {self.caveat}".strip()


def findings(report: Report) -> list[Finding]:
    """Return up to three findings; one that says why there are none where no paragraph is counted."""
    _ = report.language
    if not report.counted:
        claim = _(
            "Ingen afsnit kan tælles: der er ingen læsbare danske dokumenter, hvis kommune er fundet. Listen over "
            "dokumenter siger hvorfor for hvert af dem."
        )
        return [Finding(_("Intet at tælle"), claim)]
    found = (_most_written_about(report), _difference(report), _tone(report))
    return [finding for finding in found if finding]


def model_error(report: Report) -> str:
    """Return the sentence that says whether the models' own errors are part of the figures."""
    _ = report.language
    if report.validation:
        return _("Hvor der er en stikprøve, som mennesker har mærket, er tallet også rettet for modellens fejl.")
    return _("Modellens egne fejl er ikke regnet med: der er ingen stikprøve, som mennesker har mærket.")


def inside(name: str) -> str:
    """Return a theme's name for the middle of a sentence: lower case, but for abbreviations such as MED."""
    first = name.split()[0]
    return name if first.isupper() else name[:1].lower() + name[1:]


def _most_written_about(report: Report) -> Finding:
    _ = report.language
    theme = report.themes[0]
    if not theme.paragraphs:
        return Finding(_("Ingen temaer"), _("Ingen af de talte afsnit har et tema."))
    if theme.id in report.withheld:
        claim = _(
            "Der skrives mest om %(theme)s. Tallet vises ikke: det kunne røbe, hvor få dokumenter i en kommune der "
            "nævner temaet.",
            theme=inside(report.names[theme.id]),
        )
        return Finding(_("Mest omtalt"), claim, "", ((_("Læs afsnittene"), {"tema": theme.id}),))
    documents = sum(not document.uncounted for document in report.documents)
    claim = _(
        "Der skrives mest om %(theme)s: %(share)s af de talte afsnit (%(paragraphs)s af %(counted)s), i %(found)s af "
        "%(documents)s.",
        theme=inside(report.names[theme.id]),
        share=_.percent(theme.share),
        paragraphs=_.number(theme.paragraphs),
        counted=_.number(len(report.counted)),
        found=_.number(theme.documents),
        documents=_.documents(documents),
    )
    cells = [(place, report.cells.get((theme.id, place.name))) for place in report.compared]
    sure = [(place, row) for place, row in cells if row and row["share_low"] is not None]
    caveat = ""
    if 0 < len(sure) <= NAMED:
        parts = [
            f"{place.name} {_.percent(row['share'])} ({_.percent_range(row['share_low'], row['share_high'])})"
            for place, row in sure
        ]
        level = _.percent(report.confidence, 0)
        caveat = _("Hver for sig, med %(level)s-interval: %(places)s.", level=level, places=_.joined(parts))
    elif not sure:
        caveat = _("Der er for få dokumenter til at sige, hvor sikkert det er: tallet beskriver netop disse.")
    caveat = f"{_largest_part(report, theme)} {caveat}".strip()
    read = _("Læs de %(n)s afsnit", n=_.number(theme.paragraphs))
    return Finding(_("Mest omtalt"), claim, caveat, ((read, {"tema": theme.id}),))


def _largest_part(report: Report, theme: Theme) -> str:
    """Return that most of a theme's paragraphs are one municipality's, where they are; empty where not."""
    _ = report.language
    cells = {place.name: report.cells.get((theme.id, place.name), {}) for place in report.compared}
    counts = {name: row.get("theme_paragraphs", 0) for name, row in cells.items()}
    name, most = max(counts.items(), key=lambda item: item[1])
    if len(counts) < 2 or most < DOMINANT * theme.paragraphs:
        return ""
    numbers = {"n": _.number(most), "of": _.number(theme.paragraphs)}
    return _("%(n)s af de %(of)s afsnit er fra %(place)s.", place=name, **numbers)


def _difference(report: Report) -> Finding:
    _ = report.language
    if not report.computed:
        return Finding(_("Ingen sammenligning"), _incomparable(report))
    rows, computed = differences.certain(report), len(report.computed)
    if not rows:
        claim = _(
            "Ingen af de %(n)s undersøgte forskelle mellem kommuner er større, end tilfældige udsving mellem "
            "dokumenter kan forklare.",
            n=_.number(computed),
        )
        return Finding(_("Ingen sikker forskel"), claim)
    row = next((row for row in rows if not row["fragile"]), rows[0])
    more, less = differences.sides(report, row)
    shares = [_.percent(differences.share_within(place, row)) for place in (more, less)]
    claim = _(
        "%(theme)s fylder mere i dokumenterne fra %(more)s end i dem fra %(less)s: %(share)s mod %(other)s af "
        "afsnittene, en forskel på %(points)s (%(level)s-interval %(span)s), regnet inden for %(common)s, som begge "
        "har.",
        theme=report.names[row["theme_id"]],
        more=more.name,
        less=less.name,
        share=shares[0],
        other=shares[1],
        points=_.points(abs(row["difference"])),
        level=_.percent(report.confidence, 0),
        span=differences.span(_, row, row["low"], row["high"]),
        common=differences.within(_, row),
    )
    number = _(
        "%(certain)s af %(computed)s undersøgte forskelle er sikre, når højst %(limit)s af dem må være falske.",
        certain=_.number(len(rows)),
        computed=_.number(computed),
        limit=_.percent(differences.FALSE_DISCOVERIES, 0),
    )
    evidence = tuple(
        (_("Afsnit fra %(place)s", place=place.name), differences.filters(row, place)) for place in (more, less)
    )
    sentences = (differences.fragility(report, row), differences.corrected(report, row), number)
    return Finding(_("Størst forskel"), claim, " ".join(text for text in sentences if text), evidence)


def _incomparable(report: Report) -> str:
    _ = report.language
    end = _("Rapporten viser derfor, hvad der står i hver kommunes dokumenter, men hverken forskelle eller rækkefølge.")
    if len(report.compared) < 2:
        name = report.compared[0].name
        alone = _("Der er kun talte afsnit fra %(place)s, så der er ingen kommune at sammenligne med.", place=name)
        return f"{alone} {end}"
    because = reasons(report)
    if not because:
        return f"{_('Kommunerne kan ikke sammenlignes på dette grundlag.')} {end}"
    return f"{_('Kommunerne kan ikke sammenlignes på dette grundlag: %(because)s.', because=because)} {end}"


def _tone(report: Report) -> Finding | None:
    """Name one municipality only where municipalities can be compared at all."""
    known = [row for row in report.cells.values() if row["tone_low"] is not None and row["theme_paragraphs"] >= FEWEST]
    clear = [row for row in known if row["tone_low"] * row["tone_high"] > 0]
    if not clear or not report.computed:
        return _overall_tone(report)
    row = max(clear, key=lambda row: (abs(row["tone"]), row["theme_id"], row["municipality"]))
    return _clearest_tone(report, row, known)


def _clearest_tone(report: Report, row: Row, known: Sequence[Row]) -> Finding:
    _ = report.language
    paragraphs = _.number(row["theme_paragraphs"])
    if row["tone"] < 0:
        side = _("%(n)s af %(of)s afsnit er negative", n=_.number(row["negative"]), of=paragraphs)
    else:
        side = _("%(n)s af %(of)s afsnit er positive", n=_.number(row["positive"]), of=paragraphs)
    claim = _(
        "Tydeligst i tonen er %(place)s om %(theme)s: %(side)s, og gennemsnittet er %(mean)s på en skala fra "
        "%(minus)s1 (negativ) til +1 (positiv), %(level)s-interval %(low)s til %(high)s.",
        place=row["municipality"],
        theme=inside(report.names[row["theme_id"]]),
        side=side,
        mean=_.signed(row["tone"]),
        minus=MINUS,
        level=_.percent(report.confidence, 0),
        low=_.signed(row["tone_low"]),
        high=_.signed(row["tone_high"]),
    )
    caveat = _(
        "Det er den tydeligste af %(n)s undersøgte; enkelte kan være tydelige ved et tilfælde.", n=_.number(len(known))
    )
    place = report.place(row["municipality"])
    query = {"tema": row["theme_id"], "kommune": place.slug if place else ""}
    read = _("Læs de %(n)s afsnit", n=paragraphs)
    return Finding(_("Tonen"), claim, caveat, ((read, query),))


def _overall_tone(report: Report) -> Finding | None:
    _ = report.language
    tags = (tag for paragraph in report.counted for tag in paragraph.tags if tag.theme not in report.withheld)
    counts = Counter(tag.tone for tag in tags if tag.tone)
    if not counts:
        return None
    many = {
        "positive": _("positive"),
        "neutral": _("neutrale"),
        "negative": _("negative"),
        "mixed": _("blandede"),
    }
    parts = [f"{_.percent(counts[tone] / counts.total(), 0)} {word}" for tone, word in many.items()]
    claim = _(
        "Af %(mentions)s af et tema er %(parts)s.",
        mentions=_.plural(counts.total(), "%(n)s omtale", "%(n)s omtaler"),
        parts=_.joined(parts),
    )
    caveat = _("Tallet gælder samlingen som helhed; om et enkelt tema i en enkelt kommune siges her intet sikkert.")
    return Finding(_("Tonen"), claim, caveat)
