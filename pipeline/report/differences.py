"""What a difference between two municipalities comes with: its interval, its basis, and what it rests on, in words."""

from __future__ import annotations

from pipeline.report import labels, texts
from pipeline.report.language import Language
from pipeline.report.model import Municipality, Report, Row

FALSE_DISCOVERIES = 0.05  # the expected share of false ones among the differences that are called certain


def certain(report: Report) -> list[Row]:
    """Return the differences whose q-value is below FALSE_DISCOVERIES, the largest first."""
    rows = [row for row in report.computed if row["q_value"] is not None and row["q_value"] < FALSE_DISCOVERIES]
    return sorted(rows, key=lambda row: (-abs(row["difference"]), row["theme_id"], row["municipality"], row["other"]))


def sides(report: Report, row: Row) -> tuple[Municipality, Municipality]:
    """Return the municipality of a difference that writes more about the theme, then the other."""
    one, other = (next(place for place in report.municipalities if place.name == row[key])
                  for key in ("municipality", "other"))  # fmt: skip
    return (one, other) if row["difference"] >= 0 else (other, one)


def span(_: Language, row: Row, low: float, high: float) -> str:
    """Return an interval of a difference in percentage points, seen from the side with more."""
    if row["difference"] < 0:
        low, high = -high, -low
    return _("%(low)s til %(high)s", low=_.number(100 * low, 1), high=_.number(100 * high, 1))


def within(_: Language, row: Row) -> str:
    """Return what a difference was computed within: `referater fra 2021–2023`."""
    kinds = labels.kind_names(_, row["kinds"])
    years = [int(year) for year in row["years"] if str(year).isdigit()]
    return _("%(kinds)s fra %(years)s", kinds=kinds, years=_.years(years)) if years else kinds


def filters(row: Row, place: Municipality) -> dict[str, str]:
    """Return the filters that give the paragraphs of one side of a difference."""
    found = {"tema": row["theme_id"], "kommune": place.slug, "type": ",".join(row["kinds"])}
    return found | ({"aar": ",".join(row["years"])} if row["years"] else {})


def rests_on_one(row: Row) -> bool:
    """Whether a difference rests on one meeting or document, and would be one: its interval holds no zero."""
    return bool(row["fragile"] and row["low"] * row["high"] > 0)


def fragility(report: Report, row: Row) -> str:
    """Return that a difference rests on one meeting or document, empty for one that does not."""
    if not rests_on_one(row):
        return ""
    _ = report.language
    titles = [str(document.row["title"]) for document in report.documents if document.id in set(row["influential"])]
    named = _.joined([f"»{texts.shortened(' '.join(title.split()), 80)}«" for title in titles[:2]])
    if len(titles) == 1:
        text = _("Denne forskel hviler på ét dokument: %(titles)s.", titles=named)
    else:
        text = _("Denne forskel hviler på ét møde: %(titles)s.", titles=named)
    if row["without"] is None:
        return text
    if row["without"] * row["difference"] < 0:
        return f"{text} {_('Uden det er den vendt om.')}"
    points = _.points(abs(row["without"]))
    return f"{text} {_('Uden det er den %(points)s og kan være et tilfælde.', points=points)}"


def corrected(report: Report, row: Row) -> str:
    """Return a difference corrected for the model's errors, or that these are not part of it."""
    _ = report.language
    if row["corrected"] is None:
        return _("Modellens fejl er ikke regnet med.")
    value = row["corrected"] if row["difference"] >= 0 else -row["corrected"]
    return _(
        "Rettet for modellens fejl, målt på en stikprøve, er den %(points)s (%(span)s).",
        points=_.points(value),
        span=span(_, row, row["corrected_low"], row["corrected_high"]),
    )


def share_within(place: Municipality, row: Row) -> float:
    """Return the share of a municipality's counted paragraphs with a difference's theme, within its kinds and years."""
    years = set(row["years"])
    paragraphs = [
        paragraph
        for document in place.documents
        if document.row["kind"] in row["kinds"] and (not years or str(document.year or "udateret") in years)
        for paragraph in document.counted
    ]
    with_theme = sum(paragraph.tag(row["theme_id"]) is not None for paragraph in paragraphs)
    return with_theme / len(paragraphs) if paragraphs else 0.0
