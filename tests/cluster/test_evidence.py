"""What speaks for a theme: context, words, characters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster.characters import BUCKETS, counts, inverse_document_frequency, rarity, similarity
from pipeline.cluster.context import is_structural, units
from pipeline.cluster.evidence import FEATURES, KINDS, PLACES, Space, evidence, unit, vector_evidence, word_evidence
from pipeline.cluster.head import Head, Logistic
from pipeline.cluster.procedure import is_procedure, may_have_theme
from pipeline.cluster.stems import StemMatcher
from pipeline.cluster.subject import TRAITS, Topicality
from pipeline.settings import Theme

EVEN = np.ones(BUCKETS, dtype=np.float16)
ABSENCE = Theme(
    id="absence", da="Sygefravær", en="Sick leave", definition="Fravær på grund af sygdom.", stems=("sygefravær",)
)
MEALS = Theme(id="meals", da="Kantine og frokost", en="Meals", definition="Mad til børn og ansatte.", stems=("mad",))


def row(position, text, form="paragraph", path=(), role="brødtekst", document="d"):
    return {
        "paragraph_id": f"{document}-{position:07d}", "document_id": document, "part_id": "d-p00", "agenda_item": None,
        "position": position, "heading_path": list(path), "role": role, "form": form, "text": text,
    }  # fmt: skip


def tokens(rows):
    return [
        {
            "paragraph_id": r["paragraph_id"],
            "words": r["text"].split(),
            "lemmas": [],
            "parts": ["skole+mad" if "skolemad" in r["text"] else ""],
        }
        for r in rows
    ]


def test_a_bullet_knows_its_heading_and_the_line_that_leads_in():
    rows = [
        row(0, "Punkt 3: Sygefravær", "heading", role="overskrift"),
        row(1, "Beslutning", "heading", ["Punkt 3: Sygefravær"], role="overskrift"),
        row(2, "Udvalget pegede på:", path=["Punkt 3: Sygefravær", "Beslutning"]),
        row(3, "Tidlig indsats", "bullet", ["Punkt 3: Sygefravær", "Beslutning"]),
        row(4, "Bedre planlægning", "bullet", ["Punkt 3: Sygefravær", "Beslutning"]),
    ]
    found = units(rows, tokens(rows))
    assert found[4].headings == (0, 2), "a structural heading lends no meaning, the one above it does"
    assert found[3].peers == (2, 4)
    assert found[2].headings == (0,)


def test_a_list_does_not_hang_on_another_documents_line():
    rows = [row(0, "Herunder:", document="a"), row(0, "Et punkt", "bullet", document="b")]
    assert units(rows, tokens(rows))[1].headings == ()


@pytest.mark.parametrize(
    ("heading", "expected"), [("Sagsfremstilling", True), ("Punkt 7:", True), ("7. Sygefravær", False)]
)
def test_structural_headings(heading, expected):
    assert is_structural(heading) is expected


@pytest.mark.parametrize(
    "text",
    [
        "at udvalget tager orienteringen til efterretning",
        "Tiltrådte indstillingen.",
        "1. at dagsordenen for dette møde godkendes og,",
        "Taget til efterretning.",
        "Forperson for AfdelingsMED indstiller,",
        "Det indstilles, at udvalget tager orienteringen til efterretning.",
        "Forvaltningen indstiller, at byrådet tager redegørelsen til efterretning",
        "Med venlig hilsen",
    ],
)
def test_procedure_has_no_theme(text):
    assert is_procedure(text)


@pytest.mark.parametrize(
    "text",
    [
        "at udvalget drøfter sygefraværet for 4. kvartal",
        "Forvaltningen indstiller, at deltagere i kurset får dækket deres transport.",
        "Udvalget tog orienteringen til efterretning, men var bekymret for det stigende sygefravær.",
        "Bilaget om dagtilbuddenes normeringer viser, at tre ud af fire huse opfylder kravet.",
    ],
)
def test_what_has_a_subject_is_no_procedure(text):
    assert not is_procedure(text)


def test_short_bullets_may_have_a_theme_short_paragraphs_not():
    rows = [row(0, "Mentor", "bullet"), row(1, "Mentor"), row(2, "Mentorordning for nye pædagoger", role="formalia")]
    assert [may_have_theme(one, 25) for one in units(rows, tokens(rows))] == [True, False, False]


def test_stems_match_inside_compounds_and_short_ones_only_whole_parts():
    absence, meals = StemMatcher(ABSENCE, EVEN), StemMatcher(MEALS, EVEN)
    assert absence.weight("sygefraværsstatistikken", frozenset()) > 0
    assert meals.weight("sommadag", frozenset({"sommadag"})) == 0
    assert meals.weight("skolemad", frozenset({"skole", "mad"})) > 0


def test_a_theme_without_stems_lends_its_name():
    named = Theme(id="x", da="Svømmeundervisning", en="Swimming", definition="Svømning i skolen.")
    assert StemMatcher(named, EVEN).weight("svømmeundervisningen flyttes", frozenset()) > 0


def test_rare_stems_weigh_more():
    idf = inverse_document_frequency(["kommunens elever", "kommunens lærere", "kommunens sygefravær"])
    assert rarity("sygefravær", idf) > rarity("kommune", idf)


def test_characters_find_the_inflected_and_the_damaged_word():
    same, other = similarity(["sygefravaeret", "legepladsen"], ["sygefraværet"], EVEN)[:, 0]
    assert same > 0.3 > other


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.text(max_size=30))
def test_characters_of_a_text_do_not_depend_on_its_neighbours(texts, added):
    alone = similarity([texts[0]], ["sygefravær og trivsel"], EVEN)
    beside = similarity([*texts, added], ["sygefravær og trivsel"], EVEN)
    assert beside[0] == pytest.approx(alone[0], abs=1e-12, nan_ok=True)


def test_blank_text_has_no_grams():
    assert [len(part) for part in counts(["", " .,! 12"])] == [0, 0, 0]
    assert not similarity(["", "12"], ["sygefravær"], EVEN).any()


def test_evidence_has_a_column_per_feature_and_favours_the_theme_that_is_meant():
    rows = [row(0, "Sygefraværet stiger i vuggestuerne."), row(1, "Der serveres frokost i kantinen hver dag.")]
    found = units(rows, tokens(rows))
    themes = (ABSENCE, MEALS)
    texts = {text for theme in themes for text in (theme.da, f"{theme.da}: {theme.definition}")}
    passages = {text: unit(np.ones(4)) for text in texts}
    vectors = vector_evidence(np.zeros((2, 4)), themes, passages)
    everything = evidence(found, np.concatenate([vectors, word_evidence(found, themes, EVEN)], axis=2))
    assert everything.shape == (2, 2, len(FEATURES))
    stems = FEATURES.index("own_stems")
    assert everything[0, 0, stems] > everything[0, 1, stems] == 0


def test_what_surrounds_a_paragraph_is_evidence_by_its_place():
    rows = [
        row(0, "Sygefravær", "heading", role="overskrift"),
        row(1, "Sygefraværet i dagplejen", "heading", ["Sygefravær"], role="overskrift"),
        row(2, "Vi så på:", path=["Sygefravær", "Sygefraværet i dagplejen"]),
        row(3, "årsagerne", "bullet", ["Sygefravær", "Sygefraværet i dagplejen"]),
        row(4, "udviklingen", "bullet", ["Sygefravær", "Sygefraværet i dagplejen"]),
    ]
    own = np.arange(5.0)[:, None, None] * np.ones((5, 1, len(KINDS)))
    bullet = evidence(units(rows, tokens(rows)), own)[3, 0, :: len(KINDS)]
    others = (2 + 4) / 2
    assert dict(zip(PLACES, bullet.tolist(), strict=True)) == {
        "own": 3, "heading": 1, "lead": 2, "above": 0, "previous": 2, "next": 4, "title": 0, "document": others,
    }  # fmt: skip


def test_another_document_leaves_evidence_as_it_is():
    rows = [row(0, "Sygefraværet stiger."), row(1, "Maden er god.")]
    more = [*rows, row(0, "Sygefravær i en anden kommune.", document="e")]
    small, large = (units(group, tokens(group)) for group in (rows, more))
    own = np.random.default_rng(1).random((3, 2, len(KINDS)))
    assert np.array_equal(evidence(small, own[:2]), evidence(large, own)[:2])


def head(min_subject: float) -> Head:
    weights = {name: float(name == "own_stems") for name in FEATURES}
    subject = Logistic((0.0,) * (1 + len(FEATURES)), 0.0)
    nothing = Topicality(np.zeros(2), np.zeros(len(TRAITS)), 0.0)
    space = Space(np.zeros(2), np.zeros(2))
    return Head(
        {}, space, np.eye(2), nothing, weights, 0.0, subject, min_subject, Logistic((1.0, 0.0, 0.0), 0.0), "", EVEN
    )


def test_scores_follow_relevance_and_vanish_where_there_is_no_theme():
    found = np.zeros((1, 3, len(FEATURES)))
    found[0, :, FEATURES.index("own_stems")] = [2, 0, 1]
    assert head(0.4).scores(found, np.zeros(1)).argsort().tolist() == [[1, 2, 0]]
    assert not head(0.6).scores(found, np.zeros(1)).any()


def test_a_head_survives_the_disk(tmp_path):
    before = head(0.25)
    before.save(tmp_path)
    after = Head.load(tmp_path)
    assert after.weights == before.weights
    assert after.subject == before.subject
    assert np.array_equal(after.whitening, before.whitening)


def test_placing_ignores_what_all_vectors_share():
    space = Space(np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]))
    placed = space.place(np.array([[1.0, 5.0, 2.0], [1.0, -3.0, 2.0], [1.0, 0.0, 0.0]]))
    assert placed.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_topicality_is_kept_within_bounds():
    rows = [row(0, "x" * 500)]
    odds = Topicality(np.array([1000.0]), np.zeros(len(TRAITS)), 0.0).logit(
        np.array([[1.0]]), units(rows, tokens(rows))
    )
    assert odds.tolist() == [4]
