import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pminusy import CrossEntropy, GradientMismatch, InputError, ShapeError
from pminusy.gradcheck import assert_gradient, check_gradient, check_hvp


def quartic(x):
    return float(np.sum(x**4) + np.sum(x) ** 2)


def quartic_gradient(x):
    return 4 * x**3 + 2 * np.sum(x)


@given(
    seed=st.integers(0, 2**32 - 1),
    n_rows=st.integers(1, 5),
    n_classes=st.integers(2, 8),
    size=st.sampled_from([0.1, 1, 3]),
)
def test_tells_right_from_wrong_by_1e_4_in_one_coordinate(seed, n_rows, n_classes, size):
    rng = np.random.default_rng(seed)
    Z, Y = size * rng.standard_normal((n_rows, n_classes)), rng.random((n_rows, n_classes))
    loss = CrossEntropy(reduction="sum")
    right = loss.gradient(Z, Y)
    assert check_gradient(lambda Z: loss.value(Z, Y), right, Z).ok
    index = rng.integers(n_rows), rng.integers(n_classes)
    wrong = right.copy()
    wrong[index] *= 1 + 1e-4
    if abs(right[index]) < 1e-6:  # then 1e-4 of it is below what float64 differences can show
        return
    check = check_gradient(lambda Z: loss.value(Z, Y), wrong, Z)
    assert not check.ok
    assert check.worst_index == index
    assert check.relative_error == pytest.approx(1e-4, rel=0.05)


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 30), scale=st.sampled_from([1e-3, 1.0, 100.0]))
def test_right_gradients_pass_at_every_scale(seed, size, scale):
    x = scale * np.random.default_rng(seed).standard_normal(size)
    assert check_gradient(quartic, quartic_gradient, x).ok


@pytest.mark.parametrize(
    ("f", "gradient"),
    [
        (lambda x: float(x.sum()), np.ones_like),
        (lambda x: float(x @ x), lambda x: 2 * x),
        (lambda x: 7.0, np.zeros_like),
        (lambda x: float(np.exp(x).sum()) * 1e8, lambda x: np.exp(x) * 1e8),
        (lambda x: float(np.log1p(x**2).sum()) + 1e6, lambda x: 2 * x / (1 + x**2)),
    ],
)
def test_linear_quadratic_constant_huge_and_offset_functions_pass(rng, f, gradient):
    assert check_gradient(f, gradient, rng.standard_normal(6)).ok


def test_slope_is_3_for_a_right_gradient_and_1_for_a_wrong_one(rng):
    x = rng.standard_normal(5)
    assert check_gradient(quartic, quartic_gradient, x).slope == pytest.approx(3, abs=0.3)
    assert check_gradient(quartic, lambda x: 1.01 * quartic_gradient(x), x).slope == pytest.approx(1, abs=0.3)


def test_a_wrong_coordinate_among_many_is_found(rng):
    x = rng.standard_normal(3000)
    wrong = np.cos(x)
    wrong[1234] += 0.01
    check = check_gradient(lambda x: float(np.sin(x).sum()), wrong, x, max_coordinates=20)
    assert not check.ok
    assert check.worst_index == (1234,)


def test_mismatch_names_the_worst_coordinate_and_both_values():
    with pytest.raises(GradientMismatch, match=r"\[1, 0\]: claimed 13\.?.*, measured 12"):
        assert_gradient(
            lambda x: float(np.sum(x**2)),
            np.array([[2.0, 4.0], [13.0, -2.0]]),
            np.array([[1.0, 2.0], [6.0, -1.0]]),
        )


def test_a_mismatch_is_an_assertion_error_and_a_right_gradient_says_nothing():
    assert issubclass(GradientMismatch, AssertionError)
    assert assert_gradient(quartic, quartic_gradient, np.ones(3)) is None


@given(seed=st.integers(0, 2**32 - 1), n_classes=st.integers(2, 8))
def test_hvp_right_and_wrong(seed, n_classes):
    rng = np.random.default_rng(seed)
    Z, Y = rng.standard_normal((2, n_classes)), rng.random((2, n_classes))
    loss = CrossEntropy(reduction="sum")
    gradient = lambda Z: loss.gradient(Z, Y)  # noqa: E731
    assert check_hvp(gradient, lambda Z, V: loss.hvp(Z, Y, V), Z).ok

    def wrong(Z, V):
        product = loss.hvp(Z, Y, V)
        product[0, 0] *= 1 + 1e-3
        return product

    check = check_hvp(gradient, wrong, Z)
    assert not check.ok
    assert check.worst_index == (0, 0)


def test_the_functions_may_write_into_their_argument():
    def f(x):
        x *= 2
        return float(x.sum())

    assert check_gradient(f, lambda x: np.full_like(x, 2), np.ones(3)).ok


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: check_gradient(quartic, np.ones(2), np.ones(3)),
            ShapeError,
            r"gradient: .*\(3,\), got \(2,\)",
        ),
        (lambda: check_gradient(np.sin, np.ones(3), np.ones(3)), ShapeError, "f: expected one number"),
        (lambda: check_gradient(quartic, np.ones(0), np.ones(0)), InputError, "x: expected at least one"),
        (lambda: check_gradient(quartic, np.ones(1), [np.nan]), InputError, "x: .*finite"),
        (lambda: check_gradient(quartic, [1, np.inf], np.ones(2)), InputError, r"gradient: .*inf at \[1\]"),
        (
            lambda: check_gradient(lambda x: np.nan, np.ones(2), np.ones(2)),
            InputError,
            "f: expected a finite value",
        ),
        (
            lambda: check_hvp(quartic_gradient, lambda x, v: v[:1], np.ones(2)),
            ShapeError,
            r"hvp: .*\(2,\), got \(1,\)",
        ),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()


