import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.classifier.targets import ClassTargets, class_weights, read_targets
from pminusy.errors import InputError, ShapeError, TargetError


@given(st.lists(st.sampled_from(["b", "a", "é", "z"]), min_size=2).filter(lambda y: len(set(y)) > 1))
def test_labels_are_numbered_by_their_classes(y):
    targets = read_targets(y, None)
    assert targets.classes.tolist() == sorted(set(y))
    assert targets.encoded.dtype == np.int64
    assert targets.classes[targets.encoded].tolist() == y


@given(st.permutations([3, 1, 7, 5]), st.lists(st.sampled_from([1, 3, 5]), min_size=1))
def test_given_classes_keep_their_order(classes, y):
    targets = read_targets(y, classes)
    assert targets.classes.tolist() == classes
    assert targets.n_classes == 4
    assert targets.classes[targets.encoded].tolist() == y


def test_mass_is_taken_as_it_is():
    mass = np.array([[0.2, 0.8, 0.0], [1.0, 3.0, 2.0]])
    targets = read_targets(mass, ["a", "b", "c"])
    np.testing.assert_array_equal(targets.encoded, mass)
    assert targets.classes.tolist() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("y", "classes", "error", "message"),
    [
        ([1, 1], None, TargetError, r"^y: expected at least 2 classes, got only one class: \[1\]"),
        ([0.5, 1.25], None, TargetError, "^y: expected labels of a single type"),
        (["a", "c", "d"], ["a", "b", "c"], TargetError, r"among \['a', 'b', 'c'\], got d at row 2"),
        (np.ones((3, 2)), None, ShapeError, r"got shape \(3, 2\); to pass target mass, set classes="),
        (np.ones((3, 2)), [0, 1, 2], ShapeError, r"each of the 3 classes, got shape \(3, 2\)"),
        ([0, 1], [0, 0, 1], InputError, "^classes: expected distinct labels"),
        ([0, 0], [0], InputError, r"^classes: expected at least 2, got \[0\]"),
    ],
)
def test_what_cannot_be_used_is_named(y, classes, error, message):
    with pytest.raises(error, match=message):
        read_targets(y, classes)


def test_the_argument_is_named_as_the_caller_calls_it():
    with pytest.raises(TargetError, match=r"^y_val: expected labels among"):
        read_targets(["x"], ["a", "b"], "y_val")


LABELS = ClassTargets(np.array(["a", "b", "c"]), np.array([0, 0, 0, 1]))
MASS = ClassTargets(np.array(["a", "b", "c"]), np.array([[3.0, 0, 0], [0, 1.0, 0]]))


def test_no_class_weights():
    assert class_weights(None, LABELS, None) is None


def test_classes_that_a_mapping_leaves_out_weigh_1():
    np.testing.assert_array_equal(class_weights({"b": 2.5}, LABELS, None), [1, 2.5, 1])


@pytest.mark.parametrize("targets", [LABELS, MASS])
def test_balanced_classes_weigh_alike_and_an_absent_one_1(targets):
    weights = class_weights("balanced", targets, None)
    np.testing.assert_allclose(weights * [3, 1, 0], [4 / 3, 4 / 3, 0])
    assert weights[2] == 1


def test_balance_counts_sample_weights():
    weights = class_weights("balanced", LABELS, np.array([1.0, 0, 0, 5]))
    np.testing.assert_allclose(weights * [1, 5, 0], [2, 2, 0])


@pytest.mark.parametrize("given", [{"d": 1.0}, {"a": -1}, {"a": np.inf}, {"a": "1"}, {"a": True}, "even", 3])
def test_other_class_weights_are_refused(given):
    with pytest.raises(InputError, match=r"^class_weight: expected"):
        class_weights(given, LABELS, None)


def test_class_weights_may_name_classes_that_do_not_occur():
    targets = read_targets([0, 2, 2], None)
    np.testing.assert_array_equal(class_weights({0: 3.0, 1: 9.0}, targets, None), [3.0, 1.0])
    with pytest.raises(InputError, match=r"class_weight: expected classes among \[0, 2\], got \[1, 7\]"):
        class_weights({1: 1.0, 7: 1.0}, targets, None)
    with pytest.raises(InputError, match="finite weights"):
        class_weights({0: 1.0, 1: -1.0}, targets, None)
