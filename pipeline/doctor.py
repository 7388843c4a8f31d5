"""What is installed on this machine, what is missing for which documents, and how to get it."""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pipeline import executor, resources
from pipeline.errors import ConfigurationError, FatalError
from pipeline.extract import tesseract
from pipeline.settings import FORMATS, Cluster, Embed, Extract, Lemmatize, Sentiment, load
from pipeline.workspace import Workspace

Status = Literal["ok", "missing", "optional"]

_PYTHON = (3, 11)
_PACKAGES = {
    "pypdfium2": ("reading PDF", "pypdfium2"),
    "docx": ("reading DOCX", "python-docx"),
    "selectolax": ("reading HTML", "selectolax"),
    "polars": ("tables", "polars"),
    "spacy": ("lemmas and names", "spacy"),
    "torch": ("vectors", "torch"),
    "sentence_transformers": ("vectors", "sentence-transformers"),
    "bertopic": ("themes beyond the codebook", "bertopic"),
}
# Paragraphs of the usual lengths to measure with.
_PARAGRAPHS = [
    "Udvalget drøftede, hvordan kommunen kan fastholde erfarne medarbejdere i de kommende år. " * repeats
    for repeats in (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7)
]
_FASTER = "faster here: set `format: {}` in configs/embed.yaml, then fit both heads anew (models/*/fit.py)"


@dataclass(frozen=True)
class Finding:
    """One component: `ok`, `missing` (documents or stages suffer) or `optional` (absent, nothing suffers)."""

    component: str
    status: Status
    purpose: str
    remedy: str = ""


def diagnose(configs: Path | None = None) -> list[Finding]:
    """Return what was found, in a fixed order; nothing heavy is imported and nothing is downloaded."""
    return [_python(), *_tesseract(load(Extract, configs).ocr_language), *_packages(), *_models(configs), _dvc()]


def _python() -> Finding:
    enough = sys.version_info >= _PYTHON
    wanted = ".".join(map(str, _PYTHON))
    remedy = "" if enough else f"install Python {wanted} or newer"
    return Finding(f"Python {platform.python_version()}", "ok" if enough else "missing", "everything", remedy)


def _tesseract(language: str) -> list[Finding]:
    version = tesseract.tesseract_version()
    purpose = "scanned PDF files and pictures, and PDF files whose own text has lost æ, ø and å"
    findings = [_finding(f"Tesseract {version or ''}".strip(), version is not None, purpose, tesseract.INSTALL)]
    for part in language.split("+"):
        found = tesseract.language_data(part) is not None
        remedy = f"apt-get install tesseract-ocr tesseract-ocr-{part.replace('_', '-')}"
        findings.append(_finding(f"Tesseract's language data {part}", found, "the same, in that language", remedy))
    return findings


def _packages() -> list[Finding]:
    return [
        _finding(package, find_spec(module) is not None, purpose, f"pip install {package}")
        for module, (purpose, package) in _PACKAGES.items()
    ]


def _models(configs: Path | None) -> list[Finding]:
    spacy_model, embedder = load(Lemmatize, configs).model, load(Embed, configs).model
    return [
        _finding(f"spaCy model {spacy_model}", _has_model(spacy_model), "lemmas and names", _model_remedy("lemmatize")),
        _finding(f"embedding model {embedder}", _has_model(embedder), "themes and tone", _model_remedy("embed")),
    ]


def measure_formats(configs: Path | None = None) -> list[Finding]:
    """Return how fast each number format embeds on this machine, best of three rounds in turn; takes some ten seconds.

    Recommends only: the configured format stays what it is, for the shipped heads belong to its vectors. Empty where
    the model or sentence-transformers is missing.
    """
    settings = load(Embed, configs)
    if not find_spec("sentence_transformers") or not resources.resolve(settings.model).is_dir():
        return []
    from pipeline.encoder import Encoder, locate

    encoders = {
        name: Encoder(locate(settings), settings.model_copy(update={"format": name}))
        for name in (settings.format, *(name for name in FORMATS if name != settings.format))
    }
    seconds = dict.fromkeys(encoders, float("inf"))
    for _ in range(3):
        for name, encoder in encoders.items():
            started = time.perf_counter()
            list(encoder.encode(_PARAGRAPHS))
            seconds[name] = min(seconds[name], time.perf_counter() - started)
    return [_speed(name, spent, seconds[settings.format]) for name, spent in seconds.items()]


def _speed(name: str, seconds: float, configured: float) -> Finding:
    purpose = f"vectors; {len(_PARAGRAPHS) / seconds:.0f} paragraphs a second on this machine"
    return Finding(f"number format {name}", "ok", purpose, _FASTER.format(name) if seconds < 0.8 * configured else "")


def _has_model(name: str) -> bool:
    if resources.resolve(name).is_dir():
        return True
    return "/" not in name and name.isidentifier() and find_spec(name) is not None


def _model_remedy(stage: str) -> str:
    return f"reinstall temaspejl, which brings the model, or name another in configs/{stage}.yaml"


def _dvc() -> Finding:
    if find_spec("dvc"):
        return Finding("DVC", "ok", "`dvc repro` in a checkout")
    return Finding(
        "DVC", "optional", "`dvc repro` in a checkout; `temaspejl run` works without", "pip install 'dvc>=3.60'"
    )


def _finding(component: str, present: bool, purpose: str, remedy: str) -> Finding:
    return Finding(component, "ok" if present else "missing", purpose, "" if present else remedy)


def check_models(workspace: Workspace) -> None:
    """Raise ConfigurationError for what would stop a late stage, before hours of work have gone into the early ones.

    That is a model that the configs name and nobody has, and what was fitted on the vectors of another model.
    """
    from pipeline.cluster.head import Head as ThemeHead
    from pipeline.lemmatize.model import locate
    from pipeline.sentiment.head import Head as ToneHead
    from pipeline.vectors import Embedder

    executor.workers()
    locate(workspace.settings(Lemmatize))
    embedder = Embedder(workspace.settings(Embed), workspace.memo)
    try:
        ThemeHead.load(resources.resolve(workspace.settings(Cluster).head)).check(embedder)
        ToneHead.load(resources.resolve(workspace.settings(Sentiment).head)).check(embedder)
    except FatalError as error:
        raise ConfigurationError(str(error)) from error
