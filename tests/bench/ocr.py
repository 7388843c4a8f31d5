"""OCR repair on pages in fonts and of texts that nothing was learnt from: this pipeline against spelling correctors.

    python -m tests.bench ocr [FOLDER [SPLIT]]

FOLDER holds pairs of what was read and what was printed, as `models/ocr/render.py` writes them (`test-eng.jsonl`,
`test-dan.jsonl`, `test-clean.jsonl`, `test-clean-hyphens.jsonl`, also gzipped). Every document is repaired as a whole,
as users have it repaired. Words are what white space separates; quotation marks and dashes are made plain on both
sides. The peers get one word at a time, without the marks around it, and text whose broken lines were put together.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data" / "ocr_pages"
CHANNELS = {
    "eng": "English model",
    "dan": "Danish model, degraded",
    "clean": "clean",
    "clean-hyphens": "clean, hyphenated lines",
}
RESAMPLES, SEED = 2000, 1
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLAIN = str.maketrans(
    {**dict.fromkeys("“”„»«″", '"'), **dict.fromkeys("‘’‚′´`", "'"), **dict.fromkeys("–—−‐‑", "-"), "…": "..."}
)

Repair = Callable[[str], str]


@dataclass(frozen=True)
class Document:
    """A document's text as it was read, a paragraph after the other, and the words that were printed."""

    read: str
    printed: list[str]


@dataclass
class Score:
    """Counts of words, one a document."""

    words: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    wrong: int = 0
    repaired: int = 0
    right: int = 0
    broken: int = 0
    seconds: float = 0.0

    def cell(self) -> str:
        """Return word error rate with its interval, wrong words repaired, right words broken, speed."""
        words, errors = np.array(self.words), np.array(self.errors)
        drawn = np.random.default_rng(SEED).integers(0, len(words), (RESAMPLES, len(words)))
        low, high = np.quantile(errors[drawn].sum(1) / words[drawn].sum(1), (0.025, 0.975))
        text = f"{errors.sum() / words.sum():.2%} ({low:.2%}-{high:.2%})"
        if not self.seconds:
            return text
        repaired = f"{self.repaired / self.wrong:.1%}" if self.wrong else "-"
        return f"{text}; {repaired} / {self.broken / self.right:.3%}; {words.sum() / self.seconds:,.0f}"


def measure(folder: str | Path = FOLDER, split: str = "test") -> Iterator[str]:
    found = {channel: documents(Path(folder), f"{split}-{channel}") for channel in CHANNELS}
    found = {channel: texts for channel, texts in found.items() if texts}
    if not found:
        yield f"no pairs in {folder}: models/ocr/render.py makes them"
        return
    for channel, texts in found.items():
        yield f"{CHANNELS[channel]}: {len(texts)} documents, {sum(len(text.printed) for text in texts)} words"
    yield "word error rate (95 % interval by document); wrong words repaired / right words broken; words a second"
    yield ""
    yield f"| method | {' | '.join(CHANNELS[channel] for channel in found)} |"
    yield f"|---|{'---|' * len(found)}"
    for name, make in METHODS.items():
        cells = []
        for texts in found.values():
            repair = make()  # anew, without what a channel left in caches
            cells.append(repair if isinstance(repair, str) else score(texts, repair).cell())
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield footprint(next(iter(found.values()))[0].read)


def footprint(page: str) -> str:
    """Return what a new process needs to load the models, and the command to repair one page."""
    code = (
        "import sys, time, psutil; from pipeline.clean.text import clean_text; started = time.perf_counter();"
        "clean_text(sys.stdin.read()); print(time.perf_counter() - started, psutil.Process().memory_info().rss)"
    )
    first, memory = map(float, _run(["-c", code], page).split())
    started = time.perf_counter()
    _run(["-m", "pipeline.cli", "clean"], page)
    whole = time.perf_counter() - started
    return f"first document, models loaded: {first:.2f} s, {memory / 2**20:.0f} MB; `temaspejl clean`: {whole:.2f} s"


