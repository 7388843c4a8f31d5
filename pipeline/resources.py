"""Where the shipped configs and models are: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds `configs/` and `models/`."""
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def resolve(name: str) -> Path:
    """Return the path of a model or file named in a config: absolute as it is, relative below `root()`."""
    path = Path(name).expanduser()
    return path if path.is_absolute() else root() / path
