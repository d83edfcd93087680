"""Stochastic gradient descent, with momentum.

With g the gradient, λ the weight decay, η_t the rate of update t and μ the momentum, starting from v = 0:

    g ← g + λ w        v ← μ v + g        w ← w − η_t v            or, looking ahead (Nesterov), w ← w − η_t (g + μ v)

Without momentum v is g, and is not kept. Sources, with more on each formula: docs/optimizers.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pminusy.errors import InputError
from pminusy.kernels.kinds import Double, Doubles, Integers, Vector
from pminusy.kernels.operations import operation
from pminusy.nn.optimizers.optimizer import build_moments, update_parameter
from pminusy.nn.parameter import Parameter
from pminusy.nn.program import Array
from pminusy.options import check_numbers


@operation
def _plain(
    coupled: Double,
    starts: Integers,
    rates: Doubles,
    count: Double,
    factor: Double,
    decay: Double,
    g: Vector,
    w: Vector,
    step,
    first,
    last,
):
    real = w.dtype.type
    rate, factor, pull = real(rates[step]), real(factor), real(decay * coupled)
    start, stop = starts[first], starts[last]
    g, w = g[start:stop], w[start:stop]
    for i in range(w.size):
        w[i] -= rate * (factor * g[i] + pull * w[i])


@operation
def _with_momentum(
    coupled: Double,
    momentum: Double,
    of_gradient: Double,
    of_velocity: Double,
    starts: Integers,
    rates: Doubles,
    count: Double,
    factor: Double,
    decay: Double,
    g: Vector,
    v: Vector,
    w: Vector,
    step,
    first,
    last,
):
    real = w.dtype.type
    rate, factor, pull = real(rates[step]), real(factor), real(decay * coupled)
    momentum, of_gradient, of_velocity = real(momentum), real(of_gradient), real(of_velocity)
    start, stop = starts[first], starts[last]
    g, v, w = g[start:stop], v[start:stop], w[start:stop]
    for i in range(w.size):
        gradient = factor * g[i] + pull * w[i]
        v[i] = momentum * v[i] + gradient
        w[i] -= rate * (of_gradient * gradient + of_velocity * v[i])


@dataclass(frozen=True)
class SGD:
    """Stochastic gradient descent, with momentum.

    Parameters
    ----------
    learning_rate : float > 0
        Step size along the negative gradient.
    momentum : float in [0, 1)
        Fraction of the velocity kept at each step.
    nesterov : bool
        Use Nesterov momentum: step along g + μ v instead of v.
    weight_decay : float ≥ 0
        λ; added to the gradient, as λ w, of the parameters that decay.

    Attributes
    ----------
    state : dict of ndarray
        "v.0", "v.1", … of every parameter's shape and dtype, changed in place; empty without momentum.

    Raises
    ------
    InputError
        Names an option outside its interval; or `nesterov` without momentum.

    Notes
    -----
    g ← g + λ w;  v ← μ v + g;  w ← w − η v,  or with Nesterov's look ahead w ← w − η (g + μ v).

    References
    ----------
    I. Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013, section 2.

    Examples
    --------
    >>> import numpy as np
    >>> from pminusy.nn import SGD, Parameter
    >>> w = Parameter("w", np.array([1.0, 1.0]), part=2)
    >>> w.gradient[:] = [3.0, -0.5]
    >>> optimizer = SGD(momentum=0.9)
    >>> optimizer.build([w])
    >>> for count in (0.0, 1.0):
    ...     optimizer.update([w], rates=np.array([0.1]), count=np.array([count]), factor=np.ones(1))
    >>> w.value
    array([0.13 , 1.145])
    """

    learning_rate: float = 0.1
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    state: dict[str, Array] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_numbers("(0, inf)", learning_rate=self.learning_rate)
        check_numbers("[0, 1)", momentum=self.momentum)
        check_numbers("[0, inf)", weight_decay=self.weight_decay)
        if self.nesterov and not self.momentum:
            raise InputError("nesterov: expected False without momentum, got True")

    def build(self, parameters: Sequence[Parameter]) -> None:
        """Begin anew: v = 0 for every parameter, if there is momentum."""
        build_moments(self.state, "v" if self.momentum else "", parameters)

    def update(self, parameters: Sequence[Parameter], rates: Array, count: Array, factor: Array) -> None:
        """One step of every parameter."""
        share = (1.0, self.momentum) if self.nesterov else (0.0, 1.0)
        for i, parameter in enumerate(parameters):
            decay = self.weight_decay if parameter.decays else 0.0
            if self.momentum:
                settings, v = (decay, self.momentum, *share), self.state[f"v.{i}"]
                update_parameter(_with_momentum, parameter, settings, (rates, count, factor), v)
            else:
                update_parameter(_plain, parameter, (decay,), (rates, count, factor))
