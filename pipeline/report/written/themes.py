"""One theme in the written report: what it is, how much and how it is written about, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.report import comparability, differences, labels, quotes, texts
from pipeline.report.figures import differences as plot
from pipeline.report.language import DASH
from pipeline.report.model import HIDDEN, Document, Municipality, Pair, Report, Row, Theme
from pipeline.report.sections import WHOLE, by_chance
from pipeline.report.written import changes
from pipeline.report.written.blocks import Block, Heading, Items, Picture, Quote, Table, Text

QUOTED = 700  # characters of a paragraph that are quoted
QUOTES = 24  # quotes per theme, or one a municipality where there are more of these
PAIRS = 3  # challenges with measures per municipality
BESIDE = 5  # other themes that are named
TERMS = 10  # distinctive terms per municipality


def blocks(theme: Theme, report: Report) -> Iterator[Block]:
    """Return the section of a theme that somebody writes about."""
    _ = report.language
    yield Heading(2, report.names[theme.id])
    yield Text(theme.definition)
    if theme.origin != "codebook":
        yield Text(_("Temaet er fundet og navngivet af en model; det står ikke i kodebogen."))
    cells = [(place, row) for place in report.compared if (row := report.cells.get((theme.id, place.name)))]
    yield from _shares(cells, report)
    yield from _years(theme, report)
    yield from _tones(cells, report)
    yield from _differences(theme, report)
    yield from _quotes(theme, report)
    yield from _measures(theme, report)
    yield from _words(theme, report)
    if found := changes.of_theme(theme.id, report):
        yield Heading(3, _("Siden sidste kørsel"))
        yield Items.of(*found)


def absent(report: Report) -> Iterator[Block]:
    """Return the themes that nobody writes about, with the denominator of each municipality."""
    _ = report.language
    names = [report.names[theme.id] for theme in report.themes if not theme.paragraphs]
    if not names or not report.compared:
        return
    yield Heading(2, _("Ikke omtalt"))
    yield Text(_("Ingen af kommunerne skriver om disse temaer i de talte afsnit: %(themes)s.", themes=_.joined(names)))
    yield Text(_("Det er set efter:"))
    yield Items.of(*(f"{place.name}: {comparability.absent(report, place)}" for place in report.compared))


def _shares(cells: list[tuple[Municipality, Row]], report: Report) -> Iterator[Block]:
    _ = report.language
    level = _.percent(report.confidence, 0)
    corrected = any(row["corrected"] is not None for _place, row in cells)
    head = (
        _("Kommune"), _("Andel af afsnit"), _("%(level)s-interval", level=level), _("Andel af ord"), _("Afsnit"),
        _("Dokumenter"), _("Møder"), *([_("Rettet for modellens fejl")] if corrected else []),
    )  # fmt: skip
    rows = tuple(
        (*_share(place, row, report), *([_corrected(row, report)] if corrected else [])) for place, row in cells
    )
    yield Heading(3, _("Hvor meget der skrives"))
    yield Table(_("Omtale i hver kommune"), head, rows, frozenset(range(1, len(head))), note=_reasons(cells, report))


def _share(place: Municipality, row: Row, report: Report) -> tuple[str, ...]:
    _ = report.language
    if row["note"] == HIDDEN:
        return (place.name, *[DASH] * 6)
    span = "" if row["share_low"] is None else _.percent_range(row["share_low"], row["share_high"])
    return (
        place.name,
        _.percent(row["share"]) if row["theme_paragraphs"] else _("ikke omtalt"),
        span,
        _.percent(row["word_share"]) if row["theme_paragraphs"] else "",
        _of(report, row["theme_paragraphs"], row["paragraphs"]),
        _of(report, row["theme_documents"], row["documents"]),
        _of(report, row["theme_clusters"], row["clusters"]),
    )


def _of(report: Report, part: int, whole: int) -> str:
    _ = report.language
    return _("%(n)s af %(of)s", n=_.number(part), of=_.number(whole))


def _corrected(row: Row, report: Report) -> str:
    _ = report.language
    if row["corrected"] is None:
        return ""
    return f"{_.percent(row['corrected'])} ({_.percent_range(row['corrected_low'], row['corrected_high'])})"


def _reasons(cells: list[tuple[Municipality, Row]], report: Report) -> str:
    """Return what is missing in the table, and why: no interval, not mentioned in so many documents."""
    _ = report.language
    said = []
    for place, row in cells:
        if row["note"] == "not_mentioned":
            said.append(
                _("%(place)s: ikke omtalt %(where)s.", place=place.name, where=comparability.absent(report, place))
            )
        elif row["note"]:
            said.append(f"{place.name}: {labels.no_interval(_, row['note'], report.minimum)}.")
    return " ".join(said)


def _years(theme: Theme, report: Report) -> Iterator[Block]:
    """Return the share in each year, where there is more than one to show."""
    _ = report.language
    found = {
        (place, period): row
        for (identity, place, period), row in report.periods.items()
        if identity == theme.id and period.isdecimal()
    }
    years = sorted({period for _place, period in found})
    if len(years) < 2:
        return
    rows = tuple(
        (place.name, *(_year(found.get((place.name, year)), report) for year in years)) for place in report.compared
    )
    note = _("I parentes: afsnit med temaet af talte afsnit det år. Bag et enkelt år står ofte få dokumenter.")
    yield Table(_("Andel år for år"), (_("Kommune"), *years), rows, frozenset(range(1, len(years) + 1)), note)


def _year(row: Row | None, report: Report) -> str:
    _ = report.language
    if row is None or row["note"] == HIDDEN or row["share"] is None:
        return DASH
    return f"{_.percent(row['share'], 0)} ({_.number(row['theme_paragraphs'])}/{_.number(row['paragraphs'])})"


def _tones(cells: list[tuple[Municipality, Row]], report: Report) -> Iterator[Block]:
    _ = report.language
    words = labels.tones(_)
    head = (
        _("Kommune"), *(texts.capital(word) for word in words.values()), _("Sagsgang"), _("Gennemsnit"),
        _("%(level)s-interval", level=_.percent(report.confidence, 0)),
    )  # fmt: skip
    rows = tuple(
        (place.name, *(_.number(row[tone]) for tone in words), _.number(row["procedure"]), *_mean(row, report))
        for place, row in cells
        if row["theme_paragraphs"] and row["note"] != HIDDEN
    )
    if rows:
        yield Heading(3, _("Tonen"))
        note = _("Antal afsnit. Afsnit, der kun er sagsgang, har ingen tone og regnes ikke med i gennemsnittet, som "
                 "går fra −1 (negativ) til +1 (positiv).")  # fmt: skip
        yield Table(_("Tonen over for temaet"), head, rows, frozenset(range(1, len(head))), note)


def _mean(row: Row, report: Report) -> tuple[str, str]:
    _ = report.language
    if row["tone"] is None:
        return DASH, ""
    if row["tone_low"] is None:
        return _.signed(row["tone"]), ""
    return _.signed(row["tone"]), _(
        "%(low)s til %(high)s", low=_.signed(row["tone_low"]), high=_.signed(row["tone_high"])
    )


def _differences(theme: Theme, report: Report) -> Iterator[Block]:
    _ = report.language
    if len(report.compared) < 2:
        return
    yield Heading(3, _("Forskelle mellem kommunerne"))
    listed = plot.differences(report, theme)
    if listed:
        yield from _computed(listed, theme, report)
    notes = Counter(row["note"] for row in report.differences.get(theme.id, ()) if row["note"])
    if notes:
        reasons = [
            f"{labels.no_difference(_, note, report.minimum)} ({_.plural(count, '%(n)s par', '%(n)s par')})"
            for note, count in sorted(notes.items(), key=lambda item: (-item[1], item[0]))
        ]
        pairs = _.plural(notes.total(), "%(n)s par af kommuner", "%(n)s par af kommuner")
        yield Text(_("Ingen forskel er beregnet for %(pairs)s: %(reasons)s.", pairs=pairs, reasons="; ".join(reasons)))


def _computed(listed: list[plot.Difference], theme: Theme, report: Report) -> Iterator[Block]:
    _ = report.language
    certain, computed = plot.counts(report, theme)
    figure = plot.figure(report, theme) if certain else None
    if figure:
        yield Picture(figure)
    numbers = {"certain": _.number(certain), "computed": _.number(computed)}
    if certain:
        yield Text(_("%(certain)s af %(computed)s beregnede forskelle er sikre.", **numbers), leads=True)
    else:
        yield Text(_("Ingen af de %(computed)s beregnede forskelle er sikre.", **numbers), leads=True)
    head = (
        _("Fylder mere hos – end hos"), _("Forskel i procentpoint"), _("Interval"), _("q-værdi"), _("Inden for"),
    )  # fmt: skip
    rows = tuple(_difference(item.row, report) for item in listed)
    note = _small(report)
    if computed > len(listed):
        note += " " + _("Vist er %(n)s; alle står i regnearket.", n=_.number(len(listed)))
    yield Table(_("Beregnede forskelle"), head, rows, frozenset({1, 2, 3}), note)
    yield from _remarks(listed, report)


def _difference(row: Row, report: Report) -> tuple[str, ...]:
    _ = report.language
    more, less = differences.sides(report, row)
    return (
        f"{more.name} {DASH} {less.name}",
        _.number(100 * abs(row["difference"]), 1),
        differences.span(_, row, row["low"], row["high"]),
        _.probability(row["q_value"]),
        differences.within(_, row),
    )


def _small(report: Report) -> str:
    _ = report.language
    return _(
        "Forskellen regnes kun inden for det, begge har, og er derfor ikke altid forskellen på andelene ovenfor. En "
        "forskel med en q-værdi under %(limit)s kaldes sikker: højst %(share)s af de sikre forskelle ventes at være "
        "tilfældige.",
        limit=_.number(differences.FALSE_DISCOVERIES, 2),
        share=_.percent(differences.FALSE_DISCOVERIES, 0),
    )


def _remarks(listed: list[plot.Difference], report: Report) -> Iterator[Block]:
    """Return which differences rest on one meeting or document, and what is left without the model's errors."""
    said = []
    for item in listed:
        fragile = differences.fragility(report, item.row)
        corrected = differences.corrected(report, item.row) if item.corrected else ""
        if remarks := [remark for remark in (fragile, corrected) if remark]:
            said.append(f"{item.more.name} {DASH} {item.less.name}: {' '.join(remarks)}")
    if said:
        yield Items.of(*said)


