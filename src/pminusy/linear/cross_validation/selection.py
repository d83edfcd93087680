"""C by cross-validated log loss, along a path that begins where hardly anything is explained and ends past the best."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.exceptions import ConvergenceWarning

from pminusy.classifier.examples import Examples
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.kernels.parallel import n_threads as n_threads_allowed
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import Fold, split_folds
from pminusy.linear.cross_validation.search import WORTH_A_THREAD, unconverged
from pminusy.linear.cross_validation.side_by_side import side_by_side
from pminusy.linear.cross_validation.walk import walk
from pminusy.linear.fit import LinearSolution
from pminusy.linear.logits import linear_logits
from pminusy.linear.problem import pose_problem
from pminusy.linear.regression import SoftmaxRegression
from pminusy.linear.sparse.model import checked_model, refuse_unless_told_apart
from pminusy.linear.sparse.options import NetOptions
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

_MOST_DECADES = 10
_PATIENCE = 0.5  # decades in which the loss has not fallen
_FALLEN = 1e-4  # of the first loss, what counts as fallen


@dataclass(frozen=True)
class PenaltySelection:
    """Cross-validated log loss for ascending C.

    Attributes
    ----------
    Cs : array (n_Cs,)
        Ascending. The last is past the best.
    losses : array (n_folds, n_Cs)
        Mean log loss of each fold's held-out rows; infinite where a fit overflowed.
    converged : bool array (n_folds, n_Cs)
        Whether the fit reached `tol`.
    """

    Cs: Array
    losses: Array
    converged: Array

    @property
    def mean_losses(self) -> Array:
        """Mean over the folds: (n_Cs,)."""
        mean: Array = self.losses.mean(axis=0)
        return mean

    @property
    def standard_errors(self) -> Array:
        """Standard errors of `mean_losses`, from the spread over the folds; 0 for a single fold: (n_Cs,)."""
        n_folds = len(self.losses)
        if n_folds == 1:
            return np.zeros(len(self.Cs))
        with np.errstate(invalid="ignore"):
            errors: Array = self.losses.std(axis=0, ddof=1) / np.sqrt(n_folds)
        return errors

    @property
    def best(self) -> int:
        """Index of the C with the lowest mean loss."""
        return int(self.mean_losses.argmin())

    @property
    def within_one_standard_error(self) -> int:
        """Index of the smallest C whose mean loss is at most the lowest plus its standard error."""
        bound = self.mean_losses[self.best] + self.standard_errors[self.best]
        return int((self.mean_losses <= bound).argmax())

    @property
    def C(self) -> float:
        """The C with the lowest mean loss."""
        return float(self.Cs[self.best])

    @property
    def C_one_standard_error(self) -> float:
        """The smallest C whose mean loss is at most the lowest plus its standard error: the sparser, safer choice."""
        return float(self.Cs[self.within_one_standard_error])


def select_penalty(
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None = None,
    *,
    classes: ArrayLike | None = None,
    l1_ratio: float = 0.0,
    cv: Any = 5,
    group: bool = False,
    penalty_factors: ArrayLike | None = None,
    fit_intercept: bool = True,
    class_weight: Mapping[Any, float] | Literal["balanced"] | None = None,
    label_smoothing: float = 0.0,
    tol: float = 1e-4,
    max_iter: int = 100,
    n_threads: int | None = None,
) -> PenaltySelection:
    r"""Select C by cross-validated log loss.

    For each C in turn, every fold v is fitted to its training rows and its held-out rows give the loss

    .. math::
        \frac{\sum_{i \in v} w_i L(x_i W_v + b_v,\; y_i)}{\sum_{i \in v} w_i}

    With an L1 part, C begins where all penalised coefficients are zero; without, where at most a hundredth of the
    deviance can be explained. It ascends, with 10 or 4 values a decade, until the mean loss over the folds has not
    fallen for half a decade.

    Parameters
    ----------
    X, y, sample_weight, classes
        As in :meth:`SoftmaxRegression.fit`, `classes` in ascending order.
    l1_ratio : float in [0, 1], default 0.0
        Share of the L1 norm in the penalty.
    cv : int ≥ 2, splitter or (train, test) pairs, default 5
        Given a number, folds are stratified by label; if y is target mass, rows are split in order.
    group, penalty_factors, fit_intercept, class_weight, label_smoothing, tol, max_iter, n_threads
        As in :class:`SoftmaxRegression`, for every fit. Class weights count in the losses, too.

    Returns
    -------
    PenaltySelection

    Raises
    ------
    InputError
        A parameter is out of range, no penalised column helps to tell classes apart, X is not finite, shapes or labels
        do not match, or a fold cannot be formed, trained or scored.

    Warns
    -----
    ConvergenceWarning
        Issued once; says how many fits did not reach `tol`, why, and what to do.

    See Also
    --------
    SoftmaxRegressionCV : an estimator that selects C and `l1_ratio` from given values, with any score.
    softmax_path : the fits to all rows.
    plot_path : a chart of both.

    Notes
    -----
    Rows are not copied: a fold's held-out rows have weight 0 while it is fitted. Held-out rows of a class that has no
    weight in the fold's training rows do not count, as no C can help them.

    References
    ----------
    T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, Springer, 2009, section 7.10.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import select_penalty
    >>> selection = select_penalty(*load_iris(return_X_y=True), l1_ratio=1.0)
    >>> selection.C_one_standard_error < selection.C
    True
    """
    model, net = checked_model(
        fit_intercept=fit_intercept,
        class_weight=class_weight,
        label_smoothing=label_smoothing,
        tol=tol,
        max_iter=max_iter,
        n_threads=n_threads,
        l1_ratio=l1_ratio,
        group=group,
        penalty_factors=penalty_factors,
    )
    rows = read_whole(model, X, y, sample_weight, classes)
    weight = class_weights(class_weight, rows.targets, rows.weights)
    model.class_weight = (
        None if weight is None else dict(zip(rows.targets.classes.tolist(), weight.tolist(), strict=True))
    )
    folds = split_folds(cv, rows)
    # BLAS is held here, not by the folds: threadpoolctl heeds one thread at a time.
    with threads(n_threads), single_threaded_blas():
        whole = walk(pose_problem(model, rows), net, tol=tol, max_iter=max_iter, seed=None)
        first = whole.first_C()
        refuse_unless_told_apart(bool(np.isfinite(first)))
        walkers = [_FoldWalk(model, net, rows, fold, weight) for fold in folds]
        selection, results = _ascend(walkers, first, 4 if net.is_ridge else 10, rows.n_numbers)
    if message := unconverged(results):
        warnings.warn(f"select_penalty: {message}", ConvergenceWarning, stacklevel=2)
    return selection


class _FoldWalk:
    """A fold on its way through values of C."""

    def __init__(
        self,
        model: SoftmaxRegression,
        net: NetOptions,
        rows: Examples,
        fold: Fold,
        class_weight: Array | None,
    ) -> None:
        self._rows, self._loss = rows, CrossEntropy(weight=class_weight)
        counts = np.bincount(fold.train, minlength=len(rows.targets.encoded)).astype(np.float64)
        weights = counts if rows.weights is None else counts * rows.weights
        problem = pose_problem(model, replace(rows, weights=weights))
        self._walk = walk(problem, net, tol=float(model.tol), max_iter=int(model.max_iter), seed=None)
        self._held_out = fold.held_out[~_of_classes(fold.absent, rows, fold.held_out)]
        if not len(self._held_out):
            raise InputError(
                "cv: expected held-out rows of classes that also occur in the training rows, "
                f"got none in fold {fold.number}"
            )

    def go_to(self, C: float, n_threads: int) -> tuple[float, SolverResult]:
        """The held-out loss at this C, and how the fit ended."""
        with threads(n_threads):
            solution = self._walk.go_to(C)
            return self._loss_of(solution), solution.result

    def _loss_of(self, solution: LinearSolution) -> float:
        held_out = self._rows.take(self._held_out)
        Z = linear_logits(held_out.X, solution.coefficients, solution.intercepts)
        n_held = held_out.targets.n_classes - Z.shape[1]
        Z = np.concatenate([np.zeros((len(Z), n_held), Z.dtype), Z], axis=1)
        loss = self._loss.value(Z, held_out.targets.encoded, held_out.weights)
        return float(loss) if np.isfinite(loss) else np.inf


def _of_classes(absent: Array, rows: Examples, numbers: Array) -> NDArray[np.bool_]:
    """Which of these rows have a label, or mass, of an absent class."""
    encoded = rows.targets.encoded[numbers]
    return np.asarray(absent[encoded] if rows.labelled else (encoded[:, absent] > 0).any(axis=1))


def _ascend(
    walkers: list[_FoldWalk], first: float, per_decade: int, n_numbers: int
) -> tuple[PenaltySelection, list[SolverResult]]:
    """All folds from C to C, side by side, until the mean loss no longer falls."""
    allowed = n_threads_allowed() if n_numbers >= WORTH_A_THREAD else 1
    at_once = min(allowed, len(walkers))
    patience = int(np.ceil(_PATIENCE * per_decade))
    Cs, losses, results = [], [], []
    for number in range(_MOST_DECADES * per_decade + 1):
        Cs.append(first * 10 ** (number / per_decade))
        jobs = [partial(walker.go_to, Cs[-1], max(1, allowed // at_once)) for walker in walkers]
        found = side_by_side(jobs, at_once)
        losses.append([loss for loss, _ in found])
        results.append([result for _, result in found])
        if _has_settled(np.mean(losses, axis=1), patience):
            break
    ended = [[result.converged for result in each] for each in results]
    selection = PenaltySelection(np.array(Cs), np.array(losses).T, np.array(ended).T)
    return selection, [result for each in results for result in each]


def _has_settled(means: Array, patience: int) -> bool:
    """Whether the loss has been about as low as it gets for so many values of C."""
    if not np.isfinite(means[-1]):
        return True
    low = means <= means.min() + _FALLEN * means[0]
    return len(means) - 1 - int(low.argmax()) >= patience
