"""The way of one paragraph from its file to the figures that it counts in, for `temaspejl explain`."""
