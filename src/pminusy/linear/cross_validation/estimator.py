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
from sklearn.utils.metadata_routing import UNUSED, MetadataRouter, MethodMapping
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.callbacks import CallbackSupportMixin, FitTasks
from pminusy.classifier.features import refuse_dask
from pminusy.classifier.options import check_threads
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.classifier.targets import class_weights
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import Fold, split_folds
from pminusy.linear.cross_validation.path import OnFit, check_finite_mean
from pminusy.linear.cross_validation.scoring import Scorer, held_out_score
from pminusy.linear.cross_validation.search import (
    mean_of_best,
    read_grid,
    read_ratios,
    refit_at_best,
    search,
    unconverged,
)
from pminusy.linear.options import read_net
from pminusy.linear.regression import SoftmaxRegression
from pminusy.options import check_flags

Array = NDArray[Any]


class SoftmaxRegressionCV(CallbackSupportMixin, ClassifierMixin, BaseEstimator):
    r"""Linear softmax classifier that selects C, and with it `l1_ratio`, by cross-validation.

    For each fold v, with training rows and held-out rows, and each C of the grid

    .. math::
        W_{v,C}, b_{v,C} = \arg\min_{W,b}\; C \sum_{i \in \mathrm{train}_v} L(x_i W + b,\; y_i)
        + r \lVert W \rVert_1 + \frac{1 - r}{2} \lVert W \rVert^2

    is scored on the held-out rows; the C with the best mean score over folds is then fitted to all rows. With several
    shares r of the L1 norm, C and r are selected together. Within a fold, C increases and each fit starts from the
    previous one. The interface follows scikit-learn's
    ``LogisticRegressionCV``.

    Parameters
    ----------
    Cs : int ≥ 1 or list of numbers > 0, default 10
        Number of values, spaced logarithmically from 1e-4 to 1e4, or the values themselves; ``np.inf`` for no penalty.
    cv : int ≥ 2, splitter, (train, test) pairs or None, default None
        None means 5. Given a number, folds are stratified by label; if y is target mass, rows are split in order.
    l1_ratios : list of numbers in [0, 1] or None, default None
        The values of r, each tried with all values of C; None means 0.
    fit_intercept, label_smoothing, solver, tol, max_iter, random_state, group, penalty_factors
        As in :class:`SoftmaxRegression`, for every fit.
    class_weight : mapping, "balanced" or None, default None
        As there; "balanced" uses the class frequencies of all rows in every fold.
    scoring : name of a scikit-learn scorer, callable (estimator, X, y) or None, default None
        Selection criterion; None means accuracy, as in scikit-learn up to 1.10 ("neg_log_loss" from 1.11 on).
    refit : bool, default True
        Refit on all rows with the best C; otherwise average, over folds, the parameters at each fold's own best C.
    n_threads : int ≥ 1 or None, default None
        Maximum number of threads; None for all processors. Folds run in parallel if there is enough work, each with a
        copy of its rows. Results are bit-identical for any number.
    verbose : bool, default False
        Print progress after each fit.

    Attributes
    ----------
    C_ : float
        The selected C; without `refit`, the mean of the best C of each fold.
    Cs_ : array (n_cs,)
        The grid, in the order given; ties go to the first.
    l1_ratio_ : float
        The selected r; without `refit`, the mean of the best of each fold.
    scores_ : array (n_folds, n_cs), or (n_folds, n_l1_ratios, n_cs) with `l1_ratios`
        Scores on the held-out rows.
    coefs_paths_ : array (n_folds, n_cs, K, D + 1), or (n_folds, n_cs, 1, D + 1) with two classes
        The coefficients and, last, the intercept; D instead of D + 1 without an intercept. With `l1_ratios`, there is
        an axis for them before that of C, here and in all that follows.
    n_iter_ : array (n_folds, n_cs)
        Number of iterations; 0 if the optimum at the previous C is already within `tol`.
    converged_ : bool array (n_folds, n_cs)
        Whether the fit reached `tol`.
    estimator_ : SoftmaxRegression
        The final model. `classes_`, `coef_`, `intercept_`, `n_features_in_` and `feature_names_in_` are taken from it,
        as is `result_`, the outcome of the refit.

    See Also
    --------
    SoftmaxRegression : a single fit with a given C.

    Notes
    -----
    Sample weights apply to both fits and scores; a row of weight zero is ignored. In scores, a row of target mass
    counts as one row per label with mass, weighted by that mass; held-out rows are repeated accordingly.

    If a class has no training row of positive weight in some fold, its optimal intercept there is −∞, which rules it
    out; with `label_smoothing`, or without an intercept, the optimum is finite. Fewer than two classes in a fold are an
    error.

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

    __metadata_request__fit = {"groups": UNUSED}  # noqa: RUF012  # the splitter says whether it takes them

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
        l1_ratios: ArrayLike | None = None,
        group: bool = False,
        penalty_factors: ArrayLike | None = None,
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
        self.l1_ratios = l1_ratios
        self.group = group
        self.penalty_factors = penalty_factors

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        classes: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> Self:
        """Select C by cross-validation, then fit the final model.

        Parameters
        ----------
        X, y, sample_weight
            As in :meth:`SoftmaxRegression.fit`.
        classes : array (K,), optional
            All class labels in ascending order. Required if y is target mass, optional if y holds labels.
        groups : array (N,), optional
            The group of each row, for a splitter `cv` such as ``GroupKFold``.

        Returns
        -------
        self

        Raises
        ------
        InputError
            A parameter is out of range, X is not finite, shapes or labels do not match, or a fold cannot be formed,
            trained or scored. On any error or interruption, the model is left unchanged.

        Warns
        -----
        ConvergenceWarning
            Issued once; says how many fits did not reach `tol`, why, and what to do.
        """
        check_flags(refit=self.refit, verbose=self.verbose)
        check_threads(self.n_threads)
        Cs, l1_ratios = read_grid(self.Cs), read_ratios(self.l1_ratios)
        model = self._template()
        for l1_ratio in l1_ratios.tolist():
            read_net(model.set_params(l1_ratio=l1_ratio))
        rows = read_whole(model, X, y, sample_weight, classes)
        weight = class_weights(self.class_weight, rows.targets, rows.weights)
        model.class_weight = None if weight is None else dict(enumerate(weight.tolist()))
        score = held_out_score(self.scoring, model, rows.targets.classes)
        folds = split_folds(self.cv, rows, groups)
        if not self.refit:
            check_finite_mean(model, folds, rows)
        # BLAS is held here, not by the folds: threadpoolctl heeds one thread at a time.
        n_fits = len(folds) * len(l1_ratios) * len(Cs)
        tasks = FitTasks(self, "fit to a fold", n_fits, X, y, sample_weight)
        with tasks, threads(self.n_threads), single_threaded_blas():
            grid = search(model, l1_ratios, Cs, folds, rows, score, self._on_fit(tasks))
            chosen = refit_at_best(model, grid, rows) if self.refit else mean_of_best(model, grid, rows)
        results = [result for fold in grid.results for result in fold]
        chosen.set_params(**self._template().get_params() | {"C": chosen.C, "l1_ratio": chosen.l1_ratio})
        SeenColumns.of(model).give_to(chosen)
        chosen.classes_ = rows.targets.classes
        self.estimator_ = chosen
        self.C_, self.Cs_, self.l1_ratio_ = chosen.C, Cs, chosen.l1_ratio
        shape = (len(folds), *(() if self.l1_ratios is None else l1_ratios.shape), len(Cs))
        self.scores_ = grid.scores.reshape(shape)
        self.coefs_paths_ = grid.parameters.reshape(*shape, *grid.parameters.shape[2:])
        self.n_iter_ = np.reshape([result.n_iter for result in results], shape)
        self.converged_ = np.reshape([result.converged for result in results], shape)
        if message := unconverged([*results, chosen.result_] if self.refit else results):
            warnings.warn(f"SoftmaxRegressionCV: {message}", ConvergenceWarning, stacklevel=2)
        return self

    def decision_function(self, X: Any) -> Array:
        """Logits X W + b: (N, K), or (N,) for the second of two classes."""
        return self._fitted().decision_function(X)

    def predict(self, X: Any) -> Array:
        """The most probable label of each row: (N,)."""
        return self._fitted().predict(X)

    def predict_proba(self, X: Any) -> Array:
        """Probabilities of the classes, in the order of `classes_`: (N, K)."""
        return self._fitted().predict_proba(X)

    def predict_log_proba(self, X: Any) -> Array:
        """Log-probabilities, accurate even if the probability itself underflows: (N, K)."""
        return self._fitted().predict_log_proba(X)

    def score(self, X: Any, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The `scoring` of these rows, given their labels (N,) or target mass (N, K)."""
        model = self._fitted()
        for name, given in (("X", X), ("y", y), ("sample_weight", sample_weight)):
            refuse_dask(name, given)
        weights = None if sample_weight is None else np.asarray(sample_weight)
        return held_out_score(self.scoring, model, model.classes_)(model, X, np.asarray(y), weights)

    classes_ = property(attrgetter("estimator_.classes_"), doc="The labels, ascending: (K,).")
    coef_ = property(attrgetter("estimator_.coef_"), doc="Wᵀ: (K, D), or (1, D) with two classes.")
    intercept_ = property(attrgetter("estimator_.intercept_"), doc="b: (K,), or (1,) with two classes.")
    n_features_in_ = property(attrgetter("estimator_.n_features_in_"), doc="How many columns X had: D.")
    feature_names_in_ = property(attrgetter("estimator_.feature_names_in_"), doc="Their names: (D,).")

    def get_metadata_routing(self) -> MetadataRouter:
        """What metadata routing passes on: sample weights if they are requested, and groups if `cv` takes them."""
        to_splitter = MethodMapping().add(caller="fit", callee="split")
        return (
            MetadataRouter(owner=self)
            .add_self_request(self)
            .add(splitter=self.cv, method_mapping=to_splitter)
        )

    def _fitted(self) -> SoftmaxRegression:
        check_is_fitted(self)
        return self.estimator_

    def _on_fit(self, tasks: FitTasks) -> OnFit:
        def on_fit(fold: Fold, C: float, score: float, n_iter: int) -> None:
            if self.verbose:
                print(f"fold {fold.number}  C {C:<10.4g} score {score:.6g}  {n_iter} iterations")
            tasks.step()

        return on_fit

    def _template(self) -> SoftmaxRegression:
        shared = self.get_params(deep=False).keys() & SoftmaxRegression().get_params().keys()
        return SoftmaxRegression(**{name: getattr(self, name) for name in shared - {"verbose"}})

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
