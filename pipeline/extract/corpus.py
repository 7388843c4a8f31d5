"""The corpus folder: which files are documents, and which of them are the same."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline import tables
from pipeline.errors import ConfigurationError

# Beside the documents but none themselves: corrections to the metadata, and what file managers leave behind.
NOT_DOCUMENTS = frozenset({"metadata.csv", "metadata.xlsx", "thumbs.db", "desktop.ini"})
# What `temaspejl run` writes into its workspace, which may lie among the documents or be their folder.
_OUTPUT = frozenset({"tables", "reports", "snapshots", "registry.json"})
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Source:
    """One distinct content: its id, the files that hold it (relative, sorted), its size in bytes.

    `reason` is set where it cannot be read, and `location` is the first file.
    """

    document_id: str
    paths: tuple[str, ...]
    location: Path
    size: int
    reason: str = ""

    @property
    def suffix(self) -> str:
        """The first file's extension in lower case, with the dot."""
        return self.location.suffix.lower()


def list_sources(corpus: Path, max_bytes: int) -> list[Source]:
    """Return every distinct content below the corpus folder, sorted by its first path.

    Hidden files and folders, Office's lock files (`~$...`), the names in NOT_DOCUMENTS and what earlier runs wrote are
    passed over. A link to a folder is not followed, so that no loop can form: it is listed with a reason, like all that
    cannot be read.
    ConfigurationError where the folder is missing or holds no document.
    """
    if not corpus.is_dir():
        raise ConfigurationError(f"the corpus folder {corpus} does not exist: name the folder that holds the documents")
    found = [_source(corpus, location, max_bytes) for location in _files(corpus)]
    if not found:
        raise ConfigurationError(f"the corpus folder {corpus} holds no documents: put PDF, DOCX, HTML, TXT or MD there")
    grouped: dict[str, list[Source]] = {}
    for source in sorted(found, key=lambda source: source.paths):
        grouped.setdefault(source.document_id, []).append(source)
    return [_joined(copies) for copies in grouped.values()]


def _joined(copies: list[Source]) -> Source:
    first = copies[0]
    paths = tuple(path for copy in copies for path in copy.paths)
    return Source(first.document_id, paths, first.location, first.size, first.reason)


def _files(corpus: Path) -> list[Path]:
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        found.append(Path(error.filename))

    for folder, subfolders, names in os.walk(corpus, onerror=unreadable):
        here = Path(folder)
        if tables.path(here / "tables", "documents").exists():  # a workspace
            subfolders[:] = [name for name in subfolders if name not in _OUTPUT]
            names = [name for name in names if name not in _OUTPUT]
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        found += [here / name for name in subfolders if (here / name).is_symlink()]
        found += [here / name for name in names if _is_document(name)]
    return found


def _is_document(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in NOT_DOCUMENTS


def relative_name(corpus: Path, location: Path) -> str:
    """Return a file's path below the corpus, with forward slashes; bytes that are no UTF-8 show as their hex codes."""
    name = location.relative_to(corpus).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _source(corpus: Path, location: Path, max_bytes: int) -> Source:
    name = relative_name(corpus, location)
    path_id = hashlib.sha256(name.encode()).hexdigest()[:16]
    try:
        status = location.stat()
        if stat.S_ISDIR(status.st_mode):
            reason = "Mappen er en genvej, eller den må ikke læses: læg selve dokumenterne i korpusmappen"
            return Source(path_id, (name,), location, 0, reason)
        if not stat.S_ISREG(status.st_mode):
            return Source(path_id, (name,), location, 0, "Det er ikke en almindelig fil: fjern den fra korpusmappen")
        identifier = file_id(location)
    except OSError as error:
        reason = f"Filen kan ikke læses ({error.strerror or type(error).__name__}): tjek rettigheder og genveje"
        return Source(path_id, (name,), location, 0, reason)
    reason = ""
    if status.st_size > max_bytes:
        reason = (
            f"Filen fylder {status.st_size / 1e6:.1f} MB, og grænsen er {max_bytes / 1e6:.1f} MB (max_bytes): "
            "del den op, eller hæv grænsen"
        )
    return Source(identifier, (name,), location, status.st_size, reason)


def file_id(location: Path) -> str:
    """Return a content's id, the first 16 hex digits of its SHA-256; the file is read in pieces, never held whole."""
    state = hashlib.sha256()
    with location.open("rb") as handle:
        while piece := handle.read(_CHUNK):
            state.update(piece)
    return state.hexdigest()[:16]
