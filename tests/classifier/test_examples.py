import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from pminusy import InputError, ShapeError, SoftmaxNetwork, SoftmaxRegression
from pminusy.classifier.examples import read_examples

X = np.arange(12.0).reshape(6, 2)
Y = np.array(["b", "a", "c", "a", "b", "c"])
WEIGHTS = np.arange(6.0)


def read(X=X, y=Y, weights=None, classes=None, estimator=None, reset=True, **options):
    estimator = SoftmaxRegression() if estimator is None else estimator
    return read_examples(estimator, X, y, weights, classes, reset=reset, **options)


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix, sp.csc_matrix])
def test_rows_are_taken_with_all_that_belongs_to_them(kind):
    rows = np.array([4, 0, 0])
    taken = read(kind(X), weights=WEIGHTS).take(rows)
    found = taken.X.toarray() if sp.issparse(taken.X) else taken.X
    np.testing.assert_array_equal(found, X[rows])
    np.testing.assert_array_equal(taken.labels_or_mass(), Y[rows])
    np.testing.assert_array_equal(taken.weights, WEIGHTS[rows])
    assert taken.targets.classes.tolist() == ["a", "b", "c"]


def test_mass_stays_mass():
    mass = np.random.default_rng(0).random((6, 3))
    examples = read(y=mass, classes=["a", "b", "c"])
    assert not examples.labelled
    np.testing.assert_array_equal(examples.labels_or_mass(), mass)


@pytest.mark.parametrize("kind", [SoftmaxRegression, SoftmaxNetwork])
def test_both_classifiers_refuse_the_same(kind):
    for arguments, error, message in [
        ({"y": Y[:5]}, ShapeError, "^y: expected one label for each of 6 rows of X, got 5"),
        (
            {"X": np.where(X == 5, np.nan, X)},
            InputError,
            "^X: expected finite numbers, got NaN at row 2, column 1",
        ),
        ({"sample_weight": -WEIGHTS}, InputError, "^sample_weight: "),
        ({"y": Y, "classes": ["a", "b"]}, InputError, "^y: expected labels among"),
    ]:
        with pytest.raises(error, match=message):
            kind().fit(**{"X": X, "y": Y, **arguments})


def test_validation_data_go_by_their_own_names():
    with pytest.raises(ShapeError, match=r"^y_val: expected one label for each of 6 rows of X_val, got 5"):
        read(y=Y[:5], part="_val")
    with pytest.raises(InputError, match=r"^X_val: expected finite numbers"):
        read(np.full((6, 2), np.inf), part="_val")


def test_columns_are_learned_and_then_expected():
    model, frame = SoftmaxRegression(), pd.DataFrame(X, columns=["p", "q"])
    read(frame, estimator=model)
    assert model.n_features_in_ == 2
    assert model.feature_names_in_.tolist() == ["p", "q"]
    with pytest.raises(ValueError, match="Feature names seen at fit time, yet now missing"):
        read(frame[["p"]], estimator=model, reset=False)


def test_more_than_two_axes_only_where_they_are_allowed():
    images = X.reshape(6, 2, 1)
    with pytest.raises(ValueError, match="dim 3"):
        read(images)
    assert read(images, allow_nd=True).X.shape == (6, 2, 1)


def test_a_summary_tells_data_apart():
    summary = read(weights=WEIGHTS).summary()
    assert summary == read(X.copy(), Y.copy(), WEIGHTS.copy()).summary()
    assert summary["X"] != read(X + 1).summary()["X"]
    assert summary["X"] != read(sp.csr_matrix(X)).summary()["X"]
    assert summary["y"] != read(y=Y[::-1]).summary()["y"]
    assert read().summary()["sample_weight"] == "None"
