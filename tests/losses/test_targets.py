import numpy as np
import pytest

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.losses.targets import LabelTargets, MassTargets, settle_targets, settle_weights

K = 3


def settle(targets, n=None, dtype=np.float64, **options):
    given = {
        "class_weight": None,
        "label_smoothing": 0.0,
        "ignore_index": None,
        "sample_weight": None,
    } | options
    return settle_targets(targets, (len(targets) if n is None else n, K), np.dtype(dtype), **given)


def mass_of(targets, n):
    """The row mass y that settled targets stand for, from the gradient at equal logits: s/K − y."""
    dZ = np.empty((n, K))
    targets.fused_pass(np.zeros((n, K)), 0.0, 1.0, dZ)
    return targets.mass()[:, None] / K - dZ


def test_labels_with_weights_and_smoothing_are_rows_of_mass():
    weights, class_weight = np.array([2.0, 0.0, 0.5]), np.array([1.0, 3.0, 4.0])
    found = settle([0, 1, 2], class_weight=class_weight, label_smoothing=0.3, sample_weight=weights)
    assert isinstance(found, LabelTargets)
    y = weights[:, None] * class_weight * (0.7 * np.eye(K) + 0.1)
    np.testing.assert_allclose(mass_of(found, 3), y, atol=1e-15)
    np.testing.assert_allclose(found.mass(), y.sum(axis=1))
    assert found.total_weight == 2 * 1 + 0.5 * 4


def test_labels_and_their_mass_are_the_same_targets():
    labels, options = (
        np.array([2, 0, 2, 1]),
        {"class_weight": np.array([1.0, 2.0, 5.0]), "label_smoothing": 0.2},
    )
    by_label, by_mass = settle(labels, **options), settle(np.eye(K)[labels], **options)
    assert isinstance(by_mass, MassTargets)
    np.testing.assert_allclose(mass_of(by_label, 4), mass_of(by_mass, 4), atol=1e-15)


def test_ignored_rows_have_no_mass_and_no_weight():
    found = settle([1, -7, 2], ignore_index=-7)
    assert found.mass().tolist() == [1, 0, 1]
    assert found.total_weight == 2


def test_some_rows_are_cut_out_with_their_weights():
    found = settle([0, 1, 2, 0], sample_weight=[1.0, 2.0, 3.0, 4.0]).rows(1, 3)
    assert (found.labels.tolist(), found.mass().tolist()) == ([1, 2], [2, 3])


def test_bad_mass_is_told_by_its_row_in_the_whole():
    Y = np.ones((5, K))
    Y[3, 1] = -0.5
    part = settle(Y).rows(2, 5)
    for use in (part.mass, lambda: part.fused_pass(np.zeros((3, K)), 0.0, 1.0, np.empty((0, K)))):
        with pytest.raises(
            TargetError, match=r"targets: expected finite mass ≥ 0, got -0.5 at row 3, class 1"
        ):
            use()


@pytest.mark.parametrize("class_weight", [None, np.array([1.0, 0.0, 2.0])])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("weights", [None, np.array([1.0, 0.0, 3.0, 1.0])])
def test_the_support_is_where_there_is_mass(class_weight, smoothing, weights):
    options = {"class_weight": class_weight, "label_smoothing": smoothing, "sample_weight": weights}
    rows = np.array([[0.0, 2.0, 0.0], [1.0, 1.0, 1.0], [0.5, 0.0, 0.5], [0.0, 0.0, 3.0]])
    for targets in ([0, 1, 2, 1], rows):
        found = settle(targets, **options)
        support = np.abs(mass_of(found, 4)) > 1e-12
        np.testing.assert_array_equal(found.support(), support)
        np.testing.assert_array_equal(found.support(slice(1, 3)), support[1:3])
        np.testing.assert_array_equal(found.support(np.array([3, 0])), support[[3, 0]])


def test_rows_that_are_ignored_support_no_class():
    assert settle([1, -7], ignore_index=-7).support().tolist() == [[False, True, False], [False] * 3]


def test_weights_of_any_size_leave_no_range():
    found = settle([0, 1], dtype=np.float32, sample_weight=[1e38, 2e38])
    assert found.weights.max() <= 2
    np.testing.assert_allclose(found.mass(), [1e38, 2e38])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"targets": [0, 3]}, TargetError, r"targets: expected labels in \[0, 3\), got 3 at row 1"),
        (
            {"targets": [0.5, 1]},
            ShapeError,
            r"targets: expected integer labels of shape \(2,\) or target mass",
        ),
        ({"targets": [0, 1], "n": 3}, ShapeError, r"of shape \(3,\)"),
        (
            {"targets": np.ones((2, K)), "ignore_index": 0},
            InputError,
            "ignore_index: only valid with integer labels",
        ),
        (
            {"targets": [0, 1], "class_weight": np.ones(2)},
            ShapeError,
            "weight: expected one weight for each of 3 classes",
        ),
    ],
)
def test_what_does_not_fit_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        settle(**arguments)


def test_sample_weights_are_checked():
    assert settle_weights(None, 5).tolist() == [1]
    with pytest.raises(ShapeError, match=r"sample_weight: expected shape \(2,\), got \(3,\)"):
        settle_weights([1, 2, 3], 2)
    with pytest.raises(InputError, match="sample_weight: expected finite weights ≥ 0, got nan at row 1"):
        settle_weights([1, np.nan], 2)
