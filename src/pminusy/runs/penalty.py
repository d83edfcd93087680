"""C chosen by cross-validation, and the coefficients along the path for the report."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold

from pminusy.linear.cross_validation.selection import PenaltySelection, select_penalty
from pminusy.linear.regression import SoftmaxRegression
from pminusy.linear.sparse.path import softmax_path
from pminusy.report.path import PathOutcome, Places, held_out_losses, make_panels, places_to_trace

N_FOLDS = 5


def choose_C(
    model: SoftmaxRegression, X: Any, y: NDArray[Any], seed: int, *, one_standard_error: bool
) -> tuple[PenaltySelection, int]:
    """Cross-validate over folds that are stratified and shuffled.

    Parameters
    ----------
    model : SoftmaxRegression
        Everything but C.
    X, y
        The training rows, encoded.
    seed : int
        Of the shuffling.
    one_standard_error : bool
        Whether to choose the smallest C within one standard error of the lowest loss, not the lowest.

    Returns
    -------
    selection : PenaltySelection
    chosen : int
        The place of the chosen C.
    """
    folds = StratifiedKFold(N_FOLDS, shuffle=True, random_state=seed)
    selection = select_penalty(X, y, cv=folds, **_shape(model), **_ends(model))
    return selection, selection.within_one_standard_error if one_standard_error else selection.best


def describe_path(
    model: SoftmaxRegression,
    selection: PenaltySelection,
    X: Any,
    y: NDArray[Any],
    names: tuple[str, ...],
    features: list[str] | None,
    *,
    one_standard_error: bool,
) -> PathOutcome:
    """Fit all training rows at every C, and keep the coefficients that are strongest in the fitted model.

    Parameters
    ----------
    model : SoftmaxRegression
        Fitted at the chosen C.
    selection : PenaltySelection
    X, y
        The training rows, encoded.
    names : tuple of K str
        The classes.
    features : list of D str, or None
        None where they have no names to tell: their coefficients are not kept.
    one_standard_error : bool
        Which rule chose.

    Returns
    -------
    PathOutcome
    """
    counts = np.unique(y, return_counts=True)[1]
    places = places_to_trace(model.coef_, counts) if features else Places(*np.empty((2, 0), np.intp))
    n_features, weights = _trace(model, selection.Cs, X, y, places)
    return PathOutcome(
        Cs=tuple(selection.Cs.tolist()),
        n_features=n_features,
        chosen=int(np.flatnonzero(selection.Cs == model.C)[0]),
        panels=make_panels(places, weights, names, features or ()),
        held_out=held_out_losses(selection, one_standard_error=one_standard_error),
    )


def _trace(
    model: SoftmaxRegression, Cs: NDArray[Any], X: Any, y: NDArray[Any], places: Places
) -> tuple[tuple[int, ...], NDArray[Any]]:
    """The number of features in use at every C, if it is not all of them, and the coefficients: (n_Cs, n_places)."""
    if model.l1_ratio:
        path = softmax_path(X, y, Cs=Cs, **_shape(model), **_ends(model))
        weights = [np.asarray(coef[places.rows, places.columns]).ravel() for coef in path.coefs]
        return tuple(path.n_features.tolist()), np.stack(weights)
    if not len(places.rows):
        return (), np.empty((len(Cs), 0))
    warm = clone(model).set_params(warm_start=True)
    return (), np.stack(
        [warm.set_params(C=C).fit(X, y).coef_[places.rows, places.columns] for C in Cs.tolist()]
    )


def _shape(model: SoftmaxRegression) -> dict[str, Any]:
    names = ("l1_ratio", "group", "class_weight")
    return {name: getattr(model, name) for name in names}


def _ends(model: SoftmaxRegression) -> dict[str, Any]:
    return {name: getattr(model, name) for name in ("tol", "max_iter", "n_threads")}
