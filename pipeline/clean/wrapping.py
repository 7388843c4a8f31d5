"""Whether a text's lines are wrapped, how wide, and which of them go on in the next line.

A line was wrapped if the next line's first word would not have fitted; where lines end for another reason there is room
left. Punctuation, capitals and list markers say the rest. The width is read from lines that surely go on: those that
end without a stop before a small letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.clean import lexicon
from pipeline.line_forms import begins_item, is_row

# Headings of an agenda item stand alone.
SECTION_NAMES = frozenset(
    ("indstilling", "beslutning", "sagsfremstilling", "resumé", "resume", "økonomi", "bilag", "eventuelt", "indhold")
)
_NARROWEST = 25  # characters; shorter lines show no width
_SINGLE = 60  # characters; so long a line that goes on shows by itself that lines are wrapped
_WINDOWS = (12, 40)  # lines before and after that share a width: the documents in a bundle differ
_FULL = 0.88  # share of the width that a line and the next word take together where the text is proportional
_LOOSE = 0.6
_COLUMN = 0.75  # the same share before a column's end, where a sentence that breaks off says more
_BREAK = 2  # blank lines, at most, that the end of a column leaves
_SHOWN = 4  # breaks, each of them forced, that show a text to be wrapped at a fixed column
_WIDEST = 140  # characters; no wrapped line is longer
_TERMINAL = re.compile(r"[.!?:;…][\"”’»)\]*]*$")
_ABBREVIATED = re.compile(
    r"(?i)(?:^|[\s(–-])(?:\d{1,2}|bl\.a|ca|d|dvs|evt|ekskl|f\.eks|fx|hhv|ift|inkl|j\.\s?nr|jf|jvf|kap|kl|ml|mht|m\.fl|nr|osv|pga"
    r"|pkt|pr|resp|s|st|stk|tlf|vedr|vha)\.$"
)
_OPEN = re.compile(
    r"(?i)(?:^|[\s(])(?:og|eller|i|på|til|af|for|fra|med|om|at|som|der|den|det|de|en|et|ved|over|under|mellem|samt|hvor|"
    r"§|stk\.|(?:\w\.)?nr\.|pr\.|jf\.|ca\.|kl\.|d\.|vedr\.|mellem|herunder|både|hver|vores|deres|dette|denne|disse)$"
)
_MONTH = re.compile(r"(?i)\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)$")
_LABEL = re.compile(r"(?:[A-ZÆØÅ][\wæøåé./-]{1,24}(?: [\wæøå./-]{1,16}){0,2}:(?:\s|$)|Punkt \d|Pkt\. ?\d|[|<#])")
_DATED = re.compile(r"(?:d\. ?|den )\d{1,2}[./]")
_ADDRESS = re.compile(r"(?:https?:|www\.)|\S+@\S+$")
_NAME = re.compile(r"(?<=[\w,] )[A-ZÆØÅ]\w+")
_BROKEN = re.compile(r"\w[-\u00ad\u2010\u2011]$")


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two lines that follow each other: blank lines, and whether a page ends there."""

    blank: int
    page: bool


def ends(text: str) -> bool:
    """Whether a line ends a sentence or introduces something."""
    return bool(_TERMINAL.search(text)) and not _ABBREVIATED.search(text)


def goes_on(text: str, following: str) -> bool:
    """Whether the second line surely continues the first, however long that is."""
    return (
        following[0].islower()
        and not ends(text)
        and not (begins_item(following) or _LABEL.match(following) or _ADDRESS.match(following))
    )


def is_double_spaced(texts: Sequence[str], gaps: Sequence[Gap]) -> bool:
    """Whether a blank line follows every line, wrapped ones too (as some exports of Word files have it)."""
    single = [i for i, gap in enumerate(gaps) if gap.blank == 1]
    close = sum(gap.blank == 0 for gap in gaps)
    sure = sum(goes_on(texts[i], texts[i + 1]) for i in single)
    wrapped = sure >= 3 and sure >= 0.2 * len(single) and max(map(len, texts)) <= _WIDEST
    return wrapped and close <= 0.2 * len(gaps)


