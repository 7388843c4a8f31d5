"""Themes of the codebook for every paragraph, and themes discovered beyond it."""
