"""Newton's step on the quadratic model for the weights that are not 0, all at once.

Steps of one weight at a time take long where columns are collinear, or where few rows still have any curvature. On the
support the penalty is smooth, so that there the model's minimum is one linear system away; with groups, whose norm is
curved, that is a step towards it. Weights that would change their sign become 0.
"""

from __future__ import annotations

from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.working_set import WorkingSet
from pminusy.solvers.newton import solve_positive

Array = NDArray[Any]

_BLOCK = 4096  # rows
_HALVINGS = 10
_EPS = 8 * float(np.finfo(np.float64).eps)


@final
class Curvature:
    """The loss's Hessian at probabilities P (F, N), kept for weights that are asked for again."""

    def __init__(self, working: WorkingSet, P: Array, shape: tuple[int, ...]) -> None:
        self._working, self._P = working, P
        self._numbers, self._H = np.full(shape, -1), np.empty((0, 0))

    def between(self, places: Array, classes: Array) -> Array:
        """H_st = Σ_i x_is x_it (p_ik [k = l] − p_ik p_il) for weights s of class k and t of class l."""
        numbers = self._numbers[places, classes]
        if (numbers >= 0).all():
            return self._H[np.ix_(numbers, numbers)]
        self._H = _hessian(self._working, self._P, places, classes)
        self._numbers.fill(-1)
        self._numbers[places, classes] = np.arange(len(places))
        return self._H


def support_step(
    curvature: Curvature, G: Array, W: Array, moved: Array, live: NDArray[np.bool_], net: ElasticNet
) -> Array:
    """Better weights than `moved` (n, F) for the model at W with gradient G (n, F), or those."""
    support = (moved != 0) | (net.alpha == 0)[:, None]
    places, classes = np.nonzero(live & (support | (W != 0)))
    H = curvature.between(places, classes)
    slope, at = G[places, classes], (moved - W)[places, classes]

    def value(candidate: Array) -> float:
        change = (candidate - W)[places, classes]
        return float(slope @ change + 0.5 * change @ (H @ change)) + net.value(candidate)

    kept = support[places, classes]
    gradient, curved = (slope + H @ at)[kept], H[np.ix_(kept, kept)]
    _add_penalty(net, moved, places[kept], classes[kept], gradient, curved)
    _hold_shifts(net, places[kept], classes[kept], curved)
    step = np.zeros_like(moved)
    step[places[kept], classes[kept]] = -solve_positive(curved, gradient)
    lowest = value(moved)
    for length in _lengths(net, moved, step):
        candidate = moved + length * step
        if not net.group:
            crossed = (np.sign(candidate) != np.sign(moved)) | (
                np.abs(candidate) <= _EPS * np.abs(length * step)
            )
            candidate[crossed & (net.alpha > 0)[:, None]] = 0.0
        if value(candidate) < lowest:
            return candidate
    return moved


def _lengths(net: ElasticNet, W: Array, step: Array) -> list[float]:
    """Of the step: all of it, and less; without groups, as far as to the first weight that becomes 0.

    Along weights of a feature that shift alike the model may only have a slope, and the step be endless.
    """
    if net.group:
        return [0.5**halving for halving in range(_HALVINGS)]
    towards = (W * step < 0) & (net.alpha > 0)[:, None]
    first = float((np.abs(W[towards]) / np.abs(step[towards])).min(initial=1.0))
    return [1.0, first, 0.5 * first]


def _hessian(working: WorkingSet, P: Array, places: Array, classes: Array) -> Array:
    features, own = np.unique(places, return_inverse=True)
    H = np.zeros((len(places), len(places)))
    for start in range(0, P.shape[1], _BLOCK):
        rows = slice(start, start + _BLOCK)
        X, p = working.rows_of(features, rows)[own], P[classes, rows].astype(np.float64)
        weighted = X * p
        H -= weighted @ weighted.T
        for k in np.unique(classes):
            same = np.flatnonzero(classes == k)
            H[np.ix_(same, same)] += weighted[same] @ X[same].T
    return H


def _hold_shifts(net: ElasticNet, places: Array, classes: Array, H: Array) -> None:
    """A stiffness where unpenalised weights of all classes shift alike, which costs nothing and has no gradient."""
    if not classes.any():  # one class, beside one whose logit is held at 0
        return
    for place in np.unique(places[(net.alpha + net.mu)[places] == 0]):
        same = np.flatnonzero(places == place)
        H[np.ix_(same, same)] += H[same, same].mean() / len(same)


def _add_penalty(net: ElasticNet, W: Array, places: Array, classes: Array, gradient: Array, H: Array) -> None:
    """Add the derivatives of the penalty, smooth where weights are not 0."""
    w, alpha, mu = W[places, classes], net.alpha[places], net.mu[places]
    H.flat[:: len(H) + 1] += mu
    if not net.group:
        gradient += alpha * np.sign(w) + mu * w
        return
    lengths = np.where(alpha > 0, net.norm(W)[places], 1.0)
    unit = w / lengths
    gradient += alpha * unit + mu * w
    H.flat[:: len(H) + 1] += alpha / lengths
    for place in np.unique(places[alpha > 0]):
        same = np.flatnonzero(places == place)
        H[np.ix_(same, same)] -= np.outer(unit[same], unit[same]) * (alpha / lengths)[same]