def _run(arguments: list[str], text: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], input=text, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def documents(folder: Path, name: str) -> list[Document]:
    rows = [json.loads(line) for line in _lines(folder, name)]
    found = []
    for _, group in groupby(rows, key=lambda row: row.get("document") or row["font"]):
        parts = list(group)
        printed = [word for part in parts for word in plain(part["truth"]).split()]
        found.append(Document("\n\n".join(part["ocr"] for part in parts) + "\n", printed))
    return found


def _lines(folder: Path, name: str) -> list[str]:
    plain, packed = folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"
    if plain.exists():
        return plain.read_text(encoding="utf-8").splitlines()
    return gzip.decompress(packed.read_bytes()).decode().splitlines() if packed.exists() else []


def score(texts: list[Document], repair: Repair) -> Score:
    found = Score()
    nothing = repair is joined
    for text in texts:
        started = time.perf_counter()
        after = repair(text.read)
        found.seconds += 0.0 if nothing else time.perf_counter() - started
        mended, right_after = compared(after, text.printed)
        _, right_before = compared(joined(text.read), text.printed)
        found.words.append(len(text.printed))
        found.errors.append(mended)
        found.right += sum(right_before)
        found.wrong += len(right_before) - sum(right_before)
        found.broken += sum(b and not a for b, a in zip(right_before, right_after, strict=True))
        found.repaired += sum(a and not b for b, a in zip(right_before, right_after, strict=True))
    return found


def compared(text: str, printed: list[str]) -> tuple[int, list[bool]]:
    """Return the word edit distance, and of each printed word whether it stands in the text."""
    from rapidfuzz.distance import Levenshtein

    words = plain(text).split()
    right = [False] * len(printed)
    for block in Levenshtein.opcodes(words, printed):
        if block.tag == "equal":
            right[block.dest_start : block.dest_end] = [True] * (block.dest_end - block.dest_start)
    return Levenshtein.distance(words, printed), right


def plain(text: str) -> str:
    """Return a text with typographic quotation marks and dashes made plain."""
    return text.translate(_PLAIN)


def joined(text: str) -> str:
    """Put words broken at a line's end together, whatever they are."""
    return re.sub(r"(?<=[^\W\d_])-\n(?=[a-zæøå])", "", text)


def ours() -> Repair:
    from pipeline.clean.text import clean_text

    clean_text("Et kort stykke tekst, sa alt er indlest.")  # loads the models
    return lambda text: clean_text(text)[0]


def word_by_word(correct: Callable[[str], str]) -> Repair:
    """Return the repair of a text that corrects each word of small letters but those with digits."""
    return lambda text: _WORD.sub(lambda match: correct(match.group()), joined(text))


def symspell() -> Repair | str:
    """The first suggestion of SymSpell with two edits, over all words of wordfreq's Danish list."""
    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        return "pip install symspellpy"
    from wordfreq import get_frequency_dict

    speller = SymSpell(max_dictionary_edit_distance=2)
    for word, frequency in get_frequency_dict("da", wordlist="best").items():
        speller.create_dictionary_entry(word, math.ceil(frequency * 1e9))

    def correct(word: str) -> str:
        if not word.isalpha():
            return word
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=2, transfer_casing=True)
        return found[0].term if found else word

    return word_by_word(correct)


def hunspell() -> Repair | str:
    """The first suggestion of hunspell with Debian's Danish dictionary."""
    program = shutil.which("hunspell")
    if not program:
        return "apt-get install hunspell hunspell-da"
    speller = subprocess.Popen(
        [program, "-a", "-d", "da_DK", "-i", "utf-8"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1,
    )  # fmt: skip
    assert speller.stdin
    assert speller.stdout
    if "Hunspell" not in speller.stdout.readline():
        return "apt-get install hunspell-da"

    @cache
    def correct(word: str) -> str:
        if not word.isalpha():
            return word
        speller.stdin.write(f"^{word}\n")
        speller.stdin.flush()
        answer = speller.stdout.readline()
        if answer.strip():
            speller.stdout.readline()
        match = re.match(r"& .*?: ([^,\n]+)", answer)
        return match.group(1) if match else word

    return word_by_word(correct)


METHODS: dict[str, Callable[[], Repair | str]] = {
    "nothing": lambda: joined,
    "symspellpy + wordfreq": symspell,
    "hunspell, first suggestion": hunspell,
    "temaspejl": ours,
}
