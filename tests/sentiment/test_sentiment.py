"""Tone: words, rules, probabilities, holders, and the way back to the raw text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import offsets, resources
from pipeline.errors import FatalError
from pipeline.sentiment.features import FEATURES, word_features
from pipeline.sentiment.head import ACTS, REFIT, TONES, Head, Scores
from pipeline.sentiment.holder import holder_of
from pipeline.sentiment.lexicon import Lexicon
from pipeline.sentiment.lines import LONGEST, pieces
from pipeline.sentiment.rules import RULES, rule_counts
from pipeline.sentiment.scoring import About, tone_rows
from pipeline.sentiment.spans import RawSpans
from pipeline.sentiment.themes import sentences_of, stem_patterns
from pipeline.sentiment.tone import Limits, deciding_sentence, tone_of, tone_together
from pipeline.settings import Embed, load
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


LIMITS = Limits(0.58, 0.65)
PLAN, PROCEDURE = ACTS.index("plan"), ACTS.index("procedure")


def scores(tones, acts=None):
    acts = acts or [PLAN] * len(tones)
    return Scores(np.array(tones, dtype=float), np.eye(len(ACTS))[acts])


def test_the_tone_of_a_sentence_is_the_most_probable():
    assert tone_of(np.array([0.1, 0.2, 0.7, 0.0])).tone == "positive"
    assert tone_of(np.array([0.3, 0.1, 0.2, 0.4])).tone == "mixed"
    assert tone_of(np.array([1.0, 0, 0, 0])).score == -1


GOOD, PLAIN, BAD = [0, 0.1, 0.9, 0], [0, 1, 0, 0], [0.9, 0.1, 0, 0]


@pytest.mark.parametrize(
    ("tones", "expected"),
    [
        ([GOOD, PLAIN], "positive"),
        ([BAD, BAD, GOOD], "negative"),
        ([GOOD, BAD], "mixed"),
        ([PLAIN] * 5 + [BAD], "neutral"),
    ],
)
def test_sentences_together_are_neutral_mixed_or_on_one_side(tones, expected):
    assert tone_together(scores(tones), [50] * len(tones), LIMITS).tone == expected


def test_procedure_does_not_count_in_the_tone():
    tones = [BAD, *[PLAIN] * 9]
    assert tone_together(scores(tones), [50] * 10, LIMITS).tone == "neutral"
    assert tone_together(scores(tones, [PLAN, *[PROCEDURE] * 9]), [50] * 10, LIMITS).tone == "negative"
    assert tone_together(scores([BAD, BAD], [PROCEDURE] * 2), [50] * 2, LIMITS).score == 0


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_score_lies_between_minus_one_and_one_and_agrees_with_the_side(values):
    shares = np.array(values) / np.sum(values, axis=1, keepdims=True)
    tone = tone_together(scores(shares), [40] * len(shares), LIMITS)
    assert -1 <= tone.score <= 1
    assert {"positive": tone.score >= 0, "negative": tone.score <= 0}.get(tone.tone, True)


PATTERNS = stem_patterns({"budget": ["budget", "besparelse"], "school": ["skole"], "daycare": []})


def test_a_sentence_speaks_about_the_themes_that_it_names_and_what_follows_goes_on():
    text = ["Det gik.", "Skolen er god.", "Alle er glade.", "Budgettet er dårligt.", "Skolens besparelse er stor."]
    assert sentences_of("school", ["school", "budget"], text, PATTERNS) == [0, 1, 2, 4]
    assert sentences_of("budget", ["school", "budget"], text, PATTERNS) == [0, 3, 4]
    assert sentences_of("school", ["school"], text, PATTERNS) == [0, 1, 2, 3, 4]


def test_a_theme_that_no_sentence_names_has_the_tone_of_the_whole_paragraph():
    assert sentences_of("daycare", ["school", "daycare"], ["Skolen er god.", "Ja."], PATTERNS) == [0, 1]


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
    head.check(Embedder(load(Embed), tmp_path))
    with pytest.raises(FatalError, match=REFIT):
        head.check(Embedder(load(Embed).model_copy(update={"format": "fp32"}), tmp_path))


def test_a_head_survives_saving_and_a_broken_one_is_named(tmp_path):
    head = Head.load(SHIPPED)
    head.save(tmp_path)
    assert (tmp_path / "head.json").read_bytes() == (SHIPPED / "head.json").read_bytes()
    (tmp_path / "head.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FatalError, match=r"head\.json"):
        Head.load(tmp_path)


def test_probabilities_sum_to_one():
    head = Head.load(SHIPPED)
    vectors = np.zeros((2, len(head.mean)))
    found = head.score(vectors, vectors, np.zeros((2, len(FEATURES))))
    assert (found.tones.shape, found.acts.shape) == ((2, len(TONES)), (2, len(ACTS)))
    assert found.tones.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)


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


def test_each_theme_of_a_paragraph_gets_the_tone_of_its_sentences_with_evidence():
    sentences = [
        {"sentence_id": "s0", "paragraph_id": "d-0000009", "start": 0, "end": 22, "text": TEXT[:22]},
        {"sentence_id": "s1", "paragraph_id": "d-0000009", "start": 23, "end": len(TEXT), "text": TEXT[23:]},
    ]
    about = About({"d-0000009": ["a", "b"]}, stem_patterns({"a": ["sygefravær"], "b": ["falder"]}))
    by_sentence, rows = tone_rows([PARAGRAPH], sentences, scores([BAD, GOOD]), about, {"d": spans()}, LIMITS)
    assert [(row["theme_id"], row["tone"]) for row in rows] == [("a", "negative"), ("b", "positive")]
    assert rows[1]["evidence"] == "Det falder nu."
    assert RAW[rows[1]["evidence_start"] : rows[1]["evidence_end"]] == "Det\nfalder nu."
    assert [(row["sentence_id"], row["theme_id"], row["tone"]) for row in by_sentence] == [
        ("s0", "a", "negative"),
        ("s1", "b", "positive"),
    ]


def test_a_paragraph_is_procedure_only_where_every_sentence_is():
    sentences = [
        {"sentence_id": f"s{start}", "paragraph_id": "d-0000009", "start": start, "end": end, "text": TEXT[start:end]}
        for start, end in ((0, 22), (23, len(TEXT)))
    ]
    about = About({"d-0000009": ["a"]}, {})
    for acts, expected in (([PROCEDURE, PLAN], "plan"), ([PROCEDURE] * 2, "procedure")):
        _, rows = tone_rows([PARAGRAPH], sentences, scores([PLAIN, PLAIN], acts), about, {"d": spans()}, LIMITS)
        assert rows[0]["act"] == expected
