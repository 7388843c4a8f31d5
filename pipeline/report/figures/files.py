"""Every chart of a report, and the files of them: `figurer/*.svg`, and `*.vl.json` for those who want to change it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.report.figures import cooccurrences, differences, profile, tones, trend
from pipeline.report.figures.drawing import Figure, svg, vega_lite
from pipeline.report.model import Report

FOLDER = "figurer"


def every(report: Report) -> Iterator[Figure]:
    """Return the charts of all themes and municipalities, those that the report has figures for."""
    for theme in report.themes:
        if not theme.paragraphs:
            continue
        made = [differences.figure(report, theme), tones.figure(report, theme), cooccurrences.figure(report, theme)]
        yield from (figure for figure in made if figure)
        over = trend.trend(report, theme)
        if over:
            yield from (trend.figure(report, theme, over, place) for place in over.places)
    for place in report.compared:
        figure = profile.figure(report, place)
        if figure:
            yield figure


def write(site: Path, report: Report) -> None:
    """Write each chart to `figurer/`, and take away those of an earlier run that are no more."""
    folder = site / FOLDER
    wanted = {}
    for figure in every(report):
        wanted[folder / f"{figure.name}.svg"] = svg(figure)
        spec = json.dumps(vega_lite(figure), ensure_ascii=False, sort_keys=True, indent=1)
        wanted[folder / f"{figure.name}.vl.json"] = f"{spec}\n"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.suffix in {".svg", ".json"} and path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        path.write_text(content, encoding="utf-8", newline="\n")
