from itertools import pairwise
from types import SimpleNamespace

import pytest

from pminusy.report.outcome import solver_outcome


def _result(n_steps, converged=True):
    history = tuple(
        SimpleNamespace(iteration=i, passes=i + 1, objective=1 / (i + 1), gradient_norm=0.5**i)
        for i in range(n_steps)
    )
    return SimpleNamespace(
        reason=SimpleNamespace(sentence="It is done.", remedy="nothing"),
        converged=converged,
        objective=0.5,
        gradient_norm=1e-6,
        relative_gap=1e-6,
        tolerance=1e-4,
        n_iter=n_steps,
        passes=n_steps + 1,
        seconds=0.1,
        history=history,
    )


@pytest.mark.parametrize("n_steps", [0, 1, 199, 200])
def test_short_histories_are_kept_whole(n_steps):
    history = solver_outcome(_result(n_steps)).history
    assert [step.iteration for step in history] == list(range(n_steps))


def test_long_histories_are_thinned_evenly_and_keep_both_ends():
    iterations = [step.iteration for step in solver_outcome(_result(5000)).history]
    gaps = {b - a for a, b in pairwise(iterations)}
    assert (len(iterations), iterations[0], iterations[-1]) == (200, 0, 4999)
    assert gaps <= {25, 26}


def test_a_remedy_is_for_those_that_need_it():
    assert solver_outcome(_result(3)).remedy == ""
    assert solver_outcome(_result(3, converged=False)).remedy == "nothing"
