"""A proof that the loss has a minimum, from one Newton step.

At some parameters row i has the mass m_i and the probabilities p_i. Let d = H⁻¹g be the Newton step, u_i = V x_i + c
the logits along it, and

    q_ik = p_ik (1 − (u_ik − ⟨p_i, u_i⟩)).

Then Σ_i m_i (q_i − p_i) x_iᵀ = −H d = −g, so that Σ_i (m_i q_i − y_i) x_iᵀ = 0. If every q_ik is positive, no direction
separates: its logits u have ⟨y_i, u_i⟩ = m_i max u_i in every row, and ⟨q_i, u_i⟩ < max u_i in those where they differ.
Derivation: docs/derivations/certificate.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.hessian import positive_hessian
from pminusy.linear.objective import LinearObjective
from pminusy.linear.pivots import invert_by_pivots

Array = NDArray[Any]

_CLEARLY = 0.5  # of q / p that has to be left
_ROUNDINGS = 16
_NO_CHANGE = 1e-9  # of a logit, beside the terms that it is summed of
_BLOCK_NUMBERS = 1 << 17
_EPS = float(np.finfo(np.float64).eps)


def proof_cost(objective: LinearObjective) -> float:
    """What `has_minimum` takes, in multiplications."""
    n_parameters = objective.layout.n_parameters
    return float(objective.rows.shape[0] * n_parameters**2 + n_parameters**3)


@np.errstate(over="ignore", invalid="ignore")  # what overflows proves nothing
def has_minimum(objective: LinearObjective, parameters: Array) -> bool:
    """Whether these parameters prove that the loss has a minimum; where they don't, nothing is known.

    Parameters
    ----------
    objective : LinearObjective
        In float64, without a penalty.
    parameters : array (n_parameters,)
        Near the minimum.

    Notes
    -----
    Rounding is allowed for: what may be wrong in g, and what is left of g + H d, moves the logits by at most
    ⟨|x_i|, |H⁻¹| η⟩ for its size η. Directions along which H is flat must change no logit.
    """
    gradient = np.empty_like(parameters)
    objective.value_and_gradient(parameters, gradient)
    H = positive_hessian(objective)
    diagonal = H.diagonal()
    if not (np.isfinite(H).all() and np.isfinite(gradient).all()):
        return False
    scales = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    inverse, flat = invert_by_pivots(H * np.outer(scales, scales))
    inverse, flat = inverse * np.outer(scales, scales), flat * scales[:, None]
    step = inverse @ gradient
    left = np.abs(H @ step - gradient) + _EPS * (np.abs(H) @ np.abs(step))
    noise = np.abs(inverse) @ (left + _gradient_noise(objective, parameters, step))
    return all(_is_proven(objective, step, noise, flat, rows) for rows in _blocks(objective))


def _is_proven(objective: LinearObjective, step: Array, noise: Array, flat: Array, rows: slice) -> bool:
    counted = objective.masses[rows] > 0
    A = objective.rows.take(rows, n_ones=int(objective.layout.fit_intercept))[counted]
    P = objective.point.probabilities(rows)[counted]
    size = np.abs(A)
    for direction in map(objective.layout.by_class, flat.T):
        terms = (size @ np.abs(direction).T).max(axis=1, keepdims=True)
        if (np.abs(A @ direction.T) > _NO_CHANGE * terms).any():
            return False
    U = A @ objective.layout.by_class(step).T
    doubt = (size @ objective.layout.by_class(noise).T).max(axis=1, keepdims=True)
    mean = (P * U).sum(axis=1, keepdims=True)
    if objective.layout.n_held:  # its logit stays at 0
        U = np.append(U, np.zeros_like(U), axis=1)
    return bool((U - mean + 2 * doubt < _CLEARLY).all())


def _gradient_noise(objective: LinearObjective, parameters: Array, step: Array) -> Array:
    """How wrong each component of g and of H d may be: (n_parameters,)."""
    layout = objective.layout
    sizes = (np.abs(layout.by_class(parameters)) + np.abs(layout.by_class(step))).max(axis=0)
    noise = np.zeros(layout.n_own)
    for rows in _blocks(objective):
        counted = objective.masses[rows] > 0
        A = np.abs(objective.rows.take(rows, n_ones=int(layout.fit_intercept))[counted])
        noise += (objective.masses[rows][counted] * (1 + A @ sizes)) @ A
    return layout.from_classes(np.broadcast_to(_ROUNDINGS * _EPS * noise, (layout.n_free, layout.n_own)))


def _blocks(objective: LinearObjective) -> list[slice]:
    n_rows = objective.rows.shape[0]
    step = max(64, _BLOCK_NUMBERS // max(1, objective.layout.n_own))
    return [slice(start, min(start + step, n_rows)) for start in range(0, n_rows, step)]
