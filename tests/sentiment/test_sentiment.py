"""Tone: words, rules, probabilities, holders, and the way back to the raw text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import offsets, resources
from pipeline.errors import FatalError
from pipeline.sentiment.features import FEATURES, word_features
from pipeline.sentiment.head import REFIT, TONES, Head
from pipeline.sentiment.holder import holder_of
from pipeline.sentiment.lexicon import Lexicon
from pipeline.sentiment.lines import LONGEST, pieces
from pipeline.sentiment.rules import RULES, rule_counts
from pipeline.sentiment.scoring import tone_rows
from pipeline.sentiment.spans import RawSpans
from pipeline.sentiment.tone import deciding_sentence, tone_of
from pipeline.settings import Embed
from pipeline.vectors import Embedder

SHIPPED = resources.resolve("models/sentiment")
SMALL = Lexicon({"dejlig": 3, "problem": -2, "sygefraværet": -2})


def fired(text):
    return {name for name, count in zip(RULES, rule_counts(text), strict=True) if count}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Sygefraværet er faldet fra 15,5 til 14,0 dage.", "improves"),
        ("Ventelisten er nedbragt.", "improves"),
        ("Der er færre klager end sidste år.", "improves"),
        ("Antallet af ansøgere er steget.", "improves"),
        ("Antallet af ansøgere falder.", "worsens"),
        ("Fraværet i dagtilbud er steget.", "worsens"),
        ("Der blev rejst bekymring for bemandingen.", "concern"),
        ("Udvalget bakker op om forslaget.", "support"),
        ("Tak for jeres store indsats.", "thanks"),
        ("Flere udtrykte tvivl om beregningen.", "doubt"),
    ],
)
def test_each_rule_speaks_where_it_should(text, rule):
    assert rule in fired(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Der er ikke bekymring for bemandingen.", "concern"),
        ("Sygefraværet drøftes på næste møde.", "improves"),
        ("Sygefraværet drøftes. Budgettet er steget.", "worsens"),
        ("Elever med bekymrende fravær får hjælp.", "concern"),
    ],
)
def test_each_rule_is_silent_where_it_should_be(text, rule):
    assert rule not in fired(text)


def test_negation_turns_a_word_inside_its_clause_only():
    assert SMALL.balance("Det er dejlig mad") == (3, 0)
    assert SMALL.balance("Det er ikke dejlig mad") == (0, 1.5)
    assert SMALL.balance("Det er ikke let, men en dejlig plads") == (3, 0)
    assert SMALL.balance("Der er ingen problem") == (1, 0)


def test_a_theme_word_is_no_tone():
    assert SMALL.balance("sygefraværet") == (0, 2)
    assert Lexicon({"sygefraværet": -2}, ["sygefravær"]).balance("sygefraværet") == (0, 0)


def test_the_shipped_lexicon_judges_and_leaves_homographs_out():
    lexicon = Lexicon.load(SHIPPED)
    positive, negative = lexicon.balance("fremragende forløb og glade børn")
    assert positive > 0 == negative
    assert lexicon.balance("lederne i klassen ved, at loven gælder mod dem") == (0, 0)


@given(st.text(max_size=300))
def test_any_text_has_features(text):
    features = word_features([text], SMALL)
    assert features.shape == (1, len(FEATURES))
    assert np.isfinite(features).all()


def test_tone_follows_the_most_probable_and_the_band_makes_neutral():
    assert tone_of(np.array([0.1, 0.2, 0.7, 0.0]), 0.2).tone == "positive"
    assert tone_of(np.array([0.4, 0.0, 0.45, 0.15]), 0.2).tone == "neutral"
    assert tone_of(np.array([0.3, 0.1, 0.2, 0.4]), 0.2).tone == "mixed"
    assert tone_of(np.array([1.0, 0, 0, 0]), 0.2).score == -1


@given(st.lists(st.floats(0.01, 1), min_size=4, max_size=4))
def test_the_score_lies_between_minus_one_and_one_and_agrees_with_the_tone(values):
    shares = np.array(values) / sum(values)
    tone = tone_of(shares, 0.1)
    assert -1 <= tone.score <= 1
    assert {"positive": tone.score > 0, "negative": tone.score < 0}.get(tone.tone, True)


def test_the_sentence_shown_is_the_one_that_decides():
    sentences = np.array([[0.1, 0.8, 0.1, 0], [0.9, 0.1, 0, 0], [0, 0.3, 0.7, 0]])
    assert [deciding_sentence(tone, sentences) for tone in ("negative", "neutral", "positive")] == [1, 0, 2]


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Medarbejdersiden udtrykte bekymring for processen.", "medarbejdersiden"),
        ("Derfor anbefaler forvaltningen en lokal model.", "forvaltningen"),
        ("BUPL peger på, at der mangler uddannede.", "BUPL"),
        ("AfdelingsMED bakker op om forslaget.", "MED-udvalget"),
        ("Der var bekymring blandt forældrene.", "forældre"),
        ("Der går tid fra børnene, når telefonen er fremme.", None),
        ("Forvaltningen har adresse på rådhuset.", None),
        ("Tre medarbejdere er ansat.", None),
    ],
)
def test_holder_is_who_speaks(sentence, holder):
    assert holder_of(sentence) == holder


def test_a_head_of_another_format_names_the_command_that_refits(tmp_path):
    head = Head.load(SHIPPED)
    head.check(Embedder(Embed(), tmp_path))
    with pytest.raises(FatalError, match=REFIT):
        head.check(Embedder(Embed(format="bf16"), tmp_path))


def test_a_head_survives_saving_and_a_broken_one_is_named(tmp_path):
    head = Head.load(SHIPPED)
    head.save(tmp_path)
    assert (tmp_path / "head.json").read_bytes() == (SHIPPED / "head.json").read_bytes()
    (tmp_path / "head.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FatalError, match=r"head\.json"):
        Head.load(tmp_path)


def test_probabilities_sum_to_one():
    head = Head.load(SHIPPED)
    found = head.probabilities(np.zeros((2, len(head.mean))), np.zeros((2, len(FEATURES))))
    assert found.shape == (2, len(TONES))
    assert found.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)


@given(st.lists(st.sampled_from(["Det gik godt.", "Hvorfor?", "x" * 300 + ".", "Ja!"]), max_size=12))
def test_a_long_line_is_cut_between_sentences_and_nothing_is_lost(sentences):
    line = " ".join(sentences)
    found = pieces(line)
    assert " ".join(found) == line
    assert len(line) > LONGEST or len(found) <= 1


RAW = "Side 1\n  Syge-\nfraværet ggr ondt. Det\nfalder nu.\f"
EDITS = [
    offsets.edit(RAW, 13, 15, "", "hyphen"),
    offsets.edit(RAW, 24, 27, "gør", "ocr"),
    offsets.edit(RAW, 37, 38, " ", "wrap"),
]
TEXT = "Sygefraværet gør ondt. Det falder nu."
PARAGRAPH = {"paragraph_id": "d-0000009", "document_id": "d", "raw_start": 9, "raw_end": 48, "text": TEXT}


def spans():
    return RawSpans(RAW, [edit.row() for edit in EDITS])


def test_evidence_points_at_the_raw_text():
    start, end = spans().span(PARAGRAPH, 0, 22)
    assert RAW[start:end] == "Syge-\nfraværet ggr ondt."
    start, end = spans().span(PARAGRAPH, 23, len(TEXT))
    assert RAW[start:end] == "Det\nfalder nu."


def test_each_theme_of_a_paragraph_gets_a_tone_with_evidence():
    sentences = [
        {"sentence_id": "s0", "paragraph_id": "d-0000009", "start": 0, "end": 22},
        {"sentence_id": "s1", "paragraph_id": "d-0000009", "start": 23, "end": len(TEXT)},
    ]
    scores = np.array([[0.7, 0.2, 0.1, 0.0], [0.1, 0.2, 0.7, 0.0]])
    by_sentence, rows = tone_rows(
        [PARAGRAPH], scores[1:], sentences, scores, {"d-0000009": ["a", "b"]}, {"d": spans()}, 0.2
    )
    assert [(row["theme_id"], row["tone"]) for row in rows] == [("a", "positive"), ("b", "positive")]
    assert rows[0]["evidence"] == "Det falder nu."
    assert RAW[rows[0]["evidence_start"] : rows[0]["evidence_end"]] == "Det\nfalder nu."
    assert [row["tone"] for row in by_sentence] == ["negative", "negative", "positive", "positive"]
