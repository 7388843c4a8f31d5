"""Prints paragraphs on pages and wears the pages as copiers and scanners do.

A style is drawn once for a document: font, size, resolution, columns, spacing, hyphenation, and what the scanner does.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyphen
from fonts import FONTS, ROOT, Face
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from sources import Paragraph

_A4, _POINTS = (595, 842), 72
_HYPHENATION = pyphen.Pyphen(lang="da_DK", left=2, right=2)


@dataclass(frozen=True)
class Style:
    """How a document looks and what happened to its pages; lengths in points, wear in pixels and grey levels."""

    font: Face
    points: int
    dpi: int
    columns: int
    leading: float
    justified: bool
    hyphenated: bool
    headed: bool  # headings where the text has none
    capitals: bool  # headings in capitals
    bullet: str
    blur: float
    noise: float
    ink: int  # grey of the print: 0 is black, 140 is faded
    quality: int  # of JPEG
    skew: float  # degrees
    thinned: bool  # strokes broken as on a bad copy

    @property
    def name(self) -> str:
        """The font's file name."""
        return Path(self.font[0]).name


def style(channel: str, split: str, generator: random.Random) -> Style:
    """Draw a style; the Danish channel's pages are badly degraded, the English ones are not."""
    bad = channel == "dan"
    dpi = generator.choice((140, 150, 170, 200) if bad else (150, 200, 200, 250, 300, 300))
    return Style(
        font=generator.choice(FONTS[split]),
        points=generator.choice((8, 9, 10, 10, 11) if bad else (8, 9, 10, 11, 12) if dpi > 150 else (10, 11, 12)),
        dpi=dpi,
        columns=generator.choice((1, 1, 2)),
        leading=generator.uniform(1.15, 1.45),
        justified=generator.random() < 0.4,
        hyphenated=generator.random() < 0.75,
        headed=generator.random() < 0.5,
        capitals=generator.random() < 0.5,
        bullet=generator.choice(("- ", "• ", "")),
        blur=generator.uniform(0.55, 1.05) * dpi / 150 if bad else generator.uniform(0, 0.8) * dpi / 250,
        noise=generator.uniform(12, 35) if bad else generator.uniform(0, 14),
        ink=generator.randint(20, 120) if bad else generator.randint(0, 90),
        quality=generator.randint(15, 45) if bad else generator.randint(35, 95),
        skew=generator.uniform(-0.7, 0.7) if bad else generator.uniform(-0.3, 0.3),
        thinned=bad and generator.random() < 0.2,
    )


@dataclass
class Page:
    """A picture and the lines of every paragraph on it, as printed, hyphens at line ends included."""

    image: Image.Image
    paragraphs: list[Paragraph] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)


def pages(paragraphs: Sequence[Paragraph], style: Style, generator: random.Random) -> Iterator[Page]:
    """Print the paragraphs and wear the pages; a paragraph never runs over to the next column."""
    scale = style.dpi / _POINTS
    width, height = (round(side * scale) for side in _A4)
    margin, gap = round(generator.uniform(45, 70) * scale), round(18 * scale)
    column = (width - 2 * margin - (style.columns - 1) * gap) // style.columns
    step = style.points * style.leading * scale
    queue = list(paragraphs)
    while queue:
        page = Page(Image.new("L", (width, height), 255))
        draw = ImageDraw.Draw(page.image)
        lowest = 0.0
        for n in range(style.columns):
            left, top = margin + n * (column + gap), float(margin)
            while queue:
                face = _font(style.font[queue[0].kind == "heading"], round(style.points * scale))
                lines = _wrapped(queue[0].text, face, column, style.hyphenated)
                if top + len(lines) * step > height - margin:
                    if top == margin:
                        queue.pop(0)  # longer than a column
                    break
                paragraph = queue.pop(0)
                for m, line in enumerate(lines):
                    wide = style.justified and paragraph.kind == "text" and m < len(lines) - 1
                    _print(draw, line, (left, round(top)), face, column if wide else 0, style.ink)
                    top += step
                if paragraph.kind == "heading" and generator.random() < 0.3:
                    draw.line((left, top, left + column // 2, top), fill=style.ink, width=max(1, round(scale)))
                top += step * (0.2 if paragraph.kind == "item" else 0.8)
                page.paragraphs.append(paragraph)
                page.lines.append(lines)
            lowest = max(lowest, top)
        page.image = worn(page.image.crop((0, 0, width, min(height, round(lowest) + margin))), style, generator)
        yield page


def worn(image: Image.Image, style: Style, generator: random.Random) -> Image.Image:
    """Return the page as scanned: turned, its strokes broken, blurred, noisy, compressed."""
    random_numbers = np.random.default_rng(generator.getrandbits(32))
    image = image.rotate(style.skew, Image.Resampling.BICUBIC, fillcolor=255)
    if style.thinned:
        grey = np.asarray(image, dtype=np.float32)
        worn_off = random_numbers.random(grey.shape) < 0.08
        image = Image.fromarray(np.where(worn_off, 255, grey).astype(np.uint8))
    if style.blur > 0.05:
        image = image.filter(ImageFilter.GaussianBlur(style.blur))
    paper = np.asarray(image, dtype=np.float64) * (240 / 255)
    paper += random_numbers.normal(0, style.noise, paper.shape)
    image = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=style.quality)
    return Image.open(stored).convert("L")


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(ROOT / path), size)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, hyphenated: bool) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width:
            line = longer
            continue
        head, tail = _broken(word, line, font, width) if hyphenated else ("", word)
        if head or line:
            lines.append(f"{line} {head}".strip() if head else line)
        line = tail
    return [*lines, line]


def _broken(word: str, line: str, font: ImageFont.FreeTypeFont, width: int) -> tuple[str, str]:
    """Return the part of a word that still fits on the line, with its hyphen, and the rest."""
    if word.isalpha() and word.islower():
        for head, tail in _HYPHENATION.iterate(word):
            if font.getlength(f"{line} {head}-".strip()) <= width:
                return f"{head}-", tail
    return "", word


def _print(draw: ImageDraw.ImageDraw, line: str, at: tuple[int, int], font: ImageFont.FreeTypeFont,
           width: int, ink: int) -> None:  # fmt: skip
    words = line.split()
    free = width - font.getlength("".join(words))
    if not width or len(words) < 2 or free > 0.4 * width:
        draw.text(at, line, fill=ink, font=font)
        return
    left = float(at[0])
    for word in words:
        draw.text((left, at[1]), word, fill=ink, font=font)
        left += font.getlength(word) + free / (len(words) - 1)
