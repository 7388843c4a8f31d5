"""Paragraphs and their themes as an Excel sheet: written for a person to code, and read back as labels."""

from __future__ import annotations

import datetime
import difflib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigurationError
from pipeline.labels import TONES, Label, annotator_name
from pipeline.sampling import Item
from pipeline.settings import Theme
from pipeline.workbook import CREATED, plain, write_instructions

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET, EXPORT, LISTS = "kodning", "eksport", "lister"
THEMES = ("tema 1", "tema 2", "tema 3")
GIVEN = ("nøgle", "kommune", "dato", "dokument", "overskrift", "tekst")
CODED = (*THEMES, "tone")
REVIEWED, CERTAINTY = "set", "sikkerhed (0-1)"
WIDTHS = (12, 14, 11, 28, 34, 80, 20, 20, 20, 11, 7, 11)
NOTHING, YES = "-", "ja"
_COMMON = (
    "Temaerne vælges på listen i cellen: hovedtemaet først, højst tre. Skriv - (en bindestreg) i tema 1, hvis "
    "afsnittet intet tema har (procedure, deltagerlister, indholdsfortegnelser).",
    "Et punkt i en liste har betydning af sin overskrift. Arket `temaer` siger, hvad hvert tema dækker.",
    "Tone kan stå tom. Ellers: positive, neutral, negative eller mixed, som teksten selv udtrykker det.",
    "De grå kolonner må ikke ændres: nøglen siger, hvilket afsnit linjen hører til.",
    "",
    "Gem arket, og kør `temaspejl codebook import ARK.xlsx --annotator NAVN`. To, der koder hver for sig, "
    "importerer hver sit ark.",
)
INSTRUCTIONS = {
    "improve": (
        "Sådan rettes temaerne, så modellen lærer af det",
        "",
        "Hver linje er et afsnit med de foreslåede temaer. De mest usikre står øverst.",
        "Ret temaerne, eller skriv ja i kolonnen `set`, hvis forslaget er rigtigt. Linjer uden rettelse og uden ja "
        "tæller ikke.",
        *_COMMON,
        "Rettelserne indgår, næste gang modellen tilpasses.",
    ),
    "validate": (
        "Sådan kodes en tilfældig stikprøve, som modellen måles på",
        "",
        "Hver linje er et tilfældigt afsnit. Modellens forslag er skjult med vilje.",
        "En linje tæller, når tema 1 er udfyldt.",
        *_COMMON,
        "Stikprøven bruges aldrig til at tilpasse modellen.",
    ),
}


def export_sheet(found: Sequence[Item], themes: Sequence[Theme], purpose: str, target: Path) -> None:
    """Write the items as a workbook to code; `purpose` is improve (proposals filled in) or validate (hidden).

    Every text is stored as text, so that no cell runs as a formula. A hidden sheet keeps what the lines were filled
    with and, for a sample, the probability of being drawn.
    """
    import xlsxwriter

    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED, "title": f"temaspejl: {purpose}"})
        _write_items(book, book.add_worksheet(SHEET), found, len(themes), purpose)
        write_instructions(book, INSTRUCTIONS[purpose])
        _write_themes(book, themes)
        _write_export(book, found, purpose)


def columns(purpose: str) -> tuple[str, ...]:
    """Return the headings of the sheet."""
    return (*GIVEN, *CODED, REVIEWED, CERTAINTY) if purpose == "improve" else (*GIVEN, *CODED)


