"""Makes pairs of what OCR reads and what was printed: Danish text, printed on pages, worn, read by Tesseract 5.

    python models/ocr/render.py --channel eng --split train --words 150000 --output train-eng.jsonl
        --ddt DIR --lcc DIR --sample corpora/sources [--towns corpora/towns] [--texts DIR]

`eng` reads with Tesseract's English model, which knows no æ, ø and å; `dan` reads badly degraded pages with the Danish
one. Writes one JSON object a paragraph: id, split, channel, src, document, page, font, dpi, pt, ocr (with its lines),
truth. The same arguments, fonts and Tesseract give the same file. `--clean` writes sound text instead of reading pages:
`lines` has each paragraph on one line, `hyphens` wraps it at 80 and 45 characters with words broken at line ends.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyphen
import pytesseract
from alignment import page_cuts
from pages import Page, Style, pages, style
from sources import Paragraph, Text, ddt, folder_of_texts, lcc, sample, towns

SEED = 3
WIDTHS = (80, 45)
TIMEOUT = 120  # seconds a page; layout analysis of a bad scan can take minutes


def texts(arguments: argparse.Namespace) -> Iterator[Text]:
    """Yield documents of all sources in an order that depends on channel and split; over again when all were had."""
    found: list[Text] = []
    for reader, folder in (
        (ddt, arguments.ddt), (lcc, arguments.lcc), (sample, arguments.sample), (towns, arguments.towns),
        (folder_of_texts, arguments.texts),
    ):  # fmt: skip
        found += reader(folder, arguments.split) if folder else []
    generator = random.Random(f"{SEED} {arguments.channel} {arguments.split}")
    while found:
        generator.shuffle(found)
        yield from found


def dressed(text: Text, look: Style) -> list[Paragraph]:
    """Return the paragraphs as they are printed: items with their bullet, headings in capitals in some styles.

    A text without headings gets one before every third paragraph, of that paragraph's first words.
    """
    found = []
    bare = not any(part.kind == "heading" for part in text.paragraphs)
    for n, part in enumerate(text.paragraphs):
        words = part.text
        if bare and look.headed and n % 3 == 0:
            heading = " ".join(words.split()[: 2 + n % 5]).rstrip(".,:;-")
            found.append(Paragraph(f"{part.identifier}-h", heading.upper() if look.capitals else heading, "heading"))
        if part.kind == "heading" and look.capitals:
            words = words.upper()
        elif part.kind == "item" and not words[0].isdigit():
            words = look.bullet + words
        found.append(Paragraph(part.identifier, words, part.kind))
    return found


def rows(text: Text, number: int, arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield a document's pairs."""
    generator = random.Random(f"{SEED} {arguments.channel} {arguments.split} {number}")
    look = style(arguments.channel, arguments.split, generator)
    document = f"{arguments.channel}-{arguments.split}-{number:04}"
    for n, page in enumerate(pages(dressed(text, look), look, generator)):
        for paragraph, read in cut(page, recognised(page, look, arguments.channel)):
            yield {
                "id": paragraph.identifier, "split": arguments.split, "channel": arguments.channel, "src": text.source,
                "document": document, "page": f"{document}-{n}", "font": look.name, "dpi": look.dpi, "pt": look.points,
                "ocr": read, "truth": paragraph.text,
            }  # fmt: skip


def recognised(page: Page, look: Style, channel: str) -> str:
    """Return what Tesseract reads; nothing where it takes too long."""
    try:
        config = f"--dpi {look.dpi} --psm {3 if look.columns > 1 else 4}"
        return str(pytesseract.image_to_string(page.image, lang=channel, config=config, timeout=TIMEOUT, nice=10))
    except RuntimeError:
        return ""


def cut(page: Page, read: str) -> Iterator[tuple[Paragraph, str]]:
    """Yield the paragraphs of a page with what was read of each; those that reading order tore apart are left out."""
    printed = ["\n".join(lines) for lines in page.lines]
    for paragraph, found in zip(page.paragraphs, page_cuts(read, printed), strict=True):
        if found is not None:
            yield paragraph, found


def sound(text: Text, number: int, arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield a document's paragraphs unharmed."""
    breaks = pyphen.Pyphen(lang="da_DK", left=2, right=2)
    width = WIDTHS[number % len(WIDTHS)]
    for part in text.paragraphs:
        yield {
            "id": part.identifier, "split": arguments.split, "channel": arguments.clean,
            "src": text.source, "document": f"clean-{number:04}", "page": f"clean-{number:04}",
            "ocr": part.text if arguments.clean == "lines" else "\n".join(hyphenated(part.text, width, breaks)),
            "truth": part.text,
        }  # fmt: skip


def hyphenated(text: str, width: int, breaks: pyphen.Pyphen) -> list[str]:
    """Return the lines of a text wrapped at a width, small words broken at their end where that fits."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) <= width or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        free = width - len(lines[-1]) - 2
        pairs = breaks.iterate(word) if word.isalpha() and word.islower() else ()
        head, tail = next(((head, tail) for head, tail in pairs if len(head) <= free), ("", word))
        lines[-1] += f" {head}-" if head else ""
        lines.append(tail)
    return lines


def main() -> None:
    """Write rows until enough words are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channel", choices=("eng", "dan"), default="eng")
    parser.add_argument("--clean", choices=("lines", "hyphens"))
    parser.add_argument("--split", choices=("train", "dev", "test"), default="train")
    parser.add_argument("--words", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first document, to go on where a run ended")
    parser.add_argument("--output", type=Path, required=True)
    for name in ("ddt", "lcc", "sample", "towns", "texts"):
        parser.add_argument(f"--{name}", type=Path)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    words = 0
    with arguments.output.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts(arguments)):
            if number < arguments.first:
                continue
            make = sound if arguments.clean else rows
            for row in make(text, number, arguments):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                words += len(row["truth"].split())
            file.flush()
            if words >= arguments.words:
                return


if __name__ == "__main__":
    main()
