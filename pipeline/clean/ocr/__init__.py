"""Mends words that OCR damaged: a noisy channel with a word list, compounds and an n-gram model of Danish."""
