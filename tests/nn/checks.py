"""What every layer has to fulfil."""

from typing import NamedTuple

import numpy as np

import pminusy
from pminusy.nn import recording
from pminusy.nn.draws import Draws
from pminusy.nn.panels import Panels


class Step(NamedTuple):
    """What one forward and backward pass gives."""

    Y: np.ndarray
    dX: np.ndarray | None
    gradients: list[np.ndarray]

    def bits(self):
        arrays = [self.Y, *self.gradients] + ([] if self.dX is None else [self.dX])
        return [array.tobytes() for array in arrays]


def built(layer, shape, dtype=np.float64, seed=0):
    """The layer, built for samples of this shape, its parameters away from where they begin."""
    rng = np.random.default_rng(seed)
    layer.build(shape, np.dtype(dtype), rng)
    for parameter in layer.parameters:
        parameter.value += (0.3 * rng.standard_normal(parameter.value.shape)).astype(dtype)
    return layer


def kept_state(layer):
    return {name: array.copy() for name, array in layer.state.items()}


def restore(layer, state):
    for name, array in layer.state.items():
        array[...] = state[name]


def passes(layer, X, dY, training):
    """One forward and one backward pass."""
    for parameter in layer.parameters:
        parameter.clear_gradient()
    Y, backward = layer.forward(X, training=training)
    dX = backward(dY)
    return Step(Y, dX, [parameter.gradient for parameter in layer.parameters])


def one_step(layer, X, dY, training):
    """The same, copied, with the state left as it was."""
    state = kept_state(layer)
    step = passes(layer, X, dY, training)
    restore(layer, state)
    return Step(step.Y.copy(), step.dX, [gradient.copy() for gradient in step.gradients])


def output_gradient(layer, X, seed=1):
    """A random dY for this batch."""
    state = kept_state(layer)
    Y, _ = layer.forward(X)
    restore(layer, state)
    return np.random.default_rng(seed).standard_normal(Y.shape).astype(Y.dtype)


def assert_gradients(layer, X, *, training=True, **options):
    """The way back is the derivative of the way forward, for the input (unless it is integers) and each parameter."""
    state, dY = kept_state(layer), output_gradient(layer, X)
    step = one_step(layer, X, dY, training)

    def value(X):
        Y, _ = layer.forward(X, training=training)
        restore(layer, state)
        return np.vdot(dY, Y)

    if X.dtype.kind == "f":
        pminusy.assert_gradient(value, step.dX, X, **options)
    for parameter, gradient in zip(layer.parameters, step.gradients, strict=True):
        before = parameter.value.copy()

        def value_of_parameter(changed, parameter=parameter, before=before):
            parameter.value[...] = changed
            result = value(X)
            parameter.value[...] = before
            return result

        pminusy.assert_gradient(value_of_parameter, gradient, before, **options)


def assert_recorded_like_eager(layer, X, *, training=True):
    """A recorded step, replayed by 1, 2 and 3 threads, gives the bits that acting at once gives; state included."""
    state, dY = kept_state(layer), output_gradient(layer, X)
    eager = passes(layer, X, dY, training).bits()
    state_after = kept_state(layer)
    restore(layer, state)
    panels = Panels()
    with recording() as program, panels.recorded():
        step = passes(layer, X, dY, training)
        program.side_by_side()
    for n in (1, 2, 3):
        restore(layer, state)
        for array in (step.Y, step.dX, *step.gradients):
            if array is not None and array is not dY and array is not X:
                array[...] = np.nan
        with pminusy.threads(n), panels.packed():
            assert program.run(0, 1)
        assert step.bits() == eager
        for name, array in layer.state.items():
            if not isinstance(array, Draws):  # a recorded step draws by its number
                np.testing.assert_array_equal(array, state_after[name])
    restore(layer, state)
