"""The best tree of a sentence, of the scores of all arcs: the algorithm of Chu and Liu, and Edmonds."""

from __future__ import annotations

import numpy as np


def tree(scores: np.ndarray) -> list[int]:
    """Return the best tree's heads for (dependents, heads) scores; the root, exactly one, is its own head."""
    size = len(scores)
    if size == 1:
        return [0]
    logged = scores - np.logaddexp.reduce(scores, 1, keepdims=True)
    root = int(np.argmax(np.diag(logged)))
    heads = np.where(np.eye(size, dtype=bool), -np.inf, logged)
    heads[root] = -np.inf
    heads[root, root] = 0
    return _chu_liu_edmonds(heads, root)


def _chu_liu_edmonds(scores: np.ndarray, root: int) -> list[int]:
    best = scores.argmax(1)
    best[root] = root
    cycle = _cycle(best, root)
    if not cycle:
        return [int(head) for head in best]
    size = len(scores)
    inside = np.zeros(size, bool)
    inside[cycle] = True
    rest = [index for index in range(size) if not inside[index]]
    total = sum(scores[index, best[index]] for index in cycle)
    # The cycle becomes one node, the last.
    smaller = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    leaving, entering = {}, {}
    for row, dependent in enumerate(rest):
        smaller[row, :-1] = scores[dependent, rest]
        leaving[row] = cycle[int(np.argmax(scores[dependent, cycle]))]
        smaller[row, -1] = scores[dependent, leaving[row]]
    for column, head in enumerate(rest):
        gains = [total - scores[index, best[index]] + scores[index, head] for index in cycle]
        entering[column] = cycle[int(np.argmax(gains))]
        smaller[-1, column] = max(gains)
    root_row = rest.index(root)
    smaller[root_row] = -np.inf
    smaller[root_row, root_row] = 0
    solved = _chu_liu_edmonds(smaller, root_row)
    heads = [int(head) for head in best]
    for row, dependent in enumerate(rest):
        heads[dependent] = leaving[row] if solved[row] == len(rest) else rest[solved[row]]
    heads[entering[solved[-1]]] = rest[solved[-1]]
    heads[root] = root
    return heads


def _cycle(heads: np.ndarray, root: int) -> list[int]:
    seen = np.zeros(len(heads), int)
    seen[root] = -1
    for start in range(len(heads)):
        path, node = [], start
        while seen[node] == 0:
            seen[node] = start + 1
            path.append(node)
            node = int(heads[node])
        if seen[node] == start + 1:
            return path[path.index(node) :]
    return []
