"""What each document of a municipality holds of each theme: the counts that shares and differences are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.population import UNDATED

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TONES = ("positive", "neutral", "negative", "mixed")

_procedure = (pl.col("act") == "procedure").fill_null(value=False)
# What is summed up over the paragraphs of a document that have a theme.
OF_THEME: dict[str, pl.Expr] = {
    "themed": pl.len(),
    "words": pl.col("words").sum(),
    "toned": (pl.col("tone_score").is_not_null() & ~_procedure).sum(),
    "score": pl.col("tone_score").filter(~_procedure).sum(),
    "procedure": _procedure.sum(),
    **{tone: ((pl.col("tone") == tone) & ~_procedure).sum() for tone in TONES},
}


@dataclass(frozen=True)
class Documents:
    """The counted documents of one municipality, by id.

    `clusters` numbers the meetings (documents where there is none); `years` holds `udateret` and `halves` nothing for
    a document without a date. `paragraphs` and `words` have one number a document; the matrices of `themes` (keys of
    OF_THEME) are documents x themes.
    """

    ids: NDArray[np.str_]
    clusters: NDArray[np.int64]
    kinds: NDArray[np.str_]
    years: NDArray[np.str_]
    halves: NDArray[np.str_]
    paragraphs: Floats
    words: Floats
    themes: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dated(self) -> Flags:
        """Return which documents have a date."""
        dated: Flags = self.years != UNDATED
        return dated

    def take(self, which: Flags) -> Documents:
        """Return some of the documents, their clusters numbered afresh."""
        arrays = {
            name: getattr(self, name)[which] for name in ("ids", "kinds", "years", "halves", "paragraphs", "words")
        }
        clusters = np.unique(self.clusters[which], return_inverse=True)[1]
        return Documents(**arrays, clusters=clusters, themes={name: m[which] for name, m in self.themes.items()})

    def by_cluster(self, values: Floats) -> Floats:
        """Return the sums over each cluster of what each document has: clusters x themes, or x 1 from a vector."""
        columns = values.reshape(len(self), -1)
        sums = np.zeros((int(self.clusters.max(initial=-1)) + 1, columns.shape[1]))
        np.add.at(sums, self.clusters, columns)
        return sums


def by_municipality(counted: pl.DataFrame, observed: pl.DataFrame, themes: Sequence[str]) -> dict[str, Documents]:
    """Return the documents of each municipality, by name; `counted` and `observed` are those of `population`.

    Columns of the matrices are `themes`, in their order.
    """
    counted = counted.with_columns(words=_words())
    per_document = (
        counted.group_by("municipality", "document_id", "cluster", "kind", "period", "half")
        .agg(paragraphs=pl.len(), words=pl.col("words").sum())
        .sort("municipality", "document_id")
    )
    rows = per_document.select("document_id").with_row_index("row")
    columns = pl.DataFrame({"theme_id": list(themes)}, schema={"theme_id": pl.String}).with_row_index("column")
    cells = (
        observed.with_columns(words=_words())
        .group_by("document_id", "theme_id")
        .agg(**OF_THEME)
        .join(rows, on="document_id")
        .join(columns, on="theme_id")
    )
    matrices = {name: np.zeros((len(rows), len(themes))) for name in OF_THEME}
    for name, matrix in matrices.items():
        matrix[cells["row"].to_numpy(), cells["column"].to_numpy()] = cells[name].to_numpy()
    names = per_document["municipality"].to_numpy().astype(str)
    everything = Documents(
        ids=per_document["document_id"].to_numpy().astype(str),
        clusters=np.unique(per_document["cluster"].to_numpy().astype(str), return_inverse=True)[1],
        kinds=per_document["kind"].to_numpy().astype(str),
        years=per_document["period"].to_numpy().astype(str),
        halves=per_document["half"].fill_null("").to_numpy().astype(str),
        paragraphs=per_document["paragraphs"].to_numpy().astype(np.float64),
        words=per_document["words"].to_numpy().astype(np.float64),
        themes=matrices,
    )
    return {str(name): everything.take(names == name) for name in np.unique(names)}


def _words() -> pl.Expr:
    """Words are what stands between white space, as in documents.words."""
    return pl.col("text").str.count_matches(r"\S+").cast(pl.Int64)
