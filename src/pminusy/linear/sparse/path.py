"""The path of sparse classifiers, from the C at which all penalised coefficients are zero upwards."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.exceptions import ConvergenceWarning

from pminusy.classifier.examples import read_examples
from pminusy.errors import InputError
from pminusy.kernels.parallel import threads
from pminusy.linear.blas import single_threaded_blas
from pminusy.linear.problem import pose_problem
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.fit import Ending, SparseFit
from pminusy.linear.sparse.model import checked_model, refuse_unless_told_apart
from pminusy.linear.sparse.solve import METHOD
from pminusy.options import check_integer, check_numbers
from pminusy.solvers.log import Log

Array = NDArray[Any]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class SoftmaxPath:
    """Sparse classifiers for ascending C, each with its certificate.

    Attributes
    ----------
    classes : array (K,)
        Class labels.
    Cs : array (n_Cs,)
        Ascending.
    C_zero : float
        The largest C at which all penalised coefficients are zero.
    coefs : tuple of CSR matrices (K, D), or (1, D) with two classes
        Coefficients for each C.
    intercepts : array (n_Cs, K), or (n_Cs, 1) with two classes
    n_features : array (n_Cs,)
        Number of features with a coefficient that is not 0.
    objectives : array (n_Cs,)
        The objective of :class:`SoftmaxRegression`.
    gaps : array (n_Cs,)
        The duality gap of each: an upper bound on how far its objective is above the minimum.
    null_objectives : array (n_Cs,)
        The objective with all coefficients 0 and the best intercepts.
    deviance_explained : array (n_Cs,)
        Share of the deviance explained: 0 with all coefficients 0, 1 if each row's probabilities are its target.
    n_iter : array (n_Cs,)
        Iterations.
    converged : bool array (n_Cs,)
        Whether the relative gap is within `tol`.
    """

    classes: Array
    Cs: Array
    C_zero: float
    coefs: tuple[sp.csr_matrix, ...]
    intercepts: Array
    n_features: Array
    objectives: Array
    gaps: Array
    null_objectives: Array
    deviance_explained: Array
    n_iter: Array
    converged: Array

    @property
    def relative_gaps(self) -> Array:
        """`gaps` divided by `null_objectives`, which `tol` is compared with: (n_Cs,)."""
        return self.gaps / self.null_objectives


def softmax_path(
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None = None,
    *,
    classes: ArrayLike | None = None,
    l1_ratio: float = 1.0,
    n_Cs: int = 100,
    C_min_ratio: float = 0.01,
    Cs: ArrayLike | None = None,
    group: bool = False,
    penalty_factors: ArrayLike | None = None,
    fit_intercept: bool = True,
    class_weight: Mapping[Any, float] | Literal["balanced"] | None = None,
    label_smoothing: float = 0.0,
    tol: float = 1e-4,
    max_iter: int = 100,
    n_threads: int | None = None,
) -> SoftmaxPath:
    r"""Fit sparse classifiers for a range of C, from the one at which all penalised coefficients are zero.

    Each minimises the objective of :class:`SoftmaxRegression`. With only the unpenalised parameters fitted, let
    :math:`G_d` be the gradient of :math:`\sum_i L_i` by the coefficients of feature d. All others are zero up to

    .. math::
        C_{\mathrm{zero}} = r \min_d \frac{\omega_d}{\max_k |G_{dk}|},

    or with `group` the length of :math:`G_d` in place of the largest entry, where r is `l1_ratio` and
    :math:`\omega_d` the feature's factor.

    Parameters
    ----------
    X, y, sample_weight, classes
        As in :meth:`SoftmaxRegression.fit`.
    l1_ratio : float in (0, 1], default 1.0
        Share of the L1 norm in the penalty.
    n_Cs : int ≥ 1, default 100
        Number of values of C, spaced logarithmically from `C_zero`.
    C_min_ratio : float in (0, 1), default 0.01
        `C_zero` divided by the largest C.
    Cs : list of numbers > 0 or None, default None
        The values of C themselves, ascending, in place of `n_Cs` and `C_min_ratio`. The first must be at most `C_zero`.
    group, penalty_factors, fit_intercept, class_weight, label_smoothing
        As in :class:`SoftmaxRegression`.
    tol : float ≥ 0, default 1e-4
        A fit has converged when its duality gap is at most tol times the objective with all coefficients 0.
    max_iter : int ≥ 0, default 100
        Maximum number of iterations for each C.
    n_threads : int ≥ 1 or None, default None
        Maximum number of threads; None for all processors. Results are bit-identical for any number.

    Returns
    -------
    SoftmaxPath

    Raises
    ------
    InputError
        A parameter is out of range, `Cs` does not ascend or starts above `C_zero`, no penalised column helps to tell
        classes apart, X is not finite, or shapes or labels do not match.

    Warns
    -----
    ConvergenceWarning
        Some fits have not converged; says how many.

    See Also
    --------
    SoftmaxRegression : a single fit with a given C.

    References
    ----------
    J. Friedman, T. Hastie and R. Tibshirani, Regularization paths for generalized linear models via coordinate descent,
    Journal of Statistical Software 33, 2010. Derivation: docs/derivations/elastic_net.md.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import softmax_path
    >>> path = softmax_path(*load_iris(return_X_y=True), n_Cs=5)
    >>> path.n_features.tolist()
    [0, 1, 1, 2, 3]
    >>> bool((path.relative_gaps <= 1e-4).all())
    True
    """
    model, options = checked_model(
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
    if not options.l1_ratio:
        raise InputError(f"l1_ratio: expected a number in (0, 1], got {l1_ratio!r}")
    check_integer(1, n_Cs=n_Cs)
    check_numbers("(0, 1)", C_min_ratio=C_min_ratio)
    given = None if Cs is None else _read_Cs(Cs)
    examples = read_examples(model, X, y, sample_weight, classes, reset=True)
    problem = pose_problem(model, examples)
    with threads(n_threads), single_threaded_blas():
        data = Data(problem)
        log = Log(data, METHOD, tol)
        fit = SparseFit(data, options, log)
        largest = fit.largest_strength(tol * fit.null_loss)
        refuse_unless_told_apart(fit.tells_classes_apart and bool(np.isfinite(largest)))
        C_zero = problem.penalty / largest
        grid = C_zero * np.logspace(0, -np.log10(C_min_ratio), n_Cs) if given is None else given
        if grid[0] > C_zero * (1 + _ROUNDING):
            raise InputError(
                f"Cs: expected the first to be at most {C_zero:.6g}, where all penalised coefficients are zero, "
                f"got {grid[0]:g}"
            )
        endings, coefs, intercepts, explained = [], [], [], []
        for C in grid.tolist():
            endings.append(fit.go_to(problem.penalty / C, tol * fit.null_loss, max_iter))
            W, b = fit.parameters()
            coefs.append(sp.csr_matrix(W.T))
            intercepts.append(b)
            explained.append(fit.deviance_explained(endings[-1].loss))
    _tell_of_failures(endings)
    scales = problem.total_scale * grid
    return SoftmaxPath(
        classes=examples.targets.classes,
        Cs=grid,
        C_zero=C_zero,
        coefs=tuple(coefs),
        intercepts=np.stack(intercepts),
        n_features=np.array([len(np.unique(each.indices)) for each in coefs]),
        objectives=np.array([ending.objective for ending in endings]) * scales,
        gaps=np.array([ending.gap for ending in endings]) * scales,
        null_objectives=fit.null_loss * scales,
        deviance_explained=np.array(explained),
        n_iter=np.array([ending.n_iter for ending in endings]),
        converged=np.array([ending.reason.is_success for ending in endings]),
    )


def _tell_of_failures(endings: list[Ending]) -> None:
    failed = [ending.reason for ending in endings if not ending.reason.is_success]
    if failed:
        warnings.warn(
            f"softmax_path: {len(failed)} of {len(endings)} fits did not converge: {failed[0].sentence} "
            f"{failed[0].remedy}",
            ConvergenceWarning,
            stacklevel=3,
        )


def _read_Cs(Cs: Any) -> Array:
    try:
        grid = np.asarray(Cs)
    except ValueError:  # rows of different lengths
        grid = np.empty(0)
    usable = grid.ndim == 1 and grid.size > 0 and grid.dtype.kind in "iuf"
    if not (usable and (grid > 0).all() and np.isfinite(grid).all() and (np.diff(grid) > 0).all()):
        raise InputError(f"Cs: expected ascending finite numbers > 0, got {Cs!r}")
    return grid.astype(np.float64)
