"""Reading order of a printed page: words with their places in, rows of text out.

Words on one baseline make fragments, fragments that share a gutter make columns (a recursive cut in the manner of
Nagy and Seth's XY-cut, 1984), and a fragment that crosses the gutter, such as a heading over both columns, divides the
columns above it from those below. Lengths are points (1/72 inch); y grows upwards as in PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TypeVar

SAME_BASELINE = 0.35  # baselines that differ by less than this share of the type size make one line
FRAGMENT_GAP = 1.2  # a wider gap, in type sizes, divides a line into fragments
CELL_GAP = 2.0  # a wider gap between fragments that are read as one line becomes a tab
MIN_COLUMN_LINES = 4
MIN_LINES_BESIDE = 3  # lines of the left column at the height of the right one
PARAGRAPH_GAP = 1.15  # a line lower than this times the usual distance begins a paragraph
MARGIN = 0.12  # share of the page's height in which running headers and footers stand
MARGIN_COLUMN = 0.35  # a column narrower than this share of the page holds an address rather than text


@dataclass(frozen=True)
class Word:
    """A word and its box; `size` is its type size."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Fragment:
    """Words on one baseline with no wide gap between them."""

    words: tuple[Word, ...]

    @cached_property
    def left(self) -> float:
        """Left edge of the first word."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Right edge of the last word."""
        return max(word.right for word in self.words)

    @cached_property
    def baseline(self) -> float:
        """Height of the line the words stand on."""
        return median(word.baseline for word in self.words)

    @cached_property
    def size(self) -> float:
        """Type size of most words."""
        return median(word.size for word in self.words)

    @property
    def width(self) -> float:
        """Distance between the edges."""
        return self.right - self.left


Placed = TypeVar("Placed", Word, Fragment)


@dataclass(frozen=True)
class Row:
    """One line of text in reading order; `gap_before` says whether a paragraph ended above it."""

    text: str
    baseline: float
    size: float
    bold: bool
    gap_before: bool = False


def read_page(words: Iterable[Word], height: float) -> list[Row]:
    """Return the rows of a page in reading order."""
    fragments = _fragments(words)
    header, body, footer = _split_margins(fragments, height)
    regions = [header, *_regions(body), footer]
    rows = [row for region in regions for row in _rows(region)]
    return _with_gaps(rows)


def _lines(items: Iterable[Placed]) -> list[list[Placed]]:
    """Group what stands on one baseline, top down."""
    lines: list[list[Placed]] = []
    for item in sorted(items, key=lambda item: (-item.baseline, item.left)):
        first = lines[-1][0] if lines else None
        if first and abs(first.baseline - item.baseline) <= SAME_BASELINE * max(first.size, item.size):
            lines[-1].append(item)
        else:
            lines.append([item])
    for line in lines:
        line.sort(key=lambda item: item.left)
    return lines


def _fragments(words: Iterable[Word]) -> list[Fragment]:
    fragments = []
    for line in _lines(words):
        current: list[Word] = []
        for word in line:
            if current and word.left - current[-1].right > FRAGMENT_GAP * max(word.size, current[-1].size):
                fragments.append(Fragment(tuple(current)))
                current = []
            current.append(word)
        fragments.append(Fragment(tuple(current)))
    return fragments


def _split_margins(fragments: list[Fragment], height: float) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
    """Part running headers and footers, which stand apart in the margin, from the body."""
    lines = _lines(fragments)
    first, last = 0, len(lines)
    for index in range(1, min(4, len(lines))):
        if _apart(lines[index - 1], lines[index]) and lines[index - 1][0].baseline > height * (1 - MARGIN):
            first = index
            break
    for index in range(len(lines) - 1, max(len(lines) - 4, first), -1):
        if _apart(lines[index - 1], lines[index]) and lines[index][0].baseline < height * MARGIN:
            last = index
            break
    parts = lines[:first], lines[first:last], lines[last:]
    header, body, footer = ([item for line in part for item in line] for part in parts)
    return header, body, footer


def _apart(above: list[Fragment], below: list[Fragment]) -> bool:
    size = max(item.size for item in (*above, *below))
    return min(item.baseline for item in above) - max(item.baseline for item in below) > 2.2 * size


