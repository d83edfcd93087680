import pytest

from pminusy.datasets import load
from pminusy.runs.linear import LinearRecipe
from pminusy.runs.options import LinearOptions
from pminusy.runs.watch import Unwatched


class Log(Unwatched):
    def __init__(self):
        self.stages, self.records = [], []

    def stage(self, name):
        self.stages.append(name)

    def iteration(self, record, tol):
        self.records.append((record.iteration, tol))


@pytest.fixture(scope="module")
def iris():
    return load("iris")


def test_a_regression_is_fitted_under_the_eyes_of_the_watcher(iris):
    recipe, log = LinearRecipe(LinearOptions(C=0.5, tol=1e-3, balanced=True), seed=3, threads=1), Log()
    train, validation = recipe.divide(iris)
    assert train is iris
    assert validation is None
    pipeline = recipe.train(train, validation, log).pipeline
    model = pipeline["classifier"]
    assert (model.C, model.tol, model.class_weight, model.random_state, model.n_threads) == (
        0.5,
        1e-3,
        "balanced",
        3,
        1,
    )
    assert log.stages == ["encoding", "fitting"]
    assert log.records == [(i, 1e-3) for i in range(model.result_.n_iter + 1)]
    assert pipeline.score(iris.X, iris.y) > 0.9
    assert recipe.check_gradient(pipeline, iris).ok
    assert recipe.settings(pipeline) == {
        "C": 0.5,
        "solver": model.result_.method,
        "tol": 1e-3,
        "max_iter": 1000,
        "class_weight": "balanced",
    }


def test_too_few_iterations_are_no_warning(iris):
    pipeline = LinearRecipe(LinearOptions(max_iter=1), 0, 1).train(iris, None, Unwatched()).pipeline
    assert not pipeline["classifier"].result_.converged
