"""Figures against the gold."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FatalError
from pipeline.evaluate import plots
from pipeline.evaluate.bootstrap import by_document, figure, macro_f1, micro_f1, ratio
from pipeline.evaluate.corpus import metadata_figures
from pipeline.evaluate.gold import GoldDocument, GoldSpan, match, read_spans
from pipeline.evaluate.judging import judge
from pipeline.evaluate.labels import Resampling, class_counts, theme_figures, tone_figures
from pipeline.evaluate.writing import write_metrics

DRAWS = Resampling(200, 1)


def span(start, end, *themes, tone="", document="d"):
    return GoldSpan(document, start, end, "test", themes, tone)


def paragraph(start, end, document="d"):
    return {"document_id": document, "raw_start": start, "raw_end": end, "paragraph_id": f"{document}-{start:07d}"}


def test_a_span_belongs_to_the_paragraph_that_holds_most_of_it():
    rows = [paragraph(0, 100), paragraph(100, 200)]
    assert match([span(90, 150), span(10, 40)], rows, 0.5) == ["d-0000100", "d-0000000"]


def test_a_table_cut_into_rows_is_found_and_a_lost_paragraph_is_not():
    rows = [paragraph(0, 30), paragraph(30, 60), paragraph(60, 100)]
    assert match([span(0, 100), span(100, 200), span(0, 10, document="other")], rows, 0.5) == ["d-0000060", None, None]


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 80)), max_size=12), st.integers(0, 500), st.integers(1, 80)
)
def test_match_agrees_with_looking_at_every_paragraph(spans, start, length):
    starts = sorted({first for first, _ in spans})
    lengths = dict(spans)
    rows = [
        paragraph(first, min(first + lengths[first], following))
        for first, following in zip(starts, [*starts[1:], 999], strict=False)
    ]
    one = span(start, start + length)
    overlaps = [max(0, min(r["raw_end"], one.end) - max(r["raw_start"], one.start)) for r in rows]
    expected = None
    if rows and sum(overlaps) >= 0.5 * length and max(overlaps) > 0:
        expected = rows[int(np.argmax(overlaps))]["paragraph_id"]
    assert match([one], rows, 0.5) == [expected]


def test_what_was_not_found_counts_as_wrong_and_is_counted():
    spans = [
        span(0, 10, "a", tone="positive"),
        span(10, 20, "a", "b", tone="neutral"),
        span(50, 60, "b", tone="negative"),
        span(20, 30),
    ]
    rows = [paragraph(0, 10), paragraph(10, 20), paragraph(20, 30)]
    assigned = [
        {"paragraph_id": "d-0000000", "theme_id": "a", "rank": 1, "score": 0.9, "origin": "codebook"},
        {"paragraph_id": "d-0000010", "theme_id": "b", "rank": 1, "score": 0.6, "origin": "codebook"},
        {"paragraph_id": "d-0000020", "theme_id": "new", "rank": 1, "score": 0.6, "origin": "discovered"},
    ]
    tones = [
        {"paragraph_id": "d-0000000", "theme_id": "a", "tone": "positive", "score": 0.8},
        {"paragraph_id": "d-0000010", "theme_id": "b", "tone": "positive", "score": 0.4},
    ]
    judged = judge(spans, rows, assigned, tones, 0.5)
    figures = theme_figures(judged, ["a", "b"], DRAWS)
    assert figures["spans_without_paragraph"] == 1
    assert figures["main_accuracy"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["micro_f1"]["value"] == pytest.approx(2 * 2 / (2 + 4), abs=1e-4)
    assert figures["abstention_without_theme"]["value"] == 1, "a discovered theme is none of the codebook"
    tone = tone_figures(judged, DRAWS)
    assert (tone["accuracy"]["value"], tone["accuracy_where_scored"]["value"]) == (0.3333, 0.5)
    assert plots.confusion(judged)[2] == {"gold": "b", "found": "none"}


def test_figures_without_anything_to_divide_by_are_empty():
    assert theme_figures([], ["a"], DRAWS)["main_accuracy"] == {"value": None, "low": None, "high": None}


def test_intervals_resample_documents_not_paragraphs():
    one_document = figure(np.array([[5.0, 10.0]]), ratio, resamples=200, seed=1)
    assert one_document == {"value": 0.5, "low": None, "high": None}
    two = figure(by_document(["a", "a", "b"], np.array([[1.0, 1], [1, 1], [0, 1]])), ratio, resamples=200, seed=1)
    assert (two["low"], two["high"]) == (0, 1)
    assert two == figure(
        by_document(["a", "a", "b"], np.array([[1.0, 1], [1, 1], [0, 1]])), ratio, resamples=200, seed=1
    )


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc"))), min_size=1, max_size=20))
def test_f1_agrees_with_scikit_learn(pairs):
    from sklearn.metrics import f1_score

    said = np.array([[c in p for c in "abc"] for p, _ in pairs])
    true = np.array([[c in t for c in "abc"] for _, t in pairs])
    counts = class_counts([tuple(p) for p, _ in pairs], [tuple(t) for _, t in pairs], "abc").sum(axis=0, keepdims=True)
    if (said | true).any():
        assert micro_f1(counts)[0] == pytest.approx(f1_score(true, said, average="micro", zero_division=0))
    occurring = [index for index in range(3) if true[:, index].any()]
    if occurring:
        each = f1_score(true, said, average=None, zero_division=0)
        assert macro_f1(counts)[0] == pytest.approx(each[occurring].mean())
    else:
        assert math.isnan(macro_f1(counts)[0])


def test_metadata_names_what_is_wrong():
    row = {"document_id": "d", "path": "a/b.txt", "municipality": "Aarhus", "date": None, "kind": "notat"}
    truth = [
        GoldDocument("d", "Aarhus", "2024-01-02", "notat", "dev"),
        GoldDocument("gone", "Ballerup", "", "brev", "dev"),
    ]
    figures = metadata_figures([row], truth)
    assert figures["documents"] == 1
    assert figures["municipality"]["accuracy"] == 1
    assert figures["date"] == {"accuracy": 0, "right": 0, "wrong": ["a/b.txt: none, gold 2024-01-02"]}


def test_a_wrong_gold_file_is_named_with_line_and_column(tmp_path):
    path = tmp_path / "paragraphs.csv"
    path.write_text("document_id,start,end,split,themes,tone\nd,x,9,dev,,\n", encoding="utf-8")
    with pytest.raises(FatalError, match=r"paragraphs\.csv, line 2, column start"):
        read_spans(path)
    path.write_text("document_id,start\nd,1\n", encoding="utf-8")
    with pytest.raises(FatalError, match="no column end, split, themes, tone"):
        read_spans(path)


def test_metrics_are_the_same_bytes_for_the_same_figures(tmp_path):
    write_metrics(tmp_path, "a", {"b": 1, "a": {"d": None, "c": 0.5}})
    write_metrics(tmp_path, "b", {"a": {"c": 0.5, "d": None}, "b": 1})
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["b"] == 1
