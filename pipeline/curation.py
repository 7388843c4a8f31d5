"""What people do to the themes between two runs: code a sheet, and have it counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import population, validation
from pipeline.codebook_sheet import export_sheet, read_sheet
from pipeline.errors import ConfigurationError, FatalError
from pipeline.labels import Label, current, read_labels, write_labels
from pipeline.sampling import items, least_certain, stratified
from pipeline.settings import Codebook, Theme
from pipeline.workspace import Workspace


def export(workspace: Workspace, purpose: str, number: int, seed: int, target: Path) -> str:
    """Write a sheet to code from the workspace's last run; return in words what it holds."""
    assignments = workspace.rows("assignments")
    found = items(workspace.read("documents"), workspace.read("paragraphs"), assignments, _shared(workspace))
    if not found:
        raise FatalError("the run counts no paragraph: nothing can be coded; see the report for the reasons")
    if purpose == "validate":
        chosen = stratified(found, number, seed)
    else:
        labelled = {f"{label.document_id}:{label.start}-{label.end}" for label in read_labels(workspace.labels)}
        chosen = least_certain(found, number, labelled)
    export_sheet(chosen, workspace.settings(Codebook).themes, purpose, target)
    how = "drawn at random, the same number for each municipality" if purpose == "validate" else "the least certain"
    return f"{target}: {len(chosen)} of {len(found)} counted paragraphs, {how}"


def import_(workspace: Workspace, source: Path, annotator: str) -> list[str]:
    """Add a coded sheet to the workspace's labels; return in words what was added and what a sample says.

    ConfigurationError for a wrong cell, or a sheet of other documents: nothing is written then.
    """
    themes = workspace.settings(Codebook).themes
    coded = read_sheet(source, themes, annotator)
    known = {row["document_id"] for row in workspace.rows("documents")}
    if strange := sorted({label.document_id for label in coded.labels} - known):
        raise ConfigurationError(
            f"{source}: the run holds no document {strange[0]}; name the workspace that the sheet was exported from"
        )
    labels = [*read_labels(workspace.labels), *coded.labels]
    write_labels(workspace.labels, labels)
    lines = [
        f"{workspace.labels}: {len(coded.labels)} paragraphs coded to {coded.purpose}, {coded.untouched} not coded"
    ]
    if coded.purpose == "validate" and coded.labels:
        lines += _findings(workspace, labels, themes)
    return lines


def _findings(workspace: Workspace, labels: Sequence[Label], themes: Sequence[Theme]) -> list[str]:
    paragraphs, assignments = workspace.rows("paragraphs"), workspace.rows("assignments")
    documents = workspace.read("documents")
    counted = population.counted_paragraphs(documents, workspace.read("paragraphs"), _shared(workspace))
    kept, problems = current(labels, themes)
    sample = validation.sampled(kept, counted, paragraphs, assignments)
    found = validation.rows(sample, [theme.id for theme in themes], 0.95)
    whole = [row for row in found if row["municipality"] == validation.EVERYWHERE and (row["given"] or row["found"])]
    lines = [f"{len(sample)} paragraphs in the validation sample", *problems]
    for row in sorted(whole, key=lambda row: -row["given"]):
        shares = ", ".join(f"{name} {_interval(row, name)}" for name in ("precision", "recall"))
        lines.append(f"{row['theme_id']:<18} {shares}")
    agreement = validation.main_theme_alpha(sample)
    if agreement is not None:
        lines.append(f"Krippendorff's alpha of the main theme between annotators: {agreement:.2f}")
    lines.append("The next run corrects the shares by it (column `corrected` of `comparisons`)")
    return lines


def _shared(workspace: Workspace) -> list[str]:
    return workspace.read("shared_passages")["paragraph_id"].to_list()


def _interval(row: dict[str, float | None], name: str) -> str:
    if row[name] is None:
        return "-"
    return f"{row[name]:.2f} ({row[f'{name}_low']:.2f}-{row[f'{name}_high']:.2f})"
