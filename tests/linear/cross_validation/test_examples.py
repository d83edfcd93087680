import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression
from pminusy.linear.cross_validation.examples import read_whole

X = np.arange(12.0).reshape(6, 2)
LABELS = np.array(list("abcabc"))


def read(y=LABELS, weights=None, classes=None):
    model = SoftmaxRegression()
    return model, read_whole(model, X, y, weights, classes)


def test_labels_are_numbered_in_ascending_order_and_the_columns_are_learned():
    model, rows = read()
    assert rows.targets.classes.tolist() == ["a", "b", "c"]
    assert rows.targets.encoded.tolist() == [0, 1, 2, 0, 1, 2]
    assert model.n_features_in_ == 2


def test_classes_that_do_not_ascend_are_refused():
    with pytest.raises(
        InputError, match=r"classes: expected labels in ascending order, got \['b', 'a', 'c'\]"
    ):
        read(classes=["b", "a", "c"])


@pytest.mark.parametrize(("y", "weights"), [(LABELS, np.zeros(6)), (np.zeros((6, 3)), None)])
def test_rows_without_any_weight_are_refused(y, weights):
    with pytest.raises(InputError, match="y, sample_weight: expected at least one row with positive weight"):
        read(y, weights, ["a", "b", "c"])
