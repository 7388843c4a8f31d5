"""Metadata by evidence: municipality, date, kind, body, title, case numbers, language, duplicates, corrections."""

from pipeline.extract.metadata.description import Description, describe
from pipeline.extract.metadata.duplicates import find_near_duplicates
from pipeline.extract.metadata.overrides import apply_overrides, read_overrides

__all__ = ["Description", "apply_overrides", "describe", "find_near_duplicates", "read_overrides"]
