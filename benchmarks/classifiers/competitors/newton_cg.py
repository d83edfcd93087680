"""scikit-learn's truncated Newton method."""

from functools import partial

from benchmarks.classifiers.competitors.scikit_learn import fit_logistic

fit = partial(fit_logistic, "newton-cg")
