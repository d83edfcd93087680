"""Ours, writing the gradient into the same array each call."""

import numpy as np

import pminusy


def prepare(Z, targets, n_threads):
    loss, out = pminusy.CrossEntropy(), np.empty_like(Z)

    def run():
        with pminusy.threads(n_threads):
            loss.value_and_gradient(Z, targets, out=out)

    return run
