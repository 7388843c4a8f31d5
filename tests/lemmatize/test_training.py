"""The training data of models/da_core_ddt_sm: trees, and paragraphs as minutes have them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import resources

CONLLU = """# sent_id = a
1	Prisen	pris	NOUN	_	Definite=Def|Gender=Com|Number=Sing	2	nsubj	_	_
2	stiger	stige	VERB	_	Tense=Pres	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_

# sent_id = b
1	Hanne	Hanne	PROPN	_	_	2	nsubj	_	_
2	går	gå	VERB	_	Tense=Pres	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_
"""
IOB2 = "# sent_id = a\n1\tPrisen\tO\n2\tstiger\tO\n3\t.\tO\n\n# sent_id = b\n1\tHanne\tB-PER\n2\tgår\tO\n3\t.\tO\n"


@pytest.fixture
def treebank(monkeypatch):
    monkeypatch.syspath_prepend(str(resources.resolve("models/da_core_ddt_sm")))
    return pytest.importorskip("treebank")


@pytest.fixture
def sentences(treebank, tmp_path):
    (tmp_path / "a.conllu").write_text(CONLLU, encoding="utf-8")
    (tmp_path / "a.iob2").write_text(IOB2, encoding="utf-8")
    return treebank.read_sentences(tmp_path / "a.conllu", tmp_path / "a.iob2")


def test_sentences_joined_and_without_their_stops_keep_trees_and_names(treebank, sentences):
    joined = treebank.join(sentences)
    bare = treebank.make_doc(spacy.blank("da").vocab, treebank.without_stops(joined))
    assert bare.text.strip() == "Prisen stiger Hanne går"
    assert [token.head.text for token in bare] == ["stiger", "stiger", "går", "går"]
    assert [sentence.text.strip() for sentence in bare.sents] == ["Prisen stiger", "Hanne går"]
    assert [(span.text, span.label_) for span in bare.ents] == [("Hanne", "PER")]
    assert [token.lemma_ for token in bare] == ["pris", "stige", "Hanne", "gå"]


def test_variations_teach_no_dictionary_a_lemma(treebank, sentences):
    varied = list(treebank.vary(sentences * 100, seed=1))
    assert {paragraph.lemmas is None for paragraph in varied if paragraph not in sentences} == {True}
    assert any(paragraph.words == ["PRISEN", "STIGER"] for paragraph in varied)
    assert varied == list(treebank.vary(sentences * 100, seed=1))


def test_entities_of_other_sentences_are_refused(treebank, tmp_path):
    (tmp_path / "a.conllu").write_text(CONLLU, encoding="utf-8")
    (tmp_path / "a.iob2").write_text(IOB2.replace("= b", "= c"), encoding="utf-8")
    with pytest.raises(ValueError, match="sentence 'b' is missing"):
        treebank.read_sentences(tmp_path / "a.conllu", tmp_path / "a.iob2")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_tree_found_is_the_best_of_all(size, seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(resources.resolve("models/da_core_ddt_sm")))
        from trees import tree
    scores = np.random.default_rng(seed).normal(size=(size, size)) * 3
    shares = scores - np.logaddexp.reduce(scores, 1, keepdims=True)
    root = int(np.argmax(np.diag(shares)))

    def total(heads):
        return sum(shares[index, head] for index, head in enumerate(heads) if index != root)

    assert tree(scores) == list(
        max(filter(lambda heads: is_tree(heads, root), product(range(size), repeat=size)), key=total)
    )


def is_tree(heads, root):
    def reaches(node):
        for _ in heads:
            node = heads[node]
        return node == root

    return (
        heads[root] == root
        and all(map(reaches, range(len(heads))))
        and all(head != index for index, head in enumerate(heads) if index != root)
    )
