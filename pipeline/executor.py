"""Maps a function over documents in worker processes; the results come back in the order of the input.

The seam for a cluster: a stage asks for `map_items` and never knows where the work was done. The number of workers is a
property of the machine (`TEMASPEJL_WORKERS`), never of the configuration, and never changes a result.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from pipeline.errors import ConfigurationError
from pipeline.progress import track

Item = TypeVar("Item")
Result = TypeVar("Result")


def workers() -> int:
    """Return the number of worker processes: `TEMASPEJL_WORKERS`, or the cores this process may use."""
    value = os.environ.get("TEMASPEJL_WORKERS", "")
    if not value:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not value.isdigit() or int(value) < 1:
        raise ConfigurationError(f"TEMASPEJL_WORKERS is {value!r}: set it to a whole number of processes, 1 or more")
    return int(value)


def map_items(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    description: str,
    *,
    initializer: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
    minimum: int = 8,
) -> Iterator[Result]:
    """Yield `function(item)` for each item in order; `function` and the items must pickle.

    Few items (below `minimum`) or one worker run in this process, which saves the start of the workers. `initializer`
    runs once a process, to load what is dear.
    """
    count = min(workers(), len(items))
    if count < 2 or len(items) < minimum:
        if initializer is not None and items:
            initializer(*arguments)
        yield from track(map(function, items), description, len(items))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=initializer, initargs=arguments) as pool:
        chunk = max(1, min(16, len(items) // (count * 4)))
        yield from track(pool.map(function, items, chunksize=chunk), description, len(items))
