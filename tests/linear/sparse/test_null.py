import numpy as np
import pytest
from tests.linear.sparse.problems import random_data

from pminusy import SoftmaxRegression
from pminusy.formulas.cross_entropy import value
from pminusy.linear.sparse.null import first_ridge_strength, null_model


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_the_null_model_has_the_best_intercepts(n_classes, fit_intercept):
    data = random_data(0, n_classes, weighted=True, fit_intercept=fit_intercept)
    loss, intercepts = null_model(data)
    Z = np.zeros((70, n_classes))
    Z[:, data.n_held :] = intercepts
    Y = data.masses[:, None] * np.eye(n_classes)[data.targets.labels]
    assert loss == pytest.approx(value(Z, Y).sum())
    if fit_intercept:
        for change in (-0.01, 0.01):
            assert value(Z + change * np.eye(n_classes)[-1], Y).sum() > loss


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_at_the_first_ridge_strength_hardly_anything_is_explained(scale):
    data = random_data(1)
    data.problem.X[:] *= scale
    null, _ = null_model(data)
    model = SoftmaxRegression(C=1 / (70 * first_ridge_strength(data)), tol=1e-9, max_iter=500)
    model.fit(data.problem.X, data.targets.labels)
    P = model.predict_proba(data.problem.X)
    loss = -np.log(P[np.arange(70), data.targets.labels]).mean()
    assert 0.985 * null < loss < null
