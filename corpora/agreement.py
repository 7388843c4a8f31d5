"""How far two readers of the gold agree on main theme, all themes and tone: `python -m corpora.agreement`."""

from __future__ import annotations

import csv
from pathlib import Path

from corpora.align_gold import GOLD
from pipeline.evaluate.sentences import read_sentences, reader_agreement

Label = tuple[list[str], str]


def main() -> None:
    """Print the agreement of the author with the second reader."""
    author, second = labels(GOLD / "paragraphs.csv"), labels(GOLD / "second_reading.csv")
    for name, value in agreement(author, second).items():
        print(f"{name:28} {value:.2f}" if isinstance(value, float) else f"{name:28} {value}")
    sentences = read_sentences(GOLD / "sentences.csv")
    for origin in sorted({one.origin for one in sentences}):
        chosen = [one for one in sentences if one.origin == origin]
        print(f"\n{len(chosen)} sentences, {len({one.document_id for one in chosen})} documents: {origin}")
        for name, value in reader_agreement(chosen).items():
            print(f"{name:28} {value:.2f}")


def labels(path: Path) -> dict[tuple[str, int], Label]:
    """Return themes and tone by document and first offset."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["document_id"], int(row["start"])): (row["themes"].split(";") if row["themes"] else [], row["tone"])
            for row in csv.DictReader(file)
        }


def agreement(author: dict[tuple[str, int], Label], second: dict[tuple[str, int], Label]) -> dict[str, float | int]:
    """Return shares and Cohen's kappa (1960) over the paragraphs that the second reader labelled.

    A paragraph without a theme counts as a main theme and a tone of its own. `themes F1` is 2 * themes in common /
    themes given by both, summed over the paragraphs.
    """
    pairs = [(author[key], second[key]) for key in second]
    main_themes = [(one[0][0] if one[0] else "", two[0][0] if two[0] else "") for one, two in pairs]
    tones = [(one[1], two[1]) for one, two in pairs]
    common = sum(len(set(one[0]) & set(two[0])) for one, two in pairs)
    given = sum(len(one[0]) + len(two[0]) for one, two in pairs)
    return {
        "paragraphs": len(pairs),
        "main theme: same": _same(main_themes),
        "main theme: kappa": _kappa(main_themes),
        "themes F1": 2 * common / given,
        "tone: same": _same(tones),
        "tone: kappa": _kappa(tones),
    }


def _same(pairs: list[tuple[str, str]]) -> float:
    return sum(one == two for one, two in pairs) / len(pairs)


def _kappa(pairs: list[tuple[str, str]]) -> float:
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(*zip(*pairs, strict=True)))


if __name__ == "__main__":
    main()
