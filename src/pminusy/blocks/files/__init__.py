"""Rows of tables in files: Parquet, Arrow and CSV, read in pieces, and their copies on disk that are read faster."""
