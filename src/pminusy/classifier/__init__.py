"""What linear and neural classifiers share: X and y read and checked, classes, weights, seeds."""
