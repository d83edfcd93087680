import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression
from pminusy.linear.options import check_parameters, make_generator


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"C": np.inf},
        {"C": np.float32(2)},
        {"solver": "newton-cg", "max_iter": 0, "tol": 0, "n_threads": 3},
    ],
)
def test_parameters_within_their_ranges_pass(options):
    check_parameters(SoftmaxRegression(**options))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("C", 0),
        ("C", -1.0),
        ("C", np.nan),
        ("C", "1"),
        ("C", True),
        ("solver", "sag"),
        ("fit_intercept", "yes"),
        ("compute_inference", 2),
        ("verbose", -1),
        ("max_iter", 1.5),
        ("max_iter", -1),
        ("tol", -1e-9),
        ("tol", np.nan),
        ("n_threads", 0),
    ],
)
def test_a_parameter_outside_its_range_is_named_with_its_value(name, value):
    with pytest.raises(InputError, match=f"^{name}: expected .*{value!r}"):
        check_parameters(SoftmaxRegression(**{name: value}))


@pytest.mark.parametrize("seed", [None, 0, 7])
def test_the_same_seed_gives_the_same_numbers(seed):
    assert make_generator(seed).random() == make_generator(seed).random()


def test_a_random_state_gives_what_its_own_state_says():
    one, other = (make_generator(np.random.RandomState(5)).random() for _ in range(2))
    assert one == other != make_generator(np.random.RandomState(6)).random()
