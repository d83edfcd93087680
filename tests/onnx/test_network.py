import numpy as np
import pytest
from skl2onnx.common.data_types import FloatTensorType
from sklearn.datasets import load_digits
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tests.onnx.running import assert_same_predictions, predictions

from pminusy import SoftmaxNetwork, nn
from pminusy.errors import ShapeError
from pminusy.onnx import to_onnx

X, Y = load_digits(return_X_y=True)
X, Y = X[:300].astype(np.float32), Y[:300]
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def network(**options):
    return SoftmaxNetwork(**{"hidden": (12,), "max_epochs": 4, **options})


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid"])
def test_networks_of_dense_layers(activation):
    model = network(activation=activation, batch_norm=True, dropout=0.2).fit(X, Y.astype(str))
    assert_same_predictions(model, X)


def test_the_temperature_is_part_of_it():
    model = network(max_epochs=40).fit(X[:150], Y[:150]).calibrate(X[150:], Y[150:])
    assert abs(model.temperature_ - 1) > 0.1
    assert_same_predictions(model, X)


@pytest.mark.parametrize(
    ("images", "options"),
    [
        (X.reshape(-1, 8, 8), {}),
        (X.reshape(-1, 8, 8, 1), {}),
        (X.reshape(-1, 4, 8, 2), {}),
        (X.reshape(-1, 2, 4, 8), {"image_layout": "NCHW"}),
    ],
)
def test_layouts_of_images(images, options):
    model = network(layers=[nn.Conv2d(3, 3), nn.ReLU(), nn.Flatten()], **options).fit(images, Y)
    assert_same_predictions(model, images)


def test_a_pipeline():
    model = make_pipeline(StandardScaler(), network()).fit(X, Y)
    labels, P = predictions(model, X)
    np.testing.assert_allclose(P, model.predict_proba(X), atol=1e-5)
    assert (labels == model.predict(X)).all()


def test_a_declared_input_of_another_shape_is_refused():
    model = network(layers=[nn.Conv2d(3, 3)]).fit(X.reshape(-1, 8, 8), Y)
    declared = [("X", FloatTensorType([None, 7, 8, 1]))]
    with pytest.raises(
        ShapeError, match=r"initial_types: expected samples of shape \(8, 8, 1\), got \(7, 8, 1\)"
    ):
        to_onnx(model, initial_types=declared)
