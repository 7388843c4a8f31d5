"""Fields of Word, which it computes itself: page numbers, the numbers of tables, the table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def field(paragraph: Any, instruction: str, result: str) -> None:
    """Add a field with the result that it shows until Word computes it anew."""
    _begin(paragraph, instruction)
    paragraph.add_run(result)
    _mark(paragraph, "end")


def bookmark(paragraph: Any, number: int) -> None:
    """Make a heading something that the table of contents can point to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(number))
    # The paragraph's properties come first, its runs between the two marks.
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def contents(document: Any, entries: Sequence[tuple[int, int, str]], deepest: int) -> None:
    """Add the table of contents: (number of the bookmark, level, text) each; right at once but for page numbers."""
    paragraph = document.add_paragraph(style="toc 1")
    _begin(paragraph, f'TOC \\o "1-{deepest}" \\h \\z \\u')
    for place, (number, level, text) in enumerate(entries):
        if place:
            paragraph = document.add_paragraph()
        paragraph.style = f"toc {level}"
        _link(paragraph, _name(number), text)
    _mark(paragraph, "end")


def _name(number: int) -> str:
    return f"_Toc{number:06d}"


def _link(paragraph: Any, target: str, text: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _begin(paragraph: Any, instruction: str) -> None:
    _mark(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
