"""The gold of sentences: what each does and in what tone, as two readers labelled it; figures of tones against it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import FatalError
from pipeline.evaluate.bootstrap import Floats, rounded

ACTS = ("concern", "support", "wish", "question", "report", "plan", "procedure")
TONES = ("negative", "neutral", "positive", "mixed")
Numbers = NDArray[np.int64]
Strings = NDArray[np.str_]
_SIGN = np.array([-1.0, 0.0, 1.0, 0.0])


@dataclass(frozen=True)
class GoldSentence:
    """One sentence with the acts and tones of both readers; `text` is empty where it may not be shown."""

    sentence_id: str
    paragraph_id: str
    document_id: str
    origin: str
    split: str
    acts: tuple[str, str]
    tones: tuple[str, str]
    clear: bool
    text: str


@dataclass(frozen=True)
class Labels:
    """`acts` and `tones` are sentences x readers, places in ACTS and TONES; `clear`: both agree and none hesitated."""

    acts: Numbers
    tones: Numbers
    clear: NDArray[np.bool_]

    def take(self, rows: Numbers | NDArray[np.bool_]) -> Labels:
        """Return some rows."""
        return Labels(self.acts[rows], self.tones[rows], self.clear[rows])


def read_sentences(path: Path) -> list[GoldSentence]:
    """Read the gold, in the order of the file; FatalError where a column or a value is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return [_sentence(row) for row in csv.DictReader(stream)]
    except (OSError, KeyError, ValueError) as error:
        raise FatalError(f"{path} cannot be used: {error!r}") from error


def _sentence(row: dict[str, str]) -> GoldSentence:
    acts, tones = (row["act_a"], row["act_b"]), (row["tone_a"], row["tone_b"])
    if not set(acts) <= set(ACTS) or not set(tones) <= set(TONES):
        raise ValueError(f"unknown act or tone in {row}")
    paragraph_id = f"{row['document_id']}-{int(row['paragraph']):07d}"
    return GoldSentence(
        sentence_id=f"{paragraph_id}-{int(row['start']):05d}",
        paragraph_id=paragraph_id,
        document_id=row["document_id"],
        origin=row["origin"],
        split=row["split"],
        acts=acts,
        tones=tones,
        clear=row["clear"] == "1" and tones[0] == tones[1],
        text=row["text"],
    )


def labels_of(sentences: Sequence[GoldSentence]) -> Labels:
    """Return the labels as numbers."""
    return Labels(
        np.array([[ACTS.index(act) for act in one.acts] for one in sentences], dtype=np.int64).reshape(-1, 2),
        np.array([[TONES.index(tone) for tone in one.tones] for one in sentences], dtype=np.int64).reshape(-1, 2),
        np.array([one.clear for one in sentences], dtype=bool),
    )


def split_figures(path: Path, scored: Sequence[Mapping[str, Any]], splits: Sequence[str]) -> dict[str, Any]:
    """Return `sentence_figures` of each split of the gold in a file; nothing where there is no such file."""
    gold = read_sentences(path) if path.exists() else []
    return {split: sentence_figures([one for one in gold if one.split == split], scored) for split in splits if gold}


def sentence_figures(gold: Sequence[GoldSentence], scored: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return `figures` of the rows of `sentence_tones` for the gold sentences among them: those with a theme."""
    by_id = {row["sentence_id"]: row for row in scored}
    known = [one for one in gold if one.sentence_id in by_id]
    rows = [by_id[one.sentence_id] for one in known]
    found = np.array([TONES.index(row["tone"]) for row in rows], dtype=np.int64)
    scores = np.array([row["score"] for row in rows], dtype=np.float64)
    return figures(labels_of(known), found, scores, [one.document_id for one in known])


def figures(labels: Labels, found: Numbers, scores: Floats, documents: Sequence[str] | Strings) -> dict[str, Any]:
    """Return accuracy, macro-F1 over the four tones and over three (without mixed), and recall of negative.

    The figures are against each reader, and the mean of both; `clear` holds the same over the sentences on which
    nobody hesitated. `error_of_document_tone` is the mean over documents of |mean score - mean true tone|, where
    positive is 1, negative -1.
    """
    clear = labels.clear
    return {
        "sentences": len(found),
        "documents": len(set(documents)),
        **_agreement(labels.tones, found),
        "error_of_document_tone": _document_error(labels.tones, scores, np.asarray(documents)),
        "clear": {"sentences": int(clear.sum()), **_agreement(labels.tones[clear], found[clear])},
    }


def reader_agreement(gold: Sequence[GoldSentence]) -> dict[str, float]:
    """Return how far the two readers agree: shares and Cohen's kappa (1960) of act and tone."""
    from sklearn.metrics import cohen_kappa_score

    labels = labels_of(gold)
    result = {}
    for name, pairs in (("act", labels.acts), ("tone", labels.tones)):
        result[f"{name}: same"] = float((pairs[:, 0] == pairs[:, 1]).mean())
        result[f"{name}: kappa"] = float(cohen_kappa_score(pairs[:, 0], pairs[:, 1]))
    return result


def _agreement(tones: Numbers, found: Numbers) -> dict[str, Any]:
    readers = [_against(tones[:, reader], found) for reader in range(tones.shape[1])] if len(found) else []
    names = readers[0] if readers else ()
    return {name: rounded(float(np.mean([reader[name] for reader in readers]))) for name in names}


def _against(true: Numbers, found: Numbers) -> dict[str, float]:
    f1 = []
    for tone in range(len(TONES)):
        given = int((true == tone).sum() + (found == tone).sum())
        f1.append(2 * float(((true == tone) & (found == tone)).sum()) / given if given else np.nan)
    negative = true == TONES.index("negative")
    return {
        "accuracy": float((true == found).mean()),
        "macro_f1": float(np.nanmean(f1)),
        "macro_f1_without_mixed": float(np.nanmean(f1[:3])),
        "recall_of_negative": float((found[negative] == true[negative]).mean()) if negative.any() else 0.0,
    }


def _document_error(tones: Numbers, scores: Floats, documents: Strings) -> float | None:
    error = scores - _SIGN[tones].mean(axis=1)
    errors = [abs(float(error[documents == document].mean())) for document in sorted(set(documents))]
    return rounded(float(np.mean(errors))) if errors else None
