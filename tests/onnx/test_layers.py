import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.onnx.running import assert_same_predictions

from pminusy import SoftmaxNetwork, nn
from pminusy.errors import InputError
from pminusy.onnx import layer_converter

RNG = np.random.default_rng(3)
Y = RNG.integers(0, 3, 40)
ACTIVATIONS = [nn.ReLU(), nn.LeakyReLU(0.2), nn.GELU(), nn.SiLU(), nn.Tanh(), nn.Sigmoid()]
KEEP_SHAPE = [*ACTIVATIONS, nn.BatchNorm(), nn.LayerNorm(), nn.Dropout(0.3), nn.Residual(nn.GELU())]
PAIRS = st.integers(1, 2) | st.tuples(st.integers(1, 3), st.integers(1, 2))


def fitted(layers, X):
    """A network whose parameters and moments are away from where they begin."""
    model = SoftmaxNetwork(layers=layers, max_epochs=2, batch_size=10, learning_rate=0.05).fit(X, Y)
    for parameter in model.network_.parameters:
        parameter.value += (0.2 * RNG.standard_normal(parameter.value.shape)).astype(parameter.value.dtype)
    return model


def dense(units):
    return st.integers(1, units).map(nn.Dense)


@st.composite
def image_layers(draw):
    """Layers for images of 7 × 8 pixels, in any order."""
    layers = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["conv", "keep", "residual", "pool"]))
        if kind == "conv":
            padding = draw(st.sampled_from(["same", 1, (0, 1), 2]))
            stride = draw(st.integers(1, 2))
            layers.append(nn.Conv2d(draw(st.integers(1, 3)), draw(PAIRS), stride=stride, padding=padding))
        elif kind == "pool":
            pool = draw(st.sampled_from([nn.MaxPool2d, nn.AvgPool2d]))
            layers.append(pool((1, 2), draw(st.sampled_from([None, 1]))))
        elif kind == "residual":
            layers.append(nn.Residual(nn.Chain([draw(st.sampled_from(ACTIVATIONS)), nn.LayerNorm()])))
        else:
            layers.append(draw(st.sampled_from(KEEP_SHAPE)))
    return [*layers, nn.Flatten(), *draw(st.lists(dense(5), max_size=1))]


@settings(max_examples=20, deadline=None)
@given(image_layers(), st.sampled_from([np.float32, np.float64]))
@pytest.mark.filterwarnings("ignore")
def test_stacks_of_layers_for_images(layers, dtype):
    X = RNG.standard_normal((40, 7, 8, 2)).astype(dtype)
    try:
        model = fitted(layers, X)
    except InputError as error:  # the pooled image is smaller than a window
        assert "window" in str(error)  # noqa: PT017
        return
    assert_same_predictions(model, X)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(dense(6) | st.sampled_from(KEEP_SHAPE), max_size=4), st.sampled_from([np.float32, np.float64])
)
@pytest.mark.filterwarnings("ignore")
def test_stacks_of_layers_for_vectors(layers, dtype):
    X = RNG.standard_normal((40, 5)).astype(dtype)
    assert_same_predictions(fitted(layers, X), X)


@pytest.mark.parametrize("layer", KEEP_SHAPE, ids=str)
def test_each_layer_between_two_dense_ones(layer):
    X = RNG.standard_normal((40, 5)).astype(np.float32)
    assert_same_predictions(fitted([nn.Dense(6), layer, nn.Dense(4)], X), X)


@pytest.mark.parametrize("dtype", [np.int64, np.float32])
def test_embeddings(dtype):
    X = RNG.integers(0, 6, (40, 4))
    model = fitted([nn.Embedding(6, 3), nn.Residual(nn.Tanh()), nn.Flatten()], X)
    assert_same_predictions(model, X.astype(dtype))


class Shifted(nn.Tanh):
    """A layer of one's own."""


def test_a_layer_of_ones_own_is_converted_by_what_is_registered_for_it():
    X = RNG.standard_normal((40, 5)).astype(np.float32)
    model = fitted([Shifted()], X)
    with pytest.raises(InputError, match="register a function for Shifted"):
        assert_same_predictions(model, X)

    @layer_converter(Shifted)
    def add_shifted(layer, graph, X):
        return graph.add("Tanh", X)

    assert_same_predictions(model, X)
