"""Near duplicates: documents whose word 5-grams mostly coincide, found with MinHash (Broder 1997) and LSH."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.shingles import PERMUTATIONS, shingles, signature, words

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE_WORDS = 5
# The index asks for less than the threshold, since its answer is a guess; the estimate then decides.
SLACK = 0.8


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
        runs = shingles(words(text), SHINGLE_WORDS)
        if not runs:
            continue
        own = signature(runs)
        candidates = [(own.jaccard(signatures[other]), -order[other], other) for other in index.query(own)]
        similarity, _, original = max(candidates, default=(0.0, 0, ""))
        if candidates and similarity >= threshold:
            found[document_id] = (original, round(float(similarity), 4))
        signatures[document_id] = own
        index.insert(document_id, own)
    return found
