"""A progress bar on a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def track(items: Iterable[Item], description: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items unchanged, showing how far along they are when standard error is a terminal."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=description, total=total, leave=False, disable=not sys.stderr.isatty()))
