"""Runs of words and their MinHash (Broder 1997): how much of their wording two texts have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from datasketch import MinHash

PERMUTATIONS = 256
SEED = 20_211
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower())


def shingles(found: Sequence[str], length: int) -> set[bytes]:
    """Return the runs of `length` words, UTF-8; of fewer words the one run, of none nothing."""
    count = max(1, len(found) - length + 1) if found else 0
    return {" ".join(found[start : start + length]).encode() for start in range(count)}


def signature(runs: Collection[bytes], permutations: int = PERMUTATIONS) -> MinHash:
    """Return the MinHash of a set of runs, the same on every machine."""
    from datasketch import MinHash

    made = MinHash(num_perm=permutations, seed=SEED)
    made.update_batch(sorted(runs))
    return made
