"""A content-addressed memo of results: what was computed once for the same input is never computed again.

A stage rebuilds its whole output from memo hits and new work, so that its output stays a function of its inputs alone
whatever the memo held. The key covers the code of the stage, its settings and the input.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def digest(*parts: object) -> str:
    """Return a hex SHA-256 of the parts; bytes and text as they are, anything else as sorted JSON."""
    state = hashlib.sha256()
    for part in parts:
        if isinstance(part, bytes):
            data = part
        elif isinstance(part, str):
            data = part.encode()
        else:
            data = json.dumps(part, sort_keys=True, ensure_ascii=False, default=str).encode()
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def code_digest(*sources: Path) -> str:
    """Return a digest of the Python files below the folders (or of the files) given, by relative name and content."""
    files = sorted(
        (path.relative_to(source.parent).as_posix(), path.read_bytes())
        for source in sources
        for path in ([source] if source.is_file() else source.rglob("*.py"))
    )
    return digest(*(part for name, content in files for part in (name, content)))


def folder_digest(folder: Path) -> str:
    """Return a digest of every file below a folder (a model, say), by relative name and content."""
    names = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(*(part for path in names for part in (path.relative_to(folder).as_posix(), _file_digest(path))))


def _file_digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Memo:
    """Pickled results below `folder/name/`, one file a key, written whole or not at all.

    `basis` is everything but the input that decides a result: code, settings, models. Entries are only ever read from
    a folder that this program wrote; do not point it at files from elsewhere.
    """

    def __init__(self, folder: Path, name: str, basis: Iterable[object]) -> None:
        self._folder = folder / name
        self._basis = digest(*basis)

    def _path(self, key: object) -> Path:
        name = digest(self._basis, key)
        return self._folder / name[:2] / name[2:]

    def get(self, key: object) -> Any | None:
        """Return the stored result for the key, or None; a damaged entry counts as absent."""
        try:
            return pickle.loads(self._path(key).read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError):
            return None

    def put(self, key: object, result: object) -> None:
        """Store a result (never None) for the key."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        temporary.write_bytes(pickle.dumps(result, protocol=5))
        temporary.replace(path)
