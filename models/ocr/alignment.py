"""Aligns what OCR read with what was printed: texts into runs of words, and words into the segments that were confused.

Segments are learnt by expectation-maximisation, with the best alignment for the expected one, over all ways to cut two
words into pairs of up to three letters a side (the many-to-many aligner of Jiampojamarn, Kondrak & Sherif 2007): of
`teenkning` for `tænkning`, `ee` for `æ` is counted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

Pair = tuple[str, str]  # what was read, what was printed

LONGEST = 3
_READABLE = 0.15  # of a paragraph's letters may be misread, and three more; else the page was torn or is no text
_LENGTH_PENALTY = 3.0  # nats that a letter more on either side of a segment costs at the start
_TYPOGRAPHIC = str.maketrans(
    {**dict.fromkeys("“”„»«″", '"'), **dict.fromkeys("‘’‚′´`", "'"), **dict.fromkeys("–—−‐‑", "-"), "…": "..."}
)


def plain(text: str) -> str:
    """Return the text with typographic quotation marks and dashes made plain, so that only letters matter."""
    return text.translate(_TYPOGRAPHIC).replace("''", '"')


def joined(text: str) -> str:
    """Return a text on one line: words broken at a line's end put together, white space single."""
    return " ".join(re.sub(r"(?<=[^\W\d_])-\n(?=[a-zæøå])", "", text).split())


def runs(read: str, printed: str) -> list[Pair]:
    """Return the shortest runs of whole words that stand for each other, in order.

    Both texts have single spaces. Runs of more than one word come from lost and added spaces; one side may be empty.
    """
    found, last_read, last_printed = [], 0, 0
    for block in Levenshtein.opcodes(read, printed):
        if block.tag != "equal":
            continue
        for i in range(block.src_start, block.src_end):
            if read[i] == " ":
                j = block.dest_start + i - block.src_start
                found.append((read[last_read:i], printed[last_printed:j]))
                last_read, last_printed = i + 1, j + 1
    found.append((read[last_read:], printed[last_printed:]))
    return found


def page_cuts(read: str, printed: Sequence[str]) -> list[str | None]:
    """Cut what was read of a page into its paragraphs; None for one that cannot be told from its neighbours.

    `printed` holds the paragraphs in reading order with their lines as printed.
    """
    whole = "\n".join(printed)
    places: list[int | None] = [None] * (len(whole) + 1)
    for block in Levenshtein.opcodes(whole, read):
        if block.tag == "equal":
            for i in range(block.src_end - block.src_start):
                places[block.src_start + i] = block.dest_start + i
    found: list[str | None] = []
    start = 0
    for text in printed:
        known = [place for place in places[start : start + len(text)] if place is not None]
        start += len(text) + 1
        if not known:
            found.append(None)
            continue
        # From the line's first character to its last, as far as the known places are from its ends.
        first = read.rfind("\n", 0, known[0]) + 1
        last = read.find("\n", known[-1])
        part = read[first : last if last >= 0 else len(read)].strip()
        part = re.sub(r"\n\s*\n", "\n", part)
        found.append(part if Levenshtein.distance(part, text) <= 3 + _READABLE * len(text) else None)
    return found


def segments(pairs: Mapping[Pair, int], rounds: int = 8) -> Counter[Pair]:
    """Learn from counted pairs of unequal words how often each segment was read for each.

    Returns counts of the best alignments; a side of a segment is empty where letters were added or lost, and both are
    the same where a letter between two changes was kept.
    """
    weights: dict[Pair, float] = {}
    counts: Counter[Pair] = Counter()
    changed: Counter[Pair] = Counter()
    for (read, printed), number in pairs.items():
        changed[differing(read, printed)] += number
    for _ in range(rounds):
        counts = Counter()
        for (read, printed), number in changed.items():
            for segment in cut(read, printed, weights):
                counts[segment] += number
        total = sum(counts.values())
        weights = {segment: math.log(count / total) for segment, count in counts.items()}
    return counts


def differing(read: str, printed: str) -> Pair:
    """Return two words without the letters they begin and end with in common."""
    start = end = 0
    shorter = min(len(read), len(printed))
    while start < shorter and read[start] == printed[start]:
        start += 1
    while end < shorter - start and read[-end - 1] == printed[-end - 1]:
        end += 1
    return read[start : len(read) - end], printed[start : len(printed) - end]


def cut(read: str, printed: str, weights: Mapping[Pair, float]) -> list[Pair]:
    """Return the most probable cut of two words into segments; unseen segments cost by their length."""
    width = len(printed) + 1
    best = [-math.inf] * ((len(read) + 1) * width)
    back: list[tuple[int, int]] = [(0, 0)] * len(best)
    best[0] = 0.0
    for i in range(len(read) + 1):
        for j in range(width):
            here = best[i * width + j]
            if here == -math.inf:
                continue
            for a, b in _MOVES:
                if i + a > len(read) or j + b > len(printed):
                    continue
                score = here + _score(read[i : i + a], printed[j : j + b], weights)
                place = (i + a) * width + j + b
                if score > best[place]:
                    best[place], back[place] = score, (a, b)
    found, i, j = [], len(read), len(printed)
    while i or j:
        a, b = back[i * width + j]
        found.append((read[i - a : i], printed[j - b : j]))
        i, j = i - a, j - b
    return found[::-1]


_MOVES = [(a, b) for a in range(LONGEST + 1) for b in range(LONGEST + 1) if a + b]


def _score(read: str, printed: str, weights: Mapping[Pair, float]) -> float:
    """Return a segment's log weight. No longer run of unchanged letters is one, and none begins or ends with one."""
    if read == printed:
        return -0.05 if len(read) == 1 else -math.inf
    if read and printed and len(read) + len(printed) > 2 and (read[0] == printed[0] or read[-1] == printed[-1]):
        return -math.inf
    unseen = -4.0 - _LENGTH_PENALTY * (len(read) + len(printed) - 1) - (0 if read and printed else 2.0)
    return max(weights.get((read, printed), -math.inf), unseen) - 0.5 * (len(read) + len(printed) - 2)


def unequal(all_runs: Iterable[Pair]) -> Counter[Pair]:
    """Return the runs of words that were misread but are near enough to teach something, counted."""
    return Counter(
        (read, printed)
        for read, printed in all_runs
        if read != printed and read and printed and Levenshtein.normalized_similarity(read, printed) > 0.3
    )