def linear_softmax(rng, column_size):
    X, labels = rng.standard_normal((20, 3)) * [column_size, 1, 1], rng.integers(0, 3, 20)
    loss = CrossEntropy()
    return lambda W: loss.value(X @ W, labels), lambda W: X.T @ loss.gradient(X @ W, labels)


@pytest.mark.parametrize("column_size", [1.0, 1e3, 1e5])
def test_a_model_on_raw_columns_is_told_right_from_wrong(rng, column_size):
    f, gradient = linear_softmax(rng, column_size)
    W = 0.1 * rng.standard_normal((3, 3))
    assert check_gradient(f, gradient, W).ok
    assert not check_gradient(f, lambda W: 1.001 * gradient(W), W).ok


@pytest.mark.parametrize(
    ("f", "gradient", "x"),
    [
        (lambda x: float(np.log(x).sum()), lambda x: 1 / x, [1e-7, 1.0, 2.0]),
        (lambda x: float((x**2).sum()), lambda x: 2 * x, [1.0, 2.0, 1e5]),
        (lambda x: np.array([x.sum()]), np.ones_like, [1.0, 2.0]),
    ],
)
def test_edges_of_the_domain_and_mixed_sizes_raise_no_alarm(f, gradient, x):
    assert check_gradient(f, gradient, x).ok


def test_noise_is_not_called_right(rng):
    check = check_gradient(lambda x: float(rng.standard_normal()), np.full(3, 7.0), np.ones(3))
    assert not check.ok
    assert not check.measurable
    assert "could not be measured" in str(check)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: check_gradient(quartic, quartic_gradient, [1.0], n_directions=0),
            "n_directions: expected an integer ≥ 1",
        ),
        (lambda: check_gradient(quartic, quartic_gradient, [1.0], max_coordinates=0), "max_coordinates"),
        (lambda: check_hvp(quartic_gradient, lambda x, v: v, [1.0], n_directions=0), "n_directions"),
        (
            lambda: check_gradient(lambda x: float(np.log(x).sum()), [1e300], [1e-300]),
            "finite values near x",
        ),
    ],
)
def test_what_cannot_be_checked_says_so(call, message):
    with pytest.raises(InputError, match=message):
        call()


def tilted_waves(rng, size):
    A, x = rng.standard_normal((size, size)), rng.standard_normal(size) * 10.0 ** rng.integers(-2, 2)
    z = A @ x
    return A, x, A.T @ (np.cos(z) + 0.2 * z)


COARSE = {
    "single precision": lambda values: np.float32(values).sum(),
    "half precision": lambda values: np.float16(values).sum(),
    "rounded to six digits": lambda values: round(float(values.sum()), 6),
    "rounded to two digits": lambda values: round(float(values.sum()), 2),
    "multiples of a seventh of a thousandth": lambda values: np.floor(values.sum() * 7000) / 7000,
}


@pytest.mark.parametrize("coarse", COARSE.values(), ids=COARSE)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 8))
@example(seed=686, size=1)  # flat near x, and of many jumps between places a little further off
def test_a_right_gradient_of_a_coarse_function_is_never_wrong(coarse, seed, size):
    A, x, right = tilted_waves(np.random.default_rng(seed), size)

    def f(x):
        z = A @ x
        return coarse(np.sin(z) + 0.1 * z**2)

    check = check_gradient(f, right, x)
    assert check.ok or not check.measurable


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(2, 8))
def test_a_wrong_gradient_in_single_precision_is_found(seed, size):
    A, x, right = tilted_waves(np.random.default_rng(seed), size)
    check = check_gradient(lambda x: np.float32(np.sin(A @ x) + 0.1 * (A @ x) ** 2).sum(), 1.5 * right, x)
    assert not check.ok
    assert check.measurable


def relu(x):
    return float(np.maximum(x, 0).sum())


@pytest.mark.parametrize("at_the_kink", [0.0, 0.5, 1.0])
def test_no_subgradient_at_a_kink_is_wrong(at_the_kink):
    check = check_gradient(relu, np.array([1.0, at_the_kink, 0.0]), np.array([2.0, 0.0, -3.0]))
    assert check.kink
    assert not check.ok
    assert not check.measurable
    assert "kink" in str(check)


def test_a_kink_does_not_hide_a_wrong_coordinate():
    check = check_gradient(relu, np.array([1.1, 0.0, 0.0]), np.array([2.0, 0.0, -3.0]))
    assert check.measurable
    assert check.worst_index == (0,)


@given(exponent=st.floats(-6, -1), sign=st.sampled_from([-1, 1]))
def test_a_kink_nearby_is_none_here(exponent, sign):
    x = np.array([1.0, sign * 10.0**exponent])
    assert check_gradient(relu, (x > 0) * 1.0, x).ok
    wrong = check_gradient(relu, (x > 0) * 1.0 + [0, 0.1], x)
    assert not wrong.ok
    assert wrong.measurable


@pytest.mark.parametrize("value", [0.0, 1.0, -1e8, 1e-12])
def test_a_constant_has_gradient_0(value):
    assert check_gradient(lambda x: value, np.zeros(3), np.ones(3)).ok
    assert not check_gradient(lambda x: value, np.full(3, 0.1), np.ones(3)).ok
