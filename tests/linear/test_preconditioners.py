from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import assume, given, settings
from tests.linear.models import LinearModel, evaluate, parameters_of, with_ones
from tests.linear.test_objective import DOUBLE, SPARSE, models

from pminusy.kernels.triangles import MOST_STEPS
from pminusy.linear import preconditioners, sampled_rows
from pminusy.linear.common_columns import couple_common
from pminusy.linear.hessian import hessian
from pminusy.linear.objective import LinearObjective
from pminusy.linear.preconditioners import (
    LEAST_RIDGE,
    class_factors,
    diagonal,
    make_preconditioner,
    shared_basis,
)

DENSE = [kind for kind in DOUBLE if kind not in SPARSE]


def matrix(precondition: Callable[[Any], Any], objective: LinearObjective) -> Any:
    """M⁻¹ written out."""
    return np.array([precondition(e) for e in np.eye(objective.layout.n_parameters, dtype=objective.dtype)]).T


def own_blocks(objective: LinearObjective) -> Any:
    """The Hessian without what couples the classes."""
    H = hessian(objective)
    order = objective.layout.by_class(np.arange(objective.layout.n_parameters, dtype=objective.dtype)).astype(
        int
    )
    blocks = np.zeros_like(H)
    for own in order:
        blocks[np.ix_(own, own)] = H[np.ix_(own, own)]
    return blocks


