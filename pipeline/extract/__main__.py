"""Read every document of the corpus folder: `documents` and `pages`."""

from __future__ import annotations

from pipeline.extract.corpus import list_sources
from pipeline.extract.documents import describe_all, document_rows, page_rows, read_sources
from pipeline.extract.metadata import apply_overrides, read_overrides
from pipeline.settings import Extract, Gazetteer
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Write `documents` and `pages` from the corpus folder; return a one-line summary."""
    settings = workspace.settings(Extract)
    gazetteer = workspace.settings(Gazetteer)
    overrides = read_overrides(workspace.corpus, gazetteer)
    sources = list_sources(workspace.corpus, settings.max_bytes)
    readings = read_sources(sources, settings, workspace.memo)
    descriptions = describe_all(sources, readings, gazetteer)
    documents = document_rows(sources, readings, descriptions, settings.near_duplicate_similarity)
    documents = apply_overrides(documents, overrides)
    workspace.write("documents", documents)
    pages = workspace.write("pages", page_rows(sources, readings))
    quarantined = sum(document["status"] == "quarantined" for document in documents)
    return f"{len(documents)} documents, {pages} pages, {quarantined} quarantined"


if __name__ == "__main__":
    shell("extract")
