"""The themes that stand in the same paragraphs as a theme: bars, the commonest first."""

from __future__ import annotations

from pipeline.population import ALL_PERIODS
from pipeline.report import texts
from pipeline.report.figures import forms
from pipeline.report.figures.drawing import BAR, QUIET, Figure, Words
from pipeline.report.figures.forms import WIDE
from pipeline.report.model import Report, Row, Theme

SHOWN = 8
ROW, TOP, BOTTOM, SIDE = 42, 4, 4, 2


def rows(report: Report, theme: Theme) -> list[Row]:
    """Return the other themes over all municipalities, those with most paragraphs in common first."""
    found = [row for row in report.cooccurrences.get(theme.id, ()) if row["municipality"] == ALL_PERIODS]
    return sorted(found, key=lambda row: (-row["paragraphs"], row["other"]))[:SHOWN]


def figure(report: Report, theme: Theme) -> Figure | None:
    """Return how many of the theme's paragraphs have another theme too; none where none has."""
    shown, _, words = rows(report, theme), report.language, Words()
    if not shown:
        return None
    others = [report.names[row["other"]] for row in shown]
    numbers = [_.plural(row["paragraphs"], "%(n)s afsnit", "%(n)s afsnit") for row in shown]
    bars = [
        {"y": n, "share": row["paragraphs"] / theme.paragraphs, "text": words(texts.shortened(other, 40))}
        for n, (row, other) in enumerate(zip(shown, others, strict=True))
    ]
    counts = [{"y": n, "text": words(number)} for n, number in enumerate(numbers)]
    told = ", ".join(f"{other} ({number})" for other, number in zip(others, numbers, strict=True))
    return Figure(
        name=f"tema-{theme.id}-sammen",
        title=_("%(theme)s: temaer i de samme afsnit", theme=report.names[theme.id]),
        text=_("Temaer, der står i de samme afsnit: %(told)s.", told=told),
        spec=_spec(bars, counts),
        words=words.all(),
    )


@forms.once
def _spec(bars: forms.Data, counts: forms.Data) -> str:
    import altair as alt

    x = alt.X("share:Q", scale=alt.Scale(domain=[0, max(bar["share"] for bar in bars)]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[len(bars) - 0.5, -0.5]), axis=None)
    drawn = alt.Chart(forms.data([bar | {"from": 0} for bar in bars])).mark_rule(strokeWidth=8, color=BAR, yOffset=8)
    return forms.spec(
        [
            drawn.encode(x=x, x2="from:Q", y=y),
            forms.labels(bars, 0, y, "left", dy=-2),
            forms.labels(counts, WIDE - 2 * SIDE, y, "right", dy=-2, colour=QUIET),
        ],
        WIDE, TOP + BOTTOM + ROW * len(bars), (TOP, SIDE, BOTTOM, SIDE),
    )  # fmt: skip
