"""Choosing the strength of the penalty: folds, a path of fits over C, scores on held-out rows."""
