"""The path of a classifier over the strength of its penalty, and the C that was chosen on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.report.naming import most_frequent

MAX_PANELS = 9
_TRACES = 8


@dataclass(frozen=True)
class Trace:
    """One coefficient along the path.

    Attributes
    ----------
    feature : str
    weights : tuple of float
        At each C.
    """

    feature: str
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Panel:
    """The strongest coefficients of a class along the path, strongest at the chosen C first.

    Attributes
    ----------
    name : str
        The class that positive coefficients speak for.
    against : str or None
        With two classes, the other one.
    traces : tuple of Trace
    """

    name: str
    against: str | None
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class HeldOut:
    """Cross-validated log loss along the path.

    Attributes
    ----------
    losses, errors : tuple of float
        Mean and standard error at each C.
    best : int
        Where the mean is lowest.
    n_folds : int
    one_standard_error : bool
        Whether the smallest C within one standard error of the lowest loss was chosen.
    """

    losses: tuple[float, ...]
    errors: tuple[float, ...]
    best: int
    n_folds: int
    one_standard_error: bool


@dataclass(frozen=True)
class PathOutcome:
    """A path, and what was chosen.

    Attributes
    ----------
    Cs : tuple of float
        Ascending.
    n_features : tuple of int
        Number of features in use at each C; empty where the penalty has no L1 part.
    chosen : int or None
        Place of the chosen C.
    panels : tuple of Panel
        Of the most frequent classes, 9 at most.
    held_out : HeldOut or None
    """

    Cs: tuple[float, ...]
    n_features: tuple[int, ...]
    chosen: int | None
    panels: tuple[Panel, ...]
    held_out: HeldOut | None = None


@dataclass(frozen=True)
class Places:
    """The coefficients to trace: rows and columns of `coef_`."""

    rows: np.ndarray
    columns: np.ndarray


def places_to_trace(coef: np.ndarray, class_counts: np.ndarray) -> Places:
    """Choose the strongest coefficients of the most frequent classes.

    Parameters
    ----------
    coef : (K, D) array, or (1, D) for two classes
    class_counts : (K,) int
        Training rows of each class.

    Returns
    -------
    Places
        Class by class, strongest first; coefficients of 0 are left out.

    Examples
    --------
    >>> places = places_to_trace(np.array([[0.0, 2.0, -3.0]]), np.array([5, 5]))
    >>> places.rows, places.columns
    (array([0, 0]), array([2, 1]))
    """
    rows = [0] if len(coef) == 1 else most_frequent(class_counts, MAX_PANELS).tolist()
    found = []
    for row in rows:
        sizes = np.abs(coef[row])
        n = min(_TRACES, len(sizes))
        strongest = np.argpartition(-sizes, n - 1)[:n]
        strongest = strongest[np.argsort(-sizes[strongest], kind="stable")]
        found += [(row, column) for column in strongest.tolist() if sizes[column] > 0]
    pairs = np.array(found, dtype=np.intp).reshape(-1, 2)
    return Places(pairs[:, 0], pairs[:, 1])


def make_panels(
    places: Places, weights: np.ndarray, names: Sequence[str], features: Sequence[str]
) -> tuple[Panel, ...]:
    """Put traces together by class.

    Parameters
    ----------
    places : Places
    weights : (n_Cs, n_places) array
    names : sequence of K str
        The classes.
    features : sequence of D str

    Returns
    -------
    tuple of Panel
    """
    panels = []
    for row in dict.fromkeys(places.rows.tolist()):
        own = np.flatnonzero(places.rows == row)
        name, against = (names[1], names[0]) if len(names) == 2 else (names[row], None)
        traces = tuple(Trace(features[int(places.columns[i])], tuple(map(float, weights[:, i]))) for i in own)
        panels.append(Panel(name, against, traces))
    return tuple(panels)


def held_out_losses(selection: Any, *, one_standard_error: bool) -> HeldOut:
    """Take the losses of a `pminusy.PenaltySelection` down.

    Parameters
    ----------
    selection : PenaltySelection
    one_standard_error : bool
        Whether this rule chose.

    Returns
    -------
    HeldOut
    """
    return HeldOut(
        losses=tuple(map(float, selection.mean_losses)),
        errors=tuple(map(float, selection.standard_errors)),
        best=selection.best,
        n_folds=len(selection.losses),
        one_standard_error=one_standard_error,
    )
