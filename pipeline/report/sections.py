"""What the pages of themes and municipalities show, put together from the report."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.report import comparability
from pipeline.report.language import Language
from pipeline.report.model import HIDDEN, Document, Municipality, Pair, Paragraph, Report, Row, Theme
from pipeline.resources import resolve

MEASURES = "models/measures/measures.json"
WHOLE = "alle"  # the municipality of a row of `validation` that holds for the whole sample
FEWEST = 2  # meetings or documents from which a theme is said to recur


@dataclass(frozen=True)
class Cell:
    """A theme in a municipality: its row of `comparisons`, and the years with it out of all years with documents.

    Both are empty where there are no dates, or where the figures of some year are withheld.
    """

    place: Municipality
    theme: Theme
    row: Row
    years: tuple[int, ...]
    every_year: tuple[int, ...]

    @property
    def mentioned(self) -> bool:
        """Whether at least one counted paragraph has the theme."""
        return bool(self.row["theme_paragraphs"]) and not self.hidden

    @property
    def said(self) -> bool:
        """Whether it has the theme at all, figures or no."""
        return self.mentioned or self.hidden

    @property
    def hidden(self) -> bool:
        """Whether its figures are withheld, as the group behind them is too small."""
        return bool(self.row["note"] == HIDDEN)

    @property
    def scored(self) -> int:
        """Number of its paragraphs with a tone."""
        return sum(self.row[tone] for tone in ("positive", "neutral", "negative", "mixed"))


@dataclass(frozen=True)
class Voice:
    """What others than the municipality say of a theme in its documents, or its own hearing answers: tones."""

    place: Municipality
    own: bool
    documents: int
    tones: Counter[str]


def of_theme(report: Report, theme: Theme) -> list[Cell]:
    """Return the theme's cells, one a municipality with counted paragraphs, alphabetically."""
    return [cell for place in report.compared if (cell := _cell(report, theme, place))]


def of_place(report: Report, place: Municipality) -> list[Cell]:
    """Return a municipality's cells, the theme that it writes most about first."""
    cells = [cell for theme in report.themes if (cell := _cell(report, theme, place))]
    return sorted(cells, key=lambda cell: (-(cell.row["theme_paragraphs"] or 0), cell.theme.id))


def _cell(report: Report, theme: Theme, place: Municipality) -> Cell | None:
    row = report.cells.get((theme.id, place.name))
    if not row:
        return None
    years = {document.year for document in place.counted_documents if document.year}
    rows = {year: report.periods.get((theme.id, place.name, str(year))) for year in sorted(years)}
    if any(own and own["note"] == HIDDEN for own in rows.values()):
        return Cell(place, theme, row, (), ())
    found = tuple(year for year, own in rows.items() if own and own["theme_paragraphs"])
    return Cell(place, theme, row, found, tuple(rows))


def recurring(cells: Iterable[Cell]) -> list[Cell]:
    """Return the themes that stand in several meetings or documents, by these, then by years and paragraphs."""
    able = [cell for cell in cells if cell.mentioned and cell.row["theme_clusters"] >= FEWEST]
    return sorted(able, key=lambda cell: (-cell.row["theme_clusters"], -len(cell.years), -cell.row["theme_paragraphs"]))


def withheld(report: Report, theme: Theme) -> bool:
    """Whether a municipality's figures on the theme are withheld: then no sum may give them away either."""
    return theme.id in report.withheld


def absence(report: Report, cell: Cell) -> str:
    """Return that a municipality does not mention a theme, with how much was read."""
    _ = report.language
    return _(
        "Ikke omtalt %(where)s. Læst: %(paragraphs)s.",
        where=comparability.absent(report, cell.place),
        paragraphs=_.plural(cell.row["paragraphs"], "%(n)s talt afsnit", "%(n)s talte afsnit"),
    )


def cautions(report: Report, profile: comparability.Profile) -> list[str]:
    """Return what a reader of one municipality's figures must know."""
    _ = report.language
    few = _(
        "%(documents)s er for lidt til at sige noget om kommunen i almindelighed. Tallene beskriver netop det, der "
        "står der.",
        documents=_.documents(profile.documents),
    )
    found = [few] if 0 < profile.documents < report.minimum else []
    return found + list(comparability.of_one(_, profile, report.minimum))


