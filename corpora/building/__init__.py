"""Helpers that render the sample's source texts into documents and their labels into gold."""
