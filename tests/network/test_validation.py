import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import InputError, SoftmaxNetwork
from pminusy.classifier.examples import Examples, read_examples
from pminusy.classifier.targets import ClassTargets
from pminusy.network.validation import read_validation, share_out


def examples(labels):
    labels = np.asarray(labels)
    return Examples(np.arange(len(labels))[:, None], ClassTargets(np.arange(4), labels), None)


@given(st.lists(st.integers(0, 3), min_size=2), st.floats(0.01, 0.5), st.integers(0, 9))
def test_every_row_is_on_one_side_in_order(labels, fraction, seed):
    parts = [part.X[:, 0] for part in share_out(examples(labels), fraction, seed)]
    assert sorted(np.concatenate(parts)) == list(range(len(labels)))
    assert all((np.diff(part) > 0).all() for part in parts)
    assert len(parts[1]) == np.ceil(fraction * len(labels))


def test_each_class_is_shared_out_alike():
    _, held = share_out(examples(np.arange(100) % 4), 0.2, 0)
    assert np.bincount(held.targets.encoded).tolist() == [5, 5, 5, 5]


def test_rows_to_train_on_are_left():
    with pytest.raises(InputError, match="validation_fraction: expected at least one row left to train on"):
        share_out(examples([0, 1]), 0.9, 0)


def test_both_or_neither():
    X, y, model = np.eye(3), np.arange(3), SoftmaxNetwork()
    read_examples(model, X, y, None, None, reset=True)
    assert read_validation(model, None, None, y) is None
    assert read_validation(model, X, y, y).targets.encoded.tolist() == [0, 1, 2]
    for X_val, y_val in ((X, None), (None, y)):
        with pytest.raises(InputError, match="X_val, y_val: expected both or neither"):
            read_validation(model, X_val, y_val, y)


@given(st.integers(0, 9), st.lists(st.booleans(), min_size=12, max_size=40))
def test_rows_of_weight_0_are_in_neither_part(seed, counted):
    weights = np.array([1.0, 1.0, *counted], float)
    labels = np.arange(len(weights)) % 4
    given_weights = Examples(np.arange(len(labels))[:, None], ClassTargets(np.arange(4), labels), weights)
    parts = [part.X[:, 0] for part in share_out(given_weights, 0.3, seed)]
    assert sorted(np.concatenate(parts)) == np.flatnonzero(weights).tolist()
    with pytest.raises(InputError, match="sample_weight: expected at least one row with positive weight"):
        share_out(Examples(given_weights.X, given_weights.targets, 0 * weights), 0.3, seed)