def voices(report: Report, theme: Theme) -> list[Voice]:
    """Return what is not said in a municipality's ordinary voice.

    That is others' words, which never count, and hearing answers of its own, which do: both answer somebody, so their
    tone is not to be put beside that of other texts.
    """
    found: dict[tuple[int, bool], list[tuple[str, str]]] = defaultdict(list)
    if withheld(report, theme):
        return []
    for place in report.municipalities:
        for document, kind, paragraph in _paragraphs(place):
            own = not paragraph.uncounted and kind == "høringssvar"
            tag = paragraph.tag(theme.id) if own or paragraph.uncounted == "external" else None
            if tag and tag.tone and tag.act != "procedure":
                found[place.index, own].append((document.id, tag.tone))
    by_index = {place.index: place for place in report.municipalities}
    return [
        Voice(by_index[index], own, len({d for d, _ in members}), Counter(tone for _, tone in members))
        for (index, own), members in sorted(found.items())
    ]


def _paragraphs(place: Municipality) -> Iterator[tuple[Document, str, Paragraph]]:
    for document in place.documents:
        for part in document.parts:
            for paragraph in part.paragraphs:
                yield document, part.kind if len(document.parts) > 1 else document.row["kind"], paragraph


def toned(_: Language, tone: str, count: int) -> str:
    """Return `1 positiv`, `3 positive`."""
    return {
        "positive": _.plural(count, "%(n)s positiv", "%(n)s positive"),
        "neutral": _.plural(count, "%(n)s neutral", "%(n)s neutrale"),
        "negative": _.plural(count, "%(n)s negativ", "%(n)s negative"),
        "mixed": _.plural(count, "%(n)s blandet", "%(n)s blandede"),
    }[tone]


def representatives(report: Report, theme: Theme, wanted: int = 3) -> list[Paragraph]:
    """Return the paragraphs that stand for a discovered theme, the clearest first."""
    ids = theme.representatives[:wanted]
    if theme.origin == "codebook" or not ids:
        return []
    found = {paragraph.id: paragraph for paragraph in report.counted if paragraph.id in set(ids)}
    return [found[identity] for identity in ids if identity in found]


def passages(report: Report, theme: Theme) -> list[tuple[Paragraph, ...]]:
    """Return the passages with the theme that several municipalities have nearly word for word."""
    with_theme = [group for group in report.shared.values() if any(paragraph.tag(theme.id) for paragraph in group)]
    return sorted(with_theme, key=lambda group: (-len(group), group[0].id))


def pairs(report: Report, theme: Theme) -> list[tuple[Municipality, tuple[Pair, ...]]]:
    """Return challenges with the measures named for them, by municipality, the surest first."""
    found = [(place, report.measures.get((theme.id, place.name), ())) for place in report.compared]
    return [(place, tuple(sorted(own, key=lambda pair: -pair.score))) for place, own in found if own]


def measures(report: Report, place: Municipality) -> list[tuple[Pair, list[Theme]]]:
    """Return the same of a municipality: each pair once, with its themes, the surest first."""
    found: dict[tuple[str, ...], tuple[Pair, list[Theme]]] = {}
    for theme in report.themes:
        for pair in report.measures.get((theme.id, place.name), ()):
            key = (pair.challenge.id, pair.challenge_text, pair.measure.id, pair.measure_text)
            found.setdefault(key, (pair, []))[1].append(theme)
    return sorted(found.values(), key=lambda item: -item[0].score)


def precision(report: Report) -> str:
    """Return how often pairs of challenge and measure were right where people read them; empty where nobody has."""
    _ = report.language
    path = resolve(MEASURES)
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if not found.get("pairs"):
        return _("Hvor tit parrene er rigtige, er ikke målt.")
    first = found.get("first_look", {"right": 0, "pairs": 0})
    return _(
        "Læst efter på %(pairs)s par: %(precision)s var rigtige (%(range)s), og modellen fandt %(recall)s af de par, "
        "som læsere fandt. Ved første kig, før fejl blev rettet, var %(right)s af %(first)s rigtige.",
        pairs=_.number(found["pairs"]),
        precision=_.percent(found["precision"], 0),
        range=_.percent_range(found["low"], found["high"], 0),
        recall=_.percent(found["recall"], 0),
        right=_.number(first["right"]),
        first=_.number(first["pairs"]),
    )


def by_chance(_: Language) -> str:
    """Return that distinctive words are leads only: where meetings are few, shuffled ones give as many."""
    return _("I en lille samling giver tilfældet lige så mange sådanne ord: brug dem som spor, ikke som fund.")


def checked(report: Report, theme: Theme) -> Row | None:
    """Return what the validation sample says of the model's errors on a theme; none where there is no sample."""
    rows = (row for row in report.validation if row["theme_id"] == theme.id and row["municipality"] == WHOLE)
    return next((row for row in rows if row["precision"] is not None), None)


def sources(cell: Cell) -> list[Document]:
    """Return a municipality's counted documents with the theme, those with most paragraphs of it first."""
    own = [document for document in cell.place.counted_documents if cell.theme.id in document.themes]
    return sorted(own, key=lambda document: (-document.themes[cell.theme.id], document.id))
