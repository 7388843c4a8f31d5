"""The words, numbers and marks of a text as the language model counts them, and which of them may not be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.clean import lexicon

Kind = Literal["word", "number", "comma", "boundary"]

_TOKEN = re.compile(
    r"(?P<word>[@#&¢®©€£]{0,2}[^\W\d_][^\W_]*(?:[@#&¢®©€£]{1,2}[^\W_]*)*|\d[^\W\d_]+|(?<!\S)\|(?!\S))"
    r"|(?P<number>\d+(?:[.,:/-]\d+)*)|(?P<comma>,)|(?P<boundary>[.!?:;](?=\s|$)|\n)"
)
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"[\w.+-]+@(?:[\w-]+\.[\w.]+|\.\.|…)|https?:|www\."
    r"|\.(?:pdf|docx?|xlsx?|pptx?|dk|com|eu|jpg|png|org|net)\W*$|\d[\d.:/-]*-[A-Z]\d"
)
_LONGEST_ADDRESS = 300
_MIXED_CASE = re.compile(r"[a-zæøå][a-zæøå][A-HJ-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]|^[a-zæøå][B-HJ-ZÆØÅ]")
_LONGEST_ACRONYM = 3
_KEY = re.compile(r"[A-ZÆØÅ]\d|[2-9][A-ZÆØÅ]")  # P4, 3D
_QUOTES = "\"'“”„»«"
# Ø, Æ or Å among capitals, read as small letters
_DAMAGED_CAPITALS = re.compile(r"(?=(?:.?[A-ZÆØÅ]){3})[A-ZÆØÅ]*(?:o|a|e|ae|ee|g)[A-ZÆØÅ]*")
_ABBREVIATIONS = frozenset(("bla", "mfl", "mv", "fx", "osv", "mio", "mia"))


@dataclass(slots=True)
class Token:
    """A word or mark at [start, end); `fixed` words stand as they are, `name` ones may be names or acronyms.

    `opens` says that a sentence or a numbered heading begins here, `acronym` that the word may be a short one, `quoted`
    that a quotation begins with it.
    """

    start: int
    end: int
    text: str
    kind: Kind
    fixed: bool = False
    name: bool = False
    acronym: bool = False
    quoted: bool = False
    opens: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of text[start:end]; time grows with its length alone."""
    found = []
    addresses = _addresses(text, start, len(text) if end is None else end)
    address = next(addresses, None)
    previous: Token | None = None
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        while address and address[1] <= match.start():
            address = next(addresses, None)
        token = Token(*match.span(), match.group(), match.lastgroup)  # type: ignore[arg-type]
        token.opens = previous is None or previous.kind == "boundary" or (previous.kind == "number" and previous.opens)
        if token.kind == "word":
            inside = address is not None and address[0] < token.end
            token.fixed = inside or _stands(token, text)
            token.quoted = token.start > 0 and text[token.start - 1] in _QUOTES
            token.acronym = _is_short_capitals(token, text)
            token.name = token.text[0].isupper() and not token.opens and not _among_capitals(token, text)
        found.append(token)
        previous = token
    return found


def _addresses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of mail addresses, URLs, file names and KLE numbers."""
    for chunk in _CHUNK.finditer(text, start, end):
        if chunk.end() - chunk.start() > _LONGEST_ADDRESS or _ADDRESS.search(chunk.group()):
            yield chunk.span()


def _stands(token: Token, text: str) -> bool:
    """Whether a word is no damaged one whatever it looks like: an acronym, a unit, a bar between cells."""
    word = token.text
    if word == "|":
        before, after = text[max(0, token.start - 60) : token.start], text[token.end : token.end + 60]
        return "|" in before.rsplit("\n", 1)[-1] + after.split("\n", 1)[0]
    if sum(map(str.isdigit, word)) > 1 or _KEY.fullmatch(word) or (len(word) == 1 and word not in "|@"):
        return True
    if word in _ABBREVIATIONS and text.startswith(".", token.end):
        return True
    if in_capitals(word):
        return False
    return bool(_MIXED_CASE.search(word)) or _is_address(word)


def in_capitals(word: str) -> bool:
    """Whether a word is written in capitals: `OG` and `0G` are, `P&` only begins with one."""
    if word.isupper():
        return sum(map(str.isalpha, word)) > 1 or not word[0].isalpha()
    return _DAMAGED_CAPITALS.fullmatch(word) is not None


def _is_short_capitals(token: Token, text: str) -> bool:
    word = token.text
    return word.isupper() and word.isalpha() and 1 < len(word) <= _LONGEST_ACRONYM and not _among_capitals(token, text)


def _is_address(word: str) -> bool:
    """Whether an @ stands between two words, and not for a letter."""
    halves = () if lexicon.known(word.replace("@", "ø")) else word.split("@")
    return len(halves) == 2 and all(len(half) > 2 and lexicon.is_word(half) for half in halves)


def _among_capitals(token: Token, text: str) -> bool:
    """Whether a word in capitals stands beside others, as in a heading."""
    before, after = text[max(0, token.start - 30) : token.start], text[token.end : token.end + 30]
    words = re.findall(r"[^\W\d_]{2,}", before.rsplit("\n", 1)[-1] + " " + after.split("\n", 1)[0])
    return sum(map(str.isupper, words)) >= max(1, len(words) / 2)


def recurring(found: list[Token]) -> frozenset[str]:
    """Return the capitalised words that a text uses more than once inside a sentence: its names."""
    counts = Counter(token.text for token in found if token.name)
    return frozenset(word for word, count in counts.items() if count > 1)
