"""Tone: this pipeline's head against sums over word lists, on the gold's test documents and on LCC.

AFINN and asent (with its Sentida list) come with the package `asent`; DDS is Det Danske Sentimentleksikon as it is.
`python -m tests.bench tone LCC_FOLDER DDS_CSV`; without these folders the lines that need them say so. The head is
fitted on LCC too: its figure there is the one of fit.py, by ten folds. Three tones: mixed counts as neutral.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from pipeline.evaluate.sentences import TONES, read_sentences
from pipeline.sentiment.lines import score_lines
from pipeline.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"\w+")
Scorer = Callable[[list[str]], list[str]]


def measure(lcc: str = "", dds: str = "") -> Iterator[str]:
    """Yield one line per peer and set: accuracy and macro-F1 over positive, neutral and negative."""
    gold = [one for one in read_sentences(ROOT / "corpora/gold/sentences.csv") if one.split == "test" and one.text]
    blind = read_sentences(ROOT / "corpora/gold/blind_sentences.csv")
    sets = {
        name: ([one.text for one in some], [_three(one.tones[0]) for one in some])
        for name, some in (("gold, test", gold), ("gold, blind", blind))
    }
    if lcc:
        rows = [row for path in sorted(Path(lcc).glob("*.csv")) for row in _rows(path) if row["valence"]]
        sets["LCC"] = ([row["text"] for row in rows], [_sign(float(row["valence"])) for row in rows])
    else:
        yield "LCC left out: name its folder"
    yield from _challenge()
    for peer, scorer in _peers(dds).items():
        for name, (texts, truth) in sets.items():
            if peer == "temaspejl" and name == "LCC":
                yield f"{peer:10} {name:12} accuracy {_folded():.3f} (ten folds, fit.py)"
            else:
                yield f"{peer:10} {name:12} {_figures(truth, scorer(texts))}"


def _challenge() -> Iterator[str]:
    """Yield how many of the constructed sentences, on which no rule was written, get their tone, kind by kind."""
    with (ROOT / "corpora/gold/challenge.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = _tones([row["text"] for row in rows])
    right = [row["category"] for row, tone in zip(rows, found, strict=True) if row["tone"] == tone]
    sizes = Counter(row["category"] for row in rows)
    kinds = ", ".join(f"{kind} {right.count(kind)} of {size}" for kind, size in sorted(sizes.items()))
    yield f"challenge: {len(right)} of {len(rows)} right ({len(right) / len(rows):.0%}); {kinds}"


def _peers(dds: str) -> dict[str, Scorer]:
    peers: dict[str, Scorer] = {}
    found = importlib.util.find_spec("asent")
    if found and found.submodule_search_locations:
        lists = Path(found.submodule_search_locations[0]) / "lexicons"
        afinn = [line.split("\t") for line in _lines(lists / "da_lexicon_afinn_v1.txt")]
        sentida = [line.split(",") for line in _lines(lists / "da_lexicon_sentida_lemma_v1.csv")[1:]]
        peers["AFINN"] = _sum({word: float(value) for word, value in afinn})
        peers["asent"] = _sum({word: float(value) for word, value in sentida}, negations=True)
    if dds:
        with Path(dds).open(encoding="utf-8-sig", newline="") as stream:
            forms = {form: float(row[4]) for row in csv.reader(stream) for form in row[5].split(";")}
        peers["DDS"] = _sum(forms)
    return peers | {"temaspejl": _ours}


def _sum(polarity: dict[str, float], negations: bool = False) -> Scorer:
    """Sum of the words' values, its sign the tone; with asent's negations (three words back, times -0.74)."""

    def score(text: str) -> float:
        words = WORD.findall(text.casefold())
        total = 0.0
        for place, word in enumerate(words):
            denied = negations and {"ikke", "aldrig", "ingen"} & set(words[max(0, place - 3) : place])
            total += polarity.get(word, 0.0) * (-0.74 if denied else 1)
        return total

    return lambda texts: [_sign(score(text)) for text in texts]


def _ours(texts: list[str]) -> list[str]:
    return [_three(tone) for tone in _tones(texts)]


def _tones(texts: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.at(Path(folder), Path(folder))
        return [str(row["tone"]) for row in score_lines((" ".join(text.split()) for text in texts), workspace)]


def _figures(truth: list[str], found: list[str]) -> str:
    from sklearn.metrics import accuracy_score, f1_score

    f1 = f1_score(truth, found, average="macro", labels=TONES[:3])
    return f"accuracy {accuracy_score(truth, found):.3f}, macro-F1 {f1:.3f}, {len(truth)} sentences"


def _folded() -> float:
    metrics = json.loads((ROOT / "models/sentiment/metrics.json").read_text(encoding="utf-8"))
    return float(metrics["lcc_accuracy"])


def _three(tone: str) -> str:
    return "neutral" if tone == "mixed" else tone


def _sign(value: float) -> str:
    return TONES[int(np.sign(value)) + 1]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
