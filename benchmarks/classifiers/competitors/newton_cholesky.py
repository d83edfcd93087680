"""scikit-learn's exact Newton method, with a dense Hessian."""

from functools import partial

from benchmarks.classifiers.competitors.scikit_learn import fit_logistic

fit = partial(fit_logistic, "newton-cholesky")
