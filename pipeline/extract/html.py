"""The visible text of an HTML page: one newline after a block, a tab between cells, list markers as browsers draw."""

from __future__ import annotations

import re
from typing import Any

from pipeline.extract.media import HTML
from pipeline.extract.plain_text import decode
from pipeline.extract.reading import Page, Reading, TextBuilder

# Elements that a browser does not show as text of the page.
_INVISIBLE = re.compile(
    "script|style|template|noscript|head|title|meta|link|svg|canvas|audio|video|iframe|object|map|datalist"
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|optgroup|option|p|pre|search|section|summary|table|"
    "caption|tbody|thead|tfoot|tr|ul"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")  # what HTML calls whitespace; a no-break space is a character
_NAVIGATION_LINKS = 0.8  # a <nav> is left out when its links hold at least this share of its text
_MAX_DEPTH = 400  # deeper nesting is an attack, not a document: its text is taken in one piece


def read_html(content: bytes) -> Reading:
    """Return the page of an HTML file; headings and list items are in its outline."""
    return Reading(HTML, (visible_text(_decode(content)),))


def _decode(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def visible_text(source: str) -> Page:
    """Return the visible text of HTML source as one page."""
    from selectolax.lexbor import LexborHTMLParser

    builder = TextBuilder()
    root = LexborHTMLParser(source).body
    if root is not None:
        _walk(root, builder, preformatted=False, depth=0)
    builder.end_block()
    return builder.page()


def _walk(parent: Any, builder: TextBuilder, *, preformatted: bool, depth: int) -> None:
    if depth > _MAX_DEPTH:
        _add_text(builder, parent.text(deep=True, separator=" "), preformatted)
        return
    number = _first_number(parent)
    node = parent.child
    while node is not None:
        tag = node.tag
        if tag == "-text":
            _add_text(builder, node.text_content or "", preformatted)
        elif tag == "br":
            builder.add("\n")
        elif tag in {"td", "th"}:
            _add_cell(node, builder, preformatted=preformatted, depth=depth)
        elif not _is_hidden(node):
            if _BLOCK.fullmatch(tag):
                marker = ""
                if tag == "li":
                    marker = f"{number}. " if number is not None else "• "
                    number = number + 1 if number is not None else None
                _add_block(node, builder, marker, preformatted=preformatted, depth=depth)
            else:
                _walk(node, builder, preformatted=preformatted, depth=depth + 1)
        node = node.next


def _first_number(parent: Any) -> int | None:
    if parent.tag != "ol":
        return None
    start = (parent.attributes.get("start") or "").strip()
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _add_block(node: Any, builder: TextBuilder, marker: str, *, preformatted: bool, depth: int) -> None:
    if not preformatted:
        _cut_spaces(builder)
    builder.start_block()
    start, first = builder.length, len(builder.parts)
    builder.open(marker)
    _walk(node, builder, preformatted=preformatted or node.tag == "pre", depth=depth + 1)
    if marker and builder.length == start + len(marker):
        builder.cut(marker)
        return
    if not preformatted:
        _cut_spaces(builder)
    if marker:
        first_line = "".join(builder.parts[first:]).partition("\n")[0]
        builder.mark(start, start + len(first_line), "li")
    elif re.fullmatch(r"h[1-6]", node.tag):
        builder.mark(start, builder.length, node.tag[1])
    builder.end_block()


def _add_cell(node: Any, builder: TextBuilder, *, preformatted: bool, depth: int) -> None:
    if _has_cell_before(node):
        if builder.parts and builder.parts[-1] != "\t":
            builder.cut(" \n")
        builder.open("\t")
    _walk(node, builder, preformatted=preformatted, depth=depth + 1)


def _has_cell_before(node: Any) -> bool:
    previous = node.prev
    while previous is not None and previous.tag not in {"td", "th"}:
        previous = previous.prev
    return previous is not None


def _add_text(builder: TextBuilder, text: str, preformatted: bool) -> None:
    if preformatted:
        builder.add(text)
        return
    text = _SPACES.sub(" ", text)
    if not builder.parts or builder.parts[-1][-1:] in {"\n", " ", "\t"}:
        text = text.removeprefix(" ")
    builder.add(text)


def _cut_spaces(builder: TextBuilder) -> None:
    """Take spaces before a line end away, which a browser does not draw."""
    if builder.parts and builder.parts[-1].endswith(" ") and not builder.opened:
        builder.cut(" ")


def _is_hidden(node: Any) -> bool:
    if not node.tag or _INVISIBLE.fullmatch(node.tag) or node.tag.startswith(("-", "!")):
        return True
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return True
    if node.tag == "nav" or attributes.get("role") == "navigation":
        text = len(_SPACES.sub("", node.text(deep=True)))
        links = sum(len(_SPACES.sub("", link.text(deep=True))) for link in node.css("a"))
        return text > 0 and links >= _NAVIGATION_LINKS * text
    return False
