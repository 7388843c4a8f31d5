"""The tone of a theme by the role of the text, what it does, or who speaks: a mark a municipality in each row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.report import labels, texts
from pipeline.report.figures import forms
from pipeline.report.figures.drawing import QUIET, Figure, Words
from pipeline.report.figures.forms import WIDE
from pipeline.report.model import Municipality, Report, Row, Theme

SHOWN = 7  # municipalities in the chart: as many as there are colours
HEAD, LANE, TOP, BOTTOM, SIDE = 34, 10, 4, 30, 24  # a row is its words, and a lane for each municipality
SIZES = ((10, 150), (3, 85), (1, 40))  # size of a mark from so many paragraphs on
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Group:
    """One role, act or holder, with the rows of `tone_groups` of each municipality that has it."""

    value: str
    name: str
    rows: tuple[tuple[Municipality, Row], ...]

    @property
    def by_name(self) -> list[tuple[str, Row]]:
        """The rows with the names of their municipalities."""
        return [(place.name, row) for place, row in self.rows]

    @property
    def paragraphs(self) -> int:
        """Number of its paragraphs with a tone."""
        return sum(scored(row) for _, row in self.rows)


def scored(row: Row) -> int:
    """Return the number of paragraphs with a tone."""
    return sum(row[tone] for tone in ("positive", "neutral", "negative", "mixed"))


def groups(report: Report, theme: Theme, dimension: str) -> list[Group]:
    """Return the groups of a dimension (role, act or holder) with a tone, those with most paragraphs first."""
    found: dict[str, list[tuple[Municipality, Row]]] = defaultdict(list)
    for place in report.compared:
        for row in report.tone_groups.get((theme.id, place.name, dimension), ()):
            if scored(row) and row["tone"] is not None:
                found[row["value"]].append((place, row))
    made = [Group(value, name(report, dimension, value), tuple(rows)) for value, rows in found.items()]
    return sorted(made, key=lambda group: (not group.value, -group.paragraphs, group.value))


def name(report: Report, dimension: str, value: str) -> str:
    """Return the word for a role, act or holder; holders stand as the documents name them."""
    _ = report.language
    known = {"role": labels.roles(_), "act": labels.acts(_), "holder": {"": _("ingen nævnt")}}[dimension]
    return texts.capital(known.get(value, value))


def shown(report: Report, theme: Theme) -> list[Municipality]:
    """Return the municipalities in the chart: those with most paragraphs of the theme."""
    cells = [(place, report.cells.get((theme.id, place.name))) for place in report.compared]
    able = [(place, cell["theme_paragraphs"]) for place, cell in cells if cell and cell["theme_paragraphs"]]
    return [place for place, _number in sorted(able, key=lambda pair: (-pair[1], pair[0].index))[:SHOWN]]


def figure(report: Report, theme: Theme) -> Figure | None:
    """Return the tone in texts of each role; none where all texts have one role."""
    roles, _, words = groups(report, theme, "role"), report.language, Words()
    most = {place.index for place in shown(report, theme)}
    if len(roles) < 2:
        return None
    lanes = {index: lane for lane, index in enumerate(sorted(most))}
    height = HEAD + LANE * len(lanes)
    points = [
        {
            "y": n + (HEAD + LANE * lanes[place.index] - LANE) / height,
            "tone": row["tone"], "size": _size(scored(row)), **forms.looks(place),
        }
        for n, role in enumerate(roles)
        for place, row in role.rows
        if place.index in most
    ]  # fmt: skip
    rows = [{"y": n, "text": words(texts.shortened(role.name, 34))} for n, role in enumerate(roles)]
    numbers = [
        {"y": n, "text": words(_.plural(role.paragraphs, "%(n)s afsnit", "%(n)s afsnit"))}
        for n, role in enumerate(roles)
    ]
    told = "; ".join(
        f"{role.name}: "
        + ", ".join(f"{place.name} {_.signed(row['tone'], 1)}" for place, row in role.rows if place.index in most)
        for role in roles
    )
    named = [words(_("negativ")), words(""), words("0"), words(""), words(_("positiv"))]
    return Figure(
        name=f"tema-{theme.id}-tone",
        title=_("%(theme)s: tone efter tekstens rolle", theme=report.names[theme.id]),
        text=_("Gennemsnitlig tone fra −1 til +1. %(told)s.", told=told),
        spec=_spec(points, rows, numbers, named, height),
        words=words.all(),
    )


def _size(paragraphs: int) -> int:
    return next(size for least, size in SIZES if paragraphs >= least)


@forms.once
def _spec(points: forms.Data, rows: forms.Data, numbers: forms.Data, named: list[str], height: int) -> str:
    import altair as alt

    x = alt.X("tone:Q", scale=alt.Scale(domain=[-1, 1]), axis=forms.axis(TICKS, named))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[len(rows), 0]), axis=None)
    zero = alt.Chart(forms.data([{"tone": 0}])).mark_rule(color=QUIET, strokeWidth=1.5)
    return forms.spec(
        [
            zero.encode(x=x),
            forms.ground(rows, WIDE - 2 * SIDE, y, HEAD - LANE - 2, (HEAD - LANE) // 2),
            forms.marks(points, x, y),
            forms.labels(rows, 0, y, "left", dy=16),
            forms.labels(numbers, WIDE - 2 * SIDE, y, "right", dy=16, colour=QUIET),
        ],
        WIDE, TOP + BOTTOM + height * len(rows), (TOP, SIDE, BOTTOM, SIDE),
    )  # fmt: skip
