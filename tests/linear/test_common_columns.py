from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from tests.linear.models import LinearModel, evaluate, parameters_of
from tests.linear.test_objective import SPARSE, models

from pminusy import SoftmaxRegression
from pminusy.blocks.sparse import SparseRows
from pminusy.linear import common_columns, preconditioners
from pminusy.linear.common_columns import couple_common
from pminusy.linear.hessian import hessian
from pminusy.linear.preconditioners import diagonal

RIDGE = common_columns._RIDGE


def places(objective: Any, columns: Any) -> Any:
    """Where the parameters of these columns and the intercepts stand."""
    n_ones = int(objective.layout.fit_intercept)
    own = [*columns, *range(objective.layout.n_features, objective.layout.n_features + n_ones)]
    return objective.layout.places_by_class()[:, own].astype(int).ravel()


@given(models(kinds=[kind for kind in SPARSE if "32" not in kind], most_classes=10))
def test_it_inverts_the_hessian_of_common_columns_and_is_the_other_elsewhere(model: LinearModel) -> None:
    objective = model.objective()
    evaluate(objective, parameters_of(objective, 0.3))
    other = diagonal(objective)
    assert isinstance(objective.rows, SparseRows)
    most = 600 // objective.layout.n_free - model.fit_intercept
    common = places(objective, common_columns.common_columns(objective, most))
    H = hessian(objective)[np.ix_(common, common)]
    unit = np.eye(objective.layout.n_parameters)
    coupled = couple_common(objective, other)
    found = np.array([coupled(e) for e in unit]).T
    expected = np.array([other(e) for e in unit]).T
    diagonals = np.maximum(H.diagonal(), np.finfo(float).eps * (H.diagonal().max(initial=0.0) or 1.0))
    expected[np.ix_(common, common)] = np.linalg.inv(H + RIDGE * np.diag(diagonals))
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6 * np.abs(expected).max())


def test_the_commonest_columns_are_taken() -> None:
    counts = [1, 40, 39, 2, 3, 40]
    X = sp.csr_matrix(np.array([[float(row < count) for count in counts] for row in range(40)]))
    objective = LinearModel(X, np.arange(40) % 2, 2).objective()
    found = [common_columns.common_columns(objective, most).tolist() for most in (9, 3, 1, 0)]
    assert found == [[1, 2, 5], [1, 2, 5], [1], []]


@pytest.mark.parametrize("kind", ["dense", "many classes", "not finite"])
def test_elsewhere_the_other_is_all(kind: str) -> None:
    rng, n_classes = np.random.default_rng(0), 601 if kind == "many classes" else 3
    X: Any = rng.standard_normal((20, 3))
    model = LinearModel(X if kind == "dense" else sp.csr_matrix(X), np.arange(20) % n_classes, n_classes)
    objective = model.objective()
    evaluate(objective, parameters_of(objective, np.nan if kind == "not finite" else 0.1))
    other = diagonal(objective)
    assert couple_common(objective, other) is other


def test_some_of_many_rows_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    objective = LinearModel(
        sp.csr_matrix(rng.standard_normal((5000, 2))), rng.integers(0, 3, 5000), 3
    ).objective()
    evaluate(objective, parameters_of(objective, 0.3))
    unit, found = np.eye(9), []
    for most in (5000, 600):
        monkeypatch.setattr(common_columns, "_MOST_ROWS", most)
        coupled = couple_common(objective, diagonal(objective))
        found.append(np.array([coupled(e) for e in unit]))
    # What classes share is left to the ridge, whose share is the larger one.
    less_mean = np.eye(9)
    for first in range(0, 9, 3):
        less_mean[first : first + 3, first : first + 3] -= 1 / 3
    exact, sampled = (less_mean @ M @ less_mean for M in found)
    assert np.abs(sampled - exact).max() < 0.3 * np.abs(exact).max()


def test_numbers_and_categories_beside_words_take_no_more_passes_than_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng, n = np.random.default_rng(3), 3000
    words = sp.random(n, 6000, 0.003, random_state=4, dtype=np.float32, format="csr")
    y = words[:, :600].toarray().reshape(n, 6, 100).sum(axis=2).argmax(axis=1)
    usual = (rng.random(n) < 0.99).astype(np.float32)
    sizes = rng.exponential(1, n) + y % 2
    columns = np.column_stack([usual, 1 - usual, (sizes - sizes.mean()) / sizes.std(), sizes > 1]).astype(
        np.float32
    )
    mixed = sp.hstack([sp.csr_matrix(columns), words], format="csr")

    def passes(X: Any) -> int:
        model = SoftmaxRegression(C=10, solver="lbfgs", max_iter=1000).fit(X, y)
        assert model.result_.converged
        return model.result_.passes

    few, coupled = passes(words), passes(mixed)
    monkeypatch.setattr(preconditioners, "couple_common", lambda objective, elsewhere: elsewhere)
    assert coupled < 1.5 * few
    assert coupled < 0.8 * passes(mixed)
