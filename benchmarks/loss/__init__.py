"""Value and gradient of the cross-entropy on a table of shapes: `python -m benchmarks.loss`."""
