"""The sheets of texts: paragraphs, documents, repairs, measures, shared passages, distinctive terms."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import accounts, labels, texts
from pipeline.report.excel.sheet import Column, Sheet, joined
from pipeline.report.model import Document, Paragraph, Report

AROUND = 40  # characters before and after a repair


def paragraphs(report: Report) -> Sheet:
    """Return every paragraph with its themes, tone and source."""
    _ = report.language
    most = max((len(p.tags) for d in report.documents for p in d.paragraphs), default=1) or 1
    columns = [
        (_("Tekst"), "long", 80), *_theme_columns(report, most), (_("Kommune"), "text", 16),
        (_("Dokument"), "text", 40),
        (_("Dato"), "date", 18), (_("Type"), "text", 13), (_("Udvalg eller afsender"), "text", 24),
        (_("Side"), "count", 6), (_("Punkt og overskrifter"), "text", 40), (_("Rolle"), "text", 16),
        (_("Stemme"), "text", 10), (_("Tælles med"), "text", 10), (_("Hvorfor ikke"), "text", 30),
        (_("Delt passage"), "text", 26), ("paragraph_id", "text", 26),
    ]  # fmt: skip
    rows = [
        _paragraph(report, document, paragraph, most)
        for document in report.documents
        for paragraph in document.paragraphs
    ]
    about = _("Et afsnit pr. række med temaer (modellens sikkerhed 0-1), tone og kilde. Filtrér på tema og kommune for "
              "at se, hvad et tal er talt af.")  # fmt: skip
    return Sheet(_("Afsnit"), about, columns, rows)


def _theme_columns(report: Report, most: int) -> Iterator[Column]:
    _ = report.language
    for number in range(1, most + 1):
        yield (_("Hovedtema") if number == 1 else _("Tema %(n)s", n=number), "text", 24)
        yield (_("Sikkerhed %(n)s", n=number), "score", 10)
        yield (_("Tone %(n)s", n=number), "text", 10)
        yield (_("Hvad sætningen gør %(n)s", n=number), "text", 18)
        yield (_("Hvem siger det %(n)s", n=number), "text", 18)


def _paragraph(report: Report, document: Document, paragraph: Paragraph, most: int) -> list[object]:
    _, row = report.language, document.row
    themes: list[object] = []
    for tag in paragraph.tags:
        tone, act = labels.tones(_).get(tag.tone, ""), labels.acts(_).get(tag.act, "")
        themes += [report.names[tag.theme], tag.score, tone, act, tag.holder]
    themes += [None] * (5 * most - len(themes))
    return [
        paragraph.text, *themes, row["municipality"], row["title"], row["date"], labels.kind(_, row["kind"]),
        row["body"],
        paragraph.page, labels.place_in_document(paragraph), labels.roles(_).get(paragraph.role, paragraph.role),
        _("ekstern") if paragraph.voice == "external" else _("egen"), _("nej") if paragraph.uncounted else _("ja"),
        labels.uncounted(_).get(paragraph.uncounted, ""), paragraph.shared, paragraph.id,
    ]  # fmt: skip


def documents(report: Report) -> Sheet:
    """Return every document with what was inferred about it and why."""
    _ = report.language
    columns = [
        (_("Titel"), "text", 50), (_("Kommune"), "text", 16), (_("Dato"), "date", 18), (_("Type"), "text", 13),
        (_("Udvalg eller afsender"), "text", 28), (_("Status"), "text", 20), (_("Årsag"), "text", 40),
        (_("Ord"), "count", 9), (_("Sider"), "count", 8), (_("Sider læst ved OCR"), "count", 12),
        (_("Skadede ord"), "share", 11), (_("Afsnit"), "count", 9), (_("Talte afsnit"), "count", 9),
        (_("Afsnit fra lukkede punkter"), "count", 10), (_("Kommunen bygger på"), "text", 40),
        (_("Datoen bygger på"), "text", 30), (_("Typen bygger på"), "text", 30), (_("Sagsnumre"), "text", 24),
        (_("Sprog"), "text", 8), (_("Næsten kopi af"), "text", 20), (_("Filer"), "text", 50),
        ("document_id", "text", 20),
    ]  # fmt: skip
    about = _("Et dokument pr. række: hvad det er, hvad det bygger på, og om det er talt med.")
    return Sheet(_("Dokumenter"), about, columns, [_document(report, document) for document in report.documents])


def _document(report: Report, document: Document) -> list[object]:
    _, row = report.language, document.row
    reason = row["reason"] or labels.uncounted(_).get(document.uncounted, "")
    return [
        row["title"], row["municipality"], row["date"], labels.kind(_, row["kind"]), row["body"],
        accounts.status(_)[document.uncounted], reason, row["words"], row["pages"], row["ocr_pages"],
        document.quality["damaged_share"] if document.quality else None, len(document.paragraphs),
        len(document.counted), document.closed, row["municipality_evidence"], row["date_evidence"],
        row["kind_evidence"],
        joined(row["case_numbers"]), row["language"], row["near_duplicate_of"], joined(row["paths"]), document.id,
    ]  # fmt: skip


def repairs(report: Report) -> Sheet:
    """Return every word that was repaired, and every repair that was only suggested."""
    _ = report.language
    columns = [
        (_("Stod der"), "text", 24), (_("Rettet til"), "text", 24), (_("Rettet"), "text", 9), (_("Regel"), "text", 20),
        (_("Sikkerhed"), "score", 10), (_("Sammenhæng"), "long", 70), (_("Kommune"), "text", 16),
        (_("Dokument"), "text", 40), (_("Side"), "count", 6), ("paragraph_id", "text", 26),
    ]  # fmt: skip
    rows = [
        [*repair, document.row["municipality"], document.row["title"], paragraph.page, paragraph.id]
        for document in report.documents
        for paragraph in document.paragraphs
        for repair in _repairs(report, paragraph)
    ]
    about = _("Ord, der er rettet efter skanning, og forslag, der ikke var sikre nok til at blive foretaget (med "
              "sikkerhed 0-1).")  # fmt: skip
    return Sheet(_("Rettelser"), about, columns, rows)


def _repairs(report: Report, paragraph: Paragraph) -> Iterator[list[object]]:
    _ = report.language
    position = 0
    for piece in paragraph.pieces:
        end = position + len(piece.text)
        if piece.before is not None:
            around = paragraph.text[max(0, position - AROUND) : end + AROUND]
            yield [piece.before, piece.text, _("ja"), piece.rule, None, around]
        position = end
    for one in paragraph.suggestions:
        yield [one.before, one.after, _("nej"), one.rule, one.confidence, texts.shortened(paragraph.text, 4 * AROUND)]


def measures(report: Report) -> Sheet:
    """Return what is difficult with the measure that the municipality names for it."""
    _ = report.language
    links = {"sentence": _("samme sætning"), "paragraph": _("samme afsnit"), "item": _("samme punkt")}
    columns = [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Det, der er svært"), "long", 60),
        (_("Tiltag"), "text", 26), (_("Sætningen om tiltaget"), "long", 60), (_("Forbundet ved"), "text", 16),
        (_("Sikkerhed"), "score", 10), (_("Kilde"), "long", 50), (_("Afsnit med udfordringen"), "text", 26),
        (_("Afsnit med tiltaget"), "text", 26),
    ]  # fmt: skip
    known = {document.id: document for document in report.documents}
    rows = [
        [
            report.names[theme.id], place.name, pair.challenge_text, pair.name, pair.measure_text,
            links.get(pair.link, pair.link), pair.score, labels.source(_, known[pair.measure.document], pair.measure),
            pair.challenge.id, pair.measure.id,
        ]
        for theme in report.themes
        for place in report.compared
        for pair in report.measures.get((theme.id, place.name), ())
    ]  # fmt: skip
    about = _("Forsøg: en model har parret sætninger om det svære med sætninger om, hvad kommunen gør. Læs efter, før "
              "du bruger dem.")  # fmt: skip
    return Sheet(_("Tiltag (forsøg)"), about, columns, rows)


def shared(report: Report) -> Sheet:
    """Return the passages that stand nearly alike in several municipalities."""
    _ = report.language
    columns = [
        (_("Passage"), "text", 26), (_("Kommune"), "text", 16), (_("Tekst"), "long", 80), (_("Kilde"), "long", 50),
        ("paragraph_id", "text", 26),
    ]  # fmt: skip
    known = {document.id: document for document in report.documents}
    rows = [
        [
            passage, known[one.document].row["municipality"], one.text, labels.source(_, known[one.document], one),
            one.id,
        ]
        for passage, members in report.shared.items()
        for one in members
    ]  # fmt: skip
    about = _("Skabeloner og fælles aftaler. De er ikke talt med som den enkelte kommunes egne ord.")
    return Sheet(_("Fælles passager"), about, columns, rows)


def terms(report: Report) -> Sheet:
    """Return the words that set a municipality apart on a theme."""
    _ = report.language
    columns = [
        (_("Tema"), "text", 32), (_("Kommune"), "text", 16), (_("Ord eller orddel"), "text", 30),
        (_("Forekomster"), "count", 12), (_("Dokumenter"), "count", 11), ("z", "score", 9),
    ]  # fmt: skip
    rows = [
        [report.names[theme.id], place.name, row["term"], row["count"], row["documents"], row["z"]]
        for theme in report.themes
        for place in report.municipalities
        for row in report.keyness.get((theme.id, place.name), ())
    ]
    about = _("Ord og dele af sammensatte ord, som kommunen bruger oftere om temaet end de andre (z: hvor tydeligt).")
    return Sheet(_("Kendetegn"), about, columns, rows)
