"""Work one row out, step by step, with the closed forms of `formulas/`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.formulas import cross_entropy, softmax
from pminusy.report.explanation.model import ClassSteps, Explanation, GradientSteps, OtherClasses

Array = NDArray[Any]

MAX_CLASSES = 8
"""As many classes as a Jacobian in 80 columns has room for; of more, one column is for the others."""


def explain(
    logits: Sequence[float], *, target: int | None = None, targets: Sequence[float] | None = None
) -> Explanation:
    """Work out softmax cross-entropy and its gradient for one row.

    Parameters
    ----------
    logits : sequence of K floats
        Below +∞, and at least one above −∞.
    target : int, optional
        The class that has all of the mass; this or `targets`.
    targets : sequence of K floats, optional
        The mass of each class: finite, not negative, of any sum.

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        A logit is NaN or +∞, all are −∞, or not exactly one of `target` and `targets` was given.
    ShapeError
        `targets` has another length than `logits`.
    TargetError
        The target is no class, or a mass is negative or not finite.

    Examples
    --------
    >>> worked = explain([2.0, 1.0, 0.1], target=0)
    >>> [round(step.closed_form, 4) for step in worked.gradient]
    [-0.341, 0.2424, 0.0986]
    """
    z, y = _checked_logits(logits), _mass(len(logits), target, targets)
    Z, Y = z[None, :], y[None, :]
    # Logits of ±1e308 overflow to the −∞ that is meant.
    with np.errstate(over="ignore"):
        shifted, log_p = softmax.shifted(Z)[0], softmax.log_softmax(Z)[0]
        exponential, p = np.exp(shifted), np.exp(log_p)
        losses, closed_form = _loss_terms(y, log_p), cross_entropy.gradient(Z, Y)[0]
    shown = _worth_showing(y, p)
    outer, cancelled = _outer_derivative(y, p)
    columns = zip(z, shifted, exponential, p, log_p, y, losses, strict=True)
    steps = [ClassSteps(k, *map(_plain, column)) for k, column in enumerate(columns)]
    gradient = tuple(_gradient_steps(i, y, p, outer, cancelled, shown, closed_form[i]) for i in shown)
    return Explanation(
        n_classes=z.size,
        label=target,
        largest=_plain(z.max()),
        total_exponential=_plain(exponential.sum()),
        total_p=_plain(p.sum()),
        s=_plain(y.sum()),
        loss=_plain(losses.sum()),
        classes=tuple(steps[k] for k in shown),
        others=_others(exponential, p, y, losses, shown),
        outer=tuple(_plain(outer[j]) for j in shown),
        cancelled=tuple(j for j in shown if cancelled[j]),
        gradient=gradient,
        difference=max(abs(step.chain_rule - step.closed_form) for step in gradient),
    )


def _checked_logits(logits: Sequence[float]) -> Array:
    z = np.array(logits, dtype=np.float64)
    if z.size == 0:
        raise InputError("logits: expected at least one, got none")
    if (bad := np.isnan(z) | (z == np.inf)).any():
        place = int(bad.argmax())
        raise InputError(f"logits: expected numbers below +∞, got {z[place]} for class {place}")
    if z.max() == -np.inf:
        raise InputError("logits: expected at least one above −∞, got none: every class is ruled out")
    return z


def _mass(n_classes: int, target: int | None, targets: Sequence[float] | None) -> Array:
    if (target is None) == (targets is None):
        raise InputError("target, targets: expected exactly one of the two, got both or neither")
    if target is not None:
        if not 0 <= target < n_classes:
            raise TargetError(f"target: expected a class in [0, {n_classes}), got {target}")
        return np.eye(1, n_classes, target)[0]
    y = np.array(targets, dtype=np.float64)
    if y.size != n_classes:
        raise ShapeError(f"targets: expected one number for each of {n_classes} logits, got {y.size}")
    if (bad := ~((y >= 0) & (y < np.inf))).any():
        place = int(bad.argmax())
        raise TargetError(f"targets: expected finite mass ≥ 0, got {y[place]} for class {place}")
    with np.errstate(over="ignore"):
        if y.sum() == np.inf:
            raise TargetError("targets: expected a finite sum, got inf")
    return y


def _loss_terms(y: Array, log_p: Array) -> Array:
    """−y log p, with 0·(−∞) = 0."""
    return -y * np.where(y == 0, 0.0, log_p)


def _worth_showing(y: Array, p: Array) -> list[int]:
    limit = MAX_CLASSES if y.size <= MAX_CLASSES else MAX_CLASSES - 1
    return sorted(np.lexsort((-p, -y))[:limit].tolist())


def _outer_derivative(y: Array, p: Array) -> tuple[Array, Array]:
    """∂L/∂p = −y/p, 0 where y is, and where that is too large for a float."""
    with np.errstate(divide="ignore", over="ignore"):
        outer = -np.divide(y, p, out=np.zeros_like(y), where=y > 0)
    return outer, np.isinf(outer)


def _gradient_steps(
    i: int, y: Array, p: Array, outer: Array, cancelled: Array, shown: list[int], closed_form: float
) -> GradientSteps:
    hit = np.arange(y.size) == i
    jacobian = p * (hit - p[i])
    with np.errstate(invalid="ignore"):
        terms = np.where(cancelled, -y * (hit - p[i]), outer * jacobian)
    rest = np.delete(terms, shown)
    return GradientSteps(
        i=i,
        jacobian=tuple(map(_plain, jacobian[shown])),
        terms=tuple(map(_plain, terms[shown])),
        other_terms=_plain(rest.sum()),
        chain_rule=_plain(terms.sum()),
        scaled_p=_plain(y.sum() * p[i]),
        y=_plain(y[i]),
        closed_form=_plain(closed_form),
    )


def _others(exponential: Array, p: Array, y: Array, losses: Array, shown: list[int]) -> OtherClasses | None:
    if len(shown) == y.size:
        return None
    sums = (_plain(np.delete(values, shown).sum()) for values in (exponential, p, y, losses))
    return OtherClasses(y.size - len(shown), *sums)


def _plain(value: Any) -> float:
    return float(value) + 0.0  # −0 reads as 0
