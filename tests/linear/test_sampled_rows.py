from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linear.parts.local import clouds, in_parts, whole

from pminusy import SoftmaxRegression
from pminusy.linear import sampled_rows
from pminusy.linear.fit import make_objective
from pminusy.linear.sampled_rows import draw

X, Y = clouds(2600, 3, 3)


@given(st.lists(st.integers(1, 2599), max_size=6, unique=True), st.integers(1, 4))
def test_the_same_rows_are_drawn_however_they_are_cut(cuts: list[int], step: int) -> None:
    model, borders = SoftmaxRegression(), [0, *sorted(cuts), 2600]
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampled_rows, "_MOST_CANDIDATES", 3 * 2600 // step)
        for problem in (in_parts(model, X, Y, borders), whole(model, X, Y)):
            objective = make_objective(problem, "lbfgs")
            parameters = np.linspace(-1, 1, objective.layout.n_parameters)
            objective.value_and_gradient(parameters, np.empty_like(parameters))
            draw(objective, 3, np.random.default_rng(5))
            samples = objective.each(lambda part: (part.place.first_row, part.sample))
            found.append([np.concatenate([first + s.rows[k] for first, s in samples]) for k in range(3)])
            totals = [sum(float(s.weights[k].sum()) for _, s in samples) for k in range(3)]
            assert all(total > 0 for total in totals)
    for one, other in zip(*found, strict=True):
        assert len(one) == len(other) == 1000
        # Where rounding moves a border, the next candidate is drawn.
        assert np.count_nonzero(one != other) <= len(cuts)
