"""Charts made with Vega-Lite: inside the page, and as files that others may use."""

from pipeline.report.figures import cooccurrences, differences, profile, tones, trend
from pipeline.report.figures.drawing import inline
from pipeline.report.figures.files import write

__all__ = ["cooccurrences", "differences", "inline", "profile", "tones", "trend", "write"]
