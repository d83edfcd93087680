import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.solvers.problems import newton, quadratic

from pminusy.solvers.newton import solve_positive


def test_one_step_is_enough_for_a_quadratic():
    objective = quadratic(1e6)
    solution = newton(objective, tol=1e-8, max_iter=100)
    assert solution.result.n_iter == 1
    np.testing.assert_allclose(solution.parameters, objective.m, rtol=1e-8)
    assert {"Hessians", "factorisations", "gradients"} <= solution.result.phases.keys()


MATRICES = st.builds(
    lambda size, rank, scale, seed: scale * np.random.default_rng(seed).standard_normal((size, rank)),
    *(st.integers(1, 12), st.integers(0, 14), st.sampled_from([1e-6, 1.0, 1e6]), st.integers(0, 99)),
)


@given(MATRICES)
def test_solves_systems_that_are_only_semidefinite(half):
    matrix = half @ half.T
    solution = np.ones(len(matrix))
    right = matrix @ solution
    found = solve_positive(matrix.copy(), right)
    assert np.linalg.norm(matrix @ found - right) <= 1e-6 * np.linalg.norm(right)
    # A flat direction keeps still: nothing far away is made up along it.
    assert np.linalg.norm(found) <= 1e3 * np.linalg.norm(solution)


@given(MATRICES, st.integers(0, 99))
def test_units_of_the_parameters_make_no_difference(half, seed):
    """With parameters in units from 1e-8 to 1e8, and a flat direction, the step is the same in those units."""
    matrix = half @ half.T
    units = 10.0 ** np.random.default_rng(seed).uniform(-8, 8, len(matrix))
    right = matrix @ np.ones(len(matrix))
    found = solve_positive(matrix * units[:, None] * units, right * units) * units
    assert np.linalg.norm(matrix @ found - right) <= 1e-6 * np.linalg.norm(right)


def test_agrees_with_a_general_solver_where_nothing_is_flat(rng):
    half = rng.standard_normal((9, 12))
    matrix, right = half @ half.T, rng.standard_normal(9)
    np.testing.assert_allclose(
        solve_positive(matrix.copy(), right), np.linalg.solve(matrix, right), rtol=1e-9
    )


def test_float32_stays_float32(rng):
    half = rng.standard_normal((5, 2)).astype(np.float32)
    assert solve_positive(half @ half.T, half[:, 0]).dtype == np.float32
