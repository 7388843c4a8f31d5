"""Which municipality speaks in a document, by weighted evidence.

Every trace (a letterhead, an e-mail domain, an address, a committee, a place) speaks for the municipalities that own
it, more where the sender stands than where a recipient or a third party does. A trace that recurs counts more, but
slowly: a document that discusses another municipality on every page still belongs to the one on its letterhead.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace

from pipeline.extract.metadata.gazetteer import Index, index
from pipeline.extract.metadata.lines import Line, Role, join_lines
from pipeline.extract.metadata.traces import AMONG_OTHERS, Trace, TraceKind, file_name_traces, line_traces
from pipeline.settings import Gazetteer

ROLES: tuple[Role, ...] = ("text", "head", "sender", "recipient", "external")
WEIGHTS: dict[TraceKind, tuple[float, ...]] = {  # in the order of ROLES
    "kommune": (2.0, 3.5, 4.0, 1.3, 0.4),
    "domain": (1.5, 4.0, 4.0, 0.6, 0.4),
    "address": (1.0, 2.5, 3.0, 0.8, 0.3),
    "body": (2.0, 2.5, 2.5, 2.0, 0.4),
    "committee": (0.8, 1.0, 1.0, 0.8, 0.2),
    "institution": (1.5, 1.5, 1.5, 0.4, 0.4),
    "district": (1.0, 1.0, 1.0, 0.3, 0.2),
    "town": (0.7, 0.7, 0.7, 0.3, 0.2),
    "file": (0.5, 0.5, 0.5, 0.5, 0.5),
}
ADDRESSED = 0.4  # what a letter says of the municipality that it is written to
NAMESAKE = 0.3  # a committee of a town that is not on the letterhead, where another is
AUTHORITY: tuple[TraceKind, ...] = ("kommune", "domain", "address")
GREETING = ("Kære ", "Hej ")
MOST = 3.0  # however often a trace recurs, it counts at most this many times
DOUBT = 1.0  # the weight of what was not seen: little evidence gives little confidence
MIN_WEIGHT, MIN_SHARE, MIN_LEAD = 2.0, 0.4, 1.35
SHOWN = 5
FOREIGN = {"nb": "norsk", "sv": "svensk"}

Weights = dict[str, dict[str, float]]
Counts = dict[str, Counter[str]]


def find_municipality(
    name: str, lines: list[Line], gazetteer: Gazetteer, language: str
) -> tuple[str | None, str, float]:
    """Return the official name (or None), the evidence in words, and the share of the evidence that speaks for it.

    `name` is the file's name: a trace too weak to decide alone. Weak or contradictory evidence gives None, and so does
    a Norwegian or Swedish text.
    """
    if language in FOREIGN:
        return None, f"teksten er {FOREIGN[language]}", 0.0
    known = index(gazetteer)
    found = _letterhead(_all_traces(lines, known), _greeted(lines, known))
    traces = file_name_traces(name, known) + _own_view(_namesakes(found))
    weights: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for trace in traces:
        weights[trace.municipality][trace.label].append(_weight(trace))
    sums = {town: {label: _sum(values) for label, values in labels.items()} for town, labels in weights.items()}
    counts = {town: Counter({k: len(values) for k, values in labels.items()}) for town, labels in weights.items()}
    return _decide(sums, counts)


def _all_traces(lines: list[Line], known: Index) -> list[Trace]:
    found = []
    for line, text in join_lines(lines):
        traces = line_traces(line, text, known)
        named = {trace.municipality for trace in traces if trace.kind == "kommune"}
        # A list of municipalities says little of who wrote it.
        found += [_among_others(t) if len(named) > 1 and t.kind == "kommune" else t for t in traces]
    return found


def _among_others(trace: Trace) -> Trace:
    return replace(trace, factor=AMONG_OTHERS * trace.factor) if trace.role == "text" else trace


def _greeted(lines: list[Line], known: Index) -> set[str]:
    """Return the municipalities that a salutation names ("Kære Køge Kommune")."""
    salutations = [line for line in lines if line.text.startswith(GREETING)]
    return {t.municipality for line in salutations for t in line_traces(line, line.text, known) if t.kind == "kommune"}


def _letterhead(traces: list[Trace], greeted: set[str]) -> list[Trace]:
    """Return the traces with the other of two addresses read as the letterhead, where the letter greets the one."""
    if not greeted or any(trace.role == "sender" and trace.kind in AUTHORITY for trace in traces):
        return traces
    return [
        replace(trace, role="head") if trace.role == "recipient" and trace.municipality not in greeted else trace
        for trace in traces
    ]


def _namesakes(traces: list[Trace]) -> list[Trace]:
    """Return the traces with committees discounted whose town is not on the letterhead that names another."""
    named = {t.municipality for t in traces if t.kind in AUTHORITY and t.role in ("head", "sender")}
    return [
        replace(trace, factor=NAMESAKE * trace.factor)
        if named and trace.kind in ("body", "committee") and trace.municipality not in named
        else trace
        for trace in traces
    ]


def _own_view(traces: list[Trace]) -> list[Trace]:
    """Return the traces with the running text discounted for municipalities that are only written to."""
    senders = {
        trace.municipality
        for trace in traces
        if trace.role in ("sender", "head") and trace.kind not in ("district", "town")
    }
    addressed = {t.municipality for t in traces if t.role == "recipient" and t.kind in AUTHORITY}
    written_to = addressed - senders
    return [
        replace(trace, factor=ADDRESSED * trace.factor)
        if trace.municipality in written_to and trace.role == "text" and senders
        else trace
        for trace in traces
    ]


def _weight(trace: Trace) -> float:
    return WEIGHTS[trace.kind][ROLES.index(trace.role)] * trace.factor


def _sum(weights: list[float]) -> float:
    return max(weights) * min(MOST, 1 + 0.5 * math.log2(sum(weights) / max(weights)))


def _decide(sums: Weights, counts: Counts) -> tuple[str | None, str, float]:
    totals = sorted(((sum(labels.values()), town) for town, labels in sums.items()), key=lambda t: (-t[0], t[1]))
    if not totals:
        return None, "ingen spor af en kommune", 0.0
    (best, town), (second, other) = totals[0], totals[1] if len(totals) > 1 else (0.0, "")
    everything = sum(total for total, _ in totals)
    if best < MIN_WEIGHT:
        return None, f"for svage spor: {town}: {_evidence(town, sums, counts)}", 0.0
    if best < MIN_SHARE * everything or best < MIN_LEAD * second:
        versus = " mod ".join(f"{one}: {_evidence(one, sums, counts, 2)}" for one in (town, other))
        return None, f"modstridende spor: {versus}", 0.0
    return town, _evidence(town, sums, counts), round(best / (everything + DOUBT), 3)


def _evidence(town: str, sums: Weights, counts: Counts, shown: int = SHOWN) -> str:
    strongest = sorted(sums[town], key=lambda label: (-sums[town][label], label))[:shown]
    return ", ".join(f"{label} ({counts[town][label]})" if counts[town][label] > 1 else label for label in strongest)
