"""Shell of the stage `report`: read tables, call, write what people read."""

from __future__ import annotations

from dataclasses import replace

from pipeline.report import build, collection, exports, figures, html, markdown, privacy
from pipeline.report.excel import workbook
from pipeline.report.language import Language
from pipeline.report.word import document as word
from pipeline.settings import Report as Settings
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Write the report of a workspace below `reports/site`; return a one-line summary."""
    source = privacy.view(workspace)
    workspace.write("redactions", source.redactions)
    report = build.report(workspace, source)
    site = workspace.reports / "site"
    site.mkdir(parents=True, exist_ok=True)
    page = html.render(report)
    exports.write_text(site / "index.html", page)
    collection.write(site, report)
    figures.write(site, report)
    written = replace(report, language=Language(workspace.settings(Settings).language))
    exports.write_text(site / "rapport.md", markdown.render(written))
    word.write(site / "rapport.docx", written)
    workbook.write(site / "temaspejl.xlsx", written)
    exports.write(site, written, source)
    return (
        f"{len(report.documents)} documents, {len(report.counted)} paragraphs counted, {len(report.themes)} themes, "
        f"{len(page.encode()) / 1e6:.1f} MB: {site / 'index.html'}"
    )


if __name__ == "__main__":
    shell("report")
