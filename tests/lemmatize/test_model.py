from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from pipeline import resources
from pipeline.errors import ConfigurationError
from pipeline.lemmatize import model
from pipeline.lemmatize.architectures import build_word_encoder
from pipeline.settings import Lemmatize

FOLDER = resources.resolve("models/da_core_ddt_sm")


def test_spacy_loads_the_shipped_pipeline_unaided(tmp_path):
    """Run elsewhere, importing nothing of ours: the lemmatizer registers through its entry point."""
    code = f"import spacy; print([t.lemma_ for t in spacy.load({str(FOLDER)!r})('medarbejdernes udfordringer')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['medarbejder', 'udfordring']"


def test_the_shipped_pipeline_has_the_components_of_da_core_news_sm(nlp):
    assert {"tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner"} <= set(nlp.pipe_names)
    assert all(label in nlp.get_pipe("ner").labels for label in ("PER", "LOC", "ORG"))


def test_its_card_states_the_figures_that_were_measured():
    figures = json.loads((FOLDER / "meta.json").read_text(encoding="utf-8"))["performance"]
    card = (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    for name in ("lemma_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f", "ents_f"):
        assert f"{figures[name]:.3f}" in card, name
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 25_000_000


def test_a_form_of_the_treebank_has_the_lemma_of_its_dictionary_whatever_the_model_guessed(nlp):
    lemmatizer = nlp.get_pipe("lemmatizer")
    for pos, lemmas in lemmatizer.table.items():
        words = sorted(lemmas)
        doc = lemmatizer(Doc(nlp.vocab, words=words, pos=[pos] * len(words), lemmas=["?"] * len(words)))
        assert [token.lemma_ for token in doc] == [lemmas[word] for word in words], pos


def test_empty_texts_blanks_and_line_breaks_pass_through(nlp):
    docs = list(nlp.pipe(["", " ", "Sygefravær\n\nDet falder."]))
    assert [len(doc) for doc in docs] == [0, 1, 5]
    assert [token.pos_ for token in docs[2] if token.is_space] == ["SPACE"]


def test_what_a_word_is_read_as_does_not_depend_on_the_texts_beside_it(nlp):
    texts = ["Udvalget drøfter sygefraværet.", "Mette Holm bor i Aarhus.", "RÅDET", "- bedre trivsel i børnehaverne"]
    together = [[(token.pos_, token.dep_, token.ent_type_) for token in doc] for doc in nlp.pipe(texts)]
    assert together == [[(token.pos_, token.dep_, token.ent_type_) for token in nlp(text)] for text in texts]


def test_an_encoder_with_too_few_tables_is_refused():
    with pytest.raises(ValueError, match="6 numbers of rows, not 2"):
        build_word_encoder(width=8, rows=[10, 10], depth=1, window_size=1, maxout_pieces=2)


@pytest.mark.parametrize("name", ["da_core_news_nowhere", "models/missing", "no such/thing"])
def test_an_unknown_model_is_a_configuration_error_with_a_remedy(name):
    with pytest.raises(ConfigurationError) as caught:
        model.load(Lemmatize(model=name))
    message = str(caught.value)
    assert all(part in message for part in ("lemmatize.yaml", "`model`", name, "models/da_core_ddt_sm"))


@pytest.mark.parametrize(
    ("components", "missing"),
    [((), "token.pos"), (("sentencizer",), "token.pos"), (("morphologizer", "trainable_lemmatizer"), "doc.sents"),
     (("morphologizer", "trainable_lemmatizer", "sentencizer"), "doc.ents")],
)  # fmt: skip
def test_a_pipeline_without_a_needed_component_is_refused(tmp_path: Path, components, missing):
    nlp = spacy.blank("da")
    for component in components:
        nlp.add_pipe(component)
    with pytest.raises(ConfigurationError, match=missing) as caught:
        model.check(nlp, Lemmatize(model="my_model"))
    assert "lemmatize.yaml" in str(caught.value)
    assert "my_model" in str(caught.value)


def test_a_folder_that_is_no_pipeline_is_a_configuration_error(tmp_path):
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'xx'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot load"):
        model.load(Lemmatize(model=str(tmp_path)))
