"""Maps a function over documents in worker processes; the results come back in the order of the input.

The seam for a cluster: a stage asks for `map_items` and never knows where the work was done. The number of workers is a
property of the machine (`TEMASPEJL_WORKERS`), never of the configuration, and never changes a result.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from pipeline.errors import ConfigurationError, ShardError
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


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let processes started inside ignore Ctrl-C: this one ends them, and none shows a traceback of its own."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
    runs once a process, to load what is dear. ShardError where a worker process dies.
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
        try:
            with interrupts_held():
                results = pool.map(function, items, chunksize=chunk)
            yield from track(results, description, len(items))
        except BrokenProcessPool:
            raise ShardError(
                f"{description}: a worker process died, most likely for want of memory; set TEMASPEJL_WORKERS=1, or "
                "free memory, and run again: what is done is kept"
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
