"""scikit-learn's stochastic average gradients."""

from functools import partial

from benchmarks.classifiers.competitors.scikit_learn import fit_logistic

fit = partial(fit_logistic, "saga")
