"""Neural softmax classifiers: the estimator, its fits, its predictions and its files."""
