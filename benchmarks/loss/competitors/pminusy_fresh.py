"""Ours, with a new gradient array each call."""

import pminusy


def prepare(Z, targets, n_threads):
    loss = pminusy.CrossEntropy()

    def run():
        with pminusy.threads(n_threads):
            loss.value_and_gradient(Z, targets)

    return run
