"""The tone classifier: multinomial logistic regression, frozen in `models/sentiment/`, applied with numpy alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import FatalError
from pipeline.sentiment.features import FEATURES, Floats, stack
from pipeline.vectors import Embedder

VERSION = 1
REFIT = "python models/sentiment/fit.py --lcc DIR"
TONES = ("negative", "neutral", "positive", "mixed")
_DIGITS = 6


@dataclass(frozen=True)
class Head:
    """`weights` are TONES x (dimensions of the vectors + len(FEATURES)), `intercepts` one per tone."""

    encoder: dict[str, str]
    mean: Floats
    weights: Floats
    intercepts: Floats
    fitted_on: str

    def probabilities(self, vectors: Floats, words: Floats) -> Floats:
        """Return texts x TONES, rounded to 6 digits: the last bits may differ with the number of threads."""
        logits = stack(vectors, words, self.mean) @ self.weights.T + self.intercepts
        power = np.exp(logits - logits.max(axis=1, keepdims=True))
        share: Floats = power / power.sum(axis=1, keepdims=True)
        return np.round(share, _DIGITS)

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
            "features": FEATURES,
            "mean": _rounded(self.mean),
            "intercepts": _rounded(self.intercepts),
            "weights": [_rounded(row) for row in self.weights],
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
                weights=np.array(content["weights"]),
                intercepts=np.array(content["intercepts"]),
                fitted_on=content["fitted_on"],
            )
        except (OSError, ValueError, KeyError) as error:
            raise FatalError(f"{source} cannot be used ({error}): refit it with `{REFIT}`") from error


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), _DIGITS) for value in values]
