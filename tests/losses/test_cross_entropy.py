from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import logits, targets_for

import pminusy
from pminusy import CrossEntropy
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas import softmax as softmax_formulas
from pminusy.formulas import targets as target_formulas
from pminusy.gradcheck import assert_gradient, check_hvp

OPTIONS = st.fixed_dictionaries(
    {
        "label_smoothing": st.sampled_from([0.0, 0.1, 1.0]),
        "z_loss": st.sampled_from([0.0, 1e-4, 0.1]),
        "reduction": st.sampled_from(["mean", "sum"]),
    }
)


def as_mass(targets, n_classes, weight, smoothing):
    if targets.ndim == 1:
        return target_formulas.mass_of_labels(targets, weight, smoothing)
    return target_formulas.mass_of_rows(targets.astype(np.float64), weight, smoothing)


@given(
    data=st.data(),
    Z=logits(),
    options=OPTIONS,
    weighted=st.booleans(),
    sampled=st.booleans(),
    seed=st.integers(0, 99),
)
def test_agrees_with_the_formulas(data, Z, options, weighted, sampled, seed):
    rng = np.random.default_rng(seed)
    n_rows, n_classes = Z.shape
    targets = data.draw(targets_for(Z))
    weight = rng.integers(0, 4, n_classes).astype(float) if weighted else None
    sample_weight = rng.integers(0, 3, n_rows).astype(float) if sampled else None
    class_weight = np.ones(n_classes) if weight is None else weight
    row_weight = np.ones(n_rows) if sample_weight is None else sample_weight
    Y = row_weight[:, None] * as_mass(targets, n_classes, class_weight, options["label_smoothing"])
    counted = row_weight * (class_weight[targets] if targets.ndim == 1 else 1.0)
    divisor = counted.sum() if options["reduction"] == "mean" else 1.0
    scale = 1.0 / divisor if divisor else 0.0

    loss = CrossEntropy(weight=weight, **options)
    value, gradient = loss.value_and_gradient(Z, targets, sample_weight)
    V = rng.standard_normal(Z.shape).astype(Z.dtype)
    product = loss.hvp(Z, targets, V, sample_weight)

    exact_Z = Z.astype(np.float64)
    assert gradient.dtype == product.dtype == Z.dtype
    if n_rows == 0:
        assert value == 0
        return
    # Sums over classes run in order for few of them, and over 64 lanes for many.
    eps = np.finfo(Z.dtype).eps * (1 + min(n_classes, 96) / 32)
    mass, z_loss = scale * Y.sum(axis=1), options["z_loss"]
    lse = np.abs(softmax_formulas.logsumexp(exact_Z))
    each = scale * formulas.value(exact_Z, Y, z_loss)
    # Rounding z − top costs half an ulp of it, in each term; what is left are a few roundings of the result.
    largest_term = mass * (1 + np.log(n_classes) + np.ptp(exact_Z, axis=1) + z_loss * lse**2)
    assert abs(value - each.sum()) <= 8 * eps * largest_term.sum() + 1e-13
    unit = 8 * eps * mass * (1 + 2 * z_loss * (1 + lse))
    assert np.all(np.abs(gradient - scale * formulas.gradient(exact_Z, Y, z_loss)) <= unit[:, None] + 1e-38)
    reach = 2 * unit * (1 + np.abs(V).max(axis=1))
    expected_product = scale * formulas.hvp(exact_Z, Y, V.astype(float), z_loss)
    assert np.all(np.abs(product - expected_product) <= reach[:, None] + 1e-38)


@given(data=st.data(), Z=logits())
def test_value_is_the_value_of_value_and_gradient(data, Z):
    targets = data.draw(targets_for(Z))
    loss = CrossEntropy(label_smoothing=0.1)
    assert loss.value(Z, targets) == loss.value_and_gradient(Z, targets)[0]
    np.testing.assert_array_equal(loss.gradient(Z, targets), loss.value_and_gradient(Z, targets)[1])


SMALL = logits(dtype=np.float64, n_rows=st.integers(1, 3), n_classes=st.sampled_from([1, 2, 3, 5, 97]))


