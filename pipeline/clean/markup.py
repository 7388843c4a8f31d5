"""Remains of HTML and Markdown: tags, entities, emphasis, heading marks, links, tables.

Tags become the line breaks and tabs that they stand for; what carries no text is removed with the rule `markup`.
"""

from __future__ import annotations

import re
from html import unescape

from pipeline.offsets import Edit, edit

_BLOCK = "p|br|ol|ul|li|table|thead|tbody|tfoot|tr|div|h[1-6]|hr|blockquote|section|caption"
_CELL = "td|th"
_INLINE = "b|i|u|s|em|strong|span|sup|sub|a|font|img|small|mark|code|o:p"
_ATTRIBUTES = r"(?:\s[^<>\n]*)?/?"
_TAG = rf"</?(?:{_BLOCK}|{_CELL}){_ATTRIBUTES}>"
_BLOCK_TAGS = re.compile(rf"(?i)[ \t]*(?:{_TAG}[ \t]*)+")
_INLINE_TAG = re.compile(rf"(?i)</?(?:{_INLINE}){_ATTRIBUTES}>|<!--(?:(?!-->).)*-->")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_BULLETS = "•◦▪■●○–-"

_HEADING = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+(?=\S)|[ \t]+#+[ \t]*$")
_STRONG = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])((?:(?!\n[ \t]*\n)[^*])+?)(?<=[^\s*])\1(?!\*)")
_UNDERLINED = re.compile(r"(?<![\w_\\])(_{1,2})(?=[^\s_])([^_\n]+?)(?<=[^\s_])\1(?![\w_])")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|<>-])")
_QUOTE = re.compile(r"(?m)^>[ \t]?")
_SETEXT = re.compile(r"(?m)(?<=\S\n)={3,}[ \t]*$")
_RULE = re.compile(r"(?m)^[ \t]*(?:(?:[-*_=–—][ \t]*){3,}|_{4,}.{0,3})$")
_SEPARATOR = re.compile(r"(?m)^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$")
_TABLE_ROW = re.compile(r"(?m)^[ \t]*\|.*\|[ \t]*$")
_PIPE = re.compile(r"(?<!\\)[ \t]*\|[ \t]*")


def tags(text: str) -> list[Edit]:
    """Return the edits that turn block tags into line breaks, cells into tabs, and drop all others."""
    if "<" not in text:
        return []
    edits = [edit(text, *match.span(), _break(text, match), "markup") for match in _BLOCK_TAGS.finditer(text)]
    taken = {position for change in edits for position in range(change.start, change.end)}
    edits += [
        edit(text, *match.span(), "", "markup") for match in _INLINE_TAG.finditer(text) if match.start() not in taken
    ]
    return sorted((change for change in edits if change.after != change.before), key=lambda change: change.start)


def _break(text: str, match: re.Match[str]) -> str:
    """Return what a run of block tags stands for, given what stands before and after it."""
    found = [name.lower() for name in re.findall(r"</?[A-Za-z]+[1-6]?", match.group())]
    names = {name.strip("</") for name in found}
    before = text[match.start() - 1 : match.start()] if match.start() else "\n"
    following = text[match.end() : match.end() + 1]
    bullet = "• " if found[-1] == "<li" else ""
    if following in _BULLETS or following in ("", "\n"):
        bullet = ""
    if before == "\n" or following in ("", "\n"):
        return bullet
    if names <= {"td", "th"} or (names & {"td", "th"} and not names & {"tr", "li", "p"}):
        return "\t"
    return f"\n{bullet}"


def entities(text: str) -> list[Edit]:
    """Return the edits that spell character references out (`&aring;`)."""
    found = ((match.span(), unescape(match.group())) for match in _ENTITY.finditer(text))
    return [edit(text, *span, after, "entity") for span, after in found if after != text[slice(*span)]]


def is_markdown(text: str) -> bool:
    """Whether a text is written in Markdown: it has heading marks, or bold words, or links."""
    return bool(re.search(r"(?m)^#{1,6} \S|\*\*[^\s*][^*\n]*\*\*|\[[^\]\n]+\]\([^)\n]*\)|^\|.*\|[ \t]*$", text))


def markdown(text: str) -> list[Edit]:
    """Return the edits that remove Markdown's marks; tables become tabs between cells."""
    if not is_markdown(text):
        return []
    edits = []
    for pattern in (_HEADING, _ESCAPE, _QUOTE):
        edits += [edit(text, *match.span(), "", "markup") for match in pattern.finditer(text)]
    for match in _LINK.finditer(text):
        edits.append(edit(text, match.start(), match.start(1), "", "markup"))
        edits.append(edit(text, match.end(1), match.end(), "", "markup"))
    for pattern in (_STRONG, _UNDERLINED):
        for match in pattern.finditer(text):
            edits.append(edit(text, *match.span(1), "", "markup"))
            edits.append(edit(text, match.end() - len(match.group(1)), match.end(), "", "markup"))
    return _apart(edits)


def tables(text: str) -> list[Edit]:
    """Return the edits that turn Markdown's tables into cells with tabs between."""
    if not _SEPARATOR.search(text):
        return []
    edits = [edit(text, *match.span(), "", "markup") for match in _SEPARATOR.finditer(text) if match.group().strip()]
    for row in _TABLE_ROW.finditer(text):
        if _SEPARATOR.fullmatch(row.group()):
            continue
        for pipe in _PIPE.finditer(text, *row.span()):
            outer = pipe.start() == row.start() or pipe.end() == row.end()
            edits.append(edit(text, *pipe.span(), "" if outer else "\t", "markup"))
    return _apart(edits)


def rules(text: str) -> list[Edit]:
    """Return the edits that remove lines drawn across the page, and the double underline of a heading."""
    edits = [edit(text, *match.span(), "", "markup") for match in _SETEXT.finditer(text)]
    edits += [
        edit(text, match.end() - len(match.group().lstrip()), match.end(), "", "rule") for match in _RULE.finditer(text)
    ]
    return _apart(edits)


def _apart(edits: list[Edit]) -> list[Edit]:
    """Sort edits and drop those that overlap an earlier one, or are empty."""
    kept: list[Edit] = []
    for change in sorted(edits, key=lambda change: (change.start, -change.end)):
        if change.before and (not kept or change.start >= kept[-1].end):
            kept.append(change)
    return kept


STEPS = (tags, entities, markdown, tables, rules)
