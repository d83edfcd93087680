"""Rows that are partitions of Dask collections, which stay on the workers of a cluster."""
