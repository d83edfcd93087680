"""A loss whose gradient a recorded program can compute by itself: ½ Σ h (w − c)², for parameters of several shapes."""

from typing import NamedTuple

import numpy as np
import pytest

from pminusy.kernels.kinds import Vector
from pminusy.kernels.operations import operation
from pminusy.nn import Parameter
from pminusy.nn.optimizers.clipping import update_within
from pminusy.nn.program import each_part, recording

pytest.importorskip("numba", reason="operations of one's own are compiled by Numba")


@operation
def _slope(h: Vector, c: Vector, w: Vector, g: Vector, step, first, last):
    for i in range(first, last):
        g[i] = h[i] * (w[i] - c[i])


class Steps(NamedTuple):
    """What a program of steps reads and writes beside the parameters."""

    rates: np.ndarray
    count: np.ndarray
    factor: np.ndarray
    norms: np.ndarray


def bowl(dtype, seed=0):
    """Parameters, their curvatures h, and their minimum c."""
    rng = np.random.default_rng(seed)
    shapes = {"W": (13, 9), "b": (9,), "filters": (3, 2, 2, 4)}
    parameters = [
        Parameter(name, rng.standard_normal(shape).astype(dtype), part=17, decays=name != "b")
        for name, shape in shapes.items()
    ]
    h = [rng.uniform(0.1, 3.0, p.value.size).astype(dtype) for p in parameters]
    c = [rng.standard_normal(p.value.size).astype(dtype) for p in parameters]
    return parameters, h, c


def steps_of(n_steps, n_parameters, count=0):
    rates = 0.01 * (1 + np.cos(np.arange(count, count + n_steps)))
    norms = np.zeros((n_steps, n_parameters))
    return Steps(rates, np.full(1, float(count)), np.zeros(1), norms)


def program_of(optimizer, parameters, h, c, steps, limit=np.inf):
    """One step down the bowl."""
    with recording() as program:
        for parameter, h_flat, c_flat in zip(parameters, h, c, strict=True):
            w, g = parameter.value.reshape(-1), parameter.gradient.reshape(-1)
            each_part(_slope, w.size, h_flat, c_flat, w, g)
        update_within(limit, optimizer, parameters, steps, program)
    return program


def step(optimizer, parameters, gradients, rate, count, factor=1.0):
    """One step with these gradients, at once."""
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.gradient[...] = gradient
    optimizer.update(parameters, np.array([rate]), np.array([float(count)]), np.array([factor]))
