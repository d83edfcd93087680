import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression
from pminusy.classifier.examples import read_examples
from pminusy.linear.problem import pose_problem

X = np.arange(12.0).reshape(6, 2)
Y = np.array([0, 1, 2, 0, 1, 2])


def posed(weights=None, X=X, y=Y, **options):
    model = SoftmaxRegression(**options)
    return pose_problem(model, read_examples(model, X, y, weights, None, reset=True))


def test_the_penalty_of_the_mean_is_one_over_c_times_the_weight():
    assert posed(C=0.5).penalty == pytest.approx(1 / (0.5 * 6))
    assert posed(np.arange(6.0), C=2).penalty == pytest.approx(1 / (2 * 15))
    assert posed(C=2, class_weight={0: 3}).penalty == pytest.approx(1 / (2 * 10))
    assert posed(C=np.inf).penalty == 0


def test_what_is_to_be_fitted():
    problem = posed(fit_intercept=False)
    assert (problem.n_classes, problem.n_free, problem.fit_intercept) == (3, 3, False)
    assert problem.dtype == np.float64
    assert posed(X=X.astype(np.float32)).dtype == np.float32
    assert posed(y=Y % 2).n_free == 1


def test_targets_are_settled_once_for_each_dtype():
    problem = posed()
    double = np.dtype(np.float64)
    assert problem.settle(double) is problem.settle(double)
    np.testing.assert_array_equal(problem.settle(double).mass(), np.ones(6))


def test_without_weight_there_is_nothing_to_fit():
    with pytest.raises(InputError, match="expected at least one row with positive weight"):
        posed(np.zeros(6))
    with pytest.raises(InputError, match="expected at least one row with positive weight"):
        posed(class_weight={0: 0, 1: 0, 2: 0})


def test_a_c_whose_inverse_overflows_is_refused():
    with pytest.raises(InputError, match="C: expected a number whose inverse is finite, got 1e-320"):
        posed(C=1e-320)


def test_a_c_so_large_that_it_would_mean_no_penalty_is_refused():
    with pytest.raises(
        InputError, match="C: expected inf, or a number whose product with the total weight is finite"
    ):
        posed(C=1e308)
    assert posed(C=np.inf).penalty == 0
    assert posed(C=1e300).penalty > 0


def test_weights_that_cannot_be_inverted_are_refused():
    with pytest.raises(InputError, match="expected weights whose sum has a finite inverse, got a sum of"):
        posed(np.full(6, 1e-310))
