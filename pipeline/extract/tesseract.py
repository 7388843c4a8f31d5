"""Tesseract: what is installed, and reading a picture of a page with it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.extract.reading import UnreadableError

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-dan"
MISSING = f"Dokumentet er billeder uden tekst, og tekstgenkendelse er ikke installeret: kør {INSTALL}"
MAX_PIXELS = 60_000_000  # A3 at 400 dots an inch; a larger picture is read at lower resolution


@cache
def tesseract_version() -> str | None:
    """Return Tesseract's version, or None where it is not installed."""
    command = shutil.which("tesseract")
    if command is None:
        return None
    answer = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    first = (answer.stdout or answer.stderr).splitlines()[:1]
    return first[0].removeprefix("tesseract").strip() if first and answer.returncode == 0 else None


@cache
def language_data(language: str) -> Path | None:
    """Return the file of Tesseract's data for a language (`dan`), or None where it is not installed."""
    if tesseract_version() is None:
        return None
    answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    head, _, folder = (answer.stdout or answer.stderr).partition('"')
    source = Path(folder.partition('"')[0]) / f"{language}.traineddata"
    return source if head and source.is_file() else None


def is_available(language: str) -> bool:
    """Return whether Tesseract and its data for every language of `dan` or `dan+eng` are installed."""
    return all(language_data(part) is not None for part in language.split("+"))


@cache
def tesseract_fingerprint(language: str = "dan") -> str:
    """Return what decides OCR's results here, without paths: version and a digest of each language's data."""
    version = tesseract_version()
    if version is None:
        return "tesseract absent"
    return f"tesseract {version} " + " ".join(_data_digest(part) for part in language.split("+"))


def _data_digest(language: str) -> str:
    source = language_data(language)
    return f"{language} {hashlib.sha256(source.read_bytes()).hexdigest()[:16] if source else 'absent'}"


def write_fingerprint(target: Path, language: str = "dan") -> bool:
    """Record the fingerprint in a file that DVC depends on; return whether it was new. It is written only then."""
    content = tesseract_fingerprint(language) + "\n"
    if target.exists() and target.read_text(encoding="utf-8") == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8", newline="\n")
    return True


def read_picture(picture: Any, language: str, dpi: int) -> str:
    """Return the text of a picture (Pillow image) of a page; UnreadableError where Tesseract fails on it.

    One thread: documents are read in parallel already, and the result must not depend on the machine's cores.
    """
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    picture.format = "PPM"  # pytesseract hands the picture over as a file: no time spent on compressing it
    try:
        text: str = pytesseract.image_to_string(picture, lang=language, config=f"--psm 3 --dpi {dpi}")
    except (pytesseract.TesseractError, OSError) as error:
        raise UnreadableError("damaged", "Tekstgenkendelsen kunne ikke læse billedet: skan siden igen") from error
    return text.strip("\n\f ")


if __name__ == "__main__":  # the Makefile: python -m pipeline.extract.tesseract corpora/tesseract.txt
    import sys

    write_fingerprint(Path(sys.argv[1]))
