"""How often a measure that the report pairs with a challenge answers it: pairs shown against readers' labels.

The labels are in corpora/gold/measures.csv, for the sample, for corpora/towns/staff_and_children and for five real
documents that are not part of the project: name their folder to measure on them too
(`python -m tests.bench measures FOLDER`). A pair is right if a reader of the whole paragraph finds that the first
sentence says what is difficult or needed, and that the second names something done or wished for about it. Weights and
words were set on the dev documents; after the test documents had been read once, general faults were mended, so that
`models/measures/measures.json` tells both readings.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scipy import stats

from pipeline import stages
from pipeline.sentiment.spans import RawSpans
from pipeline.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpora/gold/measures.csv"
Pair = tuple[str, int, int]


def measure(real: str = "") -> Iterator[str]:
    """Yield for the dev and the test documents how many of the pairs shown are right, with Wilson's interval."""
    corpora = [ROOT / "corpora/sample", ROOT / "corpora/towns/staff_and_children", *([Path(real)] if real else [])]
    with tempfile.TemporaryDirectory() as name:
        found = [pair for number, corpus in enumerate(corpora) for pair in _shown(corpus, Path(name) / str(number))]
    labels, splits = _labels()
    for split in ("dev", "test"):
        known = [labels[pair] for pair in found if pair in labels and splits[pair[0]] == split]
        documents = {pair[0] for pair in found if splits.get(pair[0]) == split}
        yield f"{split}: {_figures(known)}, in {len(documents)} documents"
    yield f"shown, but read by nobody: {sum(pair not in labels for pair in found)}"


def _figures(known: list[bool]) -> str:
    if not known:
        return "no pair shown"
    interval = stats.binomtest(sum(known), len(known)).proportion_ci(method="wilson")
    share = sum(known) / len(known)
    return f"{sum(known)} of {len(known)} pairs right ({share:.2f}, {interval.low:.2f}-{interval.high:.2f})"


def _labels() -> tuple[dict[Pair, bool], dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    labels = {
        (row["document_id"], int(row["challenge_start"]), int(row["measure_start"])): row["right"] == "1"
        for row in rows
    }
    return labels, {row["document_id"]: row["split"] for row in rows}


def _shown(corpus: Path, folder: Path) -> list[Pair]:
    """Return the pairs that a run shows, by document and raw offsets of challenge and measure, each once."""
    folder.mkdir()
    workspace = Workspace.at(folder, corpus)
    workspace.add_registry()
    for stage in stages.STAGES[: stages.STAGES.index("compare") + 1]:
        stages.run(stage, workspace)
    sentences = {row["sentence_id"]: row for row in workspace.rows("sentences")}
    paragraphs = {row["paragraph_id"]: row for row in workspace.rows("paragraphs")}
    spans = _spans(workspace)

    def start(sentence_id: str) -> int:
        sentence = sentences[sentence_id]
        paragraph = paragraphs[sentence["paragraph_id"]]
        return spans[paragraph["document_id"]].span(paragraph, sentence["start"], sentence["end"])[0]

    shown = {
        (row["document_id"], start(row["challenge_id"]), start(row["measure_id"])) for row in workspace.rows("measures")
    }
    return sorted(shown)


def _spans(workspace: Workspace) -> dict[str, RawSpans]:
    raw: dict[str, str] = defaultdict(str)
    edits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in workspace.rows("pages"):
        raw[row["document_id"]] += row["raw_text"]
    for row in workspace.rows("edits"):
        edits[row["document_id"]].append(row)
    return {name: RawSpans(text, edits[name]) for name, text in raw.items()}
