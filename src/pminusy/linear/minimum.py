"""A proof that the loss has a minimum, from one Newton step.

At some parameters row i has the mass m_i and the probabilities p_i. Let H be the Hessian of the loss of some rows, all
or every so manyth, d = H⁻¹g for the gradient g of all rows, and u_i = V x_i + c the logits along d. For the rows that H
counts set

    q_ik = p_ik (1 − (u_ik − ⟨p_i, u_i⟩)),

and q_i = p_i for the others. Then Σ_i m_i (q_i − p_i) x_iᵀ = −H d = −g, so that Σ_i (m_i q_i − y_i) x_iᵀ = 0. If every
q_ik is positive, no direction separates: its logits u have ⟨y_i, u_i⟩ = m_i max u_i in every row, and ⟨q_i, u_i⟩ <
max u_i in those where they differ.
Derivation: docs/derivations/certificate.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.hessian import positive_hessian
from pminusy.linear.objective import AnyObjective, LinearObjective
from pminusy.linear.pivots import invert_by_pivots

Array = NDArray[Any]

_CLEARLY = 0.5  # of q / p that has to be left
_SHRINKS = (
    0.25  # what ⟨g, d⟩ falls to at least from one step to the next; along a direction that separates to 1/e
)
_CONVERGED = 1e-28  # no step from there on brings more than rounding
_ROUNDINGS = 16
_NO_CHANGE = 1e-9  # of a logit, beside the terms that it is summed of
_BLOCK_NUMBERS = 1 << 17
_EPS = float(np.finfo(np.float64).eps)
_UNDERFLOW = float(np.finfo(np.float64).tiny) / _EPS  # a curvature so small has lost its digits


def affordable_stride(objective: AnyObjective, most: float) -> int | None:
    """The least stride at which `has_minimum` takes at most so many multiplications; None if it leaves too few rows."""
    (n_rows, _), layout = objective.rows.shape, objective.layout
    left = most - float(layout.n_parameters) ** 3
    if left <= 0:
        return None
    stride = max(1, int(np.ceil(n_rows * layout.n_parameters**2 / left)))
    return stride if stride == 1 or n_rows // stride * layout.n_free >= 4 * layout.n_parameters else None


@np.errstate(over="ignore", invalid="ignore")  # what overflows proves nothing
def has_minimum(objective: AnyObjective, parameters: Array, stride: int = 1) -> bool:
    """Whether these parameters prove that the loss has a minimum, or those that Newton steps lead to from there.

    Steps are taken as long as they shrink as they do near a minimum. Where nothing is proven, nothing is known.

    Parameters
    ----------
    objective : AnyObjective
        In float64, without a penalty.
    parameters : array (n_parameters,)
        Near the minimum.
    stride : int
        Every so manyth row is counted in H: the step is longer then, and proves less.

    Notes
    -----
    Rounding is allowed for: what may be wrong in g, and what is left of g + H d, moves the logits by at most
    ⟨|x_i|, |H⁻¹| η⟩ for its size η. Directions along which H is flat must change no logit.
    """
    last = np.inf
    while True:
        proven, step, decrement = _attempt(objective, parameters, stride)
        if proven or stride > 1 or not _CONVERGED < decrement <= _SHRINKS * last:
            return proven
        parameters, last = parameters - step, decrement


def _attempt(objective: AnyObjective, parameters: Array, stride: int) -> tuple[bool, Array, float]:
    """Whether these parameters are a proof; d; and ⟨g, d⟩, which is NaN where numbers overflow."""
    gradient = np.empty_like(parameters)
    objective.value_and_gradient(parameters, gradient)
    H = positive_hessian(objective, stride)
    diagonal = H.diagonal()
    if not (np.isfinite(H).all() and np.isfinite(gradient).all()):
        return False, parameters, np.nan
    scales = 1 / np.sqrt(np.where(diagonal > _UNDERFLOW, diagonal, 1.0))
    inverse, flat = invert_by_pivots(H * np.outer(scales, scales))
    inverse, flat = inverse * np.outer(scales, scales), flat * scales[:, None]
    step = inverse @ gradient
    left = np.abs(H @ step - gradient) + _EPS * (np.abs(H) @ np.abs(step))
    noise = np.abs(inverse) @ (left + _gradient_noise(objective, parameters, step))
    proven = not objective.total(_rows_in_doubt, step, noise, stride) and (
        flat.size == 0 or not objective.total(_rows_changed, flat)
    )
    return proven, step, float(gradient @ step)


def _rows_in_doubt(objective: LinearObjective, step: Array, noise: Array, stride: int) -> int:
    """1 where a row has a q that may not be positive, else 0."""
    return int(not all(_stays_positive(objective, step, noise, rows) for rows in _blocks(objective, stride)))


def _rows_changed(objective: LinearObjective, flat: Array) -> int:
    """1 where directions along which H is flat change a row's logit, else 0."""
    return int(not all(_changes_nothing(objective, flat, rows) for rows in _blocks(objective)))


def _changes_nothing(objective: LinearObjective, flat: Array, rows: slice) -> bool:
    A = _counted(objective, rows)
    for direction in map(objective.layout.by_class, flat.T):
        terms = (np.abs(A) @ np.abs(direction).T).max(axis=1, keepdims=True)
        if (np.abs(A @ direction.T) > _NO_CHANGE * terms).any():
            return False
    return True


def _stays_positive(objective: LinearObjective, step: Array, noise: Array, rows: slice) -> bool:
    A, P = _counted(objective, rows), objective.point.probabilities(rows)[objective.masses[rows] > 0]
    U = A @ objective.layout.by_class(step).T
    doubt = (np.abs(A) @ objective.layout.by_class(noise).T).max(axis=1, keepdims=True)
    mean = (P * U).sum(axis=1, keepdims=True)
    if objective.layout.n_held:  # its logit stays at 0
        U = np.append(U, np.zeros_like(U), axis=1)
    return bool((U - mean + 2 * doubt < _CLEARLY).all())


def _gradient_noise(objective: AnyObjective, parameters: Array, step: Array) -> Array:
    """How wrong each component of g and of H d may be: (n_parameters,)."""
    layout = objective.layout
    sizes = (np.abs(layout.by_class(parameters)) + np.abs(layout.by_class(step))).max(axis=0)
    noise = _ROUNDINGS * _EPS * objective.total(_summed_terms, sizes)
    return layout.from_classes(np.broadcast_to(noise, (layout.n_free, layout.n_own)))


def _summed_terms(objective: LinearObjective, sizes: Array) -> Array:
    total = np.zeros(objective.layout.n_own)
    for rows in _blocks(objective):
        A, masses = np.abs(_counted(objective, rows)), objective.masses[rows]
        total += (masses[masses > 0] * (1 + A @ sizes)) @ A
    return total


def _counted(objective: LinearObjective, rows: slice) -> Array:
    """The rows with mass among these, dense, with a column of ones for the intercept."""
    taken = objective.rows.take(rows, n_ones=int(objective.layout.fit_intercept))
    return taken[objective.masses[rows] > 0]


def _blocks(objective: LinearObjective, stride: int = 1) -> list[slice]:
    n_rows = objective.rows.shape[0]
    step = stride * max(64, _BLOCK_NUMBERS // max(1, objective.layout.n_own))
    return [slice(start, min(start + step, n_rows), stride) for start in range(0, n_rows, step)]
