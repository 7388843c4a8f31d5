"""Whether a text's lines are wrapped, how wide, and which of them go on in the next line.

A line was wrapped if the next line's first word would not have fitted; where lines end for another reason there is room
left. Punctuation, capitals and list markers say the rest. The width is read from lines that surely go on: those that
end without a stop before a small letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean import lexicon
from pipeline.line_forms import begins_item, is_row

# Headings of an agenda item stand alone.
SECTION_NAMES = frozenset(
    ("indstilling", "beslutning", "sagsfremstilling", "resumé", "resume", "økonomi", "bilag", "eventuelt", "indhold")
)
_NARROWEST = 25  # characters; shorter lines show no width
_WINDOWS = (12, 40)  # lines before and after that share a width: the documents in a bundle differ
_FULL = 0.88  # share of the width that a line and the next word take together where the text is proportional
_LOOSE = 0.6
_WIDEST = 140  # characters; no wrapped line is longer
_TERMINAL = re.compile(r"[.!?:;…][\"”’»)\]*]*$")
_ABBREVIATED = re.compile(
    r"(?i)(?:^|[\s(])(?:\d{1,2}|bl\.a|ca|d|dvs|evt|ekskl|f\.eks|fx|hhv|ift|inkl|jf|jvf|kap|kl|ml|mht|m\.fl|nr|osv|pga"
    r"|pkt|pr|resp|s|st|stk|tlf|vedr|vha)\.$"
)
_OPEN = re.compile(
    r"(?i)(?:^|[\s(])(?:og|eller|i|på|til|af|for|fra|med|om|at|som|der|den|det|de|en|et|ved|over|under|mellem|samt|hvor|"
    r"§|stk\.|nr\.|pr\.|jf\.|ca\.|kl\.|d\.|vedr\.|mellem|herunder|både|hver|vores|deres|dette|denne|disse)$"
)
_MONTH = re.compile(r"(?i)\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)$")
_LABEL = re.compile(r"(?:[A-ZÆØÅ][\wæøåé./-]{1,24}(?: [\wæøå./-]{1,16}){0,2}:(?:\s|$)|Punkt \d|Pkt\. ?\d|[|<#])")
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
        self._sure = [
            goes_on(text, texts[i + 1]) and self._near(i) and not is_row(text) for i, text in enumerate(texts[:-1])
        ]
        self._widths = [self._local_width(i) for i in range(len(self._sure))]
        self._names = {name for text in texts for name in _NAME.findall(text)}

    def _near(self, i: int) -> bool:
        return self._gaps[i].blank == 0 or (self.double_spaced and self._gaps[i].blank == 1)

    def _local_width(self, i: int) -> int:
        """Return the width around a line; 0 where nothing shows that lines are wrapped."""
        for window in _WINDOWS:
            around = range(max(0, i - window), min(len(self._sure), i + window + 1))
            lengths = [len(self._texts[j]) for j in around if self._sure[j] and not self._in_at_list(j)]
            if len(lengths) > 1 and max(lengths) >= _NARROWEST:
                return max(lengths)
        return 0

    def joins(self, i: int) -> bool:
        """Whether line i goes on in line i + 1."""
        text, following, gap = self._texts[i], self._texts[i + 1], self._gaps[i]
        if is_row(text) or is_row(following) or text.strip(": ").casefold() in SECTION_NAMES:
            return False
        if _BROKEN.search(text) and following[0].isalnum():
            return self._near(i) or gap.page or (gap.blank == 1 and _is_broken_word(text, following))
        if begins_item(following) or _LABEL.match(following):
            return self._is_false_item(i)
        if _ADDRESS.match(following) and not (text.endswith(",") or _OPEN.search(text)):
            return False
        if gap.page:
            return goes_on(text, following) or bool(_OPEN.search(text))
        return self._near(i) and self._continues(i)

    def _continues(self, i: int) -> bool:
        text, following, width = self._texts[i], self._texts[i + 1], self._widths[i]
        room = (len(text) + 1 + len(following.split()[0])) / (width or self._block_width(i))
        if self._sure[i]:
            return room >= _LOOSE and not self._in_at_list(i)
        if width and len(text) > 1.3 * width:
            return False
        if not ends(text) and (_OPEN.search(text) or text.endswith(",") or _dated(text, following)):
            return room >= _LOOSE
        if text.isupper() and following.isupper():
            return bool(width) and room >= _LOOSE
        if not width or room < _FULL:
            return False
        return not self._is_heading(i + 1) if ends(text) else not self._opens_sentence(following)

    def _is_heading(self, i: int) -> bool:
        """Whether a line stands alone: no sentence ends in it, and it does not go on."""
        return not ends(self._texts[i]) and (i >= len(self._sure) or not self._sure[i])

    def _opens_sentence(self, text: str) -> bool:
        """Whether the capital at a line's start is no name's: the word is common, and lower case elsewhere."""
        word = re.match(r"[A-ZÆØÅ][\w-]*", text)
        return word is not None and word.group() not in self._names and lexicon.frequency(word.group()) > 1e-5

    def _block_width(self, i: int) -> int:
        """Return the length of the longest line in the same block."""
        first, last = i, i + 1
        while first > 0 and self._near(first - 1):
            first -= 1
        while last < len(self._gaps) and self._near(last):
            last += 1
        return max(map(len, self._texts[first : last + 1]))

    def _is_false_item(self, i: int) -> bool:
        """Whether a line that looks like a list item goes on a sentence: `... mandag den` / `23. i samme måned`."""
        following = self._texts[i + 1]
        number = re.match(r"(\d{1,2})\. [a-zæøå]", following)
        if not number or not self._near(i) or not re.search(r"\b(?:den|d\.|i|på|fra|til|af)$", self._texts[i]):
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
