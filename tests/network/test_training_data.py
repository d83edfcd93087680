import numpy as np
import pytest
import scipy.sparse as sp

from pminusy import CrossEntropy, InputError, ShapeError, nn
from pminusy.classifier.examples import Examples
from pminusy.classifier.targets import ClassTargets
from pminusy.network.training_data import (
    check_shape,
    make_samples,
    network_dtype,
    training_set,
    validation_set,
)
from pminusy.nn.training.batches import DenseSamples, IntegerSamples
from pminusy.nn.training.sparse_batches import SparseSamples

DOUBLE = np.dtype(np.float64)


def samples(X, first=None, layout="NHWC"):
    return make_samples(X, DOUBLE, layout, first)


def examples(weights=None, encoded=(0, 2, 1, 2)):
    targets = ClassTargets(np.array(["a", "b", "c"]), np.asarray(encoded))
    return Examples(np.ones((4, 2)), targets, weights)


@pytest.mark.parametrize(
    ("given", "computed"),
    [
        (np.float64, np.float64),
        (np.float32, np.float32),
        (np.uint8, np.float32),
        (np.int64, np.float32),
        (np.bool_, np.float32),
    ],
)
def test_doubles_are_computed_in_doubles_and_all_else_in_singles(given, computed):
    assert network_dtype(np.ones((1, 1), given)) == computed


def test_samples_are_of_the_kind_that_the_first_layer_takes():
    assert isinstance(samples(np.ones((3, 2))), DenseSamples)
    assert isinstance(samples(sp.csr_matrix(np.ones((3, 2)))), SparseSamples)
    assert isinstance(samples(sp.csr_matrix(np.ones((3, 2))), nn.Dense(4)), SparseSamples)
    assert isinstance(samples(np.ones((3, 2)), nn.Embedding(5, 4)), IntegerSamples)


def test_channels_come_last_whichever_way_they_are_given():
    assert samples(np.ones((2, 5, 6, 3))).shape == (5, 6, 3)
    assert samples(np.ones((2, 3, 5, 6)), layout="NCHW").shape == (5, 6, 3)


def test_sparse_rows_are_for_dense_layers():
    with pytest.raises(InputError, match=r"X: expected a dense array, as the first layer is .*Tanh"):
        samples(sp.csr_matrix(np.ones((3, 2))), nn.Tanh())


def test_more_than_four_axes_are_refused():
    with pytest.raises(ShapeError, match="X: expected at most 4 axes"):
        samples(np.ones((1, 1, 1, 1, 1)))


def test_an_embedding_takes_whole_numbers_that_it_has():
    with pytest.raises(InputError, match=r"X: expected integers for the embedding, got 0.5 at \[1, 0\]"):
        samples(np.array([[1.0, 2], [0.5, 0.25]]), nn.Embedding(5, 4))
    with pytest.raises(InputError):
        samples(np.array([[1, 5]]), nn.Embedding(5, 4))


def test_the_shape_of_samples_is_checked():
    check_shape(samples(np.ones((3, 2))), (2,))
    with pytest.raises(ShapeError, match=r"X_val: expected samples of shape \(4,\), got \(2,\)"):
        check_shape(samples(np.ones((3, 2))), (4,), "X_val")


def test_targets_are_settled_with_what_each_row_counts():
    data = training_set(samples(np.ones((4, 2))), examples(np.arange(4.0)), CrossEntropy(), DOUBLE)
    assert data.weights.tolist() == [0, 1, 2, 3]
    weighted = CrossEntropy(weight=np.array([1.0, 2, 3]))
    assert training_set(samples(np.ones((4, 2))), examples(), weighted, DOUBLE).weights.tolist() == [
        *(1, 3, 2, 3)
    ]


def test_rows_without_any_weight_are_refused():
    for make, name in ((training_set, "y"), (validation_set, "y_val")):
        with pytest.raises(InputError, match=f"expected at least one row of {name} with positive weight"):
            make(samples(np.ones((4, 2))), examples(np.zeros(4)), CrossEntropy(), DOUBLE)
