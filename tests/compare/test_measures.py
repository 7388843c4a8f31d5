"""Challenges and measures in sentences written for the test; how often a pair is right is measured by the bench."""

from __future__ import annotations

import json

import polars as pl
import pytest

from pipeline import resources
from pipeline.compare import measures
from pipeline.compare.measure_names import named
from pipeline.compare.measures import Model, Sentence

MODEL = Model.load(resources.resolve(measures.MODEL))


def tokens(text: str, **lemmas: str) -> list[dict[str, object]]:
    """Return tokens as spaCy would: `lemmas` maps a word to lemma/POS/PARTS; other words are nothing special."""
    found, start = [], 0
    for word in text.split():
        bare = word.strip(".,")
        lemma, pos, parts = (lemmas.get(bare.lower(), f"{bare.lower()}/X/")).split("/")
        found.append({"word": bare, "lemma": lemma, "pos": pos, "parts": parts, "start": text.index(word, start)})
        start = text.index(word, start) + len(word)
    return found


MENTORS = {"mentorordninger": "mentorordning/NOUN/mentor+ordning", "seniorsamtaler": "seniorsamtale/VERB/"}


def test_measures_are_named_as_they_stand():
    text = "Der indføres mentorordninger og seniorsamtaler i alle huse."
    found = named(text, tokens(text, indføres="indføre/VERB/", **MENTORS))
    assert found is not None
    assert (found.name, found.done) == ("mentorordninger, seniorsamtaler", True)


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Der er ikke råd til mentorordninger.", MENTORS),
        ("Mentorordningen fungerer.", {"mentorordningen": "mentorordning/NOUN/mentor+ordning"}),
        ("Den nye mentorordning er dyr.", {"mentorordning": "mentorordning/NOUN/mentor+ordning", "nye": "ny/ADJ/"}),
        ("Vi har en ordning.", {"ordning": "ordning/NOUN/"}),
        ("Lokalplan 12 er vedtaget.", {"lokalplan": "lokalplan/NOUN/lokal+plan"}),
        ("To vejledere er syge.", {"vejledere": "vejleder/NOUN/"}),
    ],
)
def test_what_is_denied_known_vague_or_no_measure_is_not_named(text, lemmas):
    assert named(text, tokens(text, **lemmas)) is None


def test_a_vague_noun_is_named_with_what_it_is_about():
    text = "Vi laver en målrettet indsats mod vold."
    lemmas = {"laver": "lave/VERB/", "målrettet": "målrettet/ADJ/", "indsats": "indsats/NOUN/", "vold": "vold/NOUN/"}
    found = named(text, tokens(text, **lemmas))
    assert found is not None
    assert found.name == "målrettet indsats mod vold"


class Text:
    """Sentences of one municipality on one theme, each a paragraph of its own unless it is `beside` the last."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, object]]] = {name: [] for name in (
            "sentences", "sentence_tones", "paragraphs", "tokens", "sentence_embeddings")}  # fmt: skip

    def add(self, text: str, act: str = "report", tone: str = "neutral", item: str = "4", **lemmas: str) -> Text:
        place = len(self.rows["sentences"])
        key = {"paragraph_id": f"a-{place:07d}", "sentence_id": f"a-{place:07d}-00000"}
        self.rows["sentences"].append(key | {"text": text, "start": 0, "end": len(text)})
        self.rows["sentence_tones"].append(key | {"theme_id": "retention", "act": act, "tone": tone})
        self.rows["paragraphs"].append(
            {"paragraph_id": key["paragraph_id"], "document_id": "a", "part_id": "a-p01", "agenda_item": item,
             "heading_path": [], "position": place, "text": text}
        )  # fmt: skip
        columns = {"words": "word", "lemmas": "lemma", "pos": "pos", "parts": "parts", "starts": "start"}
        found = tokens(text, **lemmas)
        self.rows["tokens"].append(
            {"paragraph_id": key["paragraph_id"]}
            | {name: [token[of] for token in found] for name, of in columns.items()}
        )
        self.rows["sentence_embeddings"].append({"sentence_id": key["sentence_id"], "vector": [1.0, float(place)]})
        return self

    def pairs(self) -> list[tuple[str, str, str, str]]:
        """Return (challenge, measure, name, link)."""
        frames = {name: pl.DataFrame(rows) for name, rows in self.rows.items()}
        counted = frames["paragraphs"].select("paragraph_id", municipality=pl.lit("Aarhus"))
        found: list[Sentence] = measures.sentences(counted, frames.__getitem__)
        texts = {sentence.id: sentence.text for sentence in found}
        return [
            (texts[row["challenge_id"]], texts[row["measure_id"]], row["measure"], row["link"])
            for row in measures.pairs(found, MODEL)
        ]


NEED = "Der er behov for mentorordninger til nyuddannede."
TROUBLE = "Hver femte er væk inden et år, og det bekymrer."
ANSWER = "Derfor indføres mentorordninger i alle huse."
DOING = {"indføres": "indføre/VERB/"}


def test_a_sentence_that_says_what_is_needed_names_its_own_measure():
    assert Text().add(NEED, "wish", **MENTORS).pairs() == [(NEED, NEED, "mentorordninger", "sentence")]


def test_a_measure_answers_the_challenge_before_it():
    text = Text().add(TROUBLE, "concern", "negative").add(ANSWER, "plan", **DOING, **MENTORS)
    assert text.pairs() == [(TROUBLE, ANSWER, "mentorordninger", "item")]


def test_what_is_criticised_after_it_was_named_is_no_challenge_that_it_answers():
    text = Text().add(ANSWER, "plan", **DOING, **MENTORS).add(TROUBLE, "concern", "negative")
    assert text.pairs() == []


def test_another_agenda_item_is_another_matter():
    text = Text().add(TROUBLE, "concern", "negative").add(ANSWER, "plan", item="5", **DOING, **MENTORS)
    assert text.pairs() == []


def test_a_measure_belongs_to_one_challenge():
    text = (
        Text().add(TROUBLE, "concern", "negative").add("Vi mangler folk, og det bekymrer alle.", "concern", "negative")
    )
    assert len(text.add(ANSWER, "plan", **DOING, **MENTORS).pairs()) == 1


def test_a_run_without_any_sentence_has_no_pairs():
    empty = {
        "sentence_tones": {"sentence_id": pl.String, "theme_id": pl.String},
        "sentences": {"sentence_id": pl.String, "paragraph_id": pl.String},
        "paragraphs": {"paragraph_id": pl.String, "document_id": pl.String, "position": pl.Int64},
        "tokens": {"paragraph_id": pl.String},
        "sentence_embeddings": {"sentence_id": pl.String, "vector": pl.List(pl.Float32)},
    }
    counted = pl.DataFrame(schema={"paragraph_id": pl.String, "municipality": pl.String})
    found = measures.sentences(counted, lambda name: pl.DataFrame(schema=empty[name]))
    assert measures.pairs(found, MODEL) == []


def test_the_model_says_how_often_it_was_right():
    content = json.loads(resources.resolve(measures.MODEL).read_text(encoding="utf-8"))
    assert content["low"] <= content["precision"] <= content["high"]
    assert set(content["weights"]) - {"constant"} == set(measures.FEATURES)
