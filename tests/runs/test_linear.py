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
    trained = recipe.train(train, validation, log)
    pipeline = trained.pipeline
    assert trained.path is None
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


@pytest.mark.parametrize(("l1_ratio", "group"), [(0.0, False), (0.5, False), (1.0, True)])
@pytest.mark.parametrize("rule", [False, True])
def test_C_is_chosen_and_the_choice_told(iris, l1_ratio, group, rule):
    options = LinearOptions(C="auto", l1_ratio=l1_ratio, group=group, one_standard_error=rule)
    recipe, log = LinearRecipe(options, seed=1, threads=1), Log()
    trained = recipe.train(iris, None, log)
    model, path = trained.pipeline["classifier"], trained.path
    assert log.stages == ["encoding", "cross-validating", "fitting", "tracing the path"]
    assert path.Cs[path.chosen] == model.C
    assert path.chosen < path.held_out.best if rule else path.chosen == path.held_out.best
    assert path.held_out.one_standard_error is rule
    assert (model.l1_ratio, model.group, model.result_.converged) == (l1_ratio, group, True)
    assert [panel.name for panel in path.panels] == ["setosa", "versicolor", "virginica"]
    chosen = [trace.weights[path.chosen] for panel in path.panels for trace in panel.traces]
    for weight in chosen:
        assert abs(model.coef_ - weight).min() < 0.02 * abs(model.coef_).max()
    if l1_ratio:
        assert path.n_features[0] == 0
        assert path.n_features[path.chosen] == pytest.approx(model.coef_.any(axis=0).sum(), abs=1)
    else:
        assert path.n_features == ()
    settings = recipe.settings(trained.pipeline)
    assert settings["C"] == model.C
    assert settings["C chosen by"].startswith("5-fold cross-validation")
    assert settings.get("l1_ratio", 0.0) == l1_ratio
    assert recipe.check_gradient(trained.pipeline, iris).ok
