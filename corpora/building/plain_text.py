"""Render a source as a text file, as Markdown, or as a web page."""

from __future__ import annotations

import html
import re
import textwrap

from corpora.building.source import Block, Source, inline_runs, plain
from corpora.building.typography import with_ligatures

WIDTH = 86
NOT_IN_LATIN_1 = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "•": "-", "…": "..."})


def build_text(source: Source) -> str:
    """Return the text wrapped as an exported minute is; with layout `double`, a blank line after every line."""
    double = source.layout == "double"
    parts = []
    for position, block in enumerate(source.blocks):
        # Documents of a bundle begin on a new page.
        page_break = "\f" if block.form == "heading" and block.level == 1 and position else ""
        parts.append(page_break + "\n".join(_text_lines(block, double)))
    parts = [part for part in (source.header, *parts, _without_pages(source.footer)) if part]
    text = "\n".join(_spaced(parts, source.blocks, bool(source.header)))
    text = with_ligatures(text) if source.layout == "ligatures" else text
    return (text.replace("\n", " \n\n") if double else text) + "\n"


def _spaced(parts: list[str], blocks: tuple[Block, ...], header: bool) -> list[str]:
    """Put a blank line between blocks, but none between bullets of one list."""
    spaced: list[str] = []
    forms = ([""] if header else []) + [block.form for block in blocks] + [""]
    for position, part in enumerate(parts):
        if position and not (forms[position] == forms[position - 1] and forms[position] in ("bullet", "item")):
            spaced.append("")
        spaced.append(part)
    return spaced


def _text_lines(block: Block, double: bool) -> list[str]:
    if block.form == "table":
        widths = [max(map(len, column)) + 3 for column in zip(*block.rows, strict=True)]
        padded = [map(str.ljust, row, widths) for row in block.rows]
        return ["".join(cells).rstrip() for cells in padded]
    mark = {"bullet": "• " if double else "- ", "item": f"{block.number}. "}.get(block.form, "")
    indent = "  " * (block.level - 1) if mark else ""
    hanging = "" if double else indent + " " * len(mark)
    lines: list[str] = []
    wrapper = textwrap.TextWrapper(70 if double else WIDTH, indent + mark, hanging, break_long_words=False)
    for line in plain(block.text).split("\n"):
        lines += wrapper.wrap(line)
        wrapper.initial_indent = hanging
    return lines


def to_latin_1(text: str) -> bytes:
    """Encode as ISO 8859-1, with the plain marks that old programs put for dashes and curly quotes."""
    return text.translate(NOT_IN_LATIN_1).encode("latin-1")


def build_markdown(source: Source) -> str:
    """Return Markdown as converters write it: tables as HTML, wide bullet marks, no front matter."""
    parts = [source.header, *map(_markdown, source.blocks), _without_pages(source.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown(block: Block) -> str:
    if block.form == "heading":
        text = f"**{plain(block.text)}**" if block.level == 1 else block.text
        return "#" * block.level + f" {text}"
    if block.form == "table":
        return _html_table(block)
    if block.form in ("bullet", "item"):
        mark = "-  " if block.form == "bullet" else f"{block.number}. "
        return "    " * (block.level - 1) + f"{mark} {block.text}"
    return block.text.replace("\n", "  \n")


def _html_table(block: Block) -> str:
    head, *body = block.rows
    cells = "".join(f"<th>{_escape(cell)}</th>" for cell in head)
    rows = ["<tr>" + "".join(f"<td>{_escape(cell)}</td>" for cell in row) + "</tr>" for row in body]
    return "\n".join(["<table>", "<thead>", f"<tr>{cells}</tr>", "</thead>", "<tbody>", *rows, "</tbody>", "</table>"])


PAGE = """<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>nav ul {{ display: flex; list-style: none }} main {{ max-width: 42em }}</style>
<script>window.statistik = {{ samtykke: false }};</script>
</head>
<body>
<header>
<p class="logo">{header}</p>
<nav aria-label="Hovedmenu"><ul><li><a href="#">Borger</a></li><li><a href="#">Erhverv</a></li>\
<li><a href="#">Politik</a></li><li><a href="#">Om kommunen</a></li></ul></nav>
</header>
<div class="broedkrumme"><a href="#">Forside</a> &rsaquo; <a href="#">Politik</a> &rsaquo; {kind}</div>
<main>
{body}
</main>
<footer>
<p>{footer}</p>
<p><a href="#">Tilg&aelig;ngelighedserkl&aelig;ring</a> &middot; <a href="#">Privatlivspolitik</a></p>
</footer>
</body>
</html>
"""


def build_html(source: Source) -> str:
    """Return a page of a municipal web site, with its menu, bread crumbs and footer around the text."""
    body, open_list = [], ""
    for block in source.blocks:
        wanted = {"bullet": "ul", "item": "ol"}.get(block.form, "")
        if wanted != open_list:
            body += [f"</{open_list}>"] * bool(open_list) + [f"<{wanted}>"] * bool(wanted)
            open_list = wanted
        body.append(_html(block))
    body += [f"</{open_list}>"] * bool(open_list)
    header, footer = _escape(source.header), _escape(_without_pages(source.footer))
    kind, title = source.kind.capitalize(), _escape(source.title)
    return PAGE.format(title=title, header=header, footer=footer, kind=kind, body="\n".join(body))


def _html(block: Block) -> str:
    if block.form == "table":
        return _html_table(block)
    tags = {"": ("", ""), "bold": ("<strong>", "</strong>"), "italic": ("<em>", "</em>")}
    text = "".join(tags[style][0] + _escape(piece) + tags[style][1] for piece, style in inline_runs(block.text))
    text = text.replace("\n", "<br>\n")
    tag = {"heading": f"h{block.level}", "bullet": "li", "item": "li"}.get(block.form, "p")
    return f"<{tag}>{text}</{tag}>"


def _escape(text: str) -> str:
    """Escape a text; a number keeps to its unit with a no-break space, as editors of web pages put it."""
    return re.sub(r"(\d) (pct\.|procent|mio\.)", r"\1&nbsp;\2", html.escape(text, quote=False))


def _without_pages(footer: str) -> str:
    """Return a running footer as it stands where there are no pages."""
    return re.sub(r"[\s·|,–-]*(side )?\{page\}.*$", "", footer, flags=re.IGNORECASE).strip()
