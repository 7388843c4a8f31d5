"""Adds the component that knows where no sentence begins to a trained pipeline, whose encoder stays as it is."""

from __future__ import annotations

import random
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import Adam, fix_random_seed

EPOCHS, BATCH, RATE = 2, 8, 0.003  # the rate falls to nothing
MODEL = {
    "@architectures": "temaspejl.SentenceStarts.v1",
    "hidden_width": 64,
    "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 128},
}


def add_senter(nlp: Language, golds: Sequence[Doc]) -> None:
    """Put a trained `senter` before the parser; it learns from the sentences of the gold."""
    fix_random_seed(1)
    chance = random.Random(1)
    senter = nlp.add_pipe("cautious_senter", name="senter", before="parser", config={"model": MODEL})
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in golds]
    senter.initialize(lambda: examples[:200], nlp=nlp)
    batches = []
    for _ in range(EPOCHS):
        chance.shuffle(examples)
        batches += list(minibatch(list(examples), BATCH))
    optimizer = Adam(RATE, use_averages=False, L2=0.0, grad_clip=1.0)
    with nlp.select_pipes(enable=["tok2vec", "senter"]):
        for number, batch in enumerate(batches):
            optimizer.learn_rate = RATE * (1 - number / len(batches))
            nlp.update(batch, sgd=optimizer, exclude=["tok2vec"], annotates=["tok2vec"], drop=0.1)