def _write_items(book: Workbook, sheet: Worksheet, found: Sequence[Item], themes: int, purpose: str) -> None:
    cell = {"valign": "top", "text_wrap": True}
    heading = book.add_format({**cell, "bold": True, "bottom": 1})
    free = book.add_format({**cell, "quote_prefix": True})
    grey = book.add_format({**cell, "quote_prefix": True, "bg_color": "#EEEEEE"})
    day = book.add_format({**cell, "num_format": "yyyy-mm-dd", "bg_color": "#EEEEEE"})
    number = book.add_format({**cell, "num_format": "0.00", "bg_color": "#EEEEEE"})
    names = columns(purpose)
    for column, name in enumerate(names):
        sheet.set_column(column, column, WIDTHS[column])
        sheet.write_string(0, column, name, heading)
    for line, item in enumerate(found, start=1):
        texts = (item.key, item.municipality, "", item.title, item.heading, item.text)
        for column, text in enumerate(texts):
            sheet.write_string(line, column, plain(text), grey)
        if item.date:
            sheet.write_datetime(line, 2, datetime.datetime.combine(item.date, datetime.time()), day)
        for name, value in zip(CODED, (*_proposals(item, purpose), ""), strict=True):
            if value:
                sheet.write_string(line, names.index(name), value, free)
        if purpose == "improve":
            sheet.write_number(line, names.index(CERTAINTY), item.certainty, number)
    _add_choices(sheet, names, len(found), themes)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(found)), len(names) - 1)


def _proposals(item: Item, purpose: str) -> tuple[str, ...]:
    if purpose == "validate":
        return "", "", ""
    names = [theme for theme, _ in item.proposed[: len(THEMES)]] or [NOTHING]
    return (*names, *[""] * (len(THEMES) - len(names)))


def _add_choices(sheet: Worksheet, names: Sequence[str], rows: int, themes: int) -> None:
    message = {"error_title": "Findes ikke", "error_message": "Vælg på listen, eller lad cellen være tom."}
    sources: dict[str, Any] = dict.fromkeys(THEMES, f"={LISTS}!$A$1:$A${themes + 1}")
    sources |= {"tone": list(TONES), REVIEWED: [YES]}
    for name in set(sources) & set(names):
        column = names.index(name)
        options = {"validate": "list", "source": sources[name], **message}
        sheet.data_validation(1, column, max(rows, 1), column, options)


