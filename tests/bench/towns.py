"""Codebook themes on documents that the head was not fitted on, run as a user runs them, from file to theme.

Three questions: how right the themes are on the blind half of corpora/towns/staff_and_children and on
corpora/towns/blind; how right they are with 18 other themes that have a name and a definition alone (other_committees,
technical_committees); and whether a paragraph keeps its themes when every municipality and district in the text is
swapped for another one (names of persons are masked by the same step; the gazetteer's names can be swapped without
guessing).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import stages
from pipeline.embed.masking import place_pattern
from pipeline.evaluate.gold import GoldSpan, read_spans
from pipeline.evaluate.judging import judge
from pipeline.evaluate.labels import Resampling, theme_figures
from pipeline.settings import Codebook, Evaluate, Gazetteer, load
from pipeline.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
TOWNS, GOLD = ROOT / "corpora/towns", ROOT / "corpora/gold"


def measure() -> Iterator[str]:
    """Yield a line for each question."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        staff = _run(TOWNS / "staff_and_children", scratch / "staff")
        half = [span for span in read_spans(GOLD / "towns.csv") if span.split == "test"]
        yield f"other towns, blind half: {_figures(staff, half)}"
        blind = _run(TOWNS / "blind", scratch / "blind")
        yield f"other towns, blind: {_figures(blind, read_spans(GOLD / 'blind.csv'))}"
        for other in ("other_committees", "technical_committees"):
            configs = scratch / f"{other}_configs"
            configs.mkdir()
            shutil.copy(GOLD / f"{other}.yaml", configs / Codebook.file)
            found = _run(TOWNS / other, scratch / other, configs)
            yield f"18 other themes by definition alone, {other}: {_figures(found, read_spans(GOLD / f'{other}.csv'))}"
        swapped = scratch / "documents"
        changed = _swap(TOWNS / "staff_and_children", swapped)
        yield f"{changed} names of places swapped: {_kept(staff, _run(swapped, scratch / 'swapped'))}"


def _run(corpus: Path, folder: Path, configs: Path | None = None) -> Workspace:
    """Run the stages up to the themes."""
    workspace = Workspace.at(folder, corpus, configs)
    folder.mkdir()
    workspace.add_registry()
    for stage in stages.STAGES[: stages.STAGES.index("cluster") + 1]:
        stages.run(stage, workspace)
    return workspace


def _figures(workspace: Workspace, spans: list[GoldSpan]) -> str:
    settings = workspace.settings(Evaluate)
    ids = [theme.id for theme in workspace.settings(Codebook).themes]
    judged = judge(spans, workspace.rows("paragraphs"), workspace.rows("assignments"), [], settings.min_overlap)
    figures = theme_figures(judged, ids, Resampling(settings.resamples, settings.seed))
    names = {"main_accuracy": "main", "micro_f1": "micro-F1", "abstention_without_theme": "left empty"}
    return ", ".join(f"{label} {_interval(figures[name])}" for name, label in names.items())


def _interval(figure: dict[str, Any]) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.3f}-{figure['high']:.3f})"


def _swap(source: Path, target: Path) -> int:
    """Write the documents with every place replaced by one of another municipality; return how many were."""
    gazetteer = load(Gazetteer)
    names = sorted({name for place in gazetteer.municipalities for name in (place.name, *place.districts)})
    other = {name: names[(index + len(names) // 3) % len(names)] for index, name in enumerate(names)}
    pattern = place_pattern(gazetteer)
    target.mkdir()
    total = 0
    for file in sorted(source.glob("*.txt")):
        text, count = pattern.subn(lambda match: other.get(match.group(), match.group()), file.read_text("utf-8"))
        (target / file.name).write_text(text, "utf-8")
        total += count
    return total


def _kept(before: Workspace, after: Workspace) -> str:
    """Compare the themes of the paragraphs that stand in the same place of the same file."""
    first, second = _themes(before), _themes(after)
    common = first.keys() & second.keys()
    same = sum(first[place] == second[place] for place in common)
    return f"{same} of {len(common)} paragraphs keep their themes ({same / len(common):.1%})"


def _themes(workspace: Workspace) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the codebook themes of each paragraph of body text, main one first, by file and position."""
    files = {row["document_id"]: row["path"] for row in workspace.rows("documents")}
    found: dict[str, list[tuple[int, str]]] = {}
    for row in workspace.rows("assignments"):
        if row["origin"] == "codebook":
            found.setdefault(row["paragraph_id"], []).append((row["rank"], row["theme_id"]))
    return {
        (files[row["document_id"]], row["position"]): tuple(
            theme for _, theme in sorted(found.get(row["paragraph_id"], []))
        )
        for row in workspace.rows("paragraphs")
        if row["form"] != "heading" and row["role"] != "formalia"
    }
