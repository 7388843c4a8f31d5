"""Near duplicates: documents whose word 5-grams mostly coincide, found with MinHash (Broder 1997) and LSH."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE_WORDS = 5
PERMUTATIONS = 256
SEED = 20_211
# The index asks for less than the threshold, since its answer is a guess; the estimate then decides.
SLACK = 0.8
_WORD = re.compile(r"\w+")


def find_near_duplicates(texts: Mapping[str, str], threshold: float) -> dict[str, tuple[str, float]]:
    """Return for each near duplicate the most similar earlier document and their estimated Jaccard similarity (0-1).

    `texts` maps document_id to raw text in the order that says which is earlier; of equally similar ones the earliest
    is named. Texts of fewer than five words are compared whole; texts without words are nobody's duplicate.
    """
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=max(0.05, threshold * SLACK), num_perm=PERMUTATIONS)
    order = {document_id: position for position, document_id in enumerate(texts)}
    signatures: dict[str, MinHash] = {}
    found: dict[str, tuple[str, float]] = {}
    for document_id, text in texts.items():
        shingles = _shingles(text)
        if not shingles:
            continue
        signature = _signature(shingles)
        candidates = [(signature.jaccard(signatures[other]), -order[other], other) for other in index.query(signature)]
        similarity, _, original = max(candidates, default=(0.0, 0, ""))
        if candidates and similarity >= threshold:
            found[document_id] = (original, round(float(similarity), 4))
        signatures[document_id] = signature
        index.insert(document_id, signature)
    return found


def _shingles(text: str) -> list[bytes]:
    words = _WORD.findall(text.lower())
    count = max(1, len(words) - SHINGLE_WORDS + 1) if words else 0
    return sorted({" ".join(words[start : start + SHINGLE_WORDS]).encode() for start in range(count)})


def _signature(shingles: list[bytes]) -> MinHash:
    from datasketch import MinHash

    signature = MinHash(num_perm=PERMUTATIONS, seed=SEED)
    signature.update_batch(shingles)
    return signature
