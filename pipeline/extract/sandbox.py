"""Parsers in child processes with limits of time and memory, so that a hostile file costs its document only.

The parent watches each child: one that gives no sign of progress for `max_seconds`, or that together with the programs
it started takes more than `max_memory_mb`, is killed and replaced. Children are spawned and watched by psutil, so that
the same code runs on Windows; where the system can limit a process's address space, that is set as well.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline import executor
from pipeline.errors import FatalError
from pipeline.extract import media
from pipeline.extract.parse import MEMORY, parse
from pipeline.extract.reading import Reading
from pipeline.progress import track
from pipeline.settings import Extract

Parser = Callable[[bytes, str, Extract, Callable[[], None]], Reading]

TIMEOUT = "Læsningen tog længere tid end tilladt (max_seconds): del dokumentet op, eller gem det som PDF"
CRASH = "Læsningen brød sammen: filen er beskadiget; hent den igen, eller gem den som PDF"
UNREADABLE = "Filen kan ikke læses: tjek rettigheder, og om den er flyttet"
_POLL_SECONDS = 0.1
_START_SECONDS = 120
_MEGABYTE = 1 << 20
_ADDRESS_SLACK_MB = 1024  # libraries that are mapped but not in memory
_RECYCLE_SHARE = 0.25  # a child that keeps this much of its limit is replaced, so that no document pays for another


def read_all(
    tasks: Sequence[tuple[Path, str]],
    settings: Extract,
    description: str,
    parser: Parser = parse,
    keep: Callable[[int, Reading], None] | None = None,
) -> list[Reading]:
    """Return the reading of each (file, extension), in the order given, whatever the number of children.

    `parser`, a function of a module, runs in the children; `keep` gets each reading with its index as soon as it is
    there, so that a run that is broken off has not read in vain. FatalError where no child can be started.
    """
    readings: dict[int, Reading] = {}
    for index, reading in track(_read(tasks, settings, parser), description, len(tasks)):
        if keep is not None:
            keep(index, reading)
        readings[index] = reading
    return [readings[index] for index in range(len(tasks))]


def _read(tasks: Sequence[tuple[Path, str]], settings: Extract, parser: Parser) -> Iterator[tuple[int, Reading]]:
    waiting = list(range(len(tasks)))[::-1]
    children = [_Child(settings, parser) for _ in range(min(executor.workers(), len(tasks)))]
    try:
        while waiting or any(child.task is not None for child in children):
            for child in children:
                if child.task is None and waiting:
                    index = waiting.pop()
                    child.give(index, tasks[index])
            multiprocessing.connection.wait([child.connection for child in children], _POLL_SECONDS)
            for child in children:
                if (done := child.poll()) is not None:
                    yield done
    finally:
        for child in children:
            child.stop()


class _Child:
    """One child process and the task it has."""

    def __init__(self, settings: Extract, parser: Parser) -> None:
        self._settings = settings
        self._parser = parser
        self.task: int | None = None
        self._start()

    def _start(self) -> None:
        import psutil

        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._settings, self._parser), daemon=True)
        with executor.interrupts_held():
            self._process.start()
        other.close()
        self._ready = False
        self._since = self._watched = time.monotonic()
        self._watch = psutil.Process(self._process.pid)

    def give(self, index: int, task: tuple[Path, str]) -> None:
        self.task = index
        self._since = time.monotonic()
        with contextlib.suppress(OSError):  # a child that has died is found by `poll`
            self.connection.send(task)

    def poll(self) -> tuple[int, Reading] | None:
        """Return the finished task, if any; a child that broke a limit is replaced, and its task finished with that."""
        if self.task is None:
            return None
        try:
            while self.connection.poll():
                message = self.connection.recv()
                self._ready = True
                self._since = time.monotonic()
                if isinstance(message, Reading):
                    return self._finish(message, replace=self._memory() > _RECYCLE_SHARE * self._limit)
        except (EOFError, OSError):
            if not self._ready:
                raise FatalError("a parser's process could not be started: run `temaspejl doctor`") from None
            return self._finish(_failed(CRASH), replace=True)
        return self._check_limits()

    def _check_limits(self) -> tuple[int, Reading] | None:
        now = time.monotonic()
        if now - self._since > (self._settings.max_seconds if self._ready else _START_SECONDS):
            return self._finish(_failed(TIMEOUT), replace=True)
        if now - self._watched > _POLL_SECONDS:
            self._watched = now
            if self._memory() > self._limit:
                return self._finish(_failed(MEMORY), replace=True)
        return None

    @property
    def _limit(self) -> int:
        return self._settings.max_memory_mb * _MEGABYTE

    def _memory(self) -> int:
        """Return the resident bytes of the child and of what it started."""
        import psutil

        total = 0
        with contextlib.suppress(psutil.Error):
            for process in [self._watch, *self._watch.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    total += process.memory_info().rss
        return total

    def _finish(self, reading: Reading, *, replace: bool) -> tuple[int, Reading]:
        assert self.task is not None
        done = self.task, reading
        self.task = None
        if replace:
            self.stop()
            self._start()
        return done

    def stop(self) -> None:
        """Kill the child and what it started."""
        import psutil

        with contextlib.suppress(psutil.Error):
            for process in self._watch.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self._process.kill()
        self._process.join()
        self.connection.close()


def _failed(reason: str) -> Reading:
    return Reading(media.UNKNOWN, reason=reason, state="unreadable", repeatable=False)


def _serve(connection: Any, settings: Extract, parser: Parser) -> None:
    """Read files until the parent kills this process; `None` tells it that work goes on."""
    _limit_address_space(settings.max_memory_mb)
    connection.send(None)
    while True:
        try:
            location, suffix = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            content = location.read_bytes()
        except OSError:
            connection.send(_failed(UNREADABLE))
            continue
        connection.send(parser(content, suffix, settings, lambda: connection.send(None)))


def _limit_address_space(megabytes: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        limit = (megabytes + _ADDRESS_SLACK_MB) * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
