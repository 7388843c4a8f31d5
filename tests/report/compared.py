"""The tables of `compare` for a small run, with round intervals: what the report shows does not hang on statistics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, permutations
from typing import Any

from pipeline import population
from pipeline.settings import Codebook
from pipeline.workspace import Workspace

TONES = ("positive", "neutral", "negative", "mixed")
MARGIN = 0.05
ENOUGH = 5  # documents


def write(workspace: Workspace, **tables: list[dict[str, Any]]) -> None:
    """Write the tables that `compare` writes; those handed over stand instead of what would be counted."""
    counted = population.counted_paragraphs(workspace.read("documents"), workspace.read("paragraphs"))
    shared = {row["paragraph_id"] for row in tables.get("shared_passages", [])}
    rows = [row for row in counted.to_dicts() if row["paragraph_id"] not in shared]
    dates = {row["document_id"]: row["date"] for row in workspace.rows("documents")}
    themes_of = defaultdict(set)
    for row in workspace.rows("assignments"):
        themes_of[row["paragraph_id"]].add(row["theme_id"])
    tones = {(row["paragraph_id"], row["theme_id"]): row for row in workspace.rows("tones")}
    ids = {row["theme_id"] for row in workspace.rows("themes")} | {t.id for t in workspace.settings(Codebook).themes}
    for row in rows:
        date = dates[row["document_id"]]
        row["themes"] = themes_of[row["paragraph_id"]]
        halves = [f"{date.year}-H{1 + (date.month > 6)}"] if date else []
        row["periods"] = [population.ALL_PERIODS, row["period"], *halves]
    made = {
        "comparisons": list(_comparisons(rows, sorted(ids), tones)),
        "differences": list(_differences(rows, sorted(ids))),
        "tone_groups": list(_tone_groups(workspace, rows, tones)),
        "cooccurrences": list(_cooccurrences(rows)),
        "keyness": [], "measures": [], "shared_passages": [], "validation": [],
        "changes": [{"kind": "no_change", "subject": "", "label": "", "real": True, "documents": [], "related": []}],
    }  # fmt: skip
    for name, listed in (made | tables).items():
        workspace.write(name, listed)


def _comparisons(rows: list[dict], ids: list[str], tones: dict) -> Iterable[dict]:
    cells = defaultdict(list)
    for row in rows:
        for period in row["periods"]:
            cells[row["municipality"], period].append(row)
    for (place, period), every in sorted(cells.items()):
        documents = {row["document_id"] for row in every}
        for theme in ids:
            own = [row for row in every if theme in row["themes"]]
            with_theme = {row["document_id"] for row in own}
            scored = [tone for row in own if (tone := tones.get((row["paragraph_id"], theme)))]
            counts = Counter(tone["tone"] for tone in scored)
            share = len(own) / len(every)
            mean = sum(tone["score"] for tone in scored) / len(scored) if scored else None
            sure = len(documents) >= ENOUGH and own
            yield {
                "theme_id": theme, "municipality": place, "period": period, "documents": len(documents),
                "clusters": len(documents), "theme_documents": len(with_theme), "theme_clusters": len(with_theme),
                "paragraphs": len(every), "theme_paragraphs": len(own),
                "words": sum(len(row["text"].split()) for row in every),
                "theme_words": sum(len(row["text"].split()) for row in own), "share": share, "word_share": share,
                "share_low": max(0.0, share - MARGIN) if sure else None, "share_high": share + MARGIN if sure else None,
                "tone": mean, "tone_low": mean - 0.2 if sure and mean is not None else None,
                "tone_high": mean + 0.2 if sure and mean is not None else None, "tone_shrunk": mean,
                **{tone: counts[tone] for tone in TONES}, "procedure": 0,
                "note": "" if sure else "too_few" if own else "not_mentioned",
            }  # fmt: skip


def _differences(rows: list[dict], ids: list[str]) -> Iterable[dict]:
    own = defaultdict(list)
    for row in rows:
        own[row["municipality"]].append(row)
    for theme in ids:
        for one, other in combinations(sorted(own), 2):
            kinds = sorted({row["kind"] for row in own[one]} & {row["kind"] for row in own[other]})
            sides = [[row for row in own[place] if row["kind"] in kinds] for place in (one, other)]
            documents = [sorted({row["document_id"] for row in side}) for side in sides]
            shares = [sum(theme in row["themes"] for row in side) / len(side) if side else 0.0 for side in sides]
            few = min(map(len, documents)) < ENOUGH
            note = "" if kinds else "no_common_kind"
            note = note or ("too_few" if few else "" if max(shares) else "not_mentioned")
            gap = shares[0] - shares[1]
            computed = {
                "difference": gap, "low": gap - MARGIN, "high": gap + MARGIN, "p_value": 0.01, "q_value": 0.02,
                "without": gap / 2, "influential": documents[0][:1], "fragile": abs(gap) < 2 * MARGIN,
            } if not note else {"influential": [], "fragile": False}  # fmt: skip
            yield {
                "theme_id": theme, "municipality": one, "other": other, "kinds": kinds, "years": [], "note": note,
                "documents": len(documents[0]), "other_documents": len(documents[1]),
                "clusters": len(documents[0]), "other_clusters": len(documents[1]), **computed,
            }  # fmt: skip


def _tone_groups(workspace: Workspace, rows: list[dict], tones: dict) -> Iterable[dict]:
    roles = {row["paragraph_id"]: row["role"] for row in workspace.rows("paragraphs")}
    groups = defaultdict(list)
    for row in rows:
        for theme in row["themes"]:
            if tone := tones.get((row["paragraph_id"], theme)):
                values = {"role": roles[row["paragraph_id"]], "act": tone["act"], "holder": tone["holder"] or ""}
                for dimension, value in values.items():
                    groups[theme, row["municipality"], dimension, value].append((row["document_id"], tone))
    for (theme, place, dimension, value), members in sorted(groups.items()):
        counts = Counter(tone["tone"] for _, tone in members)
        yield {
            "theme_id": theme, "municipality": place, "dimension": dimension, "value": value,
            "documents": len({document for document, _ in members}), **{tone: counts[tone] for tone in TONES},
            "tone": sum(tone["score"] for _, tone in members) / len(members),
        }  # fmt: skip


def _cooccurrences(rows: list[dict]) -> Iterable[dict]:
    both = defaultdict(list)
    for row in rows:
        for one, other in permutations(sorted(row["themes"]), 2):
            for place in (population.ALL_PERIODS, row["municipality"]):
                both[one, other, place].append(row["document_id"])
    for (one, other, place), documents in sorted(both.items()):
        yield {
            "theme_id": one, "other": other, "municipality": place, "paragraphs": len(documents),
            "documents": len(set(documents)), "lift": 1.5,
        }  # fmt: skip
