"""Multinomial logistic regression: a linear softmax classifier with an L2 penalty."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

from pminusy.blocks.dask.collections import is_dask
from pminusy.classifier.callbacks import CallbackSupportMixin, FitTasks
from pminusy.classifier.features import read_samples
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.curvature import Curvature, check_size, measure_curvature
from pminusy.linear.fit import LinearSolution, fit_linear
from pminusy.linear.inference import InferenceMixin
from pminusy.linear.logits import class_logits, linear_logits
from pminusy.linear.options import check_parameters, make_generator, read_net
from pminusy.linear.parts.lazy import accuracy_on_dask, lazily
from pminusy.linear.posing import posed
from pminusy.linear.problem import AnyProblem, LinearProblem
from pminusy.linear.sparse.coefficients import SparseCoefficientsMixin, dense_coefficients
from pminusy.linear.sparse.options import NetOptions
from pminusy.linear.sparse.solve import fit_sparse
from pminusy.losses.softmax import log_softmax, softmax
from pminusy.solvers.progress import listening
from pminusy.solvers.result import Record, SolverResult

Array = NDArray[Any]


class SoftmaxRegression(
    InferenceMixin, SparseCoefficientsMixin, CallbackSupportMixin, ClassifierMixin, BaseEstimator
):
    r"""Linear softmax classifier (multinomial logistic regression) with an L2 penalty or an elastic net.

    Minimises the objective of scikit-learn's ``LogisticRegression(C=C, l1_ratio=r)``, and so has the same optimum:

    .. math::
        C \sum_i L(x_i W + b,\; y_i) + r \lVert W \rVert_1 + \frac{1 - r}{2} \lVert W \rVert^2, \qquad
        L = -\sum_k y_k \log p_k,\quad p = \mathrm{softmax}(x W + b)

    With two classes the first class's logit is held at 0, which is binary logistic regression.

    Parameters
    ----------
    C : float > 0, default 1.0
        Inverse of the regularisation strength; ``np.inf`` for no penalty.
    fit_intercept : bool, default True
        Whether to fit an intercept b, which is not penalised.
    class_weight : mapping, "balanced" or None, default None
        Weight of each class; classes missing from a mapping have weight 1. "balanced" weights classes inversely to
        their frequency.
    label_smoothing : float in [0, 1], default 0.0
        Fraction of each row's target mass that is spread evenly over all classes.
    solver : {"auto", "newton", "newton-cg", "lbfgs"}, default "auto"
        "newton" forms the Hessian in float64, centring and scaling the columns of dense X internally. "newton-cg" and
        "lbfgs" precondition their steps with Hessians of sampled rows. "auto" chooses by cost: "newton" for few
        parameters, otherwise "lbfgs".
    tol : float ≥ 0, default 1e-4
        The fit has converged when no component of the gradient of the mean objective exceeds this in absolute value,
        and the expected relative decrease of the objective is less than tol/1000 or lost in rounding. With `l1_ratio`
        > 0 or `penalty_factors`, it has converged when the duality gap, an upper bound on what the objective is above
        its minimum, is at most tol times the objective with all coefficients 0.
    max_iter : int ≥ 0, default 100
        Maximum number of iterations.
    warm_start : bool, default False
        Start from the coefficients of the previous fit if they match the new data.
    n_threads : int ≥ 1 or None, default None
        Maximum number of threads; None for all processors. Results are bit-identical for any number.
    verbose : int, default 0
        Print progress every `verbose` iterations; 0 for none.
    random_state : int, RandomState or None, default None
        Seeds the row sampling of "newton-cg" and "lbfgs", which does not affect the optimum. None means a fixed seed.
    compute_inference : bool, default False
        Invert the Hessian after the fit, in float64, as needed by `covariance`, `standard_errors_`, `conf_int` and
        `coef_table`. Supports at most 4000 coefficients and intercepts.
    l1_ratio : float in [0, 1], default 0.0
        r, the share of the L1 norm in the penalty. With r > 0 some coefficients are exactly 0, more of them the smaller
        C is. Coefficients of duplicate columns are not unique with r = 1; the first of the columns then gets them.
    group : bool, default False
        Replace the L1 norm by :math:`\sum_d \lVert W_d \rVert_2`, so that all coefficients of a feature are 0 or none.
        Requires ``l1_ratio > 0``.
    penalty_factors : list of numbers ≥ 0 (D,) or None, default None
        Multiplies the penalty of each feature; features with factor 0 are not penalised. None means 1 for all.

    Attributes
    ----------
    classes_ : array (K,)
        Class labels, in the order of the columns of `predict_proba`.
    coef_ : array (K, D), or (1, D) with two classes
        Coefficients Wᵀ; float32 if X was processed in float32.
    intercept_ : array (K,), or (1,) with two classes
        b.
    n_iter_ : int
        Iterations done.
    result_ : SolverResult
        How the fit ended: reason, objective, gradient norm, passes over X, history.
    n_features_in_ : int
    feature_names_in_ : array (D,)
        Column names of X; only if they are all strings.

    See Also
    --------
    pminusy.SoftmaxRegressionCV : selects C by cross-validation.
    pminusy.CrossEntropy : the loss alone.

    Notes
    -----
    X is read in blocks of rows, so neither its dtype nor its memory layout requires a full copy: float32 and float16
    are processed in float32, everything else in float64. With an L1 part, columns of features whose coefficients may
    not be 0 are copied. Derivations: docs/derivations/linear.md, docs/derivations/elastic_net.md.

    References
    ----------
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import SoftmaxRegression
    >>> X, y = load_iris(return_X_y=True)
    >>> model = SoftmaxRegression(max_iter=500).fit(X, y)
    >>> model.score(X, y) > 0.97
    True
    >>> str(model.result_.reason)
    'gradient_tolerance'
    """

    def __init__(
        self,
        C: float = 1.0,
        fit_intercept: bool = True,
        class_weight: Mapping[Any, float] | Literal["balanced"] | None = None,
        label_smoothing: float = 0.0,
        solver: Literal["auto", "newton", "newton-cg", "lbfgs"] = "auto",
        tol: float = 1e-4,
        max_iter: int = 100,
        warm_start: bool = False,
        n_threads: int | None = None,
        verbose: int = 0,
        random_state: Any = None,
        compute_inference: bool = False,
        l1_ratio: float = 0.0,
        group: bool = False,
        penalty_factors: ArrayLike | None = None,
    ) -> None:
        self.C = C
        self.fit_intercept = fit_intercept
        self.class_weight = class_weight
        self.label_smoothing = label_smoothing
        self.solver = solver
        self.tol = tol
        self.max_iter = max_iter
        self.warm_start = warm_start
        self.n_threads = n_threads
        self.verbose = verbose
        self.random_state = random_state
        self.compute_inference = compute_inference
        self.l1_ratio = l1_ratio
        self.group = group
        self.penalty_factors = penalty_factors

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        classes: ArrayLike | None = None,
    ) -> Self:
        """Fit to rows X and their labels or target mass.

        Parameters
        ----------
        X : array, data frame, sparse matrix or Dask collection (N, D)
            Any real dtype; C or Fortran order. CSR matrices in canonical form are used as they are; other sparse
            formats are converted to CSR, and duplicate entries are summed in a copy.
        y : array (N,), or with `classes` also (N, K)
            Labels of any type, or target mass with any row sum.
        sample_weight : array (N,), optional
            Weights ≥ 0; a row of weight 2 counts as two rows.
        classes : array (K,), optional
            All class labels, in the desired order. Required if y is target mass, optional if y holds labels.

        Returns
        -------
        self

        Raises
        ------
        InputError
            A parameter is out of range, X is not finite, or shapes or labels do not match. Checks made by scikit-learn
            raise its own ValueError. On any error or interruption, the model is left unchanged.

        Warns
        -----
        ConvergenceWarning
            The fit has not converged, or the loss has no minimum; the message says why and what to do.
        """
        check_parameters(self)
        net = read_net(self)
        seen = type(self)()  # takes what is learned of X, so that this model stays whole if the fit fails
        with posed(self, seen, X, y, sample_weight, classes) as (problem, found):
            if self.compute_inference:
                check_size(problem)
            tasks = FitTasks(self, "iteration", int(self.max_iter), X, y, sample_weight)
            solution, curvature = self._solve(problem, net, found, tasks)
        SeenColumns.of(seen).give_to(self)
        self.classes_ = found
        self.coef_, self.intercept_ = np.ascontiguousarray(solution.coefficients), solution.intercepts
        self.result_: SolverResult = solution.result
        self.n_iter_ = solution.result.n_iter
        self._curvature = curvature
        if not solution.result.converged:
            message = f"SoftmaxRegression: {solution.result} {solution.result.reason.remedy}"
            warnings.warn(message, ConvergenceWarning, stacklevel=2)
        return self

    @lazily
    def decision_function(self, X: Any) -> Array:
        """Logits X W + b: (N, K), or (N,) for the second of two classes."""
        check_is_fitted(self)
        X = read_samples(self, X, reset=False)
        with threads(self.n_threads):
            Z = linear_logits(X, dense_coefficients(self.coef_), self.intercept_)
        return Z[:, 0] if len(self.classes_) == 2 else Z

    @lazily
    def predict(self, X: Any) -> Array:
        """The most probable label of each row: (N,)."""
        Z = self.decision_function(X)
        numbers = (Z > 0).astype(np.intp) if Z.ndim == 1 else Z.argmax(axis=1)
        labels: Array = self.classes_[numbers]
        return labels

    @lazily
    def predict_proba(self, X: Any) -> Array:
        """Probabilities of the classes, in the order of `classes_`: (N, K)."""
        Z = self._all_logits(X)
        with threads(self.n_threads):
            return softmax(Z, out=Z)

    @lazily
    def predict_log_proba(self, X: Any) -> Array:
        """Log-probabilities, accurate even if the probability itself underflows: (N, K)."""
        Z = self._all_logits(X)
        with threads(self.n_threads):
            return log_softmax(Z, out=Z)

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Accuracy; of a Dask collection, computed where it is."""
        if is_dask(X):
            return accuracy_on_dask(self.predict(X), y, sample_weight)
        return float(super().score(X, y, sample_weight))

    def _all_logits(self, X: Any) -> Array:
        check_is_fitted(self)
        X = read_samples(self, X, reset=False)
        with threads(self.n_threads):
            return class_logits(X, dense_coefficients(self.coef_), self.intercept_, len(self.classes_))

    def _solve(
        self, problem: AnyProblem, net: NetOptions, classes: Array, tasks: FitTasks
    ) -> tuple[LinearSolution, Curvature | None]:
        def on_iteration(record: Record) -> None:
            self._print_progress(record)
            if record.iteration:
                tasks.step()

        with tasks, threads(self.n_threads), single_threaded_blas(), listening(on_iteration):
            start = self._start(problem, classes)
            ends: Any = {"tol": float(self.tol), "max_iter": int(self.max_iter)}
            if net.is_ridge or not problem.penalty:
                random = make_generator(self.random_state)
                solution = fit_linear(problem, self.solver, start, random=random, **ends)
            else:
                assert isinstance(problem, LinearProblem)
                solution = fit_sparse(problem, net, start, **ends)
            curvature = measure_curvature(problem, solution) if self.compute_inference else None
        return solution, curvature

    def _start(self, problem: AnyProblem, classes: Array) -> tuple[Array, Array] | None:
        if not (self.warm_start and hasattr(self, "coef_")):
            return None
        if self.coef_.shape != (problem.n_free, problem.X.shape[1]):
            return None
        start = dense_coefficients(self.coef_), self.intercept_
        return start if np.array_equal(self.classes_, classes) else None

    def _print_progress(self, record: Record) -> None:
        if self.verbose and record.iteration % self.verbose == 0:
            print(
                f"iteration {record.iteration:4d}  objective {record.objective:.8g}  "
                f"gradient norm {record.gradient_norm:.2e}  {record.seconds:.1f} s"
            )

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
