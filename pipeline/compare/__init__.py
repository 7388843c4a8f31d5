"""Stage `compare`: how much, and in what tone, each municipality writes about each theme."""