@pytest.fixture
def classes_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """M⁻¹ itself, without P on either side of it."""

    def alone(objective: LinearObjective, solve: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda residual: objective.layout.from_classes(solve(objective.layout.by_class(residual)))

    monkeypatch.setattr(preconditioners, "_between_classes", alone)


def random(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def packing_error(A: Any) -> float:
    """How far eigenvalues of M⁻¹A may be from 1 if A = D⁻¹CD⁻¹, C + ρ = LLᵀ and M⁻¹ = D(T + δ)ᵀ(T + δ)D.

    With T = L⁻¹, those of (T + δ)LLᵀ(T + δ)ᵀ = (I + δL)(I + δL)ᵀ are near 1, as a row of δ is at most half a step. The
    ridge ρ adds no more than its share of C's smallest eigenvalue.
    """
    scales = 1 / np.sqrt(A.diagonal())
    C = A * scales * scales[:, None]
    L = np.linalg.cholesky(C + LEAST_RIDGE * np.eye(len(C)))
    half_steps = np.abs(np.linalg.inv(L)).max(axis=1) / (2 * MOST_STEPS)
    error = float(np.linalg.norm(half_steps) * np.sqrt(len(A)) * np.linalg.norm(L, 2))
    return 2 * error + error**2 + LEAST_RIDGE / float(np.linalg.eigvalsh(C)[0])


def assert_inverse(found: Any, objective: LinearObjective, error: float | None = None) -> None:
    """That found = P M⁻¹ P with all eigenvalues of M⁻¹A within an error of 1, A the Hessian's blocks.

    Then |⟨v, (found − P A⁻¹ P) v⟩| ≤ error·⟨v, P A⁻¹ P v⟩ for all v. Without an error given it is that of packing.
    """
    A, P = own_blocks(objective), less_mean_of_classes(objective)
    error = packing_error(A) if error is None else error
    exact = P @ np.linalg.inv(A) @ P
    sizes, vectors = np.linalg.eigh(exact)
    kept = sizes > 1e-9 * sizes.max()
    basis = vectors[:, kept] / np.sqrt(sizes[kept])
    difference = np.linalg.norm(basis.T @ (found - exact) @ basis, 2)
    assert difference <= error + 1e-13 * np.linalg.cond(A) * sizes.max() / sizes[kept].min()


def less_mean_of_classes(objective: LinearObjective) -> Any:
    """P, which takes from each feature's weights their mean over the classes."""
    P = np.eye(objective.layout.n_parameters)
    places = objective.layout.by_class(
        np.arange(objective.layout.n_parameters, dtype=objective.dtype)
    ).astype(int)
    for same in places.T if objective.layout.n_free == objective.layout.n_classes else ():
        P[np.ix_(same, same)] -= 1 / len(same)
    return P


@settings(max_examples=50)
@given(models(kinds=DENSE, most_classes=10, most_features=12))
def test_class_factors_invert_the_hessians_blocks_where_all_rows_are_drawn(model: LinearModel) -> None:
    objective = model.objective()
    evaluate(objective, parameters_of(objective, 0.1))
    blocks = own_blocks(objective)
    assume(np.linalg.cond(blocks) < 1e6)
    found = matrix(class_factors(objective, random()), objective)
    assert_inverse(found, objective)
    np.testing.assert_allclose(found, found.T, atol=1e-7 * np.abs(found).max())


@pytest.mark.parametrize("make", [class_factors, shared_basis])
@pytest.mark.parametrize("n_classes", [2, 5])
@pytest.mark.parametrize("standardised", [False, True])
def test_at_zero_one_factor_or_basis_inverts_every_block(
    rng: Any, make: Any, n_classes: int, standardised: bool
) -> None:
    X, labels = rng.standard_normal((200, 6)) * np.arange(1, 7), rng.integers(0, n_classes, 200)
    objective = LinearModel(X, labels, n_classes, standardised=standardised).objective()
    evaluate(objective, parameters_of(objective, 0.0))
    found = matrix(make(objective, random()), objective)
    assert_inverse(found, objective, 1e-10 if make is shared_basis else None)


def test_a_shared_basis_inverts_the_only_block_of_two_classes(rng: Any) -> None:
    X, labels = rng.standard_normal((300, 5)) * [1, 1, 10, 0.1, 1], rng.integers(0, 2, 300)
    objective = LinearModel(X, labels, 2).objective()
    evaluate(objective, parameters_of(objective, 0.3))
    found = matrix(shared_basis(objective, random()), objective)
    np.testing.assert_allclose(found @ own_blocks(objective), np.eye(6), atol=1e-9)


@pytest.mark.usefixtures("classes_apart")
def test_a_shared_basis_has_each_blocks_own_diagonal_in_it(rng: Any) -> None:
    """⟨v, A_k v⟩ ⟨v, M_k⁻¹ v⟩ = 1 for every vector v of the basis, which are M's eigenvectors."""
    X, labels = rng.standard_normal((300, 4)) * [1, 2, 30, 0.1], rng.integers(0, 3, 300)
    objective = LinearModel(X, labels, 3).objective()
    evaluate(objective, parameters_of(objective, 0.2))
    values, vectors = np.linalg.eigh(matrix(shared_basis(objective, random()), objective))
    diagonal_there = np.einsum("ij,ik,kj->j", vectors, own_blocks(objective), vectors)
    np.testing.assert_allclose(values * diagonal_there, 1, rtol=1e-6)


@given(models(most_classes=10, most_features=12))
def test_the_diagonal_is_the_hessians(model: LinearModel) -> None:
    objective = model.objective()
    assume(objective.masses.any())
    evaluate(objective, parameters_of(objective, 0.1))
    exact = hessian(objective).diagonal()
    found = 1 / diagonal(objective)(np.ones_like(exact))
    logits = 1 + np.abs(model.logits(*objective.layout.to_user(parameters_of(objective, 0.1)))).max()
    squares = np.square(with_ones(objective)).max() * objective.masses.max()
    rounding = 200 * np.finfo(objective.dtype).eps * logits * (squares + model.penalty)
    assert np.all(np.abs(found - exact) <= rounding)
    assert (found > 0).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("make", [class_factors, shared_basis, diagonal])
@pytest.mark.parametrize("size", [0.0, 0.5, 50.0])
@pytest.mark.parametrize("penalty", [0.0, 1e-3])
@pytest.mark.parametrize("n_rows", [12, 3000])
def test_positive_definite_even_where_data_or_model_are_extreme(
    rng: Any, dtype: Any, make: Any, size: float, penalty: float, n_rows: int
) -> None:
    """Columns of zeros, copies of columns, sizes far apart, and a model that is sure of every row."""
    X = rng.standard_normal((n_rows, 8)) * [1, 1, 1e3, 1e-3, 0, 1, 1, 1]
    X[:, 5] = X[:, 0]
    model = LinearModel(X.astype(dtype), rng.integers(0, 3, n_rows), 3, penalty=penalty)
    objective = model.objective()
    gradient = evaluate(objective, parameters_of(objective, size))[1]
    precondition = diagonal(objective) if make is diagonal else make(objective, random())
    result = precondition(gradient)
    assert result.dtype == dtype
    assert np.isfinite(result).all()
    for v in [gradient, *rng.standard_normal((20, gradient.size)).astype(dtype)]:
        assert float(v.astype(float) @ precondition(v).astype(float)) > 0


@pytest.mark.usefixtures("classes_apart")
@pytest.mark.parametrize("make", [class_factors, shared_basis])
def test_rows_drawn_by_weight_stand_for_all(rng: Any, make: Any) -> None:
    """With 12,000 rows a few thousand are drawn, and all eigenvalues of M⁻¹A stay near 1."""
    X = rng.standard_normal((12_000, 6)) + np.arange(6)
    weights = rng.integers(0, 4, len(X)).astype(float)
    model = LinearModel(X, rng.integers(0, 3, len(X)), 3, penalty=1e-4, weights=weights)
    objective = model.objective()
    evaluate(objective, parameters_of(objective, 0.3))
    exact = make_of_all(make, objective)
    found = matrix(make(objective, random()), objective)
    ratios = np.linalg.eigvals(found @ np.linalg.inv(exact)).real
    assert ratios.min() > 0.7
    assert ratios.max() < 1.4


def make_of_all(make: Any, objective: LinearObjective) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampled_rows, "_LEAST_DRAWS", 1 << 30)
        return matrix(make(objective, random()), objective)


def test_the_same_seed_draws_the_same_rows(rng: Any) -> None:
    X, labels = rng.standard_normal((5000, 4)), rng.integers(0, 3, 5000)
    found = []
    for seed in (1, 1, 2):
        objective = LinearModel(X, labels, 3).objective()
        gradient = evaluate(objective, parameters_of(objective, 0.5))[1]
        found.append(make_preconditioner(objective, random(seed))(gradient))
    np.testing.assert_array_equal(found[0], found[1])
    assert (found[0] != found[2]).any()


@pytest.mark.parametrize(
    ("X", "limits", "expected"),
    [
        (np.eye(30), {}, "class_factors"),
        (np.eye(30), {"_MOST_FACTOR_NUMBERS": 100}, "shared_basis"),
        (np.eye(30), {"_MOST_BASIS_FEATURES": 10}, "diagonal"),
        (sp.csr_matrix(np.eye(30)), {}, "couple_common"),
    ],
)
def test_the_strongest_that_the_size_allows(
    monkeypatch: pytest.MonkeyPatch, X: Any, limits: dict[str, int], expected: str
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(preconditioners, name, limit)
    objective = LinearModel(X, np.arange(30) % 3, 3).objective()
    gradient = evaluate(objective, parameters_of(objective, 0.5))[1]
    made = {
        "class_factors": lambda: class_factors(objective, random()),
        "shared_basis": lambda: shared_basis(objective, random()),
        "diagonal": lambda: diagonal(objective),
        "couple_common": lambda: couple_common(objective, diagonal(objective)),
    }
    same = made[expected]()
    np.testing.assert_array_equal(make_preconditioner(objective, random())(gradient), same(gradient))
