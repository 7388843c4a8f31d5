"""Render the source texts in corpora/sources/ into the documents of corpora/sample/.

Run `python -m corpora.build_sample [FOLDER]`, and only when a source or the rendering has changed: the documents are
in git. See corpora/README.md.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpora.building.pdf_document import build_pdf
from corpora.building.plain_text import build_html, build_markdown, build_text, to_latin_1
from corpora.building.scanned import build_scan, build_with_english_layer, english_model_installed, scan
from corpora.building.source import Block, Source, SourceError, read_sources
from corpora.building.word_document import build_docx

HERE = Path(__file__).parent
SOURCES, SAMPLE = HERE / "sources", HERE / "sample"
# These depend on versions of Pillow and Tesseract; all other formats are the same bytes everywhere.
NOT_REPRODUCIBLE = ("scan", "pdf_english_ocr")
CORRUPT = (Block("paragraph", "Konstrueret eksempel på en fil, der er knækket under overførslen.", None, 0),)


def _corrupt(source: Source) -> bytes:
    """Return the first half of a PDF; a comment in its head tells a person what it is."""
    pdf = build_pdf(replace(source, blocks=CORRUPT))
    head, rest = pdf.split(b"\n", 1)
    return b"\n".join([head, b"% konstrueret eksempel: en afbrudt fil", rest[: len(rest) // 2]])


BUILDERS: dict[str, Callable[[Source], bytes]] = {
    "pdf": build_pdf,
    "pdf_two_column": build_pdf,
    "scan": lambda source: build_scan(scan(build_pdf(source), source.file)),
    "pdf_english_ocr": lambda source: build_with_english_layer(scan(build_pdf(source), source.file)),
    "docx": build_docx,
    "html": lambda source: build_html(source).encode(),
    "md": lambda source: build_markdown(source).encode(),
    "txt": lambda source: build_text(source).encode(),
    "txt_latin1": lambda source: to_latin_1(build_text(source)),
    "txt_crlf": lambda source: build_text(source).replace("\n", "\r\n").encode(),
    "corrupt": _corrupt,
}


NOTICE = "Eksempelkorpus: alle dokumenter er konstruerede og stammer ikke fra kommunerne.\n"


def render(source: Source) -> bytes:
    """Return the bytes of a document; SourceError for a format that is not known or cannot show the text."""
    if source.format not in BUILDERS:
        raise SourceError(f"{source.path}: no format is called {source.format!r}; there are: {', '.join(BUILDERS)}")
    return BUILDERS[source.format](source)


def main(target: Path = SAMPLE) -> None:
    """Write every document below `target`, which is emptied first but for what cannot be made on this machine."""
    sources = {source.file: source for source in read_sources(SOURCES)}
    kept = {} if english_model_installed() else _files(target, sources, "pdf_english_ocr")
    if kept:
        print(f"Tesseract's English model is missing: kept as they are: {', '.join(kept)}")
    contents = {file: kept.get(file) or render(source) for file, source in sources.items()}
    shutil.rmtree(target, ignore_errors=True)
    for file, content in contents.items():
        place = target / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (target / ".temaspejl-notice").write_text(NOTICE, encoding="utf-8")
    print(f"{len(contents)} documents, {sum(map(len, contents.values())) / 1e6:.1f} MB in {target}")


def _files(target: Path, sources: dict[str, Source], form: str) -> dict[str, bytes]:
    files = [file for file, source in sources.items() if source.format == form and (target / file).exists()]
    return {file: (target / file).read_bytes() for file in files}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
