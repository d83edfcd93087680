import numpy as np
import pytest
from sklearn.model_selection import KFold, LeaveOneOut, StratifiedKFold

from pminusy import SoftmaxRegression
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import split_folds

X = np.arange(24.0).reshape(12, 2)
LABELS = np.array(list("aabbccaabbcc"))
MASS = np.eye(3)[np.repeat([0, 1, 2], 4)]


def labelled(weights=None):
    return read_whole(SoftmaxRegression(), X, LABELS, weights, None)


def numbers(folds):
    return [(fold.train.tolist(), fold.held_out.tolist()) for fold in folds]


def expected(splitter, y):
    return [(train.tolist(), test.tolist()) for train, test in splitter.split(X, y)]


def test_a_number_of_folds_is_stratified_by_label_but_not_by_mass():
    assert numbers(split_folds(4, labelled())) == expected(StratifiedKFold(4), LABELS)
    mass = read_whole(SoftmaxRegression(), X, MASS, None, ["a", "b", "c"])
    assert numbers(split_folds(4, mass)) == expected(KFold(4), MASS)


def test_splitters_and_pairs():
    assert numbers(split_folds(LeaveOneOut(), labelled())) == expected(LeaveOneOut(), LABELS)
    masks = LABELS != "a", np.arange(12) == 0
    assert numbers(split_folds(iter([masks, ([3, 4, 3], [-1])]), labelled())) == [
        ([2, 3, 4, 5, 8, 9, 10, 11], [0]),
        ([3, 4, 3], [11]),
    ]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("mass", [False, True])
def test_classes_that_the_training_rows_lack(weighted, mass):
    y = MASS if mass else np.array(list("abc"))[MASS.argmax(axis=1)]
    weights = (MASS[:, 1] == 0).astype(float) if weighted else None
    rows = read_whole(SoftmaxRegression(), X, y, weights, ["a", "b", "c"])
    train = np.arange(12) if weighted else np.r_[0:4, 8:12]
    (fold,) = split_folds([(train, [0])], rows)
    assert fold.absent.tolist() == [False, True, False]