def _write_themes(book: Workbook, themes: Sequence[Theme]) -> None:
    text = book.add_format({"quote_prefix": True, "valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True})
    sheet, lists = book.add_worksheet("temaer"), book.add_worksheet(LISTS)
    lists.hide()
    lists.write_string(0, 0, NOTHING)
    for column, (name, width) in enumerate((("tema", 20), ("navn", 28), ("dækker", 100))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    for line, theme in enumerate(themes, start=1):
        lists.write_string(line, 0, theme.id)
        for column, value in enumerate((theme.id, theme.da, theme.definition)):
            sheet.write_string(line, column, plain(value), text)


def _write_export(book: Workbook, found: Sequence[Item], purpose: str) -> None:
    sheet = book.add_worksheet(EXPORT)
    sheet.very_hidden()
    sheet.write_string(0, 0, purpose)
    for line, item in enumerate(found, start=1):
        sheet.write_string(line, 0, item.key)
        sheet.write_string(line, 1, item.municipality)
        sheet.write_number(line, 2, item.probability)
        for column, name in enumerate(_proposals(item, purpose), start=3):
            sheet.write_string(line, column, name)


@dataclass(frozen=True)
class Coded:
    """What came back: the labels, and how many lines nobody had coded."""

    purpose: str
    labels: tuple[Label, ...]
    untouched: int


def read_sheet(source: Path, themes: Sequence[Theme], annotator: str) -> Coded:
    """Read a coded sheet; ConfigurationError names file, sheet, row, column and remedy, and then nothing counts."""
    purpose, exported, rows = _open(source)
    annotator_name(annotator, "--annotator")
    names = {text.casefold(): theme.id for theme in themes for text in (theme.da, theme.id)}
    labels: list[Label] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        place = f"{source}, sheet {SHEET}, row {number}"
        key = cells.get("nøgle", "")
        if not any(cells.values()):
            continue
        if key not in exported:
            raise ConfigurationError(
                f"{place}, column nøgle: {key!r} was not exported; restore the key or delete the row"
            )
        if key in seen:
            raise ConfigurationError(f"{place}, column nøgle: {key} stands in row {seen[key]} too: keep one")
        seen[key] = number
        given = _themes(cells, place, names)
        tone = _tone(cells, place, given)
        if _is_coded(cells, exported[key], purpose, place):
            labels.append(_label(exported[key], given or (), tone, annotator, purpose))
    return Coded(purpose, tuple(labels), len(exported) - len(labels))


def _open(source: Path) -> tuple[str, dict[str, tuple[Any, ...]], Iterator[tuple[int, dict[str, str]]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(source)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        raise ConfigurationError(f"{source} cannot be read as an Excel file (.xlsx): {error}") from error
    if missing := [name for name in (SHEET, EXPORT) if name not in book.sheetnames]:
        raise ConfigurationError(
            f"{source} has no sheet {missing[0]}: import a workbook from `temaspejl codebook export`, saved as .xlsx"
        )
    lines = list(book[EXPORT].iter_rows(values_only=True))
    exported = {str(line[0]): line for line in lines[1:]}
    rows = list(book[SHEET].iter_rows(values_only=True))
    heading = [_text(cell).lower() for cell in rows[0]] if rows else []
    if absent := [name for name in ("nøgle", *CODED) if name not in heading]:
        raise ConfigurationError(f"{source}, sheet {SHEET}, row 1: no column {absent[0]!r}; restore the headings")
    numbered = (
        (number, dict(zip(heading, map(_text, row), strict=False))) for number, row in enumerate(rows[1:], start=2)
    )
    return str(lines[0][0]), exported, numbered


def _text(cell: Any) -> str:
    text = "" if cell is None else str(cell).strip()
    return text.removeprefix("'").strip()


def _themes(cells: Mapping[str, str], place: str, names: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the themes of a row, () for one that has none by decision, None for one that nobody filled in."""
    filled = [(column, cells[column]) for column in THEMES if cells[column]]
    if not filled:
        return None
    if any(text == NOTHING for _, text in filled):
        if len(filled) > 1:
            raise ConfigurationError(f"{place}: - (no theme) and a theme at once; delete one of them")
        return ()
    given = [_theme(text, f"{place}, column {column}", names) for column, text in filled]
    if len(set(given)) < len(given):
        raise ConfigurationError(f"{place}: the same theme twice; delete one of them")
    return tuple(given)


def _theme(text: str, place: str, names: Mapping[str, str]) -> str:
    if text.casefold() in names:
        return names[text.casefold()]
    close = difflib.get_close_matches(text.casefold(), names, n=1)
    hint = f"did you mean {names[close[0]]}?" if close else f"choose one of the list, or {NOTHING} for none"
    raise ConfigurationError(f"{place}: the codebook has no theme {text!r}; {hint}")


def _tone(cells: Mapping[str, str], place: str, given: tuple[str, ...] | None) -> str:
    tone = cells["tone"].lower()
    if tone and tone not in TONES:
        raise ConfigurationError(f"{place}, column tone: {tone!r} is none of {', '.join(TONES)}; write one, or nothing")
    if tone and not given:
        raise ConfigurationError(f"{place}, column tone: a tone without a theme; fill in tema 1, or delete the tone")
    return tone


def _is_coded(cells: Mapping[str, str], exported: tuple[Any, ...], purpose: str, place: str) -> bool:
    if purpose == "validate":
        return bool(cells["tema 1"] or cells["tema 2"] or cells["tema 3"])
    reviewed = cells.get(REVIEWED, "").lower()
    if reviewed not in ("", YES):
        raise ConfigurationError(f"{place}, column {REVIEWED}: {reviewed!r}; write {YES}, or nothing")
    before = [_text(cell) for cell in (*exported[3:], "", "", "")][: len(THEMES)]
    now = [cells[column] for column in THEMES]
    if reviewed and not any(now):
        raise ConfigurationError(f"{place}, column tema 1: empty; write the theme, or {NOTHING} for none")
    if any(before) and not any(now):
        raise ConfigurationError(f"{place}, column tema 1: the proposal was deleted; write {NOTHING} for no theme")
    return bool(reviewed) or before != now or bool(cells["tone"])


def _label(exported: tuple[Any, ...], themes: tuple[str, ...], tone: str, annotator: str, purpose: str) -> Label:
    document, span = str(exported[0]).rsplit(":", 1)
    start, end = span.split("-")
    probability = float(exported[2]) if purpose == "validate" else 1.0
    return Label(document, int(start), int(end), themes, tone, annotator, purpose, str(exported[1]), probability)
