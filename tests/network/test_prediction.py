import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from tests.network.networks import X, Y, small

from pminusy import InputError, ShapeError

TWO = np.where(Y < 5, "low", "high")


@pytest.fixture(scope="module")
def model():
    return small().fit(X, Y)


def test_predictions_agree_with_one_another(model):
    Z, P = model.decision_function(X), model.predict_proba(X)
    assert Z.shape == P.shape == (400, 10)
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(np.log(P), model.predict_log_proba(X), atol=1e-9)
    assert model.predict(X).tolist() == model.classes_[P.argmax(axis=1)].tolist()
    np.testing.assert_allclose(Z - Z[:, :1], np.log(P) - np.log(P[:, :1]), atol=1e-9)


def test_of_two_classes_the_decision_is_one_number():
    two = small().fit(X, TWO)
    decision, P = two.decision_function(X), two.predict_proba(X)
    assert decision.shape == (400,)
    np.testing.assert_allclose(decision, np.log(P[:, 1] / P[:, 0]), atol=1e-9)
    assert two.predict(X).tolist() == np.where(decision > 0, "low", "high").tolist()


def test_log_probabilities_are_exact_where_probabilities_underflow(model):
    far = model.predict_log_proba(1e4 * X)
    assert np.isfinite(far).all()
    assert far.min() < -800


def test_a_layers_output_is_what_the_next_one_gets(model):
    hidden, last = model.embed(X, 1), model.network_.layers[-1]
    assert hidden.shape == (400, 12)
    weights, bias = (parameter.value for parameter in last.parameters)
    product = hidden @ (weights if weights.shape[0] == 12 else weights.T) + bias
    np.testing.assert_allclose(product, model.decision_function(X), atol=1e-9)
    np.testing.assert_array_equal(model.embed(X, -1), model.embed(X, len(model.network_.layers) - 1))


@pytest.mark.parametrize("layer", [3, -4, 1.0, "last", True])
def test_a_layer_that_there_is_not_is_refused(model, layer):
    with pytest.raises(InputError, match=r"layer: expected an integer in \[-3, 3\)"):
        model.embed(X, layer)


def test_samples_of_another_shape_are_refused(model):
    with pytest.raises(ValueError, match="features"):
        model.predict(X[:, :5])
    with pytest.raises(ShapeError, match=r"X: expected samples of shape \(64,\), got \(64, 1, 1\)"):
        model.predict(X.reshape(-1, 64, 1))


def test_a_temperature_divides_the_logits_and_leaves_the_labels():
    model = small(max_epochs=30).fit(X, np.where(np.arange(400) % 5, Y, 0))
    Z, labels = model.decision_function(X), model.predict(X)
    model.calibrate(X, Y)
    assert model.temperature_ not in (0, 1)
    np.testing.assert_allclose(model.decision_function(X) * model.temperature_, Z, rtol=1e-9)
    assert model.predict(X).tolist() == labels.tolist()


def test_rows_that_are_all_right_calibrate_nothing(model):
    with pytest.warns(ConvergenceWarning, match="every row is classified correctly, *|temperature_ stays 1"):
        model.calibrate(X, model.predict(X))
    assert model.temperature_ == 1


@pytest.mark.parametrize("method", ["predict", "predict_proba", "predict_log_proba", "decision_function"])
def test_without_a_fit_there_is_no_prediction(method):
    with pytest.raises(NotFittedError):
        getattr(small(), method)(X)
    with pytest.raises(NotFittedError):
        small().embed(X, 0)
