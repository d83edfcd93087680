"""Multinomial logistic regression that chooses the strength of its penalty by cross-validation."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.options import check_threads
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.classifier.targets import class_weights
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import split_folds
from pminusy.linear.cross_validation.path import check_finite_mean
from pminusy.linear.cross_validation.scoring import Scorer, held_out_score
from pminusy.linear.cross_validation.search import (
    mean_of_best,
    read_grid,
    refit_at_best,
    search,
    unconverged,
)
from pminusy.linear.regression import SoftmaxRegression
from pminusy.options import check_flags

Array = NDArray[Any]


class SoftmaxRegressionCV(ClassifierMixin, BaseEstimator):
    r"""Linear softmax classifier whose C is chosen by cross-validation.

    For each fold v, with training rows and held-out rows, and each C of the grid

    .. math::
        W_{v,C}, b_{v,C} = \arg\min_{W,b}\; C \sum_{i \in \mathrm{train}_v} L(x_i W + b,\; y_i)
        + \tfrac12 \lVert W \rVert^2

    is scored on the held-out rows; the C of the best mean score over folds is fitted to all rows. Within a fold C
    goes upwards, each fit from the one before. It follows scikit-learn's ``LogisticRegressionCV``.

    Parameters
    ----------
    Cs : int ≥ 1 or list of numbers > 0, default 10
        That many values from 1e-4 to 1e4, evenly spaced in their logarithm, or the values; ``np.inf`` is no penalty.
    cv : int ≥ 2, splitter, (train, test) pairs or None, default None
        None is 5. A number of folds is stratified by label; with target mass for y it cuts the rows in their order.
    fit_intercept, label_smoothing, solver, tol, max_iter, random_state
        As in :class:`SoftmaxRegression`, for every fit.
    class_weight : mapping, "balanced" or None, default None
        As there; "balanced" weighs by all rows, in every fold.
    scoring : name of a scikit-learn scorer, callable (estimator, X, y) or None, default None
        What is best; None is accuracy, as in scikit-learn up to 1.10 (from 1.11 there it is "neg_log_loss").
    refit : bool, default True
        Fit the best C to all rows; otherwise take the mean, over folds, of the parameters at the fold's own best C.
    n_threads : int ≥ 1 or None, default None
        Threads at most; None for all processors. Folds run side by side where there is work enough, each with a copy
        of its rows. The result has the same bits either way.
    verbose : bool, default False
        Print a line for each fit.

    Attributes
    ----------
    C_ : float
        The chosen C, or the mean of the folds' own without refit.
    Cs_ : array (n_cs,)
        The grid, in the order given; the first is chosen among equals.
    scores_ : array (n_folds, n_cs)
        Of the held-out rows.
    coefs_paths_ : array (n_folds, n_cs, K, D + 1), or (n_folds, n_cs, 1, D + 1) with two classes
        The coefficients and, last, the intercept; D instead of D + 1 without an intercept. These arrays are
        scikit-learn's less their axis for ``l1_ratio``.
    n_iter_ : array (n_folds, n_cs)
        Iterations done; 0 where the optimum at the C before is within `tol`.
    converged_ : bool array (n_folds, n_cs)
        Whether the fit reached `tol`.
    estimator_ : SoftmaxRegression
        The model, which holds the rest: `classes_`, `coef_`, `intercept_`, `n_features_in_` and `feature_names_in_`
        are its own, and so is `result_`, which tells how the refit ended.

    See Also
    --------
    SoftmaxRegression : one fit at a given C.

    Notes
    -----
    Sample weights count in fits and in scores; zero weight is no row. A row of target mass counts in a score like a row
    of each label with mass, weighted by it; held-out rows are repeated for that.

    A class without a row of positive weight to train on in some fold is ruled out there by an intercept of −∞, which is
    its optimum; with `label_smoothing`, or without an intercept, it has a finite one. Fewer than two are an error.

    References
    ----------
    T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, Springer, 2009, section 7.10.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import SoftmaxRegressionCV
    >>> X, y = load_iris(return_X_y=True)
    >>> model = SoftmaxRegressionCV(Cs=[0.01, 1.0], scoring="neg_log_loss", max_iter=500).fit(X, y)
    >>> model.C_, model.scores_.shape
    (1.0, (5, 2))
    """

    def __init__(
        self,
        Cs: int | ArrayLike = 10,
        cv: Any = None,
        *,
        fit_intercept: bool = True,
        class_weight: Mapping[Any, float] | Literal["balanced"] | None = None,
        label_smoothing: float = 0.0,
        scoring: str | Scorer | None = None,
        refit: bool = True,
        solver: Any = "auto",
        tol: float = 1e-4,
        max_iter: int = 100,
        n_threads: int | None = None,
        verbose: bool = False,
        random_state: Any = None,
    ) -> None:
        self.Cs = Cs
        self.cv = cv
        self.fit_intercept = fit_intercept
        self.class_weight = class_weight
        self.label_smoothing = label_smoothing
        self.scoring = scoring
        self.refit = refit
        self.solver = solver
        self.tol = tol
        self.max_iter = max_iter
        self.n_threads = n_threads
        self.verbose = verbose
        self.random_state = random_state

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        classes: ArrayLike | None = None,
    ) -> Self:
        """Choose C on folds of the rows, and fit it.

        Parameters
        ----------
        X, y, sample_weight
            As in :meth:`SoftmaxRegression.fit`.
        classes : array (K,), optional
            All labels, ascending, where y does not tell: needed for target mass, and allowed for labels.

        Returns
        -------
        self

        Raises
        ------
        InputError
            A parameter outside its range, non-finite X, shapes or labels that don't fit, folds that the rows do not
            allow or that cannot be trained or scored. Either way, and when interrupted, the model stays as it was.

        Warns
        -----
        ConvergenceWarning
            Once, with how many fits did not come within `tol`, why and what to try.
        """
        check_flags(refit=self.refit, verbose=self.verbose)
        check_threads(self.n_threads)
        Cs = read_grid(self.Cs)
        model = self._template()
        rows = read_whole(model, X, y, sample_weight, classes)
        weight = class_weights(self.class_weight, rows.targets, rows.weights)
        model.class_weight = None if weight is None else dict(enumerate(weight.tolist()))
        score = held_out_score(self.scoring, model, rows.targets.classes)
        folds = split_folds(self.cv, rows)
        if not self.refit:
            check_finite_mean(model, folds, rows)
        # BLAS is held here, not by the folds: threadpoolctl heeds one thread at a time.
        with threads(self.n_threads), single_threaded_blas():
            grid = search(model, Cs, folds, rows, score, bool(self.verbose))
            chosen = refit_at_best(model, grid, rows) if self.refit else mean_of_best(model, grid, rows)
        results = [result for fold in grid.results for result in fold]
        chosen.set_params(**self._template().get_params() | {"C": chosen.C})
        SeenColumns.of(model).give_to(chosen)
        chosen.classes_ = rows.targets.classes
        self.estimator_ = chosen
        self.C_, self.Cs_, self.scores_, self.coefs_paths_ = chosen.C, Cs, grid.scores, grid.parameters
        self.n_iter_ = np.reshape([result.n_iter for result in results], grid.scores.shape)
        self.converged_ = np.reshape([result.converged for result in results], grid.scores.shape)
        if message := unconverged([*results, chosen.result_] if self.refit else results):
            warnings.warn(f"SoftmaxRegressionCV: {message}", ConvergenceWarning, stacklevel=2)
        return self

    def decision_function(self, X: Any) -> Array:
        """Logits X W + b: (N, K), or with two classes (N,), the second class's."""
        return self._fitted().decision_function(X)

    def predict(self, X: Any) -> Array:
        """The most probable label of each row: (N,)."""
        return self._fitted().predict(X)

    def predict_proba(self, X: Any) -> Array:
        """Probabilities of the classes, in the order of `classes_`: (N, K)."""
        return self._fitted().predict_proba(X)

    def predict_log_proba(self, X: Any) -> Array:
        """Logs of the probabilities, exact where the probability itself underflows: (N, K)."""
        return self._fitted().predict_log_proba(X)

    def score(self, X: Any, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The score that `scoring` names, of these rows and their labels (N,) or target mass (N, K)."""
        model = self._fitted()
        weights = None if sample_weight is None else np.asarray(sample_weight)
        return held_out_score(self.scoring, model, model.classes_)(model, X, np.asarray(y), weights)

    classes_ = property(attrgetter("estimator_.classes_"), doc="The labels, ascending: (K,).")
    coef_ = property(attrgetter("estimator_.coef_"), doc="Wᵀ: (K, D), or (1, D) with two classes.")
    intercept_ = property(attrgetter("estimator_.intercept_"), doc="b: (K,), or (1,) with two classes.")
    n_features_in_ = property(attrgetter("estimator_.n_features_in_"), doc="How many columns X had: D.")
    feature_names_in_ = property(attrgetter("estimator_.feature_names_in_"), doc="Their names: (D,).")

    def _fitted(self) -> SoftmaxRegression:
        check_is_fitted(self)
        return self.estimator_

    def _template(self) -> SoftmaxRegression:
        shared = self.get_params(deep=False).keys() & SoftmaxRegression().get_params().keys()
        return SoftmaxRegression(**{name: getattr(self, name) for name in shared - {"verbose"}})

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