class Wrapping:
    """Decides line by line for one document; `texts` are its lines, `gaps[i]` what follows line i."""

    def __init__(self, texts: Sequence[str], gaps: Sequence[Gap]) -> None:
        self._texts = texts
        self._gaps = gaps
        self.double_spaced = is_double_spaced(texts, gaps)
        self._block_widths = self._longest_lines()
        self._sure = [
            goes_on(text, texts[i + 1]) and self.is_near(i) and not is_row(text) for i, text in enumerate(texts[:-1])
        ]
        self._widths = [self._local_width(i) for i in range(len(self._sure))]
        self._full = self._fullness()
        self._names = {name for text in texts for name in _NAME.findall(text)}

    def _longest_lines(self) -> list[int]:
        """Return for each line the length of the longest line in its block."""
        starts = [0, *(i for i in range(1, len(self._texts)) if not self.is_near(i - 1)), len(self._texts)]
        blocks = [self._texts[first:last] for first, last in pairwise(starts)]
        return [longest for block in blocks for longest in [max(map(len, block), default=0)] * len(block)]

    def is_near(self, i: int) -> bool:
        """Whether line i + 1 stands right below line i."""
        return self._gaps[i].blank == 0 or (self.double_spaced and self._gaps[i].blank == 1)

    def _local_width(self, i: int) -> int:
        """Return the width around a line; 0 where nothing shows that lines are wrapped."""
        for window in _WINDOWS:
            around = range(max(0, i - window), min(len(self._sure), i + window + 1))
            lengths = [len(self._texts[j]) for j in around if self._sure[j] and not self._in_at_list(j)]
            if len(lengths) > 1 and max(lengths) >= _NARROWEST:
                return max(lengths)
        return max((n for n in lengths if _SINGLE <= n <= _WIDEST), default=0)

    def _room(self, i: int, width: int) -> float:
        """Return what part of the width line i would fill with the next line's first word."""
        return (len(self._texts[i]) + 1 + len(self._texts[i + 1].split()[0])) / width

    def _fullness(self) -> list[float]:
        """Return for each line how full it must be to go on.

        Where no word around it would have fitted before its break, letters are as wide as each other: quite full.
        """
        breaks = [j for j, sure in enumerate(self._sure) if sure and not self._in_at_list(j)]
        loose = [j for j in breaks if not self._widths[j] or self._room(j, self._widths[j]) <= 1]
        found = []
        for i in range(len(self._sure)):
            first, last = i - _WINDOWS[1], i + _WINDOWS[1]
            near, unforced = (bisect_right(js, last) - bisect_left(js, first) for js in (breaks, loose))
            found.append(1.0 if near >= _SHOWN and not unforced else _FULL)
        return found

    def joins(self, i: int) -> bool:
        """Whether line i goes on in line i + 1."""
        text, following, gap = self._texts[i], self._texts[i + 1], self._gaps[i]
        if is_row(text) or is_row(following) or text.strip(": ").casefold() in SECTION_NAMES:
            return False
        if _BROKEN.search(text) and following[0].isalnum():
            return self.is_near(i) or gap.page or (gap.blank == 1 and _is_broken_word(text, following))
        if begins_item(following) or _LABEL.match(following):
            return self._is_false_item(i)
        if _LABEL.match(text) and _DATED.match(following):
            return False
        if _ADDRESS.match(following) and not (text.endswith(",") or _OPEN.search(text)):
            return False
        if gap.page:
            return goes_on(text, following) or bool(_OPEN.search(text))
        return self._continues(i) if self.is_near(i) else self._is_column_break(i)

    def _is_column_break(self, i: int) -> bool:
        """Whether a blank line cuts a sentence in two: a full line breaks off, and the next begins in lower case.

        The foot of a column, or of a page whose form feed is lost, leaves such a line. Where every line is a whole
        paragraph, its last word must want another.
        """
        text, following, width = self._texts[i], self._texts[i + 1], self._widths[i]
        full = width and self._room(i, width) >= _COLUMN and len(text) <= 1.3 * width and not text.endswith(",")
        cut = full or (len(text) > _WIDEST and _OPEN.search(text))
        return bool(cut) and self._gaps[i].blank <= _BREAK and goes_on(text, following) and not self._in_at_list(i)

    def _continues(self, i: int) -> bool:
        text, following, width = self._texts[i], self._texts[i + 1], self._widths[i]
        if len(text) < _SINGLE and self._flows(i):
            return False
        room = self._room(i, width or self._block_width(i))
        if " " not in text and width < _SINGLE:
            return False  # `Til`, with whom a letter is sent to on the next line
        if self._sure[i]:
            return room >= _LOOSE and not self._in_at_list(i)
        if width and len(text) > 1.3 * width:
            return False
        if not ends(text) and (_OPEN.search(text) or text.endswith(",") or _dated(text, following)):
            return room >= _LOOSE
        if text.isupper() and following.isupper():
            return bool(width) and room >= _LOOSE
        if not width or room < self._full[i]:
            return False
        return not self._is_heading(i + 1) if ends(text) else not self._opens_sentence(following)

    def _flows(self, i: int) -> bool:
        """Whether paragraphs nearby stand in one line each: a short line among them, as in a table, ends on purpose."""
        near = range(max(0, i - _WINDOWS[0]), min(len(self._texts), i + _WINDOWS[0] + 1))
        return any(len(self._texts[j]) > _WIDEST for j in near)

    def _is_heading(self, i: int) -> bool:
        """Whether a line stands alone, perhaps with the next: no sentence ends in it or in what it goes on in."""
        while i < len(self._sure) and not ends(self._texts[i]):
            if self._sure[i]:
                return False
            if not self.joins(i):
                return True
            i += 1
        return not ends(self._texts[i])

    def _opens_sentence(self, text: str) -> bool:
        """Whether the capital at a line's start is no name's: the word is common, and lower case elsewhere."""
        word = re.match(r"[A-ZÆØÅ][\w-]*", text)
        return word is not None and word.group() not in self._names and lexicon.frequency(word.group()) > 1e-5

    def _block_width(self, i: int) -> int:
        """Return the length of the longest line in the same block, or in the block that line i + 1 opens."""
        return max(self._block_widths[i : i + 2])

    def _is_false_item(self, i: int) -> bool:
        """Whether a line that looks like a list item goes on a sentence: `... mandag den` / `23. i samme måned`."""
        following = self._texts[i + 1]
        number = re.match(r"(\d{1,2})\. [a-zæøå]", following)
        if not number or not self.is_near(i) or not re.search(r"\b(?:den|d\.|i|på|fra|til|af)$", self._texts[i]):
            return False
        return number.group(1) != "1"

    def _in_at_list(self, i: int) -> bool:
        """Whether the next line is one of the points of a recommendation, each of which begins with `at`."""
        texts = self._texts
        if not texts[i + 1].startswith("at "):
            return False
        others = [texts[j] for j in (i, i + 2) if j < len(texts)]
        return any(other.startswith("at ") for other in others) or bool(re.search(r"indstille[rs],?$", texts[i]))


def _dated(text: str, following: str) -> bool:
    return bool(_MONTH.search(text)) and bool(re.match(r"(?:19|20)\d\d\b", following))


def _is_broken_word(text: str, following: str) -> bool:
    """Whether a listed word was cut in two: a column or page ended inside it."""
    head, tail = re.search(r"(\w+).$", text), re.match(r"[a-zæøå]+", following)
    return head is not None and tail is not None and lexicon.known(head.group(1) + tail.group())
