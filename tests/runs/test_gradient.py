from dataclasses import replace

import numpy as np
import pytest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

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


@pytest.fixture(scope="module")
def many_classes():
    rng = np.random.default_rng(0)
    y = np.arange(450) % 150
    X = rng.standard_normal((450, 5)) + rng.standard_normal((150, 5))[y]
    pipeline = Pipeline(
        [("columns", StandardScaler()), ("classifier", SoftmaxRegression(C=0.1, max_iter=20))]
    )
    return pipeline.fit(X, y), X, y


@pytest.mark.parametrize("seed", range(3))
def test_of_many_classes_the_rows_own_and_some_others_are_checked(many_classes, monkeypatch, seed):
    pipeline, X, y = many_classes
    shapes = []

    def spy(f, gradient_of, x, **options):
        shapes.append(x.shape)
        check = check_gradient(f, gradient_of, x, **options)
        return replace(check, worst_index=(x.shape[0] - 1, 4))

    check_gradient = gradient.check_gradient
    monkeypatch.setattr(gradient, "check_gradient", spy)
    check = check_model_gradient(pipeline, X, y, seed)
    assert check.ok
    assert shapes == [(64, 5)]
    assert 64 <= check.worst_index[0] < 150


def test_a_wrong_gradient_of_a_class_without_rows_among_many_is_found(many_classes, monkeypatch):
    class Wrong(CrossEntropy):
        def gradient(self, Z, targets):
            dZ = super().gradient(Z, targets)
            dZ[:, np.setdiff1d(np.arange(dZ.shape[1]), targets)] *= 1.5
            return dZ

    monkeypatch.setattr(gradient, "CrossEntropy", Wrong)
    assert not check_model_gradient(*many_classes).ok
