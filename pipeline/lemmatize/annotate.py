"""What a spaCy pipeline says about paragraphs, as rows of `tokens` and `sentences`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.lemmatize import compounds
from pipeline.lemmatize.dictionary_lemmatizer import word_list_lemma
from pipeline.lemmatize.names import add_names, document_names, is_common, is_name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

Row = dict[str, Any]
Paragraph = tuple[str, str]  # paragraph_id, text
LONGEST = 5_000  # characters; spaCy takes some 3 kB of memory for each, and 64 texts at a time


def annotate(nlp: Language, paragraphs: Sequence[Paragraph], batch_size: int) -> tuple[list[Row], list[Row]]:
    """Return the rows of `tokens` and of `sentences` for the paragraphs of one document, in their order.

    A paragraph above LONGEST is read in pieces.
    """
    pieces = [(paragraph_id, start, piece) for paragraph_id, text in paragraphs for start, piece in cut(text)]
    docs = nlp.pipe((piece for _, _, piece in pieces), batch_size=batch_size)
    tokens: list[Row] = []
    sentences: list[Row] = []
    for (paragraph_id, start, _), doc in zip(pieces, docs, strict=True):
        row = token_row(paragraph_id, doc, start)
        if start:
            for name in row.keys() - {"paragraph_id"}:
                tokens[-1][name] += row[name]
        else:
            tokens.append(row)
        sentences += sentence_rows(paragraph_id, doc, start)
    mark_names(tokens, [text for _, text in paragraphs])
    return tokens, sentences


def mark_names(tokens: Sequence[Row], texts: Sequence[str]) -> None:
    """Mark in each row of a document's `tokens` the persons that the document names anywhere."""
    persons: list[str] = []
    others: list[str] = []
    for row, text in zip(tokens, texts, strict=True):
        for label, start, end in zip(row["entity_labels"], row["entity_starts"], row["entity_ends"], strict=True):
            (persons if label == "PER" else others).append(text[start:end])
    if names := document_names(texts, persons, others):
        for row in tokens:
            add_names(row, names)


def cut(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces of at most LONGEST characters, each with its start; cut after a sentence or a word."""
    start = 0
    while len(text) - start > LONGEST:
        piece = text[start : start + LONGEST]
        piece = piece[: piece.rfind(". ") + 1 or piece.rfind(" ") + 1 or LONGEST]
        yield start, piece
        start += len(piece)
    yield start, text[start:]


def token_row(paragraph_id: str, doc: Doc, start: int = 0) -> Row:
    """Return the row of `tokens` for a paragraph, or for its piece from `start`: every token but whitespace."""
    words = [token for token in doc if not token.is_space]
    names = [span for span in map(stripped, doc.ents) if span is not None and is_name(span)]
    named = {token.i for span in names for token in span}
    readings = [reading(token, token.i in named) for token in words]
    return {
        "paragraph_id": paragraph_id,
        "words": [token.text for token in words],
        "lemmas": [lemma for lemma, _ in readings],
        "pos": [pos for _, pos in readings],
        "parts": [parts(lemma, pos) for lemma, pos in readings],
        "starts": [start + token.idx for token in words],
        "entity_labels": [span.label_ for span in names],
        "entity_starts": [start + span.start_char for span in names],
        "entity_ends": [start + span.end_char for span in names],
    }


def reading(token: Token, named: bool) -> tuple[str, str]:
    """Return the lemma and part of speech: lemmas in lower case but for proper nouns.

    A compound that no dictionary holds gets its last part's lemma: model and word list cut it anywhere.
    A capital makes a small model see a proper noun in "Sagsfremstilling"; outside names a common word is a noun.
    """
    lemma, lower = token.lemma_ or token.text, token.text.lower()
    if token.pos_ == "NOUN":
        return compounds.lemma(lower) or lemma.lower(), "NOUN"
    if token.pos_ != "PROPN":
        return lemma.lower(), token.pos_
    if named or token.text.isupper() or not token.text.isalpha() or not is_common(token.text):
        return lemma, "PROPN"
    return compounds.lemma(lower) or word_list_lemma(lower) or lower, "NOUN"


def parts(word: str, pos: str) -> str:
    """Return the parts of a compound noun joined by +, empty for any other word.

    A hyphen parts too (MED-udvalg: med+udvalg), where it stands between two words of letters.
    """
    if pos != "NOUN":
        return ""
    pieces = word.split("-")
    if not all(len(piece) > 1 and piece.isalpha() for piece in pieces):
        return ""
    found = [part for piece in pieces for part in compounds.split(piece) or (piece,)]
    return "+".join(found) if len(found) > 1 else ""


def sentence_rows(paragraph_id: str, doc: Doc, start: int = 0) -> Iterator[Row]:
    """Yield the rows of `sentences` for a paragraph, or for its piece from `start`, without surrounding whitespace."""
    for span in map(stripped, doc.sents):
        if span is not None:
            yield {
                "sentence_id": f"{paragraph_id}-{start + span.start_char:05d}",
                "paragraph_id": paragraph_id,
                "start": start + span.start_char,
                "end": start + span.end_char,
                "text": span.text,
            }


def stripped(span: Span) -> Span | None:
    """Return the span without whitespace tokens at its ends, or None if nothing is left."""
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    if start == end:
        return None
    return span if (start, end) == (span.start, span.end) else span.doc[start:end]
