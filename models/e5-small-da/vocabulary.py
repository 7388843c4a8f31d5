"""Chooses the pieces of the multilingual unigram vocabulary that Danish text uses, and builds its tokenizer."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from wordfreq import top_n_list

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MASK = "<mask>"
# A piece of the word list must occur in this many of its 790,000 forms, most of which nobody writes.
WORD_LIST_MINIMUM = 5


def make_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer over these pieces; the first four and the last piece are its special tokens."""
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([*SPECIAL, MASK])
    return tokenizer


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """Count how often each piece id occurs in the texts."""
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.ids)
    return counts


def read_texts(data: Path) -> tuple[list[str], list[str]]:
    """Return (texts to choose from, texts to measure on): LCC and DDT train; every fifth LCC sentence is held out."""
    sentences = []
    for file in sorted((data / "lcc").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            sentences += [row[-1] for row in csv.reader(stream)][1:]
    treebank = (data / "ddt" / "train.conllu").read_text(encoding="utf-8").splitlines()
    marker = "# text = "
    chosen = [line.removeprefix(marker) for line in treebank if line.startswith(marker)]
    chosen += [sentence for index, sentence in enumerate(sentences) if index % 5]
    return chosen, sentences[::5]


def written_numbers() -> list[str]:
    """Return dates, times, amounts and numbering as minutes and reports write them."""
    texts = [str(number) for number in range(3000)]
    texts += [f"{n}.000 {n} kr. {n} mio. {n} %" for n in range(1000)]
    texts += [f"{day}. {month} {year}" for day in range(1, 32) for month in ("januar", "maj")
              for year in range(1990, 2041)]  # fmt: skip
    texts += [f"{a}.{b} {a}:{b:02d} {a},{b} % ({a}) {a}) {a}: {a}. {a}-{b} {a}/{b} kl. {a:02d}.{b:02d} {a}.{b}.{a}"
              for a in range(100) for b in range(60)]  # fmt: skip
    return texts


def choose(pieces: Sequence[str], scores: Sequence[float], texts: Sequence[str]) -> list[int]:
    """Return the ids of the pieces to keep, ascending.

    Special tokens, all that the texts and Danish words use in their usual casings, numbers, single Latin characters,
    short runs of digits and signs.
    """
    tokenizer = make_tokenizer(pieces, scores)
    common = top_n_list("da", 400_000)
    words = [*common, *(word.capitalize() for word in common), *(word.upper() for word in common[:5000])]
    keep = {*range(len(SPECIAL)), len(pieces) - 1}
    for source in (texts, words, written_numbers()):
        keep |= set(count_pieces(tokenizer, source))
    forms = DefaultDictionaryFactory().get_dictionary("da")
    listed = count_pieces(tokenizer, (form if isinstance(form, str) else form.decode() for form in forms))
    keep |= {piece for piece, count in listed.items() if count >= WORD_LIST_MINIMUM}
    signs = re.compile(r"▁?[^\w▁]*[\d.,:/%()+§=*#<>|&@!?\"'’”“»«•_–—-]+")
    for index, piece in enumerate(pieces):
        letter = piece.removeprefix("▁")
        if (len(letter) == 1 and ord(letter) < 0x250) or (len(piece) <= 4 and signs.fullmatch(piece)):
            keep.add(index)
    return sorted(keep)
