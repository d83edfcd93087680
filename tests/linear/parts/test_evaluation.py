import numpy as np
import pytest
from tests.linear.parts.local import clouds, in_parts, whole

from pminusy import SoftmaxRegression
from pminusy.linear.certificate import gap_bound
from pminusy.linear.fit import evaluate

X, Y = clouds(120, 4, 3)


def test_it_is_that_of_the_whole():
    model, rng = SoftmaxRegression(C=2.0), np.random.default_rng(0)
    W, b, weights = rng.standard_normal((3, 4)), rng.standard_normal(3), rng.integers(0, 3, 120)
    problems = in_parts(model, X, Y, [0, 50, 51, 120], weights), whole(model, X, Y, weights)
    parted, one = (evaluate(problem, W, b) for problem in problems)
    assert parted.value == pytest.approx(one.value, rel=1e-13)
    for name in ("dW", "db", "masses", "total_mass", "mean_row", "mean_square", "mean_size", "gradient_norm"):
        np.testing.assert_allclose(getattr(parted, name), getattr(one, name), atol=1e-14, err_msg=name)
    np.testing.assert_allclose(parted.class_mass(), one.class_mass())
    np.testing.assert_array_equal(parted.support(np.array([70, 3])), one.support(np.array([70, 3])))
    assert gap_bound(parted) == pytest.approx(gap_bound(one), rel=1e-9)
    assert parted.margin_range(W, b) == pytest.approx(one.margin_range(W, b), abs=1e-14)
    for most in (3, 200):
        found = [each.falling_rows(W, b, -1e-3, most).tolist() for each in (parted, one)]
        assert found[0] == found[1]
        assert 0 < len(found[0]) <= most
