"""What typesetting does to words: ligatures, and plausible Danish hyphenation, enough for lines to end as usual."""

from __future__ import annotations

import re
from itertools import pairwise

VOWEL = "[aeiouyæøåé]"
CONSONANT = "[bcdfghjklmnpqrstvwxz]"
CLUSTER = "(?:str|skr|s[kpt]|[bgkp][rl]|[td]r|f[rl])"
# A single consonant goes with the vowel after it; of several, the last one (or a cluster that begins words) does.
BREAK = re.compile(f"(?<={VOWEL})(?={CONSONANT}{VOWEL})|(?<={VOWEL}{CONSONANT})(?={CONSONANT}{VOWEL}|{CLUSTER}{VOWEL})")
# First parts of compounds and prefixes, behind which a word is cut before the rule above is asked.
FIRST_PARTS = (
    "arbejds|afdelings|bekymrings|bedrift|besparelses|børne|byråds|dagtilbuds|dagtilbud|erfarings|fastholdelses|"
    "forvaltnings|forældre|fraværs|handle|handlings|hverdags|høringss|indsats|institutions|kompetence|kommune|"
    "kvalitets|ledelses|leder|lærings|medarbejder|mellem|personale|praktik|rekrutterings|skole|special|syge|"
    "tillids|trivsels|tværs|uddannelses|udviklings|undervisnings|ungdoms|velfærds|vuggestue|ansøger|normerings|"
    "dag|fast|for|gen|ind|med|må|ned|op|over|sam|til|under|ud|be"
)
FIRST = re.compile(f"({FIRST_PARTS})(?=[a-zæøå]{{4,}})")
SOFT_HYPHEN = "\xad"
LIGATURES = (("fi", "\ufb01"), ("fl", "\ufb02"))


def with_ligatures(text: str) -> str:
    """Put the joined letters for fi and fl, as text copied from a PDF has them."""
    for letters, ligature in LIGATURES:
        text = text.replace(letters, ligature)
    return text


def with_soft_hyphens(text: str, shortest: int) -> str:
    """Put soft hyphens into the lower-case words of at least `shortest` letters, at least two letters from an end."""
    return re.sub(rf"\b[a-zæøåé]{{{shortest},}}\b", lambda match: _hyphenate(match[0]), text)


def _hyphenate(word: str) -> str:
    parts = []
    while match := FIRST.match(word):
        parts.append(match[1])
        word = word[match.end() :]
    places = [match.start() for match in BREAK.finditer(word)]
    ends = [0, *(place for place in places if 2 <= place <= len(word) - 3), len(word)]
    return SOFT_HYPHEN.join([*parts, *(word[start:end] for start, end in pairwise(ends))])
