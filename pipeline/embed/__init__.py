"""A vector of each paragraph, names masked, and of each sentence."""
