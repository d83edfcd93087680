"""Full-batch minimisers: an objective in, a result with its reason out."""
