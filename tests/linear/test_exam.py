"""A part of `python -m benchmarks.exam`: claims of fits of random problems, computed again in extended precision."""

from __future__ import annotations

import pytest
from benchmarks.exam.claims import examine
from benchmarks.exam.problems import make_problem

SEEDS = range(5000, 5060)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_claimed_of_a_fit_is_true(seed: int) -> None:
    problem = make_problem(seed)
    assert not examine(problem).violations, problem.describe()
