from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from tests.linear.models import LinearModel, evaluate, parameters_of, product, with_ones
from tests.linear.test_objective import models

from pminusy.formulas import cross_entropy as formulas
from pminusy.linear.hessian import hessian, hold_shifts, positive_hessian

# Products with each unit vector are held against the Hessian in test_objective.py.


@given(models(kinds=["float64"], most_classes=5))
def test_its_blocks_are_those_of_the_formulas(model: LinearModel) -> None:
    objective = model.objective()
    x = parameters_of(objective, 0.3)
    evaluate(objective, x)
    own = formulas.hessian(model.logits(*objective.layout.to_user(x)), model.Y())[
        :, -model.n_free :, -model.n_free :
    ]
    A = with_ones(objective)
    size = A.shape[1]
    H = hessian(objective)
    scale = objective.layout.standardisation.scale if model.standardised else np.ones(model.X.shape[1])
    penalties = np.diag(np.append(model.penalty / scale**2, [0.0])[:size])
    order = objective.layout.by_class(np.arange(objective.layout.n_parameters, dtype=float)).astype(int)
    for k in range(model.n_free):
        for other in range(model.n_free):
            block = (A * own[:, [k], other]).T @ A + penalties * (k == other)
            np.testing.assert_allclose(
                H[np.ix_(order[k], order[other])], block, atol=1e-12 * (1 + np.abs(A).max() ** 2)
            )


@pytest.mark.parametrize("penalty", [0.0, 0.1])
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("n_classes", [2, 4])
@pytest.mark.parametrize("kind", [np.asarray, sp.csr_matrix])
def test_shifts_are_flat_until_they_are_held(
    rng: Any, penalty: float, fit_intercept: bool, n_classes: int, kind: Any
) -> None:
    X, labels = kind(rng.standard_normal((80, 3))), rng.integers(0, n_classes, 80)
    model = LinearModel(X, labels, n_classes, penalty=penalty, fit_intercept=fit_intercept)
    objective = model.objective()
    gradient = evaluate(objective, parameters_of(objective, 0.5))[1]
    H = hessian(objective)
    n_flat = 0 if n_classes == 2 else (0 if penalty else 3) + fit_intercept
    assert np.sum(np.linalg.eigvalsh(H) < 1e-12) == n_flat
    hold_shifts(objective, H)
    assert np.linalg.eigvalsh(H)[0] > 1e-4
    np.testing.assert_array_equal(H, positive_hessian(objective))
    step = np.linalg.solve(H, -gradient)  # which solves the system without the stiffness too
    np.testing.assert_allclose(product(objective, step), -gradient, atol=1e-14)


def test_no_gradient_points_along_a_shift(rng: Any) -> None:
    model = LinearModel(rng.standard_normal((40, 3)), rng.integers(0, 4, 40), 4, penalty=0.0)
    objective = model.objective()
    gradient = evaluate(objective, parameters_of(objective, 0.5))[1]
    np.testing.assert_allclose(objective.layout.by_class(gradient).sum(axis=0), 0, atol=1e-15)