@given(data=st.data(), Z=SMALL, options=OPTIONS, seed=st.integers(0, 99))
def test_every_derivative_belongs_to_its_value(data, Z, options, seed):
    Z = 3 * np.tanh(Z)  # where the loss is neither linear nor constant
    targets = data.draw(targets_for(Z))
    rng = np.random.default_rng(seed)
    loss = CrossEntropy(weight=rng.random(Z.shape[1]) + 0.1, **options)
    sample_weight = rng.random(len(Z)) + 0.1
    value = lambda Z: loss.value(Z, targets, sample_weight)  # noqa: E731
    gradient = lambda Z: loss.gradient(Z, targets, sample_weight)  # noqa: E731
    assert_gradient(value, gradient, Z, max_coordinates=8, n_directions=2)
    check = check_hvp(gradient, lambda Z, V: loss.hvp(Z, targets, V, sample_weight), Z, n_directions=1)
    assert check.ok, check
    V = rng.standard_normal(Z.shape)
    assert loss.jvp(Z, targets, V, sample_weight) == pytest.approx(
        np.vdot(gradient(Z), V), rel=1e-12, abs=1e-14
    )
    blocks = loss.hessian(Z, targets, sample_weight)
    np.testing.assert_allclose(
        np.einsum("nij,nj->ni", blocks, V), loss.hvp(Z, targets, V, sample_weight), rtol=1e-10, atol=1e-13
    )


def test_none_keeps_rows_apart(rng):
    Z, V, labels = rng.standard_normal((5, 4)), rng.standard_normal((5, 4)), rng.integers(0, 4, 5)
    each, total = CrossEntropy(reduction="none"), CrossEntropy(reduction="sum")
    assert each.value(Z, labels).shape == (5,)
    assert each.value(Z, labels).sum() == pytest.approx(total.value(Z, labels))
    np.testing.assert_array_equal(each.gradient(Z, labels), total.gradient(Z, labels))
    assert each.jvp(Z, labels, V).sum() == pytest.approx(total.jvp(Z, labels, V))
    assert each.value(Z.astype(np.float32), labels).dtype == np.float32


@pytest.mark.parametrize("n_classes", [3, 200])
def test_ignored_rows_and_rows_of_weight_0_are_not_there(rng, n_classes):
    Z = rng.standard_normal((6, n_classes))
    labels = np.array([0, 1, 2, 0, 1, 2])
    keep = np.array([0, 2, 5])
    hidden = np.full(6, -100)
    hidden[keep] = labels[keep]
    Z[[1, 3, 4]] = np.nan
    expected = CrossEntropy().value_and_gradient(Z[keep], labels[keep])
    ignoring = CrossEntropy(ignore_index=-100).value_and_gradient(Z, hidden)
    weightless = CrossEntropy().value_and_gradient(Z, labels, np.isin(np.arange(6), keep).astype(float))
    for value, gradient in (ignoring, weightless):
        assert value == pytest.approx(expected[0], rel=1e-14)
        np.testing.assert_allclose(gradient[keep], expected[1], rtol=1e-14)
        assert (gradient[[1, 3, 4]] == 0).all()


@pytest.mark.parametrize("n_classes", [4, 200])
def test_rows_without_mass_count_for_nothing_in_any_derivative(rng, n_classes):
    Z, V = rng.standard_normal((2, 4, n_classes))
    Y = rng.random((4, n_classes))
    Z[1], V[1], Y[1] = np.nan, np.nan, np.nan
    Z[3], Y[3] = np.nan, 0.0
    loss, weights = CrossEntropy(reduction="sum"), [1.0, 0.0, 1.0, 1.0]
    assert np.isfinite(loss.value(Z, Y, weights))
    assert np.isfinite(loss.jvp(Z, Y, V, weights))
    for result in (loss.gradient(Z, Y, weights), loss.hvp(Z, Y, V, weights), loss.hessian(Z, Y, weights)):
        assert (result[[1, 3]] == 0).all()
        assert np.isfinite(result).all()
    by_class = CrossEntropy(weight=[0.0, *np.ones(n_classes - 1)])
    assert np.isfinite(by_class.value(Z, [1, 0, 2, 0]))


@pytest.mark.parametrize("n_classes", [10, 200])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-300, 1e-42, 1e-30, 1e30, 1e39, 1e300])
def test_the_size_of_the_weights_cancels_in_a_mean(rng, n_classes, dtype, size):
    Z, labels = rng.standard_normal((4, n_classes)).astype(dtype), np.array([0, 1, 2, 3])
    expected = CrossEntropy().value_and_gradient(Z, labels)
    weights = np.full(n_classes, size)
    for weighted in (
        CrossEntropy().value_and_gradient(Z, labels, np.full(4, size)),
        CrossEntropy(weight=weights).value_and_gradient(Z, labels),
    ):
        assert weighted[0] == pytest.approx(expected[0], rel=1e-6)
        np.testing.assert_allclose(weighted[1], expected[1], rtol=1e-5, atol=1e-7)


