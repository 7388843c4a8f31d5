"""Words, lemmas, parts of speech, compound parts, names and sentences of each paragraph."""
