"""What can go wrong, in four kinds, and the exit code of each.

One document that cannot be read costs that document only; a mistake in a configuration stops the run at once.
"""

from __future__ import annotations


class TemaspejlError(Exception):
    """Base of every error whose message is written for the person who runs the program."""

    exit_code = 1


class ConfigurationError(TemaspejlError):
    """A file, key or argument is wrong: nothing is run until a person has corrected it."""

    exit_code = 2


class DocumentError(TemaspejlError):
    """One document cannot be read; it is quarantined with this message as its reason."""


class ShardError(TemaspejlError):
    """A worker died with the shard of documents that it held; the message says what it was doing and what helps."""


class FatalError(TemaspejlError):
    """The run cannot go on: a table is missing or broken, a model does not fit its embeddings."""


class LockedError(TemaspejlError):
    """Another run is working in the same workspace."""

    exit_code = 4


class QuarantineError(TemaspejlError):
    """More documents were quarantined than `quarantine_threshold` allows."""

    exit_code = 3