def test_options_of_any_real_type_mean_their_value(rng):
    Z = rng.standard_normal((3, 4))
    expected = CrossEntropy(label_smoothing=0.1, z_loss=0.25).value(Z, [0, 1, 2])
    assert (
        CrossEntropy(label_smoothing=Fraction(1, 10), z_loss=Fraction(1, 4)).value(Z, [0, 1, 2]) == expected
    )


def test_the_callers_weights_may_change_afterwards(rng):
    weight = np.ones(3)
    loss = CrossEntropy(weight=weight, reduction="sum")
    before = loss.value(np.zeros((1, 3)), [0])
    weight[0] = 100
    assert loss.value(np.zeros((1, 3)), [0]) == before


def test_no_rows_at_all_may_be_an_empty_list():
    assert CrossEntropy().value(np.zeros((0, 3)), []) == 0


def test_a_class_may_be_the_ignored_one(rng):
    Z, labels = rng.standard_normal((6, 3)), np.array([0, 1, 2, 0, 1, 2])
    counted = labels != 1
    assert CrossEntropy(ignore_index=1).value(Z, labels) == pytest.approx(
        CrossEntropy().value(Z[counted], labels[counted])
    )


@pytest.mark.parametrize("n_classes", [1, 2, 10, 200])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_nothing_counted_gives_0(n_classes, reduction):
    loss = CrossEntropy(ignore_index=-1, reduction=reduction)
    for n_rows in (0, 4):
        value, gradient = loss.value_and_gradient(np.full((n_rows, n_classes), np.nan), np.full(n_rows, -1))
        assert value == 0
        assert gradient.shape == (n_rows, n_classes)
        assert (gradient == 0).all()
    weightless = CrossEntropy(weight=np.zeros(n_classes), reduction=reduction)
    assert weightless.value(np.ones((2, n_classes)), [0, 0]) == 0


