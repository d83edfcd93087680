"""Adam: steps of a size that does not depend on the gradient's scale.

With g the gradient, λ the weight decay, η_t the rate of update t = 1, 2, …, starting from m = v = 0:

    Adam     g ← g + λ w                      AdamW    w ← w − η_t λ w
    m ← β₁ m + (1 − β₁) g                     v ← β₂ v + (1 − β₂) g²
    w ← w − η_t · m̂ / (√v̂ + ε)               m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)

What is computed is the same with √(1 − β₂ᵗ) taken out of the fraction:

    m̂ / (√v̂ + ε) = m · c / (√v + ε √(1 − β₂ᵗ)),    c = √(1 − β₂ᵗ) / (1 − β₁ᵗ).

Where gradients have stopped, m and v fall below the smallest normal number. Many processors divide what lies there
several times more slowly, and m would never leave: so m becomes 0, and v stays at that number, whose root is nothing
beside ε.

Sources, with more on each formula: docs/optimizers.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pminusy.kernels.kinds import Double, Doubles, Integers, Vector
from pminusy.kernels.operations import operation
from pminusy.nn.optimizers.optimizer import build_moments, update_parameter
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array
from pminusy.options import check_numbers


@operation
def _update(
    beta1: Double,
    beta2: Double,
    epsilon: Double,
    coupled: Double,
    decoupled: Double,
    starts: Integers,
    rates: Doubles,
    count: Double,
    factor: Double,
    decay: Double,
    g: Vector,
    m: Vector,
    v: Vector,
    w: Vector,
    step,
    first,
    last,
):
    rate = rates[step]
    t = count + step + 1
    pull, decay = decay * coupled, decay * decoupled
    root, real = math.sqrt(1 - beta2**t), w.dtype.type
    size, epsilon, kept = real(rate * root / (1 - beta1**t)), real(epsilon * root), real(1 - rate * decay)
    old_m, new_m, old_v, new_v = real(beta1), real(1 - beta1), real(beta2), real(1 - beta2)
    factor, pull, smallest, zero = real(factor), real(pull), np.finfo(w.dtype).tiny, real(0)
    start, stop = starts[first], starts[last]
    g, m, v, w = g[start:stop], m[start:stop], v[start:stop], w[start:stop]
    for i in range(w.size):
        gradient = factor * g[i] + pull * w[i]
        mean = old_m * m[i] + new_m * gradient
        square = old_v * v[i] + new_v * (gradient * gradient)
        m[i] = zero if abs(mean) < smallest else mean
        v[i] = smallest if square < smallest else square
        w[i] = kept * w[i] - size * (m[i] / (math.sqrt(v[i]) + epsilon))


@dataclass(frozen=True)
class Adam:
    """Adam, with weight decay added to the gradient.

    Parameters
    ----------
    learning_rate : float > 0
        Approximate step size of an entry, whatever the scale of its gradient.
    beta1, beta2 : float in [0, 1)
        Decay rates of the running means of g and g².
    epsilon : float > 0
        Added to √v̂.
    weight_decay : float ≥ 0
        λ; added to the gradient, as λ w, of the parameters that decay.

    Attributes
    ----------
    state : dict of ndarray
        "m.0", "v.0", "m.1", … of every parameter's shape and dtype; changed in place.

    Raises
    ------
    InputError
        Names an option outside its interval.

    Notes
    -----
    g ← g + λ w;  m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²;  w ← w − η m̂ / (√v̂ + ε)  with m̂ = m / (1 − β₁ᵗ)
    and v̂ = v / (1 − β₂ᵗ), at update t = 1, 2, …

    References
    ----------
    D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import Adam, Parameter
    >>> w = Parameter("w", np.array([1.0, 1.0]), part=2)
    >>> w.gradient[:] = [300.0, -0.5]
    >>> optimizer = Adam()
    >>> optimizer.build([w])
    >>> optimizer.update([w], rates=np.array([0.1]), count=np.zeros(1), factor=np.ones(1))
    >>> w.value.round(6)
    array([0.9, 1.1])
    """

    learning_rate: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check(self)

    def build(self, parameters: Sequence[Parameter]) -> None:
        """Begin anew: m = v = 0 for every parameter."""
        build_moments(self.state, "mv", parameters)

    def update(self, parameters: Sequence[Parameter], rates: Array, count: Array, factor: Array) -> None:
        """One step of every parameter."""
        _update_all(self, (self.weight_decay, 0.0), parameters, (rates, count, factor))


@dataclass(frozen=True)
class AdamW:
    """Adam with decoupled weight decay.

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon
        As for Adam.
    weight_decay : float ≥ 0
        λ; at each step, parameters with weight decay shrink by the fraction η λ.

    Attributes
    ----------
    state : dict of ndarray
        As for Adam.

    Raises
    ------
    InputError
        Names an option outside its interval.

    Notes
    -----
    w ← w − η λ w, and then as Adam without weight decay.

    References
    ----------
    I. Loshchilov and F. Hutter, Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import AdamW, Parameter
    >>> w = Parameter("w", np.array([1.0, 1.0]), part=2)
    >>> optimizer = AdamW(weight_decay=0.5)
    >>> optimizer.build([w])
    >>> optimizer.update([w], rates=np.array([0.1]), count=np.zeros(1), factor=np.ones(1))
    >>> w.value
    array([0.95, 0.95])
    """

    learning_rate: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check(self)

    def build(self, parameters: Sequence[Parameter]) -> None:
        """Begin anew: m = v = 0 for every parameter."""
        build_moments(self.state, "mv", parameters)

    def update(self, parameters: Sequence[Parameter], rates: Array, count: Array, factor: Array) -> None:
        """One step of every parameter."""
        _update_all(self, (0.0, self.weight_decay), parameters, (rates, count, factor))


def _check(optimizer: Adam | AdamW) -> None:
    check_numbers("(0, inf)", learning_rate=optimizer.learning_rate, epsilon=optimizer.epsilon)
    check_numbers("[0, 1)", beta1=optimizer.beta1, beta2=optimizer.beta2)
    check_numbers("[0, inf)", weight_decay=optimizer.weight_decay)


def _update_all(
    optimizer: Adam | AdamW,
    decays: tuple[float, float],
    parameters: Sequence[Parameter],
    step_arrays: tuple[Array, Array, Array],
) -> None:
    """`decays`: the λ that is part of the gradient, and the one apart from it."""
    means = optimizer.beta1, optimizer.beta2, optimizer.epsilon
    for i, parameter in enumerate(parameters):
        settings = *means, *(decays if parameter.decays else (0.0, 0.0))
        moments = optimizer.state[f"m.{i}"], optimizer.state[f"v.{i}"]
        update_parameter(_update, parameter, settings, step_arrays, *moments)
