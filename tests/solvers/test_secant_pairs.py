from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.solvers.line_search import Point
from pminusy.solvers.secant_pairs import SecantPairs


def walk(rng, n_steps, size):
    """Points of a quadratic, its Hessian, and a rough inverse of that."""
    half = rng.standard_normal((size, 2 * size))
    H = half @ half.T / size + np.eye(size)
    points = [Point(x, 0.0, H @ x) for x in rng.standard_normal((n_steps + 1, size))]
    rough = np.diag(rng.uniform(0.5, 2, size) / H.diagonal())
    return points, H, rough


def precondition_by(matrix):
    return lambda residual, out=None: np.matmul(matrix, residual, out=out)


def by_updates(points, rough):
    """The inverse that one BFGS update after the other makes of γM⁻¹."""
    pairs = [(new.parameters - old.parameters, new.gradient - old.gradient) for old, new in pairwise(points)]
    s, y = pairs[-1]
    B = rough * (s @ y) / (y @ rough @ y)
    for s, y in pairs:
        V = np.eye(len(s)) - np.outer(y, s) / (s @ y)
        B = V.T @ B @ V + np.outer(s, s) / (s @ y)
    return B


@given(
    n_steps=st.integers(1, 12),
    most=st.integers(1, 6),
    size=st.integers(6, 20),
    seed=st.integers(0, 99),
)
def test_the_inverse_of_the_last_updates(n_steps, most, size, seed):
    rng = np.random.default_rng(seed)
    points, _, rough = walk(rng, n_steps, size)
    pairs = SecantPairs(most, size, np.dtype(float))
    for old, new in pairwise(points):
        pairs.add(old, new)
    gradient, out = rng.standard_normal(size), np.empty(size)
    found = pairs.descent_direction(precondition_by(rough), gradient, out)
    B = by_updates(points[-most - 1 :], rough)
    assert found is out
    np.testing.assert_allclose(found, -B @ gradient, atol=1e-9 * np.linalg.norm(B) * np.linalg.norm(gradient))


def test_without_pairs_the_preconditioner_alone(rng):
    _, _, rough = walk(rng, 1, 5)
    gradient = rng.standard_normal(5)
    pairs = SecantPairs(3, 5, np.dtype(float))
    found = pairs.descent_direction(precondition_by(rough), gradient, np.empty(5))
    np.testing.assert_array_equal(found, -rough @ gradient)


@pytest.mark.parametrize("n_before", [1, 4])
def test_a_step_without_curvature_is_forgotten(rng, n_before):
    """The others stay, but for the oldest where its room was needed."""
    points, _, rough = walk(rng, n_before, 6)
    pairs = SecantPairs(4, 6, np.dtype(float))
    for old, new in pairwise(points):
        pairs.add(old, new)
    pairs.add(points[0], Point(points[1].parameters, 0.0, 2 * points[0].gradient - points[1].gradient))
    gradient = rng.standard_normal(6)
    found = pairs.descent_direction(precondition_by(rough), gradient, np.empty(6))
    kept = points if n_before < 4 else points[1:]
    np.testing.assert_allclose(found, -by_updates(kept, rough) @ gradient, rtol=1e-8)
