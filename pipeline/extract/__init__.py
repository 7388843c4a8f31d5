"""The stage that reads documents: formats, OCR, the limits of its parsers, and metadata."""
