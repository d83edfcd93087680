"""Fitting linear softmax classifiers, ours beside those of other libraries: `python -m benchmarks.classifiers`."""
