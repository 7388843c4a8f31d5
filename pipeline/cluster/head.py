"""The learnt combination of evidence: one set of weights for all themes, frozen in `models/themes/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.evidence import FEATURES, Floats, Space, Topicality
from pipeline.errors import FatalError
from pipeline.vectors import Embedder

VERSION = 1
REFIT = "python models/themes/fit.py"
DIGITS = 6


@dataclass(frozen=True)
class Head:
    """Logistic regression over the evidence.

    `encoder` names the model, format and fingerprint of the vectors that it was fitted on, `fitted_on` the labels.
    """

    encoder: dict[str, str]
    space: Space
    topicality: Topicality
    weights: dict[str, float]
    intercept: float
    fitted_on: str
    idf: NDArray[np.float16]

    def scores(self, evidence: Floats) -> Floats:
        """Return the probability that a reader gives each paragraph each theme, rounded to 6 digits.

        The rounding hides the last bits, which may differ with the number of threads.
        """
        weights = np.array([self.weights[name] for name in FEATURES])
        probability: Floats = 1 / (1 + np.exp(-(evidence @ weights + self.intercept)))
        return np.round(probability, DIGITS)

    def check(self, embedder: Embedder) -> None:
        """Raise FatalError with the command that refits, where the vectors come from another model or format."""
        embedder.require(self.encoder, "theme head", REFIT)

    def save(self, folder: Path) -> None:
        """Write `head.json` and `idf.npy` below the folder."""
        content = {
            "version": VERSION,
            "encoder": self.encoder,
            "fitted_on": self.fitted_on,
            "features": self.weights,
            "intercept": self.intercept,
            "topical": {
                "intercept": self.topicality.intercept,
                "length": self.topicality.length_weight,
                "vector": _rounded(self.topicality.weights),
            },
            "mean": _rounded(self.space.mean),
            "direction": _rounded(self.space.direction),
        }
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, separators=(",", ": ")).replace(',"', ',\n"')
        (folder / "head.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        np.save(folder / "idf.npy", self.idf)

    @classmethod
    def load(cls, folder: Path) -> Head:
        """Read a head; FatalError where it is missing, broken or of another version."""
        source = folder / "head.json"
        try:
            content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
            if content["version"] != VERSION or set(content["features"]) != set(FEATURES):
                raise FatalError(f"{source} belongs to another version of the program: refit it with `{REFIT}`")
            topical = content["topical"]
            return cls(
                encoder=content["encoder"],
                space=Space(np.array(content["mean"]), np.array(content["direction"])),
                topicality=Topicality(np.array(topical["vector"]), topical["length"], topical["intercept"]),
                weights=content["features"],
                intercept=content["intercept"],
                fitted_on=content["fitted_on"],
                idf=np.load(folder / "idf.npy"),
            )
        except (OSError, ValueError, KeyError) as error:
            raise FatalError(f"{source} cannot be used ({error}): refit it with `{REFIT}`") from error


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), DIGITS) for value in values]
