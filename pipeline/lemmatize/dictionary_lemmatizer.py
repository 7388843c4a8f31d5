"""A spaCy component that looks lemmas up before it lets a model guess them.

Registered as the factory `dictionary_lemmatizer` (entry point `spacy_factories`), so that
`spacy.load` finds it in every environment where temaspejl is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import srsly
from simplemma import lemmatize
from simplemma.strategies import DictionaryLookupStrategy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from pipeline.lemmatize import architectures, senter  # noqa: F401  registers what the shipped pipeline is built of

TABLE_FILE = "lemmas.json"
# What a word list without parts of speech may answer for: of names it knows little, and function words
# are all in the treebank's own dictionary.
OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV", "X"})


@lru_cache(maxsize=1)
def _word_list() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


@lru_cache(maxsize=100_000)
def word_list_lemma(form: str) -> str | None:
    """Return the lemma by simplemma's Danish dictionary (MIT) and its compound rules, or None for an unknown form.

    Of a word with hyphens the last part is looked up, and the hyphens stay: `bank-ansatte` has no lemma `bankansat`.
    """
    first, hyphen, last = form.rpartition("-")
    if not last:
        return None
    found = _word_list().get_lemma(last, "da")
    if found is None:
        found = lemmatize(last, lang="da")
        if found == last:
            return None
    return first + hyphen + found


class DictionaryLemmatizer:
    """Sets lemmas from the training treebank's dictionary of (part of speech, form), else from simplemma's.

    Where neither knows the form, what an earlier component (the trainable edit-tree lemmatizer) has set is kept.
    Needs parts of speech, so it stands after the morphologizer; it changes nothing but lemmas.
    """

    def __init__(self, name: str = "lemmatizer") -> None:
        self.name = name
        self.table: dict[str, dict[str, str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of each token of a text; the text itself is returned, as spaCy wants it."""
        for token in doc:
            lemma = self.lookup(token.text, token.pos_)
            if lemma is not None:
                token.lemma_ = lemma
            elif not token.lemma_:
                token.lemma_ = token.text
        return doc

    def lookup(self, form: str, pos: str) -> str | None:
        """Return the lemma of a form with a universal part of speech, or None when no dictionary knows it."""
        known = self.table.get(pos, {})
        lemma = known.get(form) or known.get(form.lower())
        if lemma is None and (form.endswith(".") or not any(map(str.isalpha, form))):
            return form.lower()  # an abbreviation or a number: there are no endings to cut
        if lemma is None and pos in OPEN_CLASSES:
            lemma = word_list_lemma(form)
        return lemma

    def initialize(self, get_examples: Callable[[], Iterable[Example]], **_: object) -> None:
        """Learn the dictionary from gold lemmas: the commonest lemma of each part of speech and form.

        A form is stored as written and in lower case; ties go to the alphabetically first lemma.
        """
        counts: dict[tuple[str, str], Counter[str]] = {}
        for example in get_examples():
            for token in example.reference:
                if token.lemma_ and token.pos_:
                    for form in {token.text, token.text.lower()}:
                        counts.setdefault((token.pos_, form), Counter())[token.lemma_] += 1
        self.table = {}
        for (pos, form), lemmas in sorted(counts.items()):
            best = min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
            self.table.setdefault(pos, {})[form] = best

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write the dictionary as JSON below `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_json(folder / TABLE_FILE, self.table)

    def from_disk(self, path: str | Path, **_: object) -> DictionaryLemmatizer:
        """Read what `to_disk` wrote, and simplemma's word list, for which the first text would have to wait."""
        self.table = srsly.read_json(Path(path) / TABLE_FILE)
        _word_list().get_lemma("og", "da")
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return the dictionary as bytes, for spaCy's own multiprocessing and copies."""
        return bytes(srsly.msgpack_dumps(self.table))

    def from_bytes(self, data: bytes, **_: object) -> DictionaryLemmatizer:
        """Read what `to_bytes` returned."""
        self.table = srsly.msgpack_loads(data)
        return self


@Language.factory(
    "dictionary_lemmatizer",
    requires=["token.pos"],
    assigns=["token.lemma"],
    default_score_weights={"lemma_acc": 1.0},
)
def make_dictionary_lemmatizer(nlp: Language, name: str) -> DictionaryLemmatizer:  # noqa: ARG001  spaCy's signature
    """Make the component; spaCy calls this."""
    return DictionaryLemmatizer(name)
