"""Builds `danish.npz`: the word list, the n-gram model and the model of unknown words, counted from Danish text.

    python models/ocr/build_language_model.py --packages DIR --danish DIR [--documents FILE ...] [--target FILE]

`--packages` holds the Debian packages named in `SOURCES`; `--danish` holds `ddt`, `lcc` and `dds` as they are
published; `--documents` are further texts to count. Prints each source with its words and digest.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from danish_text import (  # noqa: E402
    Reader,
    catalogues,
    digest,
    gazetteer,
    is_danish,
    leipzig,
    marked_up,
    plain,
    sample,
    treebank,
    unpacked,
    written,
)  # fmt: skip
from word_graph import build_graph  # noqa: E402

from pipeline.clean.language_model import ALPHABET, CHARACTERS, hashed  # noqa: E402

MO, MALLARD = catalogues("**/da/LC_MESSAGES/*.mo"), marked_up("help/da/**/*.page")
# Debian bookworm packages: what they are read by, and the licence of their Danish text.
SOURCES: dict[str, tuple[Reader, str]] = {
    "eog": (MALLARD, "CC-BY-SA-3.0"), "evince-common": (MALLARD, "CC-BY-SA-3.0"),
    "gedit-common": (MALLARD, "CC-BY-SA-3.0"), "gnome-user-docs": (MALLARD, "CC-BY-3.0"),
    "libreoffice-help-da": (marked_up("*.html"), "MPL-2.0"), "libreoffice-l10n-da": (MO, "MPL-2.0"),
}  # fmt: skip
DISCOUNT = 0.75  # of every count, kept for what was not seen (Ney, Essen & Kneser 1994)
RARE = 1.5e-8  # frequency of a word form that only a list knows
FREQUENCIES_WEIGHT = 0.4  # of wordfreq in the word frequencies
UNKNOWN = 0.02
SHORTEST = 3  # letters of a compound's part
FREQUENT = 2e-4  # more frequent words are no likelier parts of compounds
LINKED = 0.5  # that two parts are linked by a letter which may as well be the first one's last
MUNICIPALITIES = HERE.parents[1] / "configs" / "municipalities.yaml"
ENDINGS = frozenset(("ede", "ens", "ere", "ers", "erne", "ernes", "est", "ete", "ets", "ene", "ende"))
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,:/-]\d+)*|[.!?:;](?=\s|$)|,")
WORD = re.compile(f"[{ALPHABET}]{{1,40}}")
PROBABILITY, BACKOFF, CHARACTER = -24.0, -10.0, -12.0  # logarithms that a stored 255 stands for


@dataclass
class Corpus:
    """Texts that count alike: `weight` in the n-grams, `share` in the word frequencies, seldom words left out."""

    weight: float
    share: float
    fewest: int
    sentences: list[list[str]] = field(default_factory=list)

    def add(self, name: str, lines: Iterable[str], checksum: str, licence: str) -> None:
        """Add the distinct lines of a source that are long enough to be text."""
        kept = dict.fromkeys(line for line in (" ".join(line.split()) for line in lines) if line.count(" ") >= 3)
        before = sum(map(len, self.sentences))
        self.sentences += [sentence for line in kept for sentence in sentences(line)]
        print(f"{name:28} {sum(map(len, self.sentences)) - before:9} tokens  {checksum}  {licence}")

    def counts(self) -> Counter[str]:
        """Count the tokens."""
        return Counter(token for sentence in self.sentences for token in sentence)


def sentences(line: str) -> Iterator[list[str]]:
    """Yield the tokens of each sentence: small words, `#` for a number, and commas."""
    current: list[str] = []
    for token in [*TOKEN.findall(line), "."]:
        if token[0] in ".!?:;":
            if current:
                yield current
            current = []
        else:
            current.append("#" if token[0].isdigit() else token.lower())


def read_corpora(packages: Path, danish: Path, documents: list[Path]) -> list[Corpus]:
    """Read all sources."""
    municipal, general, software = Corpus(4, 0.15, 1), Corpus(3, 0.3, 2), Corpus(1, 0.15, 3)
    municipal.add("corpora/sources", sample(HERE.parents[1] / "corpora" / "sources"), "-", "MIT (this project)")
    municipal.add("corpora/written", written(HERE.parents[1] / "corpora" / "written"), "-", "MIT (this project)")
    for path in documents:
        municipal.add(path.name[:12], plain(path), digest(path), "public documents")
    path = danish / "ddt" / "train.conllu"
    general.add("UD_Danish-DDT", treebank(path), digest(path), "CC-BY-SA-4.0")
    for path in sorted((danish / "lcc").glob("*.csv")):
        general.add(path.stem, leipzig(path), digest(path), "CC-BY (Leipzig Corpora Collection)")
    for name, (reader, licence) in SOURCES.items():
        path = next(packages.glob(f"{name}_*.deb"))
        lines = filter(is_danish, reader(unpacked(path, packages / "x" / name)))
        software.add(name, lines, digest(path), licence)
    return [municipal, general, software]


def listed_forms(dds: Path) -> tuple[set[str], set[str]]:
    """Return the word forms that a dictionary holds, and the names that none holds as words."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms: set[str] = set()
    names: set[str] = set(map(str.lower, gazetteer(MUNICIPALITIES)))
    for form in DefaultDictionaryFactory().get_dictionary("da"):
        (forms if form.islower() else names).add(form.lower())
    for line in dds.read_text(encoding="utf-8").splitlines():
        forms.update(form.lower() for form in line.split(",")[-1].split(";"))
    forms = {form for form in forms if WORD.fullmatch(form) and (len(form) > 1 or form in "iåøæ")}
    return forms, {name for name in names if WORD.fullmatch(name) and len(name) > 1} - forms