@pytest.mark.parametrize("n_classes", [2, 10, 96, 97, 5000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("soft", [False, True])
def test_hostile_rows_spoil_nothing_but_themselves(rng, n_classes, dtype, soft):
    Z = rng.standard_normal((70, n_classes)).astype(dtype)
    labels = np.zeros(70, int)
    targets = np.eye(n_classes, dtype=dtype)[labels] if soft else labels
    loss = CrossEntropy(reduction="none")
    clean_value, clean_gradient = loss.value_and_gradient(Z, targets)
    hostile = Z.copy()
    hostile[3, -1] = np.nan
    hostile[5, -1] = np.inf
    hostile[7] = -np.inf
    hostile[9, 1:] = -np.inf
    hostile[11, 0] = -np.inf
    value, gradient = loss.value_and_gradient(hostile, targets)
    others = np.setdiff1d(np.arange(70), [3, 5, 7, 9, 11])
    np.testing.assert_array_equal(value[others], clean_value[others])
    np.testing.assert_array_equal(gradient[others], clean_gradient[others])
    assert np.isnan(value[[3, 5, 7]]).all()
    assert np.isnan(gradient[[3, 5, 7]]).all()
    assert value[9] == 0
    assert (gradient[9] == 0).all()
    assert value[11] == np.inf
    assert gradient[11, 0] == -1
    assert np.isfinite(gradient[11]).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_classes", [3, 500])
def test_ruled_out_classes_get_exactly_no_gradient(rng, dtype, n_classes):
    Z = rng.standard_normal((4, n_classes)).astype(dtype)
    Z[:, 1] = -np.inf
    loss = CrossEntropy(reduction="sum")
    gradient = loss.gradient(Z, np.zeros(4, int), np.full(4, 1e6))
    assert (gradient[:, 1] == 0).all()
    smoothed = CrossEntropy(label_smoothing=0.1, weight=np.where(np.arange(n_classes) == 1, 0.0, 1.0))
    assert np.isfinite(smoothed.value(Z, np.zeros(4, int)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_far_from_zero_and_ties(dtype):
    Z = np.array([[1e4, 1e4, -1e4], [-1e4, -1e4, -1e4], [3e4, 0, 0]], dtype)
    value = CrossEntropy(reduction="none").value(Z, [0, 2, 1])
    np.testing.assert_allclose(value, [np.log(2), np.log(3), 3e4], rtol=1e-6)


def test_many_classes_in_float32(rng):
    Z = rng.standard_normal((3, 200_000)).astype(np.float32)
    labels = np.array([0, 100_000, 199_999])
    value, gradient = CrossEntropy().value_and_gradient(Z, labels)
    exact = CrossEntropy().value_and_gradient(Z.astype(np.float64), labels)
    assert value == pytest.approx(exact[0], rel=1e-7)
    np.testing.assert_allclose(gradient, exact[1], rtol=2e-6, atol=1e-12)
    assert abs(gradient.sum(axis=1, dtype=np.float64)).max() < 1e-6


@pytest.mark.parametrize("shape", [(40, 12), (40, 120)])
def test_layout_and_writeability_of_the_input_do_not_matter(rng, shape):
    Z, Y = rng.standard_normal(shape), rng.random(shape)
    expected = CrossEntropy().value_and_gradient(Z, Y)
    frozen = Z.copy()
    frozen.flags.writeable = False
    wide = np.zeros((shape[0], 2 * shape[1]))
    wide[:, ::2] = Z
    swapped = Z.astype(Z.dtype.newbyteorder())
    for same in (np.asfortranarray(Z), frozen, wide[:, ::2], Z[::-1][::-1], swapped, Z.tolist()):
        value, gradient = CrossEntropy().value_and_gradient(same, np.asfortranarray(Y))
        assert value == expected[0]
        np.testing.assert_array_equal(gradient, expected[1])


def test_input_is_left_alone(rng):
    Z, Y, V = rng.standard_normal((3, 10, 5))
    Y = np.abs(Y)
    copies = Z.copy(), Y.copy(), V.copy()
    loss = CrossEntropy(label_smoothing=0.1, weight=[1, 2, 3, 4, 5])
    loss.value_and_gradient(Z, Y), loss.hvp(Z, Y, V), loss.jvp(Z, Y, V), loss.hessian(Z, Y)
    for array, copy in zip((Z, Y, V), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(
    ("given", "computed"),
    [
        (np.float16, np.float32),
        (np.float32, np.float32),
        (np.float64, np.float64),
        (np.int32, np.float64),
        (bool, np.float64),
    ],
)
def test_dtypes(given, computed):
    assert CrossEntropy().gradient(np.zeros((2, 3), given), [0, 1]).dtype == computed


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32, np.uint64, np.int64])
def test_labels_of_any_integer_dtype(dtype):
    assert CrossEntropy().value(np.zeros((2, 4)), np.array([1, 3], dtype)) == pytest.approx(np.log(4))


def test_out_is_written_and_returned(rng):
    Z, labels = rng.standard_normal((20, 7)), rng.integers(0, 7, 20)
    out = np.empty_like(Z)
    assert CrossEntropy().gradient(Z, labels, out=out) is out
    np.testing.assert_array_equal(out, CrossEntropy().gradient(Z, labels))


def test_counts_are_repeated_labels(rng):
    Z = rng.standard_normal((1, 4))
    counts = np.array([[2, 0, 3, 1]])
    labels = np.repeat(np.arange(4), counts[0])
    loss = CrossEntropy(reduction="sum")
    repeated = loss.value_and_gradient(np.repeat(Z, 6, axis=0), labels)
    value, gradient = loss.value_and_gradient(Z, counts)
    assert value == pytest.approx(repeated[0])
    np.testing.assert_allclose(gradient[0], repeated[1].sum(axis=0))


BAD = [
    (
        lambda: CrossEntropy(label_smoothing=1.5),
        pminusy.InputError,
        r"label_smoothing: expected a number in \[0, 1\], got 1.5",
    ),
    (lambda: CrossEntropy(z_loss=-1), pminusy.InputError, "z_loss"),
    (lambda: CrossEntropy(z_loss=None), pminusy.InputError, "z_loss: expected a finite number ≥ 0, got None"),
    (lambda: CrossEntropy(label_smoothing="0.1"), pminusy.InputError, "label_smoothing: .*'0.1'"),
    (lambda: CrossEntropy(ignore_index=1.5), pminusy.InputError, "ignore_index: expected a 64-bit integer"),
    (lambda: CrossEntropy(ignore_index=True), pminusy.InputError, "ignore_index"),
    (lambda: CrossEntropy(ignore_index=2**70), pminusy.InputError, "ignore_index"),
    (
        lambda: CrossEntropy().value(np.zeros((1, 3), np.float32), [[3e38, 3e38, 0]]),
        pminusy.TargetError,
        "got a sum that overflows at row 0",
    ),
    (lambda: CrossEntropy(weight=[1, -1]), pminusy.InputError, "weight"),
    (lambda: CrossEntropy(weight=[[1, 1]]), pminusy.InputError, "weight"),
    (lambda: CrossEntropy(reduction="avg"), pminusy.InputError, "reduction.*'avg'"),
    (
        lambda: CrossEntropy(weight=[1, 2]).value(np.zeros((1, 3)), [0]),
        pminusy.ShapeError,
        "weight: .* 3 classes, got 2",
    ),
    (
        lambda: CrossEntropy().value(np.zeros((2, 3)), [0, 3]),
        pminusy.TargetError,
        r"\[0, 3\), got 3 at row 1",
    ),
    (lambda: CrossEntropy().value(np.zeros((2, 3)), [-1, 0]), pminusy.TargetError, r"got -1 at row 0"),
    (
        lambda: CrossEntropy(ignore_index=-1).value(np.zeros((2, 3)), [-1, -2]),
        pminusy.TargetError,
        r"got -2 at row 1",
    ),
    (lambda: CrossEntropy().value(np.zeros((2, 3)), [0]), pminusy.ShapeError, r"\(2,\).*\(2, 3\).*\(1,\)"),
    (
        lambda: CrossEntropy().value(np.zeros((2, 3)), np.zeros((2, 4))),
        pminusy.ShapeError,
        r"\(2, 3\).*\(2, 4\)",
    ),
    (
        lambda: CrossEntropy().value(np.zeros((2, 3)), [0.0, 1.0]),
        pminusy.ShapeError,
        "integer labels.*float64",
    ),
    (
        lambda: CrossEntropy().value(np.zeros((2, 3)), [[1, 0, 0], [0, -2, 0]]),
        pminusy.TargetError,
        "got -2.0 at row 1, class 1",
    ),
    (
        lambda: CrossEntropy().value(np.zeros((2, 3)), [[1, 0, 0], [0, np.nan, 0]]),
        pminusy.TargetError,
        "got nan at row 1, class 1",
    ),
    (
        lambda: CrossEntropy().hvp(np.zeros((1, 3)), [[np.inf, 0, 0]], np.zeros((1, 3))),
        pminusy.TargetError,
        "got inf at row 0",
    ),
    (
        lambda: CrossEntropy().value(np.zeros((1, 200)), [[-1e-9] + [1] * 199]),
        pminusy.TargetError,
        "row 0, class 0",
    ),
    (
        lambda: CrossEntropy(ignore_index=0).value(np.zeros((1, 2)), [[1, 0]]),
        pminusy.InputError,
        "ignore_index",
    ),
    (lambda: CrossEntropy().value(np.zeros(3), [0]), pminusy.ShapeError, r"Z: .*\(N, K\).*\(3,\)"),
    (lambda: CrossEntropy().value(np.zeros((2, 0)), [0, 0]), pminusy.ShapeError, "K ≥ 1"),
    (lambda: CrossEntropy().value(np.array([["a"]]), [0]), pminusy.InputError, "Z: expected real numbers"),
    (lambda: CrossEntropy().value(np.zeros((1, 2)) + 0j, [0]), pminusy.InputError, "complex"),
    (
        lambda: CrossEntropy().value(np.zeros((1, 2)), [0], [-1.0]),
        pminusy.InputError,
        "sample_weight.*-1.0 at row 0",
    ),
    (lambda: CrossEntropy().value(np.zeros((1, 2)), [0], [1.0, 1.0]), pminusy.ShapeError, "sample_weight"),
    (
        lambda: CrossEntropy().hvp(np.zeros((1, 2)), [0], np.zeros((1, 3))),
        pminusy.ShapeError,
        r"V: .*\(1, 2\), got \(1, 3\)",
    ),
    (lambda: CrossEntropy().gradient(np.zeros((1, 2)), [0], out=np.zeros((2, 1))), pminusy.ShapeError, "out"),
    (
        lambda: CrossEntropy().gradient(np.zeros((1, 2)), [0], out=np.zeros((1, 2), np.float32)),
        pminusy.ShapeError,
        "out.*float32",
    ),
    (
        lambda: CrossEntropy().gradient(np.zeros((2, 2)), [0, 0], out=np.zeros((2, 2)).T),
        pminusy.InputError,
        "C-contiguous",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_input_names_the_argument_what_was_expected_and_what_came(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_out_may_not_be_what_is_read(rng):
    Z, Y = rng.standard_normal((2, 3)), rng.random((2, 3))
    with pytest.raises(pminusy.InputError, match="overlaps Z"):
        CrossEntropy().gradient(Z, [0, 1], out=Z)
    with pytest.raises(pminusy.InputError, match="overlaps targets"):
        CrossEntropy().gradient(Z, Y, out=Y)
