"""Sparse classifiers, single fits and paths, against scikit-learn and adelie."""
