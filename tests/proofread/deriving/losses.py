"""Losses that the tests of derivations share."""

CROSS_ENTROPY = (r"L = -\sum_j y_j \log p_j", r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}")
SIGMOID = (r"L = -(y \log p + (1 - y) \log(1 - p))", r"p = \sigma(z)")
