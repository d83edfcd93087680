"""scikit-learn's L-BFGS, its default."""

from functools import partial

from benchmarks.classifiers.competitors.scikit_learn import fit_logistic

fit = partial(fit_logistic, "lbfgs")
