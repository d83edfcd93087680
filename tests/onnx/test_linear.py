import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from tests.onnx.running import assert_same_predictions, predictions, run

from pminusy import SoftmaxRegression, SoftmaxRegressionCV
from pminusy.errors import InputError
from pminusy.onnx import to_onnx

X, Y = load_iris(return_X_y=True)
LABELS = {
    "integers": Y,
    "strings": np.array(["setosa", "versicolor", "virginica"])[Y],
    "objects": np.array(["a", "ü", ""], dtype=object)[Y],
    "two": Y > 0,
    "two words": np.where(Y > 0, "yes", "no"),
    "whole floats": Y * 2.0,
    "gaps": Y * 7 - 3,
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("labels", LABELS)
def test_labels_are_equal_and_probabilities_close(labels, dtype):
    model = SoftmaxRegression(C=3.0, max_iter=500).fit(X, LABELS[labels])
    assert_same_predictions(model, X.astype(dtype))


@pytest.mark.parametrize("options", [{"l1_ratio": 0.9}, {"fit_intercept": False}, {"C": 1e-3}])
def test_other_models(options):
    model = SoftmaxRegression(max_iter=500, **options).fit(X, Y)
    assert_same_predictions(model, X.astype(np.float32))
    if "l1_ratio" in options:
        assert_same_predictions(model.sparsify(), X.astype(np.float32))


@pytest.mark.parametrize("refit", [True, False])
def test_the_model_that_cross_validation_selects(refit):
    model = SoftmaxRegressionCV(Cs=[0.1, 1.0], cv=3, refit=refit, max_iter=300).fit(X, Y)
    assert_same_predictions(model, X.astype(np.float32))


def test_integer_columns():
    whole = np.round(10 * X).astype(np.int64)
    assert_same_predictions(SoftmaxRegression(C=0.1, max_iter=500).fit(whole, Y), whole)


def test_a_pipeline_of_columns():
    pd = pytest.importorskip("pandas")
    table = pd.DataFrame(X.astype(np.float32), columns=["a", "b", "c", "d"])
    table["kind"] = np.where(X[:, 0] > 5.8, "long", "short")
    columns = ColumnTransformer(
        [("numbers", StandardScaler(), ["a", "b", "c", "d"]), ("names", OneHotEncoder(), ["kind"])]
    )
    model = make_pipeline(columns, SoftmaxRegression(max_iter=500)).fit(table, LABELS["strings"])
    converted = to_onnx(model, table, options={id(model[-1]): {"zipmap": False}})
    labels, P = run(converted, {name: table[[name]].to_numpy() for name in table})
    np.testing.assert_array_equal(labels, model.predict(table))
    np.testing.assert_allclose(P, model.predict_proba(table), atol=1e-5)


def test_probabilities_by_label_as_skl2onnx_gives_them_by_default():
    model = SoftmaxRegression(max_iter=500).fit(X, LABELS["strings"])
    labels, maps = run(to_onnx(model, X[:4].astype(np.float32)), {"X": X[:4].astype(np.float32)})
    assert list(labels) == ["setosa"] * 4
    assert set(maps[0]) == {"setosa", "versicolor", "virginica"}
    assert maps[0]["setosa"] == pytest.approx(model.predict_proba(X[:1])[0, 0], abs=1e-5)


def test_probabilities_in_an_output_of_their_own_for_each_class():
    model = SoftmaxRegression(max_iter=500).fit(X, LABELS["strings"])
    converted = to_onnx(model, X.astype(np.float32), options={id(model): {"zipmap": "columns"}})
    assert len(run(converted, {"X": X.astype(np.float32)})) == 4


def test_logits_instead_of_probabilities():
    model = SoftmaxRegression(max_iter=500).fit(X, Y)
    _, Z = predictions(model, X, raw_scores=True)
    np.testing.assert_allclose(Z, model.decision_function(X), rtol=1e-12)


def test_numbers_of_classes_instead_of_labels():
    model = SoftmaxRegression(max_iter=500).fit(X, LABELS["gaps"])
    labels, _ = predictions(model, X, nocl=True)
    assert set(labels) == {0, 1, 2}


def test_labels_that_are_neither_integers_nor_strings_are_refused():
    days = np.array(["2020-01-01", "2020-01-02", "2020-01-03"], "datetime64[D]")
    model = SoftmaxRegression(max_iter=500).fit(X, days[Y])
    with pytest.raises(InputError, match=r"classes_: expected integers or strings, .*2020"):
        predictions(model, X)
