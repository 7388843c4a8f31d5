"""What models/da_core_ddt_sm is built of: a word encoder, a finder of sentence starts, spaCy's parser on a faster BLAS.

Registered as architectures `temaspejl.*.v1`; spaCy finds them wherever temaspejl is installed, for the entry point of
the dictionary lemmatizer imports this module. The encoder (hashed features of each word, then a convolution over its
context) differs from spaCy's own HashEmbedCNN in two ways:

- longer prefixes and more suffixes, for Danish inflects at the end and writes compounds in one word;
- each distinct word of a batch is embedded once, for half of the words of a text are repetitions.

All multiply matrices with numpy's BLAS: the one that spaCy brings runs at a third of its speed on processors that it
does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from spacy.lang.lex_attrs import word_shape
from spacy.ml.models.parser import build_tb_parser_model
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, build_Tok2Vec_model
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    NumpyOps,
    Softmax,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    uniqued,
    with_array,
    zero_init,
)
from thinc.types import Floats2d

FEATURES: tuple[Callable[[str], str], ...] = (
    str.lower,
    lambda word: word.lower()[:3],
    lambda word: word.lower()[-2:],
    lambda word: word.lower()[-3:],
    lambda word: word.lower()[-5:],
    word_shape,
)


@registry.architectures("temaspejl.WordEncoder.v1")  # type: ignore[untyped-decorator]
def build_word_encoder(
    width: int, rows: Sequence[int], depth: int, window_size: int, maxout_pieces: int
) -> Model[list[Doc], list[Floats2d]]:
    """Return the encoder: docs in, an array (words, width) of float32 for each out.

    `rows` are the rows of each feature's table: word, first three letters, last two, three and five letters, shape.
    """
    if len(rows) != len(FEATURES):
        raise ValueError(f"temaspejl.WordEncoder.v1 wants {len(FEATURES)} numbers of rows, not {len(rows)}")
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=number, seed=number, dropout=0.0) for number, count in enumerate(rows, start=1)
    ]
    mix = Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True)
    words: Model[Any, Any] = uniqued(chain(concatenate(*tables), mix), column=0)
    by_array: Model[Any, Any] = with_array(words)
    layers: list[Model[Any, Any]] = [Model("word_features", _forward), list2ragged(), by_array, ragged2list()]
    embed: Model[Any, Any] = chain(*layers)
    encode = MaxoutWindowEncoder(width=width, depth=depth, window_size=window_size, maxout_pieces=maxout_pieces)
    return _on_numpy(build_Tok2Vec_model(embed, encode))


@registry.architectures("temaspejl.TransitionParser.v1")  # type: ignore[untyped-decorator]
def build_transition_parser(
    tok2vec: Model[list[Doc], list[Floats2d]],
    state_type: Literal["parser", "ner"],
    hidden_width: int,
    maxout_pieces: int,
) -> Model[Any, Any]:
    """Return spacy.TransitionBasedParser.v2 (with an upper layer and without extra state tokens)."""
    return _on_numpy(build_tb_parser_model(tok2vec, state_type, False, hidden_width, maxout_pieces, use_upper=True))


@registry.architectures("temaspejl.SentenceStarts.v1")  # type: ignore[untyped-decorator]
def build_sentence_starts(
    tok2vec: Model[list[Doc], list[Floats2d]],
    hidden_width: int,
    nO: int | None = None,  # noqa: N803  spaCy sets it by this name
) -> Model[list[Doc], list[Floats2d]]:
    """Return spacy.Tagger.v2 with a hidden layer: what ends a sentence is no linear function of the words around."""
    width = tok2vec.get_dim("nO")
    output = Softmax(nO, hidden_width, init_W=zero_init)
    hidden = Maxout(hidden_width, width, nP=2, normalize=True, dropout=0.0)
    model: Model[Any, Any] = chain(tok2vec, with_array(chain(hidden, output)))
    for name, node in (("tok2vec", tok2vec), ("softmax", output), ("output_layer", output)):
        model.set_ref(name, node)
    return _on_numpy(model)


def _on_numpy(model: Model[Any, Any]) -> Model[Any, Any]:
    for node in model.walk():
        node.ops = NumpyOps(use_blis=False)
    return model


def _forward(
    model: Model[Any, Any],  # noqa: ARG001  thinc's signature
    docs: Sequence[Doc],
    is_train: bool,  # noqa: ARG001  thinc's signature
) -> tuple[list[np.ndarray], Callable[[Any], list[Any]]]:
    width = 1 + len(FEATURES)
    rows = [
        np.array([features(token.orth_, token.orth) for token in doc], dtype="uint64").reshape(-1, width)
        for doc in docs
    ]
    return rows, lambda gradient: []  # noqa: ARG005  there is nothing below to correct


@lru_cache(maxsize=200_000)
def features(word: str, number: int) -> tuple[int, ...]:
    """Return the word's number and the hashes of its features."""
    return number, *(get_string_id(feature(word)) for feature in FEATURES)