def unigrams(ids: dict[str, int], forms: set[str], names: set[str], corpora: list[Corpus]) -> NDArray[np.float64]:
    """Return the probability of every word: wordfreq's and our counts in one, and a little for what is only listed."""
    from wordfreq import get_frequency_dict

    unknown = ids["\0"]
    found = np.zeros(len(ids))
    frequencies = {word: share for word, share in get_frequency_dict("da").items() if word in ids}
    total = sum(frequencies.values())
    for word, share in frequencies.items():
        found[ids[word]] += FREQUENCIES_WEIGHT * share / total
    for corpus in corpora:
        counts = corpus.counts()
        for word, count in counts.items():
            found[ids.get(word, unknown)] += corpus.share * (count - DISCOUNT) / counts.total()
    for word in forms:
        found[ids[word]] += RARE
    for word in names:
        found[ids[word]] += RARE / 3
    found = np.maximum(found, 1e-9)
    found[unknown] = UNKNOWN
    return found / found.sum()


def compound_parts(ids: dict[str, int], forms: set[str], single: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each word as the first, and as the last part of a compound.

    Each listed form counts once, cut into the two listed forms, with a linking s or e or none between them, that are
    the most frequent ones. A part that none shows has a little of its frequency.
    """
    usual = {form: min(float(single[ids[form]]), FREQUENT) for form in forms if len(form) >= SHORTEST}
    found = np.zeros((2, len(ids)))
    for form in forms:
        best, parts = 0.0, None
        for cut in range(SHORTEST, len(form) - SHORTEST + 1):
            last = form[cut:]
            if last not in usual or last in ENDINGS:
                continue
            linked = form[: cut - 1] if form[cut - 1] in "se" else ""
            for first, share in ((form[:cut], 1.0), (linked, LINKED)):
                weight = usual.get(first, 0.0) * usual[last] * share
                if weight > best:
                    best, parts = weight, (ids[first], ids[last])
        if parts is not None:
            found[0, parts[0]] += 1
            found[1, parts[1]] += 1
    known = np.zeros(len(ids))
    known[[ids[form] for form in forms]] = 1
    rest = np.minimum(single, FREQUENT) * known
    counts = np.maximum(found - DISCOUNT, 0)
    left: NDArray[np.float64] = (1 - counts.sum(1) / found.sum(1))[:, None] * rest / rest.sum()
    return counts / found.sum(1, keepdims=True) + left


Grams = dict[tuple[int, ...], float]


def count_grams(corpora: list[Corpus], ids: dict[str, int], order: int) -> tuple[Grams, dict[tuple[int, ...], float]]:
    """Return the discounted count of every n-gram of known words, and the count of every context."""
    unknown, boundary = ids["\0"], ids["\n"]
    grams: Grams = defaultdict(float)
    contexts: dict[tuple[int, ...], float] = defaultdict(float)
    for corpus in corpora:
        counts: Counter[tuple[int, ...]] = Counter()
        for sentence in corpus.sentences:
            numbers = [boundary] * (order - 1) + [ids.get(token, unknown) for token in sentence]
            counts.update(zip(*(numbers[i:] for i in range(order)), strict=False))
        for gram, count in counts.items():
            contexts[gram[:-1]] += corpus.weight * count
            if unknown not in gram and (order < 3 or count > 1 or corpus.fewest < 3):
                grams[gram] += corpus.weight * (count - DISCOUNT)
    return grams, contexts


def left_over(grams: Grams, contexts: dict[tuple[int, ...], float]) -> dict[tuple[int, ...], float]:
    """Return the share of each context's probability that its n-grams do not take."""
    taken: dict[tuple[int, ...], float] = defaultdict(float)
    for gram, count in grams.items():
        taken[gram[:-1]] += count
    return {context: 1 - count / contexts[context] for context, count in taken.items()}


def quantised(values: Iterable[float], full: float) -> NDArray[np.uint32]:
    """Return probabilities as whole numbers 0-255, logarithms in steps of full / 255."""
    logarithms = np.log(np.maximum(np.fromiter(values, float), 1e-30))
    return np.clip(np.round(logarithms / full * 255), 0, 255).astype(np.uint32)


def table(grams: Grams, weights: dict[tuple[int, ...], float]) -> NDArray[np.uint32]:
    """Return the hashed table of n-grams: fingerprint, probability and back-off weight in one number."""
    keys = sorted(grams)
    probabilities = quantised((grams[key] for key in keys), PROBABILITY).tolist()
    backoffs = quantised((weights.get(key, 1.0) for key in keys), BACKOFF).tolist()
    size = len(keys) * 5 // 4 | 1
    found = [0] * size
    for key, probability, backoff in zip(keys, probabilities, backoffs, strict=True):
        place, fingerprint = hashed(key, size)
        while found[place]:
            place = (place + 1) % size
        found[place] = fingerprint << 16 | probability << 8 | backoff
    return np.array(found, np.uint32)


def spelling(corpora: list[Corpus]) -> NDArray[np.uint8]:
    """Return P(letter | three letters before) in words that texts hold but rarely (Witten & Bell 1991)."""
    codes = {letter: code for code, letter in enumerate(CHARACTERS)}
    counts = np.zeros((32,) * 4)
    for corpus in corpora:
        for word, count in corpus.counts().items():
            if count <= 3 and word.isalpha():
                letters = [0, 0, 0, *(codes.get(letter, 31) for letter in word), 0]
                for i in range(3, len(letters)):
                    counts[tuple(letters[i - 3 : i + 1])] += 1
    found = np.full((32,) * 4, 1 / 32)
    for known in range(4):
        seen = counts.sum(axis=tuple(range(3 - known)), keepdims=True)
        total, kinds = seen.sum(-1, keepdims=True), (seen > 0).sum(-1, keepdims=True)
        found = np.where(total > 0, (seen + kinds * found) / np.maximum(total + kinds, 1), found)
    return quantised(found.ravel(), CHARACTER).astype(np.uint8)


def build(corpora: list[Corpus], dds: Path, target: Path) -> None:
    """Build the model and write it."""
    forms, names = listed_forms(dds)
    from wordfreq import get_frequency_dict

    vocabulary = forms | names | set(get_frequency_dict("da"))
    for corpus in corpora:
        vocabulary |= {word for word, count in corpus.counts().items() if count >= corpus.fewest}
    order = {letter: code for code, letter in enumerate(ALPHABET)}
    words = sorted(filter(WORD.fullmatch, vocabulary), key=lambda word: [order[letter] for letter in word])
    edges, before = build_graph(words)
    # as in `Special`: a sentence's beginning, a number, a comma, an unknown word
    ids = {word: number for number, word in enumerate([*words, "\n", "#", ",", "\0"])}
    single = unigrams(ids, forms, names, corpora)
    pairs, singles_seen = count_grams(corpora, ids, 2)
    triples, pairs_seen = count_grams(corpora, ids, 3)
    single_left, pair_left = left_over(pairs, singles_seen), left_over(triples, pairs_seen)
    pair: Grams = {
        key: count / singles_seen[key[:1]] + single_left[key[:1]] * single[key[1]] for key, count in pairs.items()
    }
    triple: Grams = {}
    for key, count in triples.items():
        shorter = pair.get(key[1:]) or single_left.get(key[1:2], 1.0) * single[key[2]]
        triple[key] = count / pairs_seen[key[:2]] + pair_left[key[:2]] * shorter
    listed = np.zeros(len(ids), bool)
    listed[[ids[form] for form in forms]] = True
    parts = compound_parts(ids, forms, single)
    np.savez_compressed(
        target,
        edges=edges,
        before=before,
        unigram=quantised(single, PROBABILITY).astype(np.uint8),
        backoff=quantised((single_left.get((i,), 1.0) for i in range(len(ids))), BACKOFF).astype(np.uint8),
        bigrams=table(pair, pair_left),
        trigrams=table(triple, {}),
        characters=spelling(corpora),
        listed=np.packbits(listed),
        first_parts=quantised(parts[0], PROBABILITY).astype(np.uint8),
        last_parts=quantised(parts[1], PROBABILITY).astype(np.uint8),
    )
    print(f"{target}: {len(words)} words, {len(pair)} bigrams, {len(triple)} trigrams, {target.stat().st_size} bytes")


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--danish", type=Path, required=True)
    parser.add_argument("--documents", type=Path, nargs="*", default=[])
    parser.add_argument("--target", type=Path, default=HERE / "danish.npz")
    arguments = parser.parse_args()
    corpora = read_corpora(arguments.packages, arguments.danish, arguments.documents)
    build(corpora, next((arguments.danish / "dds").glob("*.csv")), arguments.target)


if __name__ == "__main__":
    main()
