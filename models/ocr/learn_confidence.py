"""Learns how sure the decoder's repairs are, from pages whose texts the language model does not hold.

    python models/ocr/learn_confidence.py PAIRS.jsonl ... [--language-model FILE] [--confusions FILE] [--output FILE]

PAIRS, of the channel `eng`, are as `render.py` writes them. The language model and the confusions are to be built
without these pages' texts and fonts, since repairs of words it has seen look surer than they are. Only weights are
kept, no text is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from pipeline.clean import language_model, text  # noqa: E402
from pipeline.clean.ocr import channel  # noqa: E402
from pipeline.clean.ocr.assessment import Damage  # noqa: E402
from pipeline.clean.ocr.repairs import Weighed, weighed  # noqa: E402
from tests.bench.ocr import Document, documents, plain  # noqa: E402

STRENGTH = 0.1  # inverse of the regularisation
CAUTION = 1.5  # how much worse a right word broken is than a wrong one left
Example = tuple[dict[str, float], bool]


def examples(document: Document) -> Iterator[Example]:
    """Yield the features of every repair weighed in a document, and whether it is right."""
    for body, damage in damaged(document.read):
        words = list(re.finditer(r"\S+", body))
        starts = [word.start() for word in words]
        printed = aligned([plain(word.group()) for word in words], document.printed)
        for change in weighed(body, damage, channel.channel(channel.WITHOUT_DANISH_LETTERS)):
            first, last = bisect_right(starts, change.start) - 1, bisect_right(starts, change.end - 1) - 1
            if first in printed:
                yield change.features, is_right(change, body, words[first].start(), words[last].end(), printed[first])


def damaged(raw: str) -> list[tuple[str, Damage]]:
    """Return the text that the decoder gets to see, and what it is told of its damage."""
    seen: list[tuple[str, Damage]] = []
    whole = text.repairs
    text.repairs = lambda body, damage: seen.append((body, damage)) or []  # type: ignore[func-returns-value]
    try:
        text.clean_text(raw)
    finally:
        text.repairs = whole
    return [(body, damage) for body, damage in seen if damage.channel == channel.WITHOUT_DANISH_LETTERS]


def aligned(read: list[str], printed: list[str]) -> dict[int, list[str]]:
    """Return what was printed where each word was read: more than one word where their numbers differ."""
    found = {}
    blocks = [(block.tag == "equal", block) for block in Levenshtein.opcodes(read, printed)]
    for _, group in groupby(blocks, key=itemgetter(0)):
        run = [block for _, block in group]
        start, end = run[0].src_start, run[-1].src_end
        words = printed[run[0].dest_start : run[-1].dest_end]
        for place in range(start, end):
            found[place] = [words[place - start]] if len(words) == end - start else words
    return found


def is_right(change: Weighed, body: str, start: int, end: int, printed: list[str]) -> bool:
    """Whether a repair makes of the words from start to end what was printed, marks around them aside."""
    after = bare(plain(body[start : change.start] + change.after + body[change.end : end]))
    return after in map(bare, printed) if " " not in after else after in " ".join(printed)


def bare(word: str) -> str:
    """Return a word without the marks around it."""
    return re.sub(r"^\W+|\W+$", "", word)


def fitted(found: list[Example]) -> dict[str, object]:
    """Return intercept and weights of a logistic regression on features as they are."""
    names = list(found[0][0])
    values = np.array([[features[name] for name in names] for features, _ in found])
    mean, spread = values.mean(0), values.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    right = np.array([right for _, right in found])
    model.fit((values - mean) / spread, right, np.where(right, 1.0, CAUTION))
    weights = model.coef_[0] / spread
    print(f"{len(found)} repairs, {right.mean():.1%} right")
    return {
        "intercept": round(float(model.intercept_[0] - weights @ mean), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
    }


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--language-model", type=Path)
    parser.add_argument("--confusions", type=Path)
    parser.add_argument("--output", type=Path, default=HERE / "confidence.json")
    arguments = parser.parse_args()
    if arguments.language_model:
        language_model._FILE = str(arguments.language_model.resolve())
    if arguments.confusions:
        channel._MODEL = str(arguments.confusions.resolve())
    texts = [document for path in arguments.pairs for document in documents(path.parent, path.stem)]
    content = fitted([example for document in texts for example in examples(document)])
    arguments.output.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
