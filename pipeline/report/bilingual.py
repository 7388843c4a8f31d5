"""One page in two languages: the Danish rendering, and beside it what of it reads otherwise in English.

Both renderings have the same elements in the same order, so that texts and attributes can be matched by position. An
element's texts are numbered by the child elements that stand before them: in `<p>a <b>x</b> c</p>` they are 0 and 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
RAW = frozenset({"script", "style"})
MARKED = "data-l"  # attribute of an element that differs: its number in the catalogue
EMPTY = '<script type="application/json" id="oversat"></script>'  # where the catalogue goes


@dataclass(frozen=True)
class _Tag:
    """One tag of a page; `start` and `end` are offsets, `opens` is None for an element without content."""

    name: str
    start: int
    end: int
    opens: bool | None
    attributes: dict[str, str]


@dataclass
class _Element:
    """An open element: its tag in the Danish page, children so far, and what the English page has instead."""

    tag: _Tag
    children: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    attributes: dict[str, str | None] = field(default_factory=dict)

    @property
    def entry(self) -> str:
        """What the catalogue says of the element as JSON, empty where both languages are alike."""
        if not self.texts and not self.attributes:
            return ""
        parts = [self.texts, self.attributes] if self.attributes else [self.texts]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class _Parser(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[_Tag] = []
        self._page = page
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(page)
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]], closed: bool = False) -> None:
        start = self._offset()
        end = start + len(self.get_starttag_text() or "")
        opens = None if closed or tag in VOID else True
        self.tags.append(_Tag(tag, start, end, opens, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs, closed=True)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        self.tags.append(_Tag(tag, start, self._page.index(">", start) + 1, False, {}))


def merge(danish: str, english: str) -> str:
    """Return the Danish page with the catalogue of its English texts in the place of EMPTY.

    An element that differs bears the number of its entry, `[texts by number, attributes]`; elements with the same
    entry share it. Raises ValueError, which names the place, where the two are not built alike.
    """
    entries: dict[str, int] = {}
    marks: list[tuple[int, int]] = []
    for element in _elements(danish, english):
        if entry := element.entry:
            number = entries.setdefault(entry, len(entries))
            marks.append((element.tag.start + 1 + len(element.tag.name), number))
    pieces, last = [], 0
    for place, number in sorted(marks):
        pieces += [danish[last:place], f' {MARKED}="{number}"']
        last = place
    catalogue = EMPTY.replace("></", f">[{','.join(entries)}]</")
    return "".join((*pieces, danish[last:])).replace(EMPTY, catalogue, 1)


def _elements(danish: str, english: str) -> Iterator[_Element]:
    """Yield every element when it ends, with its differences."""
    ones, others = _Parser(danish).tags, _Parser(english).tags
    document = _Tag("", 0, 0, True, {})
    stack = [_Element(document)]
    ends = (0, 0)
    for one, other in zip(ones, others, strict=False):
        if (one.name, one.opens) != (other.name, other.opens):
            raise ValueError(_unlike(danish, one, english, other))
        parent = stack[-1]
        texts = danish[ends[0] : one.start], english[ends[1] : other.start]
        if texts[0] != texts[1]:
            if parent.tag.name in RAW:
                raise ValueError(_unlike(danish, parent.tag, english, other))
            parent.texts[parent.children] = unescape(texts[1])
        ends = one.end, other.end
        if one.opens is False:
            if parent.tag.name != one.name:
                raise ValueError(f"The report's <{parent.tag.name}> is not closed: {_around(danish, parent.tag)}")
            yield stack.pop()
            continue
        parent.children += 1
        element = _Element(one, attributes=_changed(one.attributes, other.attributes))
        if one.opens:
            stack.append(element)
        else:
            yield element
    if len(ones) != len(others) or len(stack) > 1:
        raise ValueError(f"The report's <{stack[-1].tag.name}> is not closed: {_around(danish, stack[-1].tag)}")


def _changed(danish: dict[str, str], english: dict[str, str]) -> dict[str, str | None]:
    names = sorted(danish.keys() | english.keys())
    return {name: english.get(name) for name in names if danish.get(name) != english.get(name)}


def _unlike(danish: str, one: _Tag, english: str, other: _Tag) -> str:
    return (
        "The report is built differently in Danish and English: "
        f"»{_around(danish, one)}« against »{_around(english, other)}«. Let no element depend on the language."
    )


def _around(page: str, tag: _Tag) -> str:
    return " ".join(page[max(0, tag.start - 60) : tag.end + 60].split())
