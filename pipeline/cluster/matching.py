"""What became of each registered theme in this run, and what is new: continued, split, merged, born or gone.

Nothing is compared by words. A theme is recognised by its centroid and by its members: the paragraphs of this run that
the registered theme would claim by nearness, against those that the found theme holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster.evidence import Floats, Space
from pipeline.cluster.registry import Entry, Registry, new_id

SAME = 0.7  # centroid cosine from which a found theme is the registered one
OVERLAP = 0.5  # share of common members from which it is, or was split off, or took the other in

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """One theme found in this run: rows of its paragraphs, strongest terms, name by them, and mean vector.

    `centroid` is a mean of vectors as stored, `nearness` the cosine to it that all but the farthest members reach.
    """

    label: str
    members: tuple[int, ...]
    terms: tuple[str, ...]
    centroid: Floats
    nearness: float


@dataclass(frozen=True)
class Outcome:
    """What this run says of one theme; `members` are its paragraphs now, none for one that is gone or merged."""

    theme_id: str
    event: str
    reason: str
    theme: Found
    parents: tuple[str, ...] = ()
    successor: str | None = None

    def row(self) -> dict[str, Any]:
        """Return the row of `theme_events`."""
        return {
            "theme_id": self.theme_id,
            "event": self.event,
            "reason": self.reason,
            "label": self.theme.label,
            "terms": list(self.theme.terms),
            "centroid": [round(float(value), 6) for value in self.theme.centroid],
            "nearness": self.theme.nearness,
            "paragraphs": len(self.theme.members),
            "parents": list(self.parents),
            "successor": self.successor,
        }


def claims(placed: Floats, entries: Sequence[Entry], space: Space) -> Ints:
    """Return for each paragraph (rows of placed vectors) the position of the entry it belongs to by nearness, or -1."""
    if not entries or not len(placed):
        return np.full(len(placed), -1, dtype=np.int64)
    cosine = placed @ space.place(np.array([entry.centroid for entry in entries])).T
    best = cosine.argmax(axis=1)
    near = cosine[np.arange(len(placed)), best] >= np.array([entry.nearness for entry in entries])[best]
    return np.where(near, best, -1).astype(np.int64)


def match(
    found: Sequence[Found], registry: Registry, placed: Floats, space: Space, codebook: Mapping[str, str]
) -> list[Outcome]:
    """Return what became of every found and every registered theme, sorted by id.

    `placed` are the vectors of all left-over paragraphs. Pairs maximise the sum of centroid cosine and member overlap
    (Hungarian assignment; Kuhn 1955). `codebook` maps ids of the codebook, and those that they replace, to themselves
    or their successor: no theme may be born with one, and a registered theme with one has been taken over.
    """
    taken_over = [entry for entry in registry.entries if entry.theme_id in codebook and not entry.gone]
    entries = [entry for entry in registry.entries if entry.theme_id not in codebook]
    run = _Run(found, entries, claims(placed, entries, space), space)
    partner = run.partners()
    outcomes = [_promoted(entry, codebook[entry.theme_id]) for entry in taken_over]
    ids: dict[int, str] = {}
    used = {*registry.ids, *codebook}
    for index in range(len(found)):
        outcome = run.continued(index, partner[index]) if index in partner else run.new(index, used)
        ids[index] = outcome.theme_id
        used.add(outcome.theme_id)
        outcomes.append(outcome)
    for position in sorted(set(range(len(entries))) - set(partner.values())):
        outcomes += run.unmatched(position, ids)
    return sorted(outcomes, key=lambda outcome: outcome.theme_id)


def frozen(registry: Registry, placed: Floats, space: Space, codebook: Collection[str]) -> list[Outcome]:
    """Return the registered themes with the paragraphs that each claims; nothing is born, and no centroid moves."""
    entries = [entry for entry in registry.entries if entry.theme_id not in codebook and not entry.gone]
    claimed = claims(placed, entries, space)
    outcomes = []
    for position, entry in enumerate(entries):
        members = tuple(int(row) for row in np.flatnonzero(claimed == position))
        if members:
            outcomes.append(Outcome(entry.theme_id, "continued", "frozen assignment", _as_found(entry, members)))
    return outcomes


def _as_found(entry: Entry, members: tuple[int, ...] = ()) -> Found:
    return Found(entry.label, members, entry.terms, entry.centroid, entry.nearness)


def _promoted(entry: Entry, successor: str) -> Outcome:
    return Outcome(
        entry.theme_id, "merged", f"the codebook has it now, as {successor}", _as_found(entry), successor=successor
    )


class _Run:
    """The found themes beside the registered ones: cosines of centroids, and members in common."""

    def __init__(self, found: Sequence[Found], entries: Sequence[Entry], claimed: Ints, space: Space) -> None:
        self.found, self.entries, self.claimed = found, entries, claimed
        self.cluster = np.full(len(claimed), -1, dtype=np.int64)
        for index, theme in enumerate(found):
            self.cluster[list(theme.members)] = index
        shape = len(found), len(entries)
        self.cosine = np.zeros(shape)
        if found and entries:
            ours, theirs = ([theme.centroid for theme in side] for side in (found, entries))
            self.cosine = space.place(np.array(ours)) @ space.place(np.array(theirs)).T
        both = (self.cluster >= 0) & (claimed >= 0)
        self.common = np.zeros(shape)
        np.add.at(self.common, (self.cluster[both], claimed[both]), 1)
        self.held = np.array([len(theme.members) for theme in found], dtype=np.float64)
        self.claims = np.bincount(claimed[claimed >= 0], minlength=len(entries)).astype(np.float64)

    def partners(self) -> dict[int, int]:
        """Return the entry's position for each found theme that is a registered one."""
        if 0 in self.cosine.shape:
            return {}
        from scipy.optimize import linear_sum_assignment

        union = self.held[:, None] + self.claims[None, :] - self.common
        overlap = self.common / np.maximum(union, 1)
        same = (self.cosine >= SAME) | (overlap >= OVERLAP)
        score = np.where(same, self.cosine + overlap, 0)
        rows, columns = linear_sum_assignment(-score)
        return {int(r): int(c) for r, c in zip(rows, columns, strict=True) if same[r, c]}

    def continued(self, index: int, position: int) -> Outcome:
        entry, theme = self.entries[position], self.found[index]
        reason = (
            f"centroid cosine {self.cosine[index, position]:.2f} to the registered theme, which claims "
            f"{self.common[index, position]:.0f} of its {len(theme.members)} paragraphs"
        )
        reason += "; it had been gone" if entry.gone else ""
        kept = Found(entry.label, theme.members, theme.terms, theme.centroid, theme.nearness)
        return Outcome(entry.theme_id, "continued", reason, kept)

    def new(self, index: int, used: Collection[str]) -> Outcome:
        theme = self.found[index]
        name = new_id(theme.label, used)
        if not self.entries:
            return Outcome(name, "born", "the registry holds no theme yet", theme)
        origin = int(self.common[index].argmax())
        share = self.common[index, origin] / len(theme.members)
        parent = self.entries[origin]
        if share >= OVERLAP and not parent.gone:
            reason = f"{share:.0%} of its paragraphs belonged to {parent.theme_id}, which another theme continues more"
            return Outcome(name, "split", reason, theme, parents=(parent.theme_id,))
        nearest = int(self.cosine[index].argmax())
        reason = (
            f"no registered theme is it: the nearest, {self.entries[nearest].theme_id}, at centroid cosine "
            f"{self.cosine[index, nearest]:.2f}"
        )
        return Outcome(name, "born", reason, theme)

    def unmatched(self, position: int, ids: Mapping[int, str]) -> list[Outcome]:
        """Return what became of an entry that no found theme continues; nothing new of one that was gone before."""
        entry = self.entries[position]
        loose = tuple(int(row) for row in np.flatnonzero((self.claimed == position) & (self.cluster < 0)))
        if len(self.found) and self.claims[position]:
            into = int(self.common[:, position].argmax())
            share = self.common[into, position] / self.claims[position]
            if share >= OVERLAP and not entry.gone:
                reason = f"{share:.0%} of the paragraphs near it belong to {ids[into]} now"
                return [Outcome(entry.theme_id, "merged", reason, _as_found(entry), successor=ids[into])]
        if loose:
            reason = f"too few paragraphs to be found anew, but {len(loose)} are near its centroid"
            return [Outcome(entry.theme_id, "continued", reason, _as_found(entry, loose))]
        if entry.gone:
            return []
        nearest = f": the nearest at centroid cosine {self.cosine[:, position].max():.2f}" if self.found else ""
        reason = f"no theme of this run is it{nearest}, and no paragraph is near it"
        return [Outcome(entry.theme_id, "gone", reason, _as_found(entry))]
