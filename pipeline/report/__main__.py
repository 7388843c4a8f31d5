"""Shell of the stage `report`: read tables, call, write what people read."""

from __future__ import annotations

from pipeline.report import build, excel, exports, html, markdown
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Write the report of a workspace below `reports/site`; return a one-line summary."""
    report = build.report(workspace)
    site = workspace.reports / "site"
    site.mkdir(parents=True, exist_ok=True)
    page = html.render(report)
    exports.write_text(site / "index.html", page)
    exports.write_text(site / "rapport.md", markdown.render(report))
    excel.write(site / "temaspejl.xlsx", report)
    exports.write(site, report, workspace.tables)
    return (
        f"{len(report.documents)} documents, {len(report.counted)} paragraphs counted, {len(report.themes)} themes, "
        f"{len(page.encode()) / 1e6:.1f} MB: {site / 'index.html'}"
    )


if __name__ == "__main__":
    shell("report")
