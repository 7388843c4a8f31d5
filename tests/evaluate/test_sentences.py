"""The gold of sentences and the figures of tones against it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import FatalError
from pipeline.evaluate.sentences import figures, labels_of, read_sentences, reader_agreement, split_figures

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "gold" / "sentences.csv"
HEADER = "document_id,paragraph,start,origin,split,act_a,tone_a,act_b,tone_b,holder,clear,document,text\n"
ROWS = """d,0,0,x,test,concern,negative,concern,negative,,1,a.txt,Det er galt.
d,0,13,x,test,support,positive,report,positive,,1,a.txt,Godt gået.
e,0,0,x,test,report,neutral,report,negative,,0,b.txt,Hm.
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "sentences.csv"
    file.write_text(HEADER + ROWS, encoding="utf-8")
    return file


def test_a_run_is_judged_against_both_readers(path):
    labels = labels_of(read_sentences(path))
    found = figures(labels, np.array([0, 2, 0]), np.array([-1.0, 1.0, -0.5]), ["d", "d", "e"])
    assert found["accuracy"] == pytest.approx((2 / 3 + 1) / 2, abs=1e-4)
    assert found["error_of_document_tone"] == 0
    assert found["clear"] == {
        "sentences": 2, "accuracy": 1, "macro_f1": 1, "macro_f1_without_mixed": 1, "recall_of_negative": 1,
    }  # fmt: skip


def test_only_sentences_that_were_scored_are_judged(path):
    scored = [{"sentence_id": "d-0000000-00013", "tone": "positive", "score": 0.8}]
    found = split_figures(path, scored, ["test", "dev"])
    assert (found["test"]["sentences"], found["test"]["accuracy"], found["dev"]["sentences"]) == (1, 1, 0)
    assert split_figures(path.with_name("none.csv"), scored, ["test"]) == {}


def test_an_unknown_label_is_named(path):
    path.write_text(HEADER + ROWS.replace("neutral", "grey"), encoding="utf-8")
    with pytest.raises(FatalError, match="grey"):
        read_sentences(path)


def test_the_gold_has_many_documents_and_readers_who_agree():
    sentences = [one for one in read_sentences(GOLD) if one.text]
    assert len(sentences) >= 800
    assert len({one.document_id for one in sentences}) >= 25
    assert reader_agreement(sentences)["tone: kappa"] > 0.8
