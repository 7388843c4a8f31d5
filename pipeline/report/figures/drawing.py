"""From a chart's Vega-Lite to SVG: standing alone, or inside the page in the page's own colours and fonts.

A chart is drawn once, with numbered places for its words (`⟦3⟧`), which are filled in afterwards. So no position can
depend on a language or on the fonts of a machine, and the second language costs nothing. Every chart has fixed
margins (`autosize: none`): nothing is measured while it is drawn.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup, escape

from pipeline.report import texts

# The colours of the light page. In the page each becomes the variable, which has a dark value too (themes.css).
PAGE, INK, QUIET, RULE, BAND, BAR = "#fdfcfa", "#1d2125", "#595f66", "#dcd8cf", "#d9d4c8", "#3d93b0"
PALETTE = ("#0072b2", "#d0540a", "#00825f", "#b14a8f", "#8a6a00", "#3b4046", "#2a8fc4")
VARIABLES = {PAGE: "page", INK: "ink", QUIET: "quiet", RULE: "rule", BAND: "band", BAR: "heat"} | {
    colour: f"c{n}" for n, colour in enumerate(PALETTE)
}
NAMESPACE = "http://www.w3.org/2000/svg"
PLACE = re.compile("⟦([0-9]+)⟧")
DECIMALS = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
NEEDLESS = {"class", "role", "stroke-miterlimit", "version", "aria-label", "aria-hidden", "aria-roledescription",
            "pointer-events"}  # fmt: skip


class Words:
    """The words of a chart, each put in once and named by its place from then on."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Return the place of a text. Texts that are alike in one language need not be so in another: each is new."""
        place = f"⟦{len(self._places)}⟧"
        self._places[place] = texts.visible(text)
        return place

    def all(self) -> tuple[str, ...]:
        """Return the texts by the number of their places."""
        return tuple(self._places.values())


@dataclass(frozen=True)
class Figure:
    """A chart: the name of its files, its title and text alternative, its Vega-Lite with places, and its words."""

    name: str
    title: str
    text: str
    spec: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


def vega_lite(figure: Figure) -> dict[str, Any]:
    """Return the chart's Vega-Lite with its words filled in, for those who want to change it."""
    filled = PLACE.sub(lambda place: json.dumps(figure.words[int(place[1])])[1:-1], figure.spec)
    spec: dict[str, Any] = json.loads(filled)
    return {"description": texts.visible(figure.text), "usermeta": {"title": texts.visible(figure.title)}} | spec


def svg(figure: Figure) -> str:
    """Return the chart as an SVG file in the colours of the light page."""
    root = ElementTree.fromstring(_drawn(figure.spec))
    width, height = root.get("width"), root.get("height")
    head = f'<svg xmlns="{NAMESPACE}" role="img" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    named = f"<title>{escape(texts.visible(figure.title))}</title><desc>{escape(texts.visible(figure.text))}</desc>"
    return f"{head}{named}{_filled(_inner(root), figure.words)}</svg>\n"


def inline(figure: Figure) -> Markup:
    """Return the chart as an element of the page, which a screen reader reads as an image with a text."""
    root = ElementTree.fromstring(_drawn(figure.spec))
    background = root.find("rect")
    if background is not None:
        root.remove(background)
    inner, size = _inner(root), (root.get("width"), root.get("height"))
    for colour, name in VARIABLES.items():
        inner = inner.replace(f'"{colour}"', f'"var(--{name})"')
    return Markup('<svg class="figure" role="img" aria-label="{}" viewBox="0 0 {} {}" style="--w:{}">{}</svg>').format(
        texts.visible(figure.text), *size, root.get("width"), Markup(_filled(inner, figure.words))
    )


def _inner(root: ElementTree.Element) -> str:
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in root)


def _filled(markup: str, words: tuple[str, ...]) -> str:
    return PLACE.sub(lambda place: str(escape(words[int(place[1])])), markup)


@lru_cache(maxsize=4096)
def _drawn(spec: str) -> str:
    """Return the drawing with places, without what only Vega's own scripts need."""
    import vl_convert

    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(json.loads(spec)))
    _simplify(root)
    return ElementTree.tostring(root, encoding="unicode")


def _simplify(element: ElementTree.Element) -> None:
    """Drop names, roles and empty groups, and round to hundredths of a pixel."""
    element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    for name, value in list(element.attrib.items()):
        if name in NEEDLESS or (name, value) in {("opacity", "1"), ("transform", "translate(0,0)")}:
            del element.attrib[name]
        else:
            element.set(name, DECIMALS.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value))
    kept: list[ElementTree.Element] = []
    for child in list(element):
        _simplify(child)
        if child.tag == "g" and not child.attrib:
            kept += list(child)
        elif not _empty(child):
            kept.append(child)
    element[:] = kept


def _empty(element: ElementTree.Element) -> bool:
    """Whether an element draws nothing: an empty group, or the frame of a view without a border."""
    if element.tag == "g":
        return not len(element)
    return element.tag == "path" and (element.get("d", "") == "" or not {"stroke", "fill"} & element.attrib.keys())
