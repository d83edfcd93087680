"""What a fit says when it ends, and what it leaves behind when it is interrupted."""

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler
from tests.linear.test_regression import exact
from tests.linear.test_regression_solvers import each_solver

from pminusy import Reason, SoftmaxRegression
from pminusy.blocks import partial_sums
from pminusy.linear.fit import SOLVERS
from pminusy.solvers.progress import listening


@pytest.fixture(scope="module")
def wine():
    X, y = load_wine(return_X_y=True)
    return StandardScaler().fit_transform(X), y


@each_solver
def test_the_warning_names_reason_and_remedy(wine, solver):
    with pytest.warns(ConvergenceWarning) as caught:
        model = SoftmaxRegression(solver=solver, tol=1e-10, max_iter=1).fit(*wine)
    message = str(caught[0].message)
    for part in (model.result_.reason.sentence, model.result_.reason.remedy, "tol 1e-10"):
        assert part in message


@pytest.mark.parametrize("solver", ["lbfgs", "newton-cg"])
def test_the_floor_of_float32_is_named_with_its_remedy(wine, solver):
    X, y = wine
    with pytest.warns(ConvergenceWarning, match="No further progress.*pass X as float64"):
        model = SoftmaxRegression(solver=solver, tol=1e-12, max_iter=10_000).fit(X.astype(np.float32), y)
    assert model.result_.reason is Reason.PRECISION
    assert model.n_iter_ < 200


@each_solver
@pytest.mark.parametrize("fitted", [False, True])
def test_interrupted_in_any_iteration_the_model_stays_as_it_was(wine, solver, fitted):
    X, y = wine
    model = SoftmaxRegression(solver=solver, tol=1e-10)
    if fitted:
        model.fit(X[:, :4], y)
    before = dict(vars(model))

    def interrupt(record):
        if record.iteration == 2:
            raise KeyboardInterrupt

    with listening(interrupt), pytest.raises(KeyboardInterrupt):
        model.fit(X, y)
    assert vars(model).keys() == before.keys()
    assert all(vars(model)[name] is value for name, value in before.items())


@each_solver
def test_interrupted_inside_a_pass_the_model_stays_as_it_was(wine, solver, monkeypatch):
    X, y = wine
    model = SoftmaxRegression(solver=solver).fit(X[:, :4], y)
    before = dict(vars(model))
    calls = iter(range(100))

    def interrupted(*arguments):
        if next(calls) == 1:
            raise KeyboardInterrupt
        return over_ranges(*arguments)

    over_ranges = partial_sums.over_ranges
    monkeypatch.setattr(partial_sums, "over_ranges", interrupted)
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, y)
    assert vars(model).keys() == before.keys()
    assert all(vars(model)[name] is value for name, value in before.items())


@each_solver
def test_warm_start_from_the_optimum_costs_no_iteration(wine, solver):
    X, y = wine
    model = exact(solver=solver, warm_start=True).fit(X, y)
    first = model.coef_.copy()
    model.set_params(tol=1e-7).fit(X, y)
    assert model.n_iter_ == 0
    np.testing.assert_allclose(model.coef_, first, atol=1e-14)


@each_solver
def test_phases_and_passes_are_told(wine, solver):
    result = SoftmaxRegression(solver=solver).fit(*wine).result_
    assert result.method in SOLVERS
    assert sum(result.phases.values()) == pytest.approx(result.seconds)
    assert result.passes >= result.n_iter + 1
    assert result.history[-1].passes <= result.passes


@pytest.mark.parametrize("solver", ["newton", "newton-cg", "lbfgs"])
def test_one_class_among_others_that_are_named_ends_once_no_loss_is_left(solver):
    """Intercepts alone lower the loss for ever, with a penalty too."""
    X = np.random.default_rng(0).standard_normal((40, 3))
    result = SoftmaxRegression(solver=solver).fit(X, np.zeros(40, int), classes=[0, 1, 2]).result_
    assert result.converged
    assert result.objective < 1e-12
