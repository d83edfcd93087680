import numpy as np
import pytest
from sklearn.pipeline import Pipeline

from pminusy import CrossEntropy, SoftmaxRegression
from pminusy.datasets import load, make_preprocessor
from pminusy.runs import gradient
from pminusy.runs.gradient import check_model_gradient


def train(dataset) -> Pipeline:
    return Pipeline(
        [("columns", make_preprocessor(dataset)), ("classifier", SoftmaxRegression(max_iter=500))]
    ).fit(dataset.X, dataset.y)


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    rng = np.random.default_rng(0)
    words = [f"word{i}" for i in range(200)]
    rows = (f"{' '.join(rng.choice(words, 12))} {'ham' if i % 3 else 'spam'},{i % 3}" for i in range(90))
    path = tmp_path_factory.mktemp("data") / "mails.csv"
    path.write_text("\n".join(["text,class", *rows]))
    return load(str(path))


@pytest.mark.parametrize("name", ["digits", "iris", "breast-cancer"])
def test_the_gradient_of_a_trained_model_is_right(name):
    dataset = load(name)
    check = check_model_gradient(train(dataset), dataset.X, dataset.y)
    assert check.ok
    assert check.slope > 2.5


def test_so_is_that_of_one_with_sparse_inputs(sentences):
    pipeline = train(sentences)
    check = check_model_gradient(pipeline, sentences.X, sentences.y)
    assert check.ok
    row, column = check.worst_index
    assert 0 <= row < 3
    assert 0 <= column < pipeline["classifier"].coef_.shape[1]


@pytest.mark.parametrize("name", ["iris", "breast-cancer"])
def test_a_wrong_gradient_is_found(name, monkeypatch):
    class Wrong(CrossEntropy):
        def gradient(self, Z, targets):
            dZ = super().gradient(Z, targets)
            dZ[3] *= 1.01
            return dZ

    monkeypatch.setattr(gradient, "CrossEntropy", Wrong)
    dataset = load(name)
    assert not check_model_gradient(train(dataset), dataset.X, dataset.y).ok


def test_it_is_the_gradient_at_the_weights_of_the_model(monkeypatch):
    seen = []

    def spy(f, gradient_of, x, **options):
        seen.append((f(x), x))
        return check_gradient(f, gradient_of, x, **options)

    check_gradient = gradient.check_gradient
    monkeypatch.setattr(gradient, "check_gradient", spy)
    dataset = load("iris").take(np.arange(40, 60))
    pipeline = train(dataset)
    check_model_gradient(pipeline, dataset.X, dataset.y)
    value, W = seen[0]
    P = pipeline.predict_proba(dataset.X)
    labels = np.searchsorted(pipeline.classes_, dataset.y)
    assert value == pytest.approx(-np.log(P[np.arange(20), labels]).mean())
    assert np.allclose(W, pipeline["classifier"].coef_)
