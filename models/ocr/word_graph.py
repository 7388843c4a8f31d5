"""Builds a minimal acyclic automaton of a word list in which each word has a number (Daciuk et al. 2000; Revuz 1992).

A node is a run of edges. An edge is one uint32: target (bits 8-31), letter (bits 2-7, its place in `ALPHABET`),
whether a word ends there (bit 1), whether it is the node's last edge (bit 0). `before[edge]` counts the words of the
node that come before those of the edge, so that the path of a word adds up to its number in alphabetical order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

ALPHABET = "abcdefghijklmnopqrstuvwxyzàáâäåæçèéêëíîïñóôöøúüýšž"

Node = dict[str, list]  # letter -> [child, whether a word ends there]


def build_graph(words: Iterable[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the edges and `before` of the automaton of sorted distinct words whose letters are in `ALPHABET`."""
    register: dict[tuple, Node] = {}
    root: Node = {}
    path: list[Node] = [root]
    previous = ""
    for word in words:
        common = next(
            (i for i, (a, b) in enumerate(zip(word, previous, strict=False)) if a != b), min(len(word), len(previous))
        )
        _minimise(path, previous, common, register)
        for letter in word[common:]:
            child: Node = {}
            path[-1][letter] = [child, False]
            path.append(child)
        path[-2][word[-1]][1] = True
        previous = word
    _minimise(path, previous, 0, register)
    return _laid_out(root)


def _minimise(path: list[Node], word: str, depth: int, register: dict[tuple, Node]) -> None:
    """Replace the nodes of the last word below `depth` by equal ones seen before."""
    for i in range(len(word), depth, -1):
        node = path.pop()
        key = tuple((letter, id(child), final) for letter, (child, final) in node.items())
        path[-1][word[i - 1]][0] = register.setdefault(key, node)


def _laid_out(root: Node) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Give every node its place: children before their parents, the root last."""
    codes = {letter: code for code, letter in enumerate(ALPHABET)}
    edges, before = [0], [0]  # place 0: no edges
    places: dict[int, tuple[int, int]] = {}  # id of a node -> place, number of words
    for node in _children_first(root):
        if not node:
            places[id(node)] = (0, 0)
            continue
        place, count = len(edges), 0
        ordered = sorted(node.items(), key=lambda item: codes[item[0]])
        for letter, (child, final) in ordered:
            target, below = places[id(child)]
            edges.append(target << 8 | codes[letter] << 2 | final << 1)
            before.append(count)
            count += below + final
        edges[-1] |= 1
        places[id(node)] = (place, count)
    edges[0] = places[id(root)][0]
    return np.array(edges, np.uint32), np.array(before, np.uint32)


def _children_first(root: Node) -> Iterator[Node]:
    seen: set[int] = set()
    stack = [(root, iter([entry[0] for entry in root.values()]))]
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield node
        elif id(child) not in seen:
            seen.add(id(child))
            stack.append((child, iter([entry[0] for entry in child.values()])))
