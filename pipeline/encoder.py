"""Texts to unit vectors with a sentence-transformers model, in fixed shapes so that a vector depends on its text alone.

A matrix product may round differently for another shape. So a text's padded length follows from its own length, never
from its neighbours', and the number of rows from the padded length; each batch is computed by one thread. Measured
bit-equal under permutation, subset and number of threads.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline import executor, resources
from pipeline.errors import ConfigurationError
from pipeline.memo import digest
from pipeline.progress import track
from pipeline.settings import Embed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

# What a model folder holds besides the files that decide its vectors.
UNUSED = ("onnx/*", "openvino/*", "*.h5", "*.ot", "*.msgpack", "*.md", "*.py", "measures.json", ".*")


def locate(settings: Embed) -> Path:
    """Return the model's folder: one below the installed resources, any other, or a download from Hugging Face.

    Where the model is local, the Hugging Face libraries are told to stay offline. ConfigurationError if there is no
    such folder and no such model can be had.
    """
    folder = resources.resolve(settings.model)
    if folder.is_dir():
        os.environ["HF_HUB_OFFLINE"] = "1"
        return folder
    remedy = f"{settings.file}, key `model`: {settings.model!r}"
    if settings.model.startswith(("models/", "/", ".")) or settings.model.count("/") > 1:
        raise ConfigurationError(f"{remedy} is no folder ({folder}): name a model folder or a Hugging Face id")
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(settings.model, ignore_patterns=list(UNUSED)))
    except (OSError, ValueError, RuntimeError) as error:
        raise ConfigurationError(
            f"{remedy} is neither a folder nor a Hugging Face model that can be downloaded or was before ({error}): "
            "go online once, correct the id, or use the shipped models/e5-small-da"
        ) from error


def fingerprint(folder: Path, settings: Embed) -> str:
    """Return a digest of all that decides which vector a text gets: the model's files, format, prefix, length.

    What is fitted on vectors records it, and stops on another.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    parts: list[object] = [settings.format, settings.prefix, settings.max_tokens]
    for path in files:
        name = path.relative_to(folder)
        if not any(name.match(pattern) for pattern in UNUSED):
            parts += [name.as_posix(), path.read_bytes()]
    return digest(*parts)


class Encoder:
    """A loaded model. Making one imports torch and reads the weights (some seconds), so make it when needed."""

    def __init__(self, folder: Path, settings: Embed) -> None:
        self.settings = settings
        self.model = _load(folder, settings)
        self.max_tokens = min(settings.max_tokens, self.model.max_seq_length or settings.max_tokens)

    def encode(self, texts: Sequence[str], description: str = "embed") -> Iterator[tuple[list[int], Vectors]]:
        """Yield (indices of texts, their vectors) batch by batch, the shortest texts first.

        Vectors are float32 rows of unit length, whatever `format` was computed in.
        """
        batches = list(self._batches(texts))
        # One thread a batch: threads that share a batch wait for each other at every step, long on a busy machine.
        with ThreadPoolExecutor(executor.workers()) as threads:
            computed = threads.map(self._forward, [features for _, features in batches])
            for (indices, _), vectors in track(zip(batches, computed, strict=True), description, len(batches)):
                yield indices, vectors[: len(indices)]

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
        prefixed = [self.settings.prefix + text for text in texts]
        tokenizer = self.model.tokenizer
        encoded = tokenizer(prefixed, truncation=True, max_length=self.max_tokens) if texts else {"input_ids": []}
        step = self.settings.length_multiple
        buckets: dict[int, list[int]] = defaultdict(list)
        for index, ids in enumerate(encoded["input_ids"]):
            buckets[min(-(-len(ids) // step) * step, self.max_tokens)].append(index)
        for length, members in sorted(buckets.items()):
            rows = max(1, self.settings.batch_tokens // length)
            for start in range(0, len(members), rows):
                indices = members[start : start + rows]
                # The last batch of a length is filled up with a text of its own: same shape, rows thrown away.
                filled = indices + indices[:1] * (rows - len(indices))
                chosen = {name: [values[i] for i in filled] for name, values in encoded.items()}
                yield indices, dict(tokenizer.pad(chosen, "max_length", max_length=length, return_tensors="np"))

    def _forward(self, features: dict[str, NDArray[np.int64]]) -> Vectors:
        import torch

        with torch.inference_mode():
            output: Any = self.model({name: torch.from_numpy(values) for name, values in features.items()})
            vectors = output["sentence_embedding"].float()
            vectors = torch.nn.functional.normalize(vectors, dim=1)
        return np.asarray(vectors.numpy(), dtype=np.float32)


def _load(folder: Path, settings: Embed) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    from pipeline import linear

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    torch.set_num_threads(1)
    try:
        model = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
        ).eval()
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"{settings.file}, key `model`: {folder} is no sentence-transformers model ({error}); "
            "name a folder with modules.json, config.json, weights and tokenizer"
        ) from error
    linear.convert(model, bf16=settings.format == "bf16")
    return model
