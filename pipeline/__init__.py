"""temaspejl: themes and tone in Danish municipal documents, compared across municipalities."""

__version__ = "0.1.0"
