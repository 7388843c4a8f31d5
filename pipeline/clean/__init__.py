"""Repairs what OCR, PDF extraction and markup did to the text; every change is a row."""
