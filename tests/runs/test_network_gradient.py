import numpy as np
import pytest
from sklearn.pipeline import Pipeline

from pminusy import CrossEntropy, SoftmaxNetwork
from pminusy.datasets import load, make_network_preprocessor
from pminusy.nn import BatchNorm, Dense, Dropout, Flatten
from pminusy.nn.architecture import convolutional_layers
from pminusy.runs import network_gradient
from pminusy.runs.network_gradient import check_network_gradient


def train(dataset, **options) -> Pipeline:
    columns = make_network_preprocessor(dataset, as_images="layers" in options)
    classifier = SoftmaxNetwork(max_epochs=2, **options)
    return Pipeline([("columns", columns), ("classifier", classifier)]).fit(dataset.X, dataset.y)


@pytest.fixture(scope="module")
def mails(tmp_path_factory):
    rng = np.random.default_rng(0)
    words = [f"word{i}" for i in range(100)]
    rows = (f"{' '.join(rng.choice(words, 9))} {'ham' if i % 3 else 'spam'},{i % 3}" for i in range(90))
    path = tmp_path_factory.mktemp("data") / "mails.csv"
    path.write_text("\n".join(["text,class", *rows]))
    return load(str(path))


@pytest.mark.parametrize(
    "options",
    [
        {"hidden": (16,)},
        {"hidden": (8, 8), "activation": "tanh", "dropout": 0.3, "batch_norm": True, "label_smoothing": 0.1},
        {"layers": convolutional_layers((8, 8), (16,), "relu", dropout=0.2, batch_norm=True)},
        {"layers": [Flatten(), Dense(9), BatchNorm(), Dropout(0.5)]},
    ],
    ids=["dense", "with all options", "convolutions", "layers of one's own"],
)
def test_the_gradient_of_a_trained_network_is_right(options):
    digits = load("digits")
    pipeline = train(digits, **options)
    before = [parameter.value.copy() for parameter in pipeline["classifier"].network_.parameters]
    check, place = check_network_gradient(pipeline, digits.X, digits.y)
    assert check.ok
    assert place.startswith("layer ")
    after = [parameter.value for parameter in pipeline["classifier"].network_.parameters]
    assert all(map(np.array_equal, before, after))


def test_so_is_that_of_one_with_sparse_inputs(mails):
    check, place = check_network_gradient(train(mails, hidden=(8,)), mails.X, mails.y)
    assert check.ok
    assert place.split(":")[0] in ("layer 0, Dense", "layer 2, Dense")


@pytest.mark.parametrize("factor", [1.01, 1.001])
def test_a_wrong_gradient_is_found(monkeypatch, factor):
    class Wrong(CrossEntropy):
        def gradient(self, Z, targets):
            dZ = super().gradient(Z, targets)
            dZ[3] *= factor
            return dZ

    monkeypatch.setattr(network_gradient, "CrossEntropy", Wrong)
    iris = load("iris")
    assert not check_network_gradient(train(iris, hidden=(8,)), iris.X, iris.y)[0].ok


def test_a_layer_without_its_gradient_is_found_and_named(monkeypatch):
    iris = load("iris")
    pipeline = train(iris, hidden=(8,), activation="gelu")
    gradients = network_gradient._BatchLoss._gradients

    def forget(self):
        found = gradients(self)
        found[1] = np.zeros_like(found[1])
        return found

    monkeypatch.setattr(network_gradient._BatchLoss, "_gradients", forget)
    check, place = check_network_gradient(pipeline, iris.X, iris.y)
    assert not check.ok
    assert place.startswith("layer 0, Dense: b[")
