"""The learnt combination of evidence: one set of weights for all themes, frozen in `models/themes/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.evidence import FEATURES, Floats, Space, unit
from pipeline.cluster.subject import TRAITS, Topicality
from pipeline.errors import FatalError
from pipeline.vectors import Embedder

VERSION = 2
FEWEST_THEMES = 8  # so many a codebook is filled up to
REFIT = "python models/themes/fit.py"
DIGITS = 6


@dataclass(frozen=True)
class Logistic:
    """Logistic regression over a few numbers."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, inputs: Floats) -> Floats:
        """Return the probability for each row of inputs (the last axis)."""
        result: Floats = 1 / (1 + np.exp(-(inputs @ np.array(self.weights) + self.intercept)))
        return result


@dataclass(frozen=True)
class Head:
    """From evidence to the relevance of each theme, and from relevance to probabilities.

    `whitening` is the linear map under which texts of one theme lie close (within-class covariance normalisation, Hatch
    et al. 2006). `weights` were fitted so that the softmax of relevance over themes picks a paragraph's main theme;
    `background` is what speaks for any theme in any paragraph, on average; `subject` says from the evidence whether
    there is any theme, `membership` whether one theme belongs. `encoder` names the model, format and fingerprint of the
    vectors that all this was fitted on, `fitted_on` the labels.
    """

    encoder: dict[str, str]
    space: Space
    whitening: Floats
    topicality: Topicality
    weights: dict[str, float]
    background: float
    subject: Logistic
    min_subject: float
    membership: Logistic
    fitted_on: str
    idf: NDArray[np.float16]

    def contrast(self, placed: Floats) -> Floats:
        """Return placed vectors (rows) in the frame in which a theme's texts lie close."""
        return unit(placed @ self.whitening)

    def relevance(self, evidence: Floats) -> Floats:
        """Return paragraphs x themes: how much more speaks for each theme than for the others on average.

        A codebook of a few themes is filled up with themes for which as much speaks as usual: one alone has no others.
        """
        summed: Floats = evidence @ np.array([self.weights[name] for name in FEATURES])
        lacking = max(0, FEWEST_THEMES - summed.shape[1])
        total: Floats = summed.sum(axis=1, keepdims=True) + lacking * self.background
        centred: Floats = summed - total / (summed.shape[1] + lacking)
        return centred

    def has_theme(self, evidence: Floats, topical: Floats) -> NDArray[np.bool_]:
        """Tell which paragraphs have a theme at all; `topical` is the log-odds that `Topicality` gives."""
        return self.subject.probability(subject_inputs(evidence, topical)) >= self.min_subject

    def scores(self, evidence: Floats, topical: Floats) -> Floats:
        """Return the probability that a reader gives each paragraph each theme; zero where there is no subject.

        Rounded to 6 digits, which hides the last bits: these may differ with the number of threads.
        """
        relevance = self.relevance(evidence)
        probability = self.membership.probability(membership_inputs(relevance, topical))
        return np.round(probability * self.has_theme(evidence, topical)[:, None], DIGITS)

    def save(self, folder: Path) -> None:
        """Write `head.json`, `whitening.npy` and `idf.npy` below the folder."""
        content = {
            "version": VERSION,
            "encoder": self.encoder,
            "fitted_on": self.fitted_on,
            "weights": self.weights,
            "background": self.background,
            "subject": _written(self.subject),
            "min_subject": self.min_subject,
            "membership": _written(self.membership),
            "topical": {
                "intercept": self.topicality.intercept,
                "traits": dict(zip(TRAITS, _rounded(self.topicality.traits), strict=True)),
                "vector": _rounded(self.topicality.vector),
            },
            "mean": _rounded(self.space.mean),
            "direction": _rounded(self.space.direction),
        }
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, separators=(",", ": ")).replace(',"', ',\n"')
        (folder / "head.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        np.save(folder / "idf.npy", self.idf)
        np.save(folder / "whitening.npy", self.whitening.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> Head:
        """Read a head; FatalError where it is missing, broken or of another version."""
        source = folder / "head.json"
        try:
            content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
            if content["version"] != VERSION or set(content["weights"]) != set(FEATURES):
                raise FatalError(f"{source} belongs to another version of the program: refit it with `{REFIT}`")
            topical = content["topical"]
            return cls(
                encoder=content["encoder"],
                space=Space(np.array(content["mean"]), np.array(content["direction"])),
                whitening=np.load(folder / "whitening.npy").astype(np.float64),
                topicality=Topicality(
                    np.array(topical["vector"]),
                    np.array([topical["traits"][name] for name in TRAITS]),
                    topical["intercept"],
                ),
                weights=content["weights"],
                background=content["background"],
                subject=_read(content["subject"]),
                min_subject=content["min_subject"],
                membership=_read(content["membership"]),
                fitted_on=content["fitted_on"],
                idf=np.load(folder / "idf.npy"),
            )
        except (OSError, ValueError, KeyError) as error:
            raise FatalError(f"{source} cannot be used ({error}): refit it with `{REFIT}`") from error

    def check(self, embedder: Embedder) -> None:
        """Raise FatalError with the command that refits, where the vectors come from another model or format."""
        embedder.require(self.encoder, "theme head", REFIT)


def subject_inputs(evidence: Floats, topical: Floats) -> Floats:
    """Return paragraphs x (1 + FEATURES): log-odds of having a subject, and the most that speaks for any theme."""
    return np.concatenate([topical[:, None], evidence.max(axis=1)], axis=1)


def membership_inputs(relevance: Floats, topical: Floats) -> Floats:
    """Return paragraphs x themes x 3: relevance, its log-softmax over the themes, log-odds of having a subject."""
    highest = relevance.max(axis=1, keepdims=True)
    share = relevance - highest - np.log(np.exp(relevance - highest).sum(axis=1, keepdims=True))
    return np.stack([relevance, share, np.broadcast_to(topical[:, None], relevance.shape)], axis=2)


def _written(model: Logistic) -> dict[str, Any]:
    return {"weights": list(model.weights), "intercept": model.intercept}


def _read(content: dict[str, Any]) -> Logistic:
    return Logistic(tuple(content["weights"]), content["intercept"])


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), DIGITS) for value in values]
