"""A spaCy component that tells the parser where no sentence begins.

Registered as the factory `cautious_senter`. spaCy's own senter decides where sentences begin, and the parser after it
has no say; here the parser decides, but not against a clear no. Each of the two finds starts that are none, seldom the
same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import SentenceRecognizer
from spacy.tokens import Doc
from thinc.api import Model

POSSIBLE = 0.3  # a start with less probability is none; chosen on the development split, of .15, .3 and .5


class CautiousSenter(SentenceRecognizer):  # type: ignore[misc]  # spaCy's class is compiled, without types
    """Sets `is_sent_start` to False where a start is improbable, and leaves it open elsewhere."""

    def predict(self, docs: Iterable[Doc]) -> list[np.ndarray]:
        """Return for each word of each text whether a sentence may begin there."""
        return [scores[:, 1] >= POSSIBLE for scores in self.model.predict(list(docs))]

    def set_annotations(self, docs: Iterable[Doc], batch_tag_ids: Sequence[np.ndarray]) -> None:
        """Write what `predict` returned into the texts."""
        for doc, possible in zip(docs, batch_tag_ids, strict=True):
            for index in np.flatnonzero(~possible).tolist():
                if index:
                    doc[index].is_sent_start = False


@Language.factory("cautious_senter", assigns=["token.is_sent_start"], default_score_weights={})
def make_cautious_senter(nlp: Language, name: str, model: Model[Any, Any]) -> CautiousSenter:
    """Make the component; spaCy calls this."""
    return CautiousSenter(nlp.vocab, model, name, overwrite=False, scorer=None)
