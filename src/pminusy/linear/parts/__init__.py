"""Fits to rows in several parts, each wherever it is: what a part does, and the sums that a solver sees."""
