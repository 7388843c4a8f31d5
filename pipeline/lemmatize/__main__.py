"""Stage lemmatize: paragraphs in; words, lemmas, parts of speech, compound parts, names and sentences out."""

from __future__ import annotations

from itertools import groupby

from pipeline.lemmatize.work import lemmatize
from pipeline.settings import Lemmatize
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Lemmatise every document that is not in the memo; write `tokens` and `sentences`."""
    groups = groupby(workspace.rows("paragraphs"), key=lambda row: row["document_id"])
    documents = [[(row["paragraph_id"], row["text"]) for row in rows] for _, rows in groups]
    results = lemmatize(documents, workspace.settings(Lemmatize), workspace.memo)
    count = workspace.write("tokens", [row for tokens, _ in results for row in tokens])
    sentences = workspace.write("sentences", [row for _, rows in results for row in rows])
    return f"{count} paragraphs, {sentences} sentences"


if __name__ == "__main__":
    shell("lemmatize")
