"""Lemmatises documents in worker processes, each document once: what the memo holds is not computed again."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.executor import map_items
from pipeline.lemmatize import model
from pipeline.lemmatize.annotate import Paragraph, Row, annotate
from pipeline.memo import Memo, code_digest, folder_digest
from pipeline.settings import Lemmatize

if TYPE_CHECKING:
    from spacy.language import Language

Result = tuple[list[Row], list[Row]]

# One pipeline a process, loaded by the executor's initializer: loading it for each document would dominate.
_loaded: dict[str, Language] = {}


def lemmatize(documents: Sequence[Sequence[Paragraph]], settings: Lemmatize, memo_folder: Path) -> list[Result]:
    """Return (token rows, sentence rows) of each document, a document being its paragraphs in order.

    A document is processed by itself, so that its result depends neither on the others nor on the workers.
    """
    libraries = [version(name) for name in ("spacy", "simplemma", "wordfreq")]
    basis = [code_digest(Path(__file__).parent), folder_digest(model.locate(settings)), libraries, settings.batch_size]
    memo = Memo(memo_folder, "lemmatize", basis)
    results = [memo.get(document) for document in documents]
    missing = [index for index, result in enumerate(results) if result is None]
    jobs = [(documents[index], settings) for index in missing]
    computed = map_items(_annotate, jobs, "lemmatize", initializer=_load, arguments=(settings,))
    for index, result in zip(missing, computed, strict=True):
        memo.put(documents[index], result)
        results[index] = result
    return [result for result in results if result is not None]


def _load(settings: Lemmatize) -> None:
    _loaded[settings.model] = model.load(settings)


def _annotate(job: tuple[Sequence[Paragraph], Lemmatize]) -> Result:
    paragraphs, settings = job
    return annotate(_loaded[settings.model], paragraphs, settings.batch_size)
