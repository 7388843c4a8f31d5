"""The recipe of the OCR confusions: texts are cut, printed, aligned and counted as they should be."""

from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz")
RECIPE = Path(__file__).resolve().parents[2] / "models" / "ocr"


@pytest.fixture(scope="module", autouse=True)
def _recipe_importable():
    sys.path.insert(0, str(RECIPE))
    yield
    sys.path.remove(str(RECIPE))


def recipe(name: str):
    return importlib.import_module(name)


def test_runs_keep_lost_and_added_spaces_together():
    runs = recipe("alignment").runs("det, vileverer til bor gere", "det, vi leverer til borgere")
    assert runs == [("det,", "det,"), ("vileverer", "vi leverer"), ("til", "til"), ("bor gere", "borgere")]


def test_segments_are_the_letters_that_were_confused():
    alignment = recipe("alignment")
    pairs = {("teenkning", "tænkning"): 3, ("leerer", "lærer"): 4, ("ggr", "gør"): 5, ("igen", "igen"): 2}
    seen = alignment.segments(pairs)
    assert seen["ee", "æ"] == 7
    assert seen["g", "ø"] == 5
    assert all(read == printed for read, printed in seen if (read, printed) not in {("ee", "æ"), ("g", "ø")})


def test_page_is_cut_into_its_paragraphs_and_torn_ones_are_left_out():
    printed = [
        "Børn og unge skal\nmøde tillid.",
        "Her er endnu et afsnit\nom ledelse.",
        "Det sidste afsnit\nkom ikke med.",
    ]
    read = "Bgrn og unge skal\nmede tillid.\n\nHer er endnu et afsnit\nom ledelse.\n"
    assert recipe("alignment").page_cuts(read, printed) == [
        "Bgrn og unge skal\nmede tillid.",
        "Her er endnu et afsnit\nom ledelse.",
        None,
    ]


def test_probabilities_are_of_what_was_read_given_what_was_printed():
    rows = [
        {"ocr": "Vi ggr det, sa det gar godt", "truth": "Vi gør det, så det går godt"},
        {"ocr": "Hun gor det ogsa", "truth": "Hun gør det også"},
    ]
    model, space = recipe("learn_confusions").learn(rows * 10)
    found = {(read, printed): probability for read, printed, probability in model["confusions"]}
    assert found["a", "å"] > 0.9
    assert 0.4 < found["g", "ø"] < 0.6
    assert 0.4 < found["o", "ø"] < 0.6
    assert space == {"lost": 0.0, "added": 0.0}
    backoff = model["backoff"]["substitution"]["vowel"]["vowel"]
    assert 0 < backoff < found["g", "ø"]


def test_wrapped_text_is_the_same_text_when_joined():
    pyphen = pytest.importorskip("pyphen")
    pytest.importorskip("pytesseract")
    text = "Arbejdspladsvurderingen gennemføres hvert andet år, og resultaterne drøftes i lederfællesskabet i kommunen."
    lines = recipe("render").hyphenated(text, 45, pyphen.Pyphen(lang="da_DK"))
    assert max(map(len, lines)) <= 45
    assert any(line.endswith("-") for line in lines)
    assert recipe("alignment").joined("\n".join(lines)) == text


def test_pages_hold_every_paragraph_and_are_the_same_again():
    pytest.importorskip("pyphen")
    pages, sources, fonts = recipe("pages"), recipe("sources"), recipe("fonts")
    look = pages.style("dan", "train", random.Random(1))
    if not (fonts.ROOT / look.font[0]).exists():
        pytest.skip(f"{look.font[0]} is not installed")
    text = [
        sources.Paragraph(str(n), "Børn, forældre og pædagoger mødes på årets temadag om trivsel. " * 4)
        for n in range(9)
    ]
    first, again = (list(pages.pages(text, look, random.Random(2))) for _ in range(2))
    assert [part.identifier for page in first for part in page.paragraphs] == [part.identifier for part in text]
    assert [page.image.tobytes() for page in first] == [page.image.tobytes() for page in again]
    joined = recipe("alignment").joined
    assert all(joined("\n".join(lines)) == text[0].text.strip() for page in first for lines in page.lines)
