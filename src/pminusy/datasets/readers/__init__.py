"""One reader per file format, each from a path to a polars table or to `Arrays`."""
