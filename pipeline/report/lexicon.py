"""What a search finds a word under besides its own stem: an irregular lemma, the parts of a compound."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
from snowballstemmer import stemmer


def lexicon(tokens: pl.DataFrame) -> dict[str, str]:
    """Return, by word form in lower case, what else it is found under, from the table `tokens`.

    `børnene` gives `=barn` (a lemma with another stem than the form), `sygefraværet` gives `syge+fravær` (the parts of
    a compound), `plejebørn` gives `=plejebarn+pleje+barn`. Forms that a stemmer brings to their lemma are left out. The
    commonest reading of a form decides, the first in the alphabet where several are as common.
    """
    words = (
        tokens.select("words", "lemmas", "parts")
        .explode("words", "lemmas", "parts")
        .drop_nulls("words")
        .select(form=pl.col("words").str.to_lowercase(), lemma=pl.col("lemmas").str.to_lowercase(), parts="parts")
        .filter(pl.col("form").str.contains(r"^\p{L}+$") & pl.col("lemma").str.contains(r"^\p{L}+$"))
        .group_by("form", "lemma", "parts")
        .len()
        .sort("form", "len", "lemma", "parts", descending=[False, True, False, False])
        .unique("form", keep="first", maintain_order=True)
    )
    danish = stemmer("danish")
    stems = zip(words.iter_rows(named=True), danish.stemWords(words["form"].to_list()),
                danish.stemWords(words["lemma"].to_list()), strict=True)  # fmt: skip
    found: dict[str, str] = defaultdict(str)
    for row, of_form, of_lemma in stems:
        under = ([f"={row['lemma']}"] if of_form != of_lemma else []) + ([row["parts"]] if row["parts"] else [])
        if under:
            found[row["form"]] = "+".join(under)
    return dict(found)
