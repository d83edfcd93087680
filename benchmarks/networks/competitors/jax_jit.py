"""JAX at its best: the whole epoch in one `jit`, the steps in a `fori_loop`. It leaves out the last, smaller batch.

Convolutions are the exception: inside a loop XLA computes them three times as slowly, so each of their steps is a call.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from benchmarks.networks.problems import N_CLASSES, SIDE, Array, Problem

_BETA1, _BETA2, _RATE, _EPSILON = 0.9, 0.999, 1e-3, 1e-8


def prepare(problem: Problem, images: Array, labels: Array, n_threads: int) -> Callable[[], None]:
    X = jnp.asarray(images[..., None] if problem.filters else images.reshape(len(images), -1))
    y = jnp.asarray(labels.astype(np.int32))
    size, n_steps = problem.batch_size, len(X) // problem.batch_size

    def loss(parameters, rows):
        log_p = jax.nn.log_softmax(_logits(problem, parameters, X[rows]))
        return -jnp.mean(jnp.take_along_axis(log_p, y[rows][:, None], 1))

    def step(i, state):
        parameters, m, v, t, order = state
        gradient = jax.grad(loss)(parameters, lax.dynamic_slice(order, (i * size,), (size,)))
        t = t + 1
        m = jax.tree.map(lambda m, g: _BETA1 * m + (1 - _BETA1) * g, m, gradient)
        v = jax.tree.map(lambda v, g: _BETA2 * v + (1 - _BETA2) * g * g, v, gradient)

        def update(w, m, v):
            return w - _RATE * (m / (1 - _BETA1**t)) / (jnp.sqrt(v / (1 - _BETA2**t)) + _EPSILON)

        return jax.tree.map(update, parameters, m, v), m, v, t, order

    @jax.jit
    def train(state):
        return lax.fori_loop(0, n_steps, step, state)

    one_step = jax.jit(step)

    def train_step_by_step(state):
        for i in range(n_steps):
            state = one_step(i, state)
        return state

    run = train_step_by_step if problem.filters else train

    random = np.random.default_rng(0)
    parameters = _parameters(problem, random)
    nothing = jax.tree.map(jnp.zeros_like, parameters)
    state = [parameters, nothing, nothing, jnp.float32(0), None]

    def epoch() -> None:
        state[4] = jnp.asarray(random.permutation(len(X)).astype(np.int32))
        state[:] = jax.block_until_ready(run(tuple(state)))

    return epoch


def _parameters(problem: Problem, random: np.random.Generator) -> list:
    side, channels, parameters = SIDE, 1, []

    def add(shape, fan_in):
        weights = random.standard_normal(shape) * np.sqrt(2 / fan_in)
        parameters.append((jnp.asarray(weights, jnp.float32), jnp.zeros(shape[-1])))

    for n_filters in problem.filters:
        add((3, 3, channels, n_filters), 9 * channels)
        side, channels = (side - 2) // 2, n_filters
    sizes = [side * side * channels, *problem.hidden, N_CLASSES]
    for inputs, outputs in pairwise(sizes):
        add((inputs, outputs), inputs)
    return parameters


def _logits(problem: Problem, parameters: list, X):
    for W, b in parameters[: len(problem.filters)]:
        Z = lax.conv_general_dilated(X, W, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        X = lax.reduce_window(jax.nn.relu(Z + b), -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    X = X.reshape(len(X), -1)
    *hidden, (W, b) = parameters[len(problem.filters) :]
    for V, c in hidden:
        X = jax.nn.relu(X @ V + c)
    return X @ W + b
