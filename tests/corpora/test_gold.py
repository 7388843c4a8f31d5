"""The gold: spans that lie where the words are, labels of the codebook, and splits that share no document."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from itertools import pairwise

import pytest
import yaml

from corpora.agreement import agreement, labels
from corpora.align_gold import GOLD, SAMPLE, document_id, paragraph_rows, read_raw_text
from corpora.build_sample import SOURCES
from corpora.building.source import TONES, read_sources
from pipeline import resources

LABELLED = [source for source in read_sources(SOURCES) if source.labelled and not source.of]


def rows(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def paragraphs() -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows("paragraphs.csv"):
        found[row["document_id"]].append(row)
    return found


@pytest.mark.parametrize("source", LABELLED, ids=lambda source: source.file)
def test_the_gold_is_what_the_sources_say_where_the_extract_stage_reads_it(source, paragraphs):
    expected = [{key: str(value) for key, value in row.items()} for row in paragraph_rows(source)]
    assert paragraphs[document_id(SAMPLE / source.file)] == expected, "run: python -m corpora.align_gold"


def letters(text: str) -> str:
    text = re.sub(r"</?(table|thead|tbody|tr|th|td)>", "", text)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("source", LABELLED, ids=lambda source: source.file)
def test_a_span_begins_and_ends_with_the_words_of_its_paragraph(source, paragraphs):
    raw_text = read_raw_text(SAMPLE / source.file)
    found = paragraphs[document_id(SAMPLE / source.file)]
    blocks = [block for block in source.blocks if not block.is_heading]
    for row, block in zip(found, blocks, strict=True):
        span = raw_text[int(row["start"]) : int(row["end"])]
        wanted = letters(block.text)
        assert letters(span)[:10] == wanted[:10]
        assert letters(span)[-10:] == wanted[-10:]
        assert span == span.strip()
    assert all(int(one["end"]) <= int(two["start"]) for one, two in pairwise(found))


def test_at_least_300_paragraphs_have_themes_in_both_splits():
    themed = [row for row in rows("paragraphs.csv") if row["themes"]]
    assert len(themed) >= 300
    assert min(sum(row["split"] == split for row in themed) for split in ("dev", "test")) >= 0.4 * len(themed)


def test_every_theme_of_the_codebook_and_every_tone_occurs_in_both_splits_and_no_other():
    codebook = yaml.safe_load((resources.root() / "configs" / "themes.yaml").read_text(encoding="utf-8"))
    ids = {theme["id"] for theme in codebook["themes"]}
    for split in ("dev", "test"):
        themed = [row for row in rows("paragraphs.csv") if row["split"] == split and row["themes"]]
        assert {theme for row in themed for theme in row["themes"].split(";")} == ids
        assert {row["tone"] for row in themed} == set(TONES)


def test_a_paragraph_has_one_to_three_themes_and_a_tone_or_neither():
    for row in rows("paragraphs.csv"):
        themes = row["themes"].split(";") if row["themes"] else []
        assert len(set(themes)) == len(themes) <= 3
        assert bool(themes) == bool(row["tone"])


def test_dev_and_test_share_no_document():
    splits = defaultdict(set)
    for row in rows("paragraphs.csv") + rows("documents.csv"):
        splits[row["document_id"]].add(row["split"])
    assert all(len(found) == 1 for found in splits.values())


def test_two_readers_agree_well_on_the_same_80_paragraphs():
    author, second = labels(GOLD / "paragraphs.csv"), labels(GOLD / "second_reading.csv")
    assert len(second) == 80
    found = agreement(author, second)
    assert found["main theme: kappa"] > 0.8
    assert found["tone: kappa"] > 0.8


def test_agreement_by_hand():
    author = {("a", 0): (["school"], "neutral"), ("a", 9): (["budget", "school"], "negative")}
    second = {("a", 0): (["school"], "neutral"), ("a", 9): (["school"], "neutral")}
    found = agreement(author, second)
    assert found["main theme: same"] == 0.5
    assert found["themes F1"] == 4 / 5
    assert found["tone: same"] == 0.5
    assert found["tone: kappa"] == 0
