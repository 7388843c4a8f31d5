"""Vectors of texts, each computed once: a store on disk in front of the encoder.

The store has one file for each first byte of the texts' digests (256 files), each an array of (key, vector) rows. At
20,000 texts a file holds some 80 rows: all are read in a fraction of a second, and a new text rewrites one small file.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import encoder
from pipeline.encoder import Encoder, Vectors
from pipeline.errors import FatalError
from pipeline.memo import digest
from pipeline.settings import Embed

# New vectors are saved every so many texts, so that a run that is killed loses about a minute's work.
SAVE_EVERY = 512


def text_key(text: str) -> bytes:
    """Return the 16 bytes under which a text's vector is stored."""
    return hashlib.sha256(text.encode()).digest()[:16]


class VectorStore:
    """Vectors by key below one folder, which belongs to one model in one format."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors of those keys that are stored."""
        wanted = set(keys)
        found = {}
        for shard in sorted({key[:1] for key in wanted}):
            found.update({key: vector for key, vector in self._read(shard).items() if key in wanted})
        return found

    def put(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Add vectors; each file is replaced whole, so a reader never sees half of one."""
        shards: dict[bytes, dict[bytes, Vectors]] = defaultdict(dict)
        for key, vector in vectors.items():
            shards[key[:1]][key] = vector
        for shard, added in shards.items():
            self._write(shard, self._read(shard) | added)

    def _path(self, shard: bytes) -> Path:
        return self.folder / f"{shard.hex()}.npy"

    def _read(self, shard: bytes) -> dict[bytes, Vectors]:
        try:
            rows = np.load(self._path(shard), allow_pickle=False)
            return {key.tobytes(): vector for key, vector in zip(rows["key"], rows["vector"], strict=True)}
        except (OSError, ValueError, EOFError, IndexError, KeyError):
            return {}  # absent, or damaged: then its texts are embedded again

    def _write(self, shard: bytes, vectors: Mapping[bytes, Vectors]) -> None:
        size = len(next(iter(vectors.values())))
        rows = np.zeros(len(vectors), dtype=[("key", "V16"), ("vector", "<f4", (size,))])
        for row, key in zip(rows, sorted(vectors), strict=True):
            row["key"], row["vector"] = np.void(key), vectors[key]
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self._path(shard)
        temporary = target.with_suffix(f".{os.getpid()}.tmp")
        with temporary.open("wb") as stream:
            np.save(stream, rows)
        temporary.replace(target)


class Embedder:
    """Texts to vectors by one model in one format; the model is loaded when the first unknown text comes."""

    def __init__(self, settings: Embed, memo: Path) -> None:
        self.settings = settings
        self.model_folder = encoder.locate(settings)
        self.fingerprint = encoder.fingerprint(self.model_folder, settings)
        self.computed = 0
        # Other versions of these may round differently, and shapes do: then nothing stored is used.
        libraries = [version(name) for name in ("torch", "transformers", "sentence-transformers")]
        basis = digest(self.fingerprint, libraries, settings.batch_tokens, settings.length_multiple)
        self.store = VectorStore(memo / "vectors" / basis[:16])

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(self.model_folder, self.settings)

    @property
    def record(self) -> dict[str, str]:
        """What a head that is fitted on these vectors keeps, for `require`."""
        return {"model": self.settings.model, "format": self.settings.format, "fingerprint": self.fingerprint}

    def require(self, record: Mapping[str, str], head: str, refit: str) -> None:
        """Raise FatalError with the command that refits, where a head was fitted on other vectors than these."""
        if record["fingerprint"] != self.fingerprint:
            raise FatalError(
                f"the {head} was fitted on the vectors of {record['model']} ({record['format']}), this run uses "
                f"{self.settings.model} ({self.settings.format}, prefix {self.settings.prefix!r}): restore the shipped "
                f"embed.yaml, or fit the head anew with `{refit}`"
            )

    def embed(self, texts: Sequence[str], description: str = "embed") -> Vectors:
        """Return one unit vector a text, float32, rows in the order of the texts (0 x 0 for none)."""
        keys = [text_key(text) for text in texts]
        known = self.store.get(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known |= self._compute(missing, description)
        rows: NDArray[np.float32] = np.array([known[key] for key in keys], dtype=np.float32)
        return rows if len(rows) else rows.reshape(0, 0)

    def _compute(self, missing: Mapping[bytes, str], description: str) -> dict[bytes, Vectors]:
        if not missing:
            return {}
        keys, texts = list(missing), list(missing.values())
        computed: dict[bytes, Vectors] = {}
        unsaved: dict[bytes, Vectors] = {}
        for indices, vectors in self._encoder.encode(texts, description):
            unsaved |= {keys[index]: vector for index, vector in zip(indices, vectors, strict=True)}
            if len(unsaved) >= SAVE_EVERY:
                self.store.put(unsaved)
                computed |= unsaved
                unsaved = {}
        self.store.put(unsaved)
        computed |= unsaved
        self.computed += len(computed)
        return computed
