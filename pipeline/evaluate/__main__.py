"""evaluate: the run against the gold -> reports/metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.evaluate import corpus, plots
from pipeline.evaluate.gold import read_documents, read_spans
from pipeline.evaluate.judging import judge
from pipeline.evaluate.labels import Judged, Resampling, theme_figures, tone_figures
from pipeline.evaluate.sentences import split_figures
from pipeline.evaluate.writing import write_metrics, write_plot
from pipeline.settings import Codebook, Evaluate
from pipeline.stages import shell
from pipeline.workspace import Workspace

SPLITS = ("dev", "test")


def run(workspace: Workspace) -> str:
    """Write the metrics and plots; return a one-line summary. Without gold for the corpus all but counts is empty."""
    folder = workspace.reports / "metrics"
    documents, paragraphs = workspace.rows("documents"), workspace.rows("paragraphs")
    write_metrics(folder, "corpus", corpus.corpus_counts(documents, paragraphs))
    write_metrics(folder, "quality", corpus.quality_counts(documents, workspace.rows("quality")))
    present = {row["document_id"] for row in documents}
    gold = read_documents(workspace.gold / "documents.csv") if workspace.gold else []
    if workspace.gold is None or not any(document.document_id in present for document in gold):
        for name in ("metadata", "themes", "tone"):  # DVC asks for every file that dvc.yaml promises
            write_metrics(folder, name, {})
        _write_plots(folder, {split: [] for split in SPLITS}, [])
        return "no gold for this corpus: counts written, nothing to compare with"

    write_metrics(folder, "metadata", corpus.metadata_figures(documents, gold))
    settings = workspace.settings(Evaluate)
    spans = [span for span in read_spans(workspace.gold / "paragraphs.csv") if span.document_id in present]
    tables = (paragraphs, workspace.rows("assignments"), workspace.rows("tones"))
    judged = judge(spans, *tables, settings.min_overlap)
    by_split = {split: [one for one in judged if one.gold.split == split] for split in SPLITS}
    themes = [theme.id for theme in workspace.settings(Codebook).themes]
    draws = Resampling(settings.resamples, settings.seed)
    figures = {split: theme_figures(ones, themes, draws) for split, ones in by_split.items()}
    write_metrics(folder, "themes", figures)
    tone: dict[str, Any] = {split: tone_figures(ones, draws) for split, ones in by_split.items()}
    tone["sentences"] = split_figures(workspace.gold / "sentences.csv", workspace.rows("sentence_tones"), SPLITS)
    write_metrics(folder, "tone", tone)
    _write_plots(folder, by_split, themes)
    return f"{len(spans)} gold paragraphs; on test {_short(figures['test'])}"


def _write_plots(folder: Path, by_split: dict[str, list[Judged]], themes: list[str]) -> None:
    write_plot(folder, "themes_confusion", plots.CONFUSION, plots.confusion(by_split["test"]))
    write_plot(folder, "calibration", plots.CALIBRATION, plots.calibration(by_split))
    write_plot(folder, "per_theme_f1", plots.PER_THEME, plots.per_theme(by_split, themes))


def _short(figures: dict[str, Any]) -> str:
    main, f1 = figures["main_accuracy"]["value"], figures["micro_f1"]["value"]
    return f"main theme right {main}, micro-F1 {f1}"


if __name__ == "__main__":
    shell("evaluate")
