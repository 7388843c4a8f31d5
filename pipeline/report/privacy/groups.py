"""Figures on people's health rest on no small group: what the shared edition says of a health theme in few documents.

A theme of `health_themes` that fewer than `min_group` documents of a municipality speak about is said to be mentioned,
without a figure; so is every period, difference and group of tones that rests on so few. Nor does a total tell what was
withheld: where one municipality's figures are, the theme has none for the collection, in any table or format
(`Report.withheld`); where one year's are, none of the municipality has; where one group's are, none of that division.
The passages themselves stay in the report, so who counts them in the search or in `assignments` can count them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline import population
from pipeline.report.model import HIDDEN
from pipeline.settings import Report as Settings
from pipeline.workspace import Workspace

Row = dict[str, Any]
_CELL = (
    "theme_documents", "theme_clusters", "theme_paragraphs", "theme_words", "share", "share_low", "share_high",
    "word_share", "corrected", "corrected_low", "corrected_high", "tone", "tone_low", "tone_high", "tone_shrunk",
    "positive", "neutral", "negative", "mixed", "procedure",
)  # fmt: skip
_DIFFERENCE = ("difference", "low", "high", "p_value", "q_value", "without", "corrected", "corrected_low",
               "corrected_high")  # fmt: skip
_THEME = ("paragraphs", "documents", "meetings", "years")
_CHANGE = ("before", "now", "share_before", "share_now")


def without_small(name: str, rows: list[Row], settings: Settings, workspace: Workspace) -> list[Row]:
    """Return the rows of one table without figures on a health theme in a small group.

    A row that a page must show stays, with empty figures and the note `small_group`; any other goes.
    """
    if name not in _TABLES or not settings.health_themes:
        return rows
    health = frozenset(settings.health_themes)
    small = frozenset(
        (row["theme_id"], row["municipality"])
        for row in workspace.rows("comparisons")
        if row["period"] == population.ALL_PERIODS
        and row["theme_id"] in health
        and _is_small(row["theme_documents"], settings.min_group)
    )
    rule: Callable[[list[Row]], list[Row]] = getattr(_Rule(health, settings.min_group, small), name)
    return rule(rows)


def _is_small(documents: int, least: int) -> bool:
    return 0 < documents < least


@dataclass(frozen=True)
class _Rule:
    """`health` are the themes, `least` the documents that a figure needs, `small` the cells with fewer."""

    health: frozenset[str]
    least: int
    small: frozenset[tuple[str, str]]

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The themes of which some municipality's figures are withheld."""
        return frozenset(theme for theme, _ in self.small)

    def comparisons(self, rows: list[Row]) -> list[Row]:
        low = [row for row in rows if row["theme_id"] in self.health and _is_small(row["theme_documents"], self.least)]
        cells = {(row["theme_id"], row["municipality"], row["period"]) for row in low}
        # The other years, taken from the sum over all of them, would give a year away, a half-year the other.
        divided = {(theme, place) for theme, place, period in cells if period != population.ALL_PERIODS}
        return [
            row | dict.fromkeys(_CELL) | {"note": HIDDEN}
            if (row["theme_id"], row["municipality"], row["period"]) in cells
            or (row["period"] != population.ALL_PERIODS and row["theme_documents"]
                and (row["theme_id"], row["municipality"]) in divided)
            else row
            for row in rows
        ]  # fmt: skip

    def differences(self, rows: list[Row]) -> list[Row]:
        emptied = dict.fromkeys(_DIFFERENCE) | {"influential": [], "fragile": False, "note": HIDDEN}
        return [
            row | emptied
            if {(row["theme_id"], row["municipality"]), (row["theme_id"], row["other"])} & self.small
            else row
            for row in rows
        ]

    def tone_groups(self, rows: list[Row]) -> list[Row]:
        small = {
            _division(row) for row in rows if row["theme_id"] in self.health and row["documents"] < self.least
        }  # fmt: skip
        return [row for row in rows if _division(row) not in small]

    def cooccurrences(self, rows: list[Row]) -> list[Row]:
        # How often two themes are expected together tells how often each is there.
        return [
            row for row in rows
            if not {row["theme_id"], row["other"]} & self.withheld
            and (not {row["theme_id"], row["other"]} & self.health or row["documents"] >= self.least)
        ]  # fmt: skip

    def themes(self, rows: list[Row]) -> list[Row]:
        return [row | dict.fromkeys(_THEME) if row["theme_id"] in self.withheld else row for row in rows]

    def changes(self, rows: list[Row]) -> list[Row]:
        return [row | dict.fromkeys(_CHANGE) if row["subject"] in self.withheld else row for row in rows]

    def validation(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["theme_id"] not in self.withheld]

    def keyness(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if (row["theme_id"], row["municipality"]) not in self.small]

    measures = keyness


def _division(row: Row) -> tuple[str, str, str]:
    return row["theme_id"], row["municipality"], row["dimension"]


_TABLES = ("comparisons", "differences", "tone_groups", "cooccurrences", "keyness", "measures", "themes", "changes",
           "validation")  # fmt: skip