def _quotes(theme: Theme, report: Report) -> Iterator[Block]:
    _ = report.language
    yield Heading(3, _("Citater"))
    wanted = min(report.quotes, max(1, QUOTES // len(report.compared)))
    for place in report.compared:
        documents = {document.id: document for document in place.documents}
        chosen = quotes.select(theme.id, place, wanted)
        if chosen:
            yield Text("", label=place.name, leads=True)
        for paragraph, tag in chosen:
            tone = _("tone: %(tone)s", tone=labels.tones(_)[tag.tone]) if tag.tone else ""
            source = labels.source(_, documents[paragraph.document], paragraph)
            text = texts.shortened(paragraph.text, QUOTED)
            yield Quote(text, "; ".join(part for part in (source, tone) if part), paragraph.id)


def _measures(theme: Theme, report: Report) -> Iterator[Block]:
    _ = report.language
    found = [(place, report.measures.get((theme.id, place.name), ())) for place in report.compared]
    if not any(pairs for _place, pairs in found):
        return
    yield Heading(3, _("Udfordringer og tiltag (forsøg)"))
    yield Text(_("En model har parret sætninger om det, der er svært, med sætninger om det, kommunen gør. Det er et "
                 "forsøg: læs selv efter, om de hører sammen."))  # fmt: skip
    documents = {document.id: document for document in report.documents}
    for place, pairs in found:
        for pair in pairs[:PAIRS]:
            yield Text(*_pair(place, pair, documents, report))


def _pair(place: Municipality, pair: Pair, documents: dict[str, Document], report: Report) -> tuple[str, str]:
    _ = report.language
    if pair.challenge_text == pair.measure_text:
        text = _(
            "Udfordring og tiltag%(name)s i samme sætning: »%(sentence)s« (%(source)s)",
            name=f" ({pair.name})" if pair.name else "",
            sentence=texts.shortened(pair.measure_text, QUOTED // 2),
            source=labels.source(_, documents[pair.measure.document], pair.measure),
        )
        return text, f"{place.name}."
    text = _(
        "Svært: »%(challenge)s« Tiltag%(name)s: »%(measure)s« (%(source)s)",
        challenge=texts.shortened(pair.challenge_text, QUOTED // 2),
        name=f" ({pair.name})" if pair.name else "",
        measure=texts.shortened(pair.measure_text, QUOTED // 2),
        source=labels.source(_, documents[pair.measure.document], pair.measure),
    )
    return text, f"{place.name}."


def _words(theme: Theme, report: Report) -> Iterator[Block]:
    _ = report.language
    terms = [(place, report.keyness.get((theme.id, place.name), ())) for place in report.compared]
    listed = [f"{place.name}: {', '.join(_term(row, report) for row in rows[:TERMS])}" for place, rows in terms if rows]
    if listed:
        yield Heading(3, _("Kendetegnende ord"))
        yield Text(_("Ord, som kommunen bruger oftere om temaet end de andre, med antal og antal dokumenter."))
        yield Items.of(*listed)
        yield Text(by_chance(_))
    beside = sorted(
        (row for row in report.cooccurrences.get(theme.id, ()) if row["municipality"] == WHOLE),
        key=lambda row: (-row["paragraphs"], row["other"]),
    )
    named = [f"{report.names[row['other']]} ({_.number(row['paragraphs'])})" for row in beside[:BESIDE]]
    if named:
        yield Text(_("%(themes)s (antal fælles afsnit).", themes=_.joined(named)), label=_("Står sammen med:"))


def _term(row: Row, report: Report) -> str:
    _ = report.language
    return f"{row['term']} ({_.number(row['count'])}, {_.documents(row['documents'])})"
