"""The report of a large collection: time to write, size, and how soon a reader can use it in Chromium.

`python -m tests.bench report` takes 20,000 paragraphs, `python -m tests.bench report 5000` another number. The texts
are sentences of corpora/sources in random order, in 40 municipalities; only the page and its data are written.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.report import build, collection, exports, html
from pipeline.report.model import Report
from pipeline.resources import root
from pipeline.workspace import Workspace
from tests.report.conftest import Corpus, theme_rows, workspace_at

SEED = 20_260
MUNICIPALITIES = 40
PER_DOCUMENT = 30
SENTENCES_PER_PARAGRAPH = (1, 6)
THEMES = ("sick_leave", "recruitment", "retention", "budget", "school")


def measure(paragraphs: str = "20000") -> Iterator[str]:
    """Yield lines of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder), int(paragraphs))
        started = time.perf_counter()
        report = build.report(workspace, workspace)
        built = time.perf_counter() - started
        yield "| form | written, s | index.html, MB | files, MB | open, s | search ready, s | search, ms | heap, MB |"
        yield "|---|---|---|---|---|---|---|---|"
        for name, limit in (("files beside", 5000), ("all inside", 10**9)):
            site = Path(folder) / name
            site.mkdir()
            written = built + _write(replace(report, inline_paragraphs=limit), site)
            files = list((site / collection.FOLDER).glob("*.js")) if limit == 5000 else []
            size = sum(file.stat().st_size for file in files) / 1e6
            page = site / "index.html"
            figures = _opened(page) if shutil.which("chromium") else ["-"] * 4
            yield (
                f"| {name} | {written:.1f} | {page.stat().st_size / 1e6:.1f} | {size:.1f} in {len(files)} "
                f"| {' | '.join(figures)} |"
            )


def _write(report: Report, site: Path) -> float:
    started = time.perf_counter()
    exports.write_text(site / "index.html", html.render(report))
    collection.write(site, report)
    return time.perf_counter() - started


def _workspace(folder: Path, paragraphs: int) -> Workspace:
    """Return a workspace with so many counted paragraphs, three in five of them with one to two themes."""
    draw = random.Random(SEED)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((root() / "corpora/sources").rglob("*.md")))
    sentences = [" ".join(s.split()) for s in re.findall(r"[A-ZÆØÅ][^.!?|#*{}<>]{30,300}[.!?]", text)]
    corpus = Corpus()
    for number in range(paragraphs // PER_DOCUMENT):
        said = [
            " ".join(draw.sample(sentences, draw.randint(*SENTENCES_PER_PARAGRAPH))) for _ in range(PER_DOCUMENT - 2)
        ]
        corpus.add(f"Kommune {number % MUNICIPALITIES:02d}", [], extra=said)
    _themes(corpus, draw)
    workspace = workspace_at(folder)
    corpus.write(workspace, theme_rows(*THEMES))
    return workspace


def _themes(corpus: Corpus, draw: random.Random) -> None:
    """Give three in five of the paragraphs a theme at random instead of the one that all have."""
    own = sorted(row["paragraph_id"] for row in corpus.rows["assignments"])
    given = {paragraph: draw.choice(THEMES) for paragraph in own if draw.random() < 0.6}
    for name in ("assignments", "tones"):
        kept = [row for row in corpus.rows[name] if row["paragraph_id"] in given]
        corpus.rows[name] = [row | {"theme_id": given[row["paragraph_id"]]} for row in kept]


def _opened(page: Path) -> list[str]:
    """Return seconds until the overview is painted, seconds until a search is answered over everything, milliseconds
    of a later search, and megabytes of the script's heap.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        started = time.perf_counter()
        tab.goto(page.as_uri(), wait_until="commit")
        tab.wait_for_function("document.querySelector('.page.active h2')?.getClientRects().length > 0")
        opened = time.perf_counter() - started
        tab.evaluate("location.hash = 'soeg?q=sygefravær'")
        tab.wait_for_function("indexed === 1 && document.querySelectorAll('#traef > li').length > 0", timeout=120_000)
        ready = time.perf_counter() - started
        milliseconds = tab.evaluate(
            "() => { const start = performance.now(); show(new URLSearchParams('q=uddannede lærere'), 1);"
            "return performance.now() - start; }"
        )
        heap = tab.evaluate("performance.memory.usedJSHeapSize / 1e6")
        browser.close()
    return [f"{opened:.2f}", f"{ready:.2f}", f"{milliseconds:.0f}", f"{heap:.0f}"]
