"""`python -m pipeline.clean`: documents and pages in; cleaned, edits and quality out."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.clean.text import Cleaned, Source, clean_document
from pipeline.executor import map_items
from pipeline.memo import Memo, code_digest, folder_digest
from pipeline.resources import resolve
from pipeline.settings import Clean
from pipeline.stages import shell
from pipeline.workspace import Workspace

HERE = Path(__file__).parent
CODE = (HERE, HERE.parent / "offsets.py", HERE.parent / "line_forms.py")


def run(workspace: Workspace) -> str:
    """Clean every document that has pages; return a one-line summary."""
    settings = workspace.settings(Clean)
    media_types = {row["document_id"]: row["media_type"] for row in workspace.rows("documents")}
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in workspace.rows("pages"):
        pages[row["document_id"]].append(row)
    sources = [Source.of(rows, media_types[name]) for name, rows in pages.items()]
    basis = [settings.model_dump(), code_digest(*CODE), folder_digest(resolve("models/ocr")), version("ftfy")]
    memo = Memo(workspace.memo, "clean", basis)
    results = list(map_items(partial(_clean, settings=settings, memo=memo), sources, "clean"))
    done = [({"document_id": name}, rows, result) for (name, rows), result in zip(pages.items(), results, strict=True)]
    workspace.write(
        "cleaned",
        (
            document | {"page": page["page"], "clean_text": text}
            for document, rows, result in done
            for page, text in zip(rows, result.pages, strict=True)
        ),
    )
    edits = workspace.write("edits", (document | edit.row() for document, _, result in done for edit in result.edits))
    workspace.write("quality", (document | result.damage.row() for document, _, result in done))
    damaged = sum(result.damage.channel != "none" for result in results)
    return f"{len(results)} documents, {edits} edits, {damaged} damaged by OCR"


def _clean(source: Source, settings: Clean, memo: Memo) -> Cleaned:
    result: Cleaned | None = memo.get(source)
    if result is None:
        result = clean_document(source, settings)
        memo.put(source, result)
    return result


if __name__ == "__main__":
    shell("clean")
