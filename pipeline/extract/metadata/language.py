"""The language of a text, by how common its words are in each language."""

from __future__ import annotations

import math
import re
from functools import lru_cache

LANGUAGES = ("da", "nb", "sv", "en", "de")
UNKNOWN = "und"
MIN_WORDS, MAX_WORDS = 20, 1000
# A word outside a language's list counts as this rare (natural logarithm of its frequency).
_FLOOR = math.log(1e-7)
_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=len(LANGUAGES))
def _frequencies(language: str) -> dict[str, float]:
    """Return the log frequencies of a language's words: wordfreq's small list (Speer 2022), words above 1e-6."""
    from wordfreq import get_frequency_dict

    return {word: math.log(value) for word, value in get_frequency_dict(language, wordlist="small").items()}


def find_language(text: str) -> str:
    """Return the ISO 639-1 code whose words fit the text best; `und` below 20 words.

    At most 1,000 words, spread evenly over the text, are looked at.
    """
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return UNKNOWN
    step = math.ceil(len(words) / MAX_WORDS)
    sample = words[::step]
    scores = {code: sum(_frequencies(code).get(word, _FLOOR) for word in sample) for code in LANGUAGES}
    return max(scores, key=lambda code: scores[code])