def _regions(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Cut at the best gutter into regions in reading order; one region where there are no columns."""
    gutter = _gutter(fragments)
    if gutter is None:
        return [fragments] if fragments else []
    crossing = sorted((f for f in fragments if f.left < gutter < f.right), key=lambda f: -f.baseline)
    beside = sorted((f for f in fragments if not f.left < gutter < f.right), key=lambda f: -f.baseline)
    regions: list[list[Fragment]] = []
    for full in [*crossing, None]:
        band = [f for f in beside if full is None or f.baseline > full.baseline]
        beside = beside[len(band) :]
        left = [f for f in band if f.right <= gutter]
        right = [f for f in band if f.left >= gutter]
        below = _short_lines_of(full, left, right) if full else []
        left = left[: len(left) - len(below)]
        regions += [*_regions(left), *_regions(right), [*below, *([full] if full else [])]]
    return _merge_single([region for region in regions if region])


def _short_lines_of(full: Fragment, left: list[Fragment], right: list[Fragment]) -> list[Fragment]:
    """Return the last lines on the left that belong to the full-width text below: a heading too short to cross."""
    floor = min((f.baseline for f in right), default=float("-inf"))
    usual = median(f.size for f in left) if left else 0.0
    count, lower = 0, full
    for above, line in zip([*left[::-1][1:], None], left[::-1], strict=False):
        nearer = above is None or above.baseline - line.baseline > line.baseline - lower.baseline
        if line.baseline > floor or not (nearer or line.size > usual + 0.7):
            break
        count, lower = count + 1, line
    return left[len(left) - count :]


def _merge_single(regions: list[list[Fragment]]) -> list[list[Fragment]]:
    """Join neighbouring regions where the later begins below the earlier: they read as one anyway."""
    merged: list[list[Fragment]] = []
    for region in regions:
        if merged and max(f.baseline for f in region) < min(f.baseline for f in merged[-1]):
            merged[-1] = merged[-1] + region
        else:
            merged.append(region)
    return merged


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """Return the x of the gutter that most lines keep clear of, or None."""
    starts: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        starts.setdefault(round(fragment.left / 2), []).append(fragment)
    best, best_lines = None, 0
    for aligned in starts.values():
        if len(aligned) < MIN_COLUMN_LINES:
            continue
        x = min(fragment.left for fragment in aligned) - 1
        left = [f for f in fragments if f.right <= x]
        right = [f for f in fragments if f.left >= x]
        lines = min(len(left), len(right))
        if lines > best_lines and _are_columns(left, right, x):
            best, best_lines = x, lines
    return best


def _are_columns(left: list[Fragment], right: list[Fragment], x: float) -> bool:
    """Tell running text in columns from a table, whose cells are short and stand on shared baselines."""
    top, bottom = max(f.baseline for f in right) + 1, min(f.baseline for f in right) - 1
    beside = [f for f in left if bottom <= f.baseline <= top]
    if len(beside) < MIN_LINES_BESIDE:
        return False
    left_edge, right_edge = min(f.left for f in beside), max(f.right for f in right)
    if median(len(f.words) for f in beside) < 3 or median(f.width for f in beside) < 0.5 * (x - left_edge):
        return False
    if right_edge - x < MARGIN_COLUMN * (right_edge - left_edge):
        return _stands_alone(beside, right)
    return median(len(f.words) for f in right) >= 3 and median(f.width for f in right) >= 0.3 * (right_edge - x)


def _stands_alone(beside: list[Fragment], narrow: list[Fragment]) -> bool:
    """Tell an address in the margin of a letter from the last column of a table."""
    if abs(median(f.size for f in beside) - median(f.size for f in narrow)) > 0.7:
        return True
    aligned = sum(any(abs(f.baseline - other.baseline) < 0.5 for other in beside) for f in narrow)
    return aligned < len(narrow) / 2


def _rows(fragments: list[Fragment]) -> list[Row]:
    rows = []
    for line in _lines(fragments):
        text, previous = "", None
        words: list[Word] = []
        for fragment in line:
            if previous is not None:
                wide = fragment.left - previous.right > CELL_GAP * max(fragment.size, previous.size)
                text += "\t" if wide else " "
            text += " ".join(word.text for word in fragment.words)
            words += fragment.words
            previous = fragment
        size = median(word.size for word in words)
        rows.append(Row(text, line[0].baseline, size, all(word.bold for word in words)))
    return rows


def _with_gaps(rows: list[Row]) -> list[Row]:
    usual = _usual_step(rows)
    return rows[:1] + [replace(below, gap_before=_has_gap(above, below, usual)) for above, below in pairwise(rows)]


def _usual_step(rows: list[Row]) -> float:
    """Return the distance of two lines of one paragraph, in type sizes.

    A line that begins in lower case goes on with the line above it, so these steps are the ones to measure; a page of
    one-line paragraphs has more gaps than lines, and its median step would be a gap.
    """
    steps = [
        ((above.baseline - below.baseline) / max(above.size, below.size), below.text[:1].islower())
        for above, below in pairwise(rows)
        if above.baseline > below.baseline and abs(above.size - below.size) < 0.5
    ]
    within = sorted(step for step, goes_on in steps if goes_on)
    every = sorted(step for step, _ in steps)
    if len(within) > 2:
        usual = within[len(within) // 2]
    elif every:
        usual = every[len(every) // 4]
    else:
        usual = 1.2
    return min(max(usual, 1.0), 2.0)


def _has_gap(above: Row, below: Row, usual: float) -> bool:
    if abs(above.size - below.size) > 0.7:
        return True
    step = (above.baseline - below.baseline) / max(above.size, below.size)
    if step <= 0:  # a new column: the sentence may run on
        return above.text.rstrip().endswith((".", "!", "?", ":"))
    table = "\t" in above.text and "\t" in below.text
    return step > (2 if table else 1) * PARAGRAPH_GAP * usual
