"""Learns which letters OCR confuses, from pairs of what was read and what was printed, for both channels.

    python models/ocr/learn_confusions.py --eng PAIRS.jsonl ... --dan PAIRS.jsonl ... [--output FILE]

`eng` is Danish read with Tesseract's English model, `dan` a degraded scan read with the Danish one (`render.py` makes
both). A line of PAIRS.jsonl holds `ocr` and `truth`, a paragraph each. Only counts of letters are kept, no text is.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from alignment import Pair, joined, plain, runs, segments, unequal

from pipeline.clean.ocr.channel import letter_class

TARGET = Path(__file__).with_name("confusions.json")
CLASSES = ("vowel", "consonant", "capital", "digit", "other")
SEEN_AT_LEAST = 2
SINGLETON_SIDES = 1  # confusions seen once are kept where a side is one letter
# What else æ, ø and å look like in some fonts, where the pairs show none of it
SHAPES = {
    "æ": "ae ee ce oe ze ge ac cc we zx ex ez eae z2 z# 2e 9e #",
    "ø": "0 6 8 9 @ @g g@ @@ é@ ge gé gg og ae oe W",
    "å": "3 4 6 & é ä â á à @ A G",
    "Æ": "AE Ae AZ Aé 4E E Z",
    "Ø": "O QO O@ Q W 0 9 @ ¢",
    "Å": "A Á Ä G 4 & ao",
}
SHAPE = 0.0003  # their probability
_MARKS = set(" .,:;!?\"'()[]-/")


def learn(rows: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, float]]:
    """Return a channel's confusions, unchanged letters and backoff, and how often spaces are lost and added."""
    found = [run for row in rows for run in runs(joined(plain(row["ocr"])), " ".join(plain(row["truth"]).split()))]
    seen = segments(unequal(found))
    printed_texts = Counter(printed for read, printed in found if read and printed)
    printed_segments = _occurrences(printed_texts, {printed for _, printed in seen if printed})
    confusions = [
        [read, printed, _probability(number, printed_segments[printed])]
        for (read, printed), number in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
        if read != printed and _is_letters(read, printed) and _is_believed(read, printed, number)
    ]
    changed: Counter[str] = Counter()
    for (read, printed), number in seen.items():
        if read != printed:
            changed.update(dict.fromkeys(printed, number))
    letters = _occurrences(printed_texts, set().union(*map(set, printed_texts)))
    kept = {
        letter: round(1 - (changed[letter] + 0.1) / (total + 1), 6)
        for letter, total in sorted(letters.items())
        if total >= 20 and letter.isalnum()
    }
    return {"confusions": confusions, "kept": kept, "backoff": backoff(seen, letters)}, _spaces(seen, found)


def backoff(seen: Counter[Pair], letters: Counter[str]) -> dict[str, Any]:
    """Return the probability of one single unseen confusion, by the letters' classes.

    `substitution[printed class][read class]` is P(this letter read | that letter printed), `lost[class]` P(nothing
    read | letter printed), `added[class]` P(this letter read | nothing printed) at one place. The mass of what was seen
    once is what is still unseen (Good 1953); it is spread evenly over the letters of the class.
    """
    sizes = Counter(map(letter_class, letters))
    printed = Counter[str]()
    for letter, total in letters.items():
        printed[letter_class(letter)] += total
    once: Counter[tuple[str, str]] = Counter()
    for (read, intended), number in seen.items():
        if read != intended and number <= SEEN_AT_LEAST and max(len(read), len(intended)) == 1:
            key = (letter_class(read) if read else "", letter_class(intended) if intended else "")
            once[key] += number
    places = sum(printed.values())
    substitution = {
        to: {of: _rounded((once[of, to] + 0.5) / (printed[to] + 1) / sizes[of]) for of in CLASSES if sizes[of]}
        for to in CLASSES
        if printed[to]
    }
    lost = {to: _rounded((once["", to] + 0.5) / (printed[to] + 1)) for to in CLASSES if printed[to]}
    added = {of: _rounded((once[of, ""] + 0.5) / (places + 1) / sizes[of]) for of in CLASSES if sizes[of]}
    return {"substitution": substitution, "lost": lost, "added": added}


def _occurrences(texts: Counter[str], wanted: set[str]) -> Counter[str]:
    """Count the places at which each wanted segment stands in the texts."""
    found: Counter[str] = Counter()
    for text, number in texts.items():
        for length in (1, 2, 3):
            for i in range(len(text) - length + 1):
                if text[i : i + length] in wanted:
                    found[text[i : i + length]] += number
    return found


def _probability(number: int, total: int) -> float:
    return _rounded(min(number / (total + 1), 0.99))


def _is_letters(read: str, printed: str) -> bool:
    """Whether a confusion is one of letters: marks and spaces are not repaired, letters that vanished are backoff."""
    return bool(read) and bool(printed) and not (set(read) | set(printed)) & _MARKS and any(map(str.isalpha, printed))


def _is_believed(read: str, printed: str, number: int) -> bool:
    return number >= SEEN_AT_LEAST or min(len(read), len(printed)) == SINGLETON_SIDES


def _spaces(seen: Counter[Pair], found: Sequence[Pair]) -> dict[str, float]:
    """Return P(space lost | two words) and P(space added | a place inside a word)."""
    lost = sum(number for (read, printed), number in seen.items() if " " in printed and " " not in read)
    added = sum(number for (read, printed), number in seen.items() if " " in read and " " not in printed)
    places = sum(len(printed) for _, printed in found)
    return {"lost": _rounded(lost / len(found)), "added": _rounded(added / places)}


def _rounded(probability: float) -> float:
    return float(f"{probability:.3g}")


def written(model: dict[str, Any]) -> str:
    """Return the model as JSON, one confusion a line."""
    parts = []
    for name, content in model.items():
        if name == "space":
            parts.append(f'"space": {json.dumps(content)}')
            continue
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in content["confusions"])
        kept, rest = (json.dumps(content[key], ensure_ascii=False) for key in ("kept", "backoff"))
        parts.append(f'"{name}": {{"confusions": [\n{lines}\n],\n"kept": {kept},\n"backoff": {rest}}}')
    return "{" + ",\n".join(parts) + "}\n"


def read(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the rows of files of pairs."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Learn both channels and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eng", type=Path, nargs="+", required=True)
    parser.add_argument("--dan", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    eng, space = learn(read(arguments.eng))
    seen = {(read, printed) for read, printed, _ in eng["confusions"]}
    shapes = ([look, letter, SHAPE] for letter, looks in SHAPES.items() for look in looks.split())
    eng["confusions"] += [shape for shape in shapes if (shape[0], shape[1]) not in seen]
    dan, other_space = learn(read(arguments.dan))
    model = {"eng": eng, "dan": dan, "space": {"eng": space, "dan": other_space}}
    arguments.output.write_text(written(model), encoding="utf-8")
    for name in ("eng", "dan"):
        print(f"{name}: {len(model[name]['confusions'])} confusions, spaces {model['space'][name]}")


if __name__ == "__main__":
    main()
