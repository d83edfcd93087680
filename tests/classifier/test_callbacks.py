import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pminusy import SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV

callback = pytest.importorskip("sklearn.callback", reason="scikit-learn 1.9 has the first callbacks")

X, Y = load_iris(return_X_y=True)


class Recorder:
    """What a callback is told, in order."""

    def __init__(self, stop_after=None):
        self.told, self.scores, self.stop_after = [], [], stop_after

    def setup(self, estimator, context):
        self.told.append("setup")

    def teardown(self, estimator, context):
        self.told.append("teardown")

    def on_fit_task_begin(self, estimator, context, *, X=None, y=None):
        self.told.append(f"begin {context.task_name} of {context.max_subtasks}")
        assert X.shape == (150, 4)
        assert len(y) == 150

    def on_fit_task_end(self, estimator, context, *, metadata=None, fitted_estimator=None):
        self.told.append(f"end {context.task_name}")
        self.metadata = metadata
        if fitted_estimator is not None:
            self.scores.append(fitted_estimator.score(X, Y))
        return context.task_name == "epoch" and context.task_id + 1 == self.stop_after


def steps(name, n):
    return [f"begin {name} of 0", f"end {name}"] * n


def test_iterations_of_a_linear_fit():
    recorder, weights = Recorder(), np.ones(150)
    model = SoftmaxRegression(max_iter=70).set_callbacks(recorder).fit(X, Y, weights)
    own = steps("iteration", model.n_iter_)
    assert recorder.told == ["setup", "begin fit of 70", *own, "end fit", "teardown"]
    assert recorder.metadata == {"sample_weight": weights}


def test_epochs_of_a_network_with_the_network_so_far():
    recorder = Recorder()
    model = SoftmaxNetwork(hidden=(8,), max_epochs=7, average_last=0).set_callbacks(recorder).fit(X, Y)
    assert recorder.told == ["setup", "begin fit of 7", *steps("epoch", 7), "end fit", "teardown"]
    assert len(recorder.scores) == 7
    assert recorder.scores[-1] == model.score(X, Y)


def test_a_callback_ends_training():
    model = SoftmaxNetwork(hidden=(8,), max_epochs=7).set_callbacks(Recorder(stop_after=3)).fit(X, Y)
    assert model.n_iter_ == 3


def test_partial_fit_is_one_epoch():
    recorder = Recorder()
    model = SoftmaxNetwork(hidden=(8,)).set_callbacks(recorder)
    for _ in range(2):
        model.partial_fit(X, Y)
    once = ["setup", "begin fit of 1", *steps("epoch", 1), "end fit", "teardown"]
    assert recorder.told == [*once, *once]


def test_fits_of_a_cross_validation():
    recorder = Recorder()
    model = SoftmaxRegressionCV(Cs=[0.1, 1.0], cv=3, max_iter=500).set_callbacks(recorder).fit(X, Y)
    assert recorder.told == ["setup", "begin fit of 6", *steps("fit to a fold", 6), "end fit", "teardown"]
    assert model.scores_.shape == (3, 2)


def test_callbacks_are_torn_down_after_an_error():
    class Failing(Recorder):
        def on_fit_task_end(self, estimator, context):
            raise ArithmeticError("on purpose")

    recorder = Failing()
    model = SoftmaxRegression().set_callbacks(recorder)
    with pytest.raises(ArithmeticError):
        model.fit(X, Y)
    assert recorder.told[-1] == "teardown"
    assert not hasattr(model, "coef_")


@pytest.mark.parametrize(
    "model",
    [
        SoftmaxRegression(max_iter=300),
        SoftmaxRegressionCV(Cs=[0.1, 1.0], cv=3, max_iter=300),
        SoftmaxNetwork(hidden=(8,), max_epochs=3),
        GridSearchCV(
            make_pipeline(StandardScaler(), SoftmaxRegression(max_iter=300)), {"softmaxregression__C": [1, 2]}
        ),
    ],
    ids=lambda model: type(model).__name__,
)
def test_the_progress_bar(model, capsys):
    pytest.importorskip("rich")
    if not hasattr(model, "set_callbacks"):
        pytest.skip("this release has no callbacks for it")
    model.set_callbacks(callback.ProgressBar()).fit(X, Y)
    assert "100%" in capsys.readouterr().out


def test_the_scoring_monitor_follows_a_network():
    monitor = callback.ScoringMonitor(scoring="accuracy")
    SoftmaxNetwork(hidden=(8,), max_epochs=5).set_callbacks(monitor).fit(X, Y)
    epochs = [entry for entry in monitor.get_logs().data if entry.get("accuracy") is not None]
    assert len(epochs) >= 5
