"""What a sentence does and its tone: two logistic regressions, frozen in `models/sentiment/`, applied with numpy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import FatalError
from pipeline.sentiment.features import FEATURES, Floats, stack
from pipeline.vectors import Embedder

VERSION = 2
REFIT = "python models/sentiment/fit.py --lcc DIR"
TONES = ("negative", "neutral", "positive", "mixed")
ACTS = ("concern", "support", "wish", "question", "report", "plan", "procedure")
_DIGITS = 6


@dataclass(frozen=True)
class Linear:
    """A multinomial logistic regression: `weights` are classes x inputs, `intercepts` one per class."""

    weights: Floats
    intercepts: Floats

    def probabilities(self, inputs: Floats) -> Floats:
        """Return rows x classes, rounded to 6 digits: the last bits may differ with the number of threads."""
        logits = inputs @ self.weights.T + self.intercepts
        power = np.exp(logits - logits.max(axis=1, keepdims=True))
        share: Floats = power / power.sum(axis=1, keepdims=True)
        return np.round(share, _DIGITS)

    def row(self) -> dict[str, Any]:
        """Return the numbers as they are saved."""
        return {"intercepts": _rounded(self.intercepts), "weights": [_rounded(row) for row in self.weights]}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Linear:
        """Return what `row` saved."""
        return cls(np.array(row["weights"]), np.array(row["intercepts"]))


@dataclass(frozen=True)
class Scores:
    """Probabilities of sentences: `tones` are sentences x TONES, `acts` sentences x ACTS."""

    tones: Floats
    acts: Floats

    def take(self, rows: slice | list[int]) -> Scores:
        """Return some of the sentences."""
        return Scores(self.tones[rows], self.acts[rows])


@dataclass(frozen=True)
class Head:
    """Both classifiers and the mean that centres the vectors; `fitted_on` names the sentences."""

    encoder: dict[str, str]
    mean: Floats
    tone: Linear
    act: Linear
    fitted_on: str

    def score(self, vectors: Floats, contexts: Floats, words: Floats) -> Scores:
        """Return the probabilities of sentences from their vectors, their paragraphs' and their word features."""
        inputs = stack(vectors, contexts, words, self.mean)
        return Scores(self.tone.probabilities(inputs), self.act.probabilities(inputs))

    def check(self, embedder: Embedder) -> None:
        """Raise FatalError with the command that refits, where the vectors come from another model or format."""
        embedder.require(self.encoder, "tone head", REFIT)

    def save(self, folder: Path) -> None:
        """Write `head.json` below the folder."""
        content = {
            "version": VERSION,
            "encoder": self.encoder,
            "fitted_on": self.fitted_on,
            "tones": TONES,
            "acts": ACTS,
            "features": FEATURES,
            "mean": _rounded(self.mean),
            "tone": self.tone.row(),
            "act": self.act.row(),
        }
        text = json.dumps(content, ensure_ascii=False, indent=None, separators=(",", ":")).replace('],"', '],\n"')
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "head.json").write_text(text + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, folder: Path) -> Head:
        """Read a head; FatalError where it is missing, broken or of another version."""
        source = folder / "head.json"
        try:
            content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
            if content["version"] != VERSION or tuple(content["features"]) != FEATURES:
                raise FatalError(f"{source} belongs to another version of the program: refit it with `{REFIT}`")
            return cls(
                encoder=content["encoder"],
                mean=np.array(content["mean"]),
                tone=Linear.of(content["tone"]),
                act=Linear.of(content["act"]),
                fitted_on=content["fitted_on"],
            )
        except (OSError, ValueError, KeyError) as error:
            raise FatalError(f"{source} cannot be used ({error}): refit it with `{REFIT}`") from error


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), _DIGITS) for value in values]
