"""Long measurements: `make bench` runs every module here that has a `measure` and prints what it returns."""
