"""`python -m pipeline.segment`: documents, pages and edits in; paragraphs and furniture out."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.executor import map_items
from pipeline.memo import Memo, code_digest
from pipeline.offsets import Edit
from pipeline.segment.document import Segmented, Source, segment_document
from pipeline.settings import Gazetteer, Segment
from pipeline.stages import shell
from pipeline.workspace import Workspace

HERE = Path(__file__).parent
CODE = (HERE, *(HERE.parent / name for name in ("offsets.py", "line_forms.py", "dates.py")))


def run(workspace: Workspace) -> str:
    """Segment every document that has pages; return a one-line summary."""
    settings = workspace.settings(Segment)
    domains = {town.name: town.domains for town in workspace.settings(Gazetteer).municipalities}
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in workspace.rows("pages"):
        pages[row["document_id"]].append(row)
    edits: dict[str, list[Edit]] = defaultdict(list)
    for row in workspace.rows("edits"):
        edits[row.pop("document_id")].append(Edit(**row))
    sources = [
        Source.of(row, pages[row["document_id"]], edits[row["document_id"]], domains)
        for row in workspace.rows("documents")
        if row["document_id"] in pages
    ]
    memo = Memo(workspace.memo, "segment", [settings.model_dump(), code_digest(*CODE)])
    results = list(map_items(partial(_segment, settings=settings, memo=memo), sources, "segment"))
    paragraphs = workspace.write("paragraphs", (row for result in results for row in result.paragraphs))
    workspace.write("furniture", (row for result in results for row in result.furniture))
    return f"{len(results)} documents, {paragraphs} paragraphs"


def _segment(source: Source, settings: Segment, memo: Memo) -> Segmented:
    result: Segmented | None = memo.get(source)
    if result is None:
        result = segment_document(source, settings)
        memo.put(source, result)
    return result


if __name__ == "__main__":
    shell("segment")
