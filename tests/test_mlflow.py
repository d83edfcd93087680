import warnings

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pminusy import SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    mlflow = pytest.importorskip("mlflow")
    flavour = pytest.importorskip("mlflow.sklearn")

from pminusy.mlflow import LogEpochs, log_history, trusted_types

pytestmark = pytest.mark.filterwarnings("ignore")
X, Y = load_iris(return_X_y=True)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that gives the metrics of the run so far: lists of (step, value)."""
    monkeypatch.chdir(tmp_path)
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path}/runs.db")
    with mlflow.start_run() as active:
        client = mlflow.MlflowClient()

        def metric(name):
            return [(m.step, m.value) for m in client.get_metric_history(active.info.run_id, name)]

        yield metric


@pytest.mark.parametrize(
    "model",
    [
        SoftmaxRegression(max_iter=500, compute_inference=True),
        SoftmaxRegression(l1_ratio=0.5),
        SoftmaxRegressionCV(Cs=[0.1, 1.0], max_iter=500),
        SoftmaxNetwork(hidden=(8,), batch_norm=True, dropout=0.1, max_epochs=5),
        make_pipeline(StandardScaler(), SoftmaxRegression()),
    ],
    ids=lambda model: type(model).__name__,
)
def test_models_are_saved_without_pickle_and_predict_alike(model, tmp_path):
    model.fit(X, Y)
    types = trusted_types(model)
    assert types
    assert all(name.startswith("pminusy.") for name in types)
    flavour.save_model(
        model, tmp_path / "m", serialization_format="skops", skops_trusted_types=types, pip_requirements=[]
    )
    assert (tmp_path / "m" / "model.skops").exists()
    again = flavour.load_model(str(tmp_path / "m"))
    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))


def test_types_of_others_are_left_to_the_caller():
    assert trusted_types(make_pipeline(StandardScaler(), SoftmaxRegression())) == [
        "pminusy.linear.regression.SoftmaxRegression"
    ]
    assert trusted_types(StandardScaler()) == []


def test_the_history_of_a_linear_fit(run):
    model = SoftmaxRegression(max_iter=500).fit(X, Y)
    log_history(model)
    history = model.result_.history
    assert run("objective") == [(record.iteration, record.objective) for record in history]
    assert run("gradient_norm")[-1] == (model.n_iter_, history[-1].gradient_norm)
    assert not run("iteration")


def test_epochs_are_logged_while_a_network_is_trained(run):
    model = SoftmaxNetwork(hidden=(8,), max_epochs=4, callbacks=[LogEpochs()]).fit(X, Y, X_val=X, y_val=Y)
    for name in ("loss", "accuracy", "validation_loss", "learning_rate"):
        assert run(name) == [(record.epoch, getattr(record, name)) for record in model.history_]
    assert not run("layer_norms")


def test_the_history_of_a_network_without_validation(run):
    model = SoftmaxNetwork(hidden=(8,), max_epochs=4).fit(X, Y)
    log_history(model)
    assert [step for step, _ in run("loss")] == [1, 2, 3, 4]
    assert not run("validation_loss")


def test_a_model_that_is_not_fitted():
    with pytest.raises(NotFittedError):
        log_history(SoftmaxRegression())
