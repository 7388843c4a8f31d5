"""Learns which letters OCR without Danish letters confuses, from pairs of what was read and what was printed.

    python models/ocr/learn_confusions.py PAIRS.jsonl [--test-fonts Carlito texgyrebonum]

PAIRS.jsonl holds one JSON object a line with `ocr` and `truth` (a paragraph each) and `font`. Paragraphs in the test
fonts are left out of the learning; the word error rate on them, before and after repair, is printed.
Writes `confusions.json` beside this script.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

TARGET = Path(__file__).with_name("confusions.json")
SEEN_AT_LEAST = 2
THRESHOLD = 0.5  # as repair_threshold in configs/clean.yaml
# Confusions of shape that the pairs are too few to show, with a small probability each.
ASSUMED = [
    ("0", "o", 0.001), ("0", "O", 0.01), ("1", "l", 0.001), ("I", "l", 0.002), ("é", "å", 0.002), ("éa", "å", 0.001),
    ("é", "ø", 0.002), ("6", "ø", 0.001), ("Z", "Æ", 0.05), ("G", "Ø", 0.05), ("|", "I", 0.05),
]  # fmt: skip
LONGEST = 3


def words(ocr: str) -> list[str]:
    """Return the words of a paragraph, those broken at a line's end put together."""
    return re.sub(r"(\w)-\n(\w)", r"\1\2", ocr).split()


def word_pairs(read: list[str], printed: list[str]) -> list[tuple[str, str]]:
    """Align two lists of words; return the pairs that stand for each other."""
    pairs = []
    for kind, a, b, x, y in SequenceMatcher(None, read, printed, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == y - x):
            pairs += list(zip(read[a:b], printed[x:y], strict=True))
    return pairs


def letter_pairs(read: str, printed: str) -> list[tuple[str, str]]:
    """Align two words; return the runs of letters that stand for each other, the same ones letter by letter."""
    pairs = []
    for kind, a, b, x, y in SequenceMatcher(None, read, printed, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += [(letter, letter) for letter in read[a:b]]
        elif b > a and y > x:
            pairs.append((read[a:b], printed[x:y]))
        elif y > x and pairs:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + printed[x:y])
        elif b > a and pairs:
            pairs[-1] = (pairs[-1][0] + read[a:b], pairs[-1][1])
    return pairs


def learn(rows: list[dict[str, str]]) -> dict[str, object]:
    """Count confusions; return each with P(read | printed), and P(unchanged) of each letter."""
    seen: Counter[tuple[str, str]] = Counter()
    printed_letters: Counter[str] = Counter()
    for row in rows:
        for read, printed in word_pairs(words(row["ocr"]), row["truth"].split()):
            if read == printed or SequenceMatcher(None, read, printed).ratio() > 0.4:
                seen.update(letter_pairs(read, printed))
                printed_letters.update(printed)
    confusions = []
    for (read, printed), count in sorted(seen.items()):
        if read == printed or count < SEEN_AT_LEAST or len(read) > LONGEST or len(printed) > LONGEST:
            continue
        if not any(letter.isalpha() for letter in printed) or re.search(r"[.,:;!?\"'()-]", read + printed):
            continue
        total = min(printed_letters[letter] for letter in printed)
        confusions.append([read, printed, round(count / total, 6)])
    learnt = {(read, printed) for read, printed, _ in confusions}
    confusions += [list(entry) for entry in ASSUMED if entry[:2] not in learnt]
    kept = {
        letter: round(seen[letter, letter] / total, 6)
        for letter, total in sorted(printed_letters.items())
        if letter.islower() and total >= 20 and seen[letter, letter]
    }
    return {"confusions": confusions, "kept": kept}


def errors(read: list[str], printed: list[str]) -> int:
    """Return the word edit distance."""
    row = list(range(len(printed) + 1))
    for i, word in enumerate(read, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(printed, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1]


def evaluate(rows: list[dict[str, str]]) -> str:
    """Repair each paragraph as part of a damaged document; return the word error rate before and after."""
    from pipeline.clean import ocr

    ocr.channel.cache_clear()
    damaged = ocr.Damage(1, 1.0, 0, ocr.CHANNEL)
    before = after = total = wrong = mended = right = broken = 0
    for row in rows:
        read, printed = words(row["ocr"]), row["truth"].split()
        text = " ".join(read)
        repaired = text
        for repair in reversed(ocr.repairs(text, damaged)):
            if repair.confidence >= THRESHOLD:
                repaired = repaired[: repair.start] + repair.after + repaired[repair.end :]
        before += errors(read, printed)
        after += errors(repaired.split(), printed)
        total += len(printed)
        fixed = repaired.split()
        if len(fixed) == len(read) == len(printed):
            for one, other, truth in zip(read, fixed, printed, strict=True):
                wrong += one != truth
                mended += one != truth and other == truth
                right += one == truth
                broken += one == truth and other != truth
    return (
        f"{len(rows)} paragraphs, {total} words: word error rate {before / total:.2%} -> {after / total:.2%}; "
        f"{mended / max(1, wrong):.1%} of wrong words mended, {broken / max(1, right):.2%} of right words broken"
    )


def main() -> None:
    """Learn, write, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--test-fonts", nargs="*", default=["Carlito", "texgyrebonum"])
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
    held_out = [row for row in rows if row["font"].startswith(tuple(arguments.test_fonts))]
    model = learn([row for row in rows if row not in held_out])
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in model["confusions"])
    kept = json.dumps(model["kept"], ensure_ascii=False)
    TARGET.write_text(f'{{"confusions": [\n{lines}\n],\n"kept": {kept}}}\n', encoding="utf-8")
    print(f"{TARGET}: {len(model['confusions'])} confusions")
    print("held-out fonts:", evaluate(held_out))


if __name__ == "__main__":
    main()
