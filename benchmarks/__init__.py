"""Benchmarks: problems, one file per competitor, one command each that prints and writes the table."""
