import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import KFold, StratifiedKFold

from pminusy import InputError, PenaltySelection, SoftmaxRegression, select_penalty, softmax_path


def data(seed, n_classes=3, n=90, d=6):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) + rng.standard_normal(d)
    return X, (1.5 * X[:, :n_classes] + rng.gumbel(size=(n, n_classes))).argmax(axis=1)


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize(("l1_ratio", "group"), [(0.0, False), (0.4, False), (1.0, True)])
def test_losses_are_those_of_each_folds_held_out_rows(n_classes, l1_ratio, group):
    X, y = data(0, n_classes)
    found = select_penalty(X, y, l1_ratio=l1_ratio, group=group, cv=3, tol=1e-7, max_iter=500)
    assert found.converged.all()
    for v, (train, test) in enumerate(StratifiedKFold(3).split(X, y)):
        for number in (0, found.best, -1):
            model = SoftmaxRegression(
                C=found.Cs[number], l1_ratio=l1_ratio, group=group, tol=1e-7, max_iter=500
            )
            expected = log_loss(y[test], model.fit(X[train], y[train]).predict_proba(X[test]))
            assert found.losses[v, number] == pytest.approx(expected, abs=2e-5)


def test_a_path_begins_where_all_coefficients_are_zero_and_ends_past_the_best():
    X, y = data(1)
    found = select_penalty(X, y, l1_ratio=1.0)
    assert found.Cs[0] == pytest.approx(softmax_path(X, y, n_Cs=1).C_zero)
    np.testing.assert_allclose(np.diff(np.log10(found.Cs)), 0.1)
    assert 0 < found.best < len(found.Cs) - 1
    assert found.Cs[found.best] == found.C
    assert found.C_one_standard_error <= found.C


def test_without_a_norm_it_begins_where_hardly_anything_is_explained():
    X, y = data(2)
    found = select_penalty(X * 1000, y)
    first = LogisticRegression(C=found.Cs[0]).fit(X * 1000, y).predict_proba(X * 1000)
    null = log_loss(y, np.broadcast_to(np.bincount(y) / len(y), first.shape))
    assert 0.98 * null < log_loss(y, first) < null
    assert 0 < found.best < len(found.Cs) - 1


def test_the_rule_of_one_standard_error():
    losses = np.array([[3.0, 2.0, 1.2, 1.0, 1.1], [3.0, 2.4, 1.8, 1.6, 1.7]])
    found = PenaltySelection(np.arange(1.0, 6), losses, np.ones((2, 5), bool))
    np.testing.assert_allclose(found.mean_losses, [3, 2.2, 1.5, 1.3, 1.4])
    np.testing.assert_allclose(found.standard_errors, [0, 0.2, 0.3, 0.3, 0.3])
    assert (found.best, found.within_one_standard_error) == (3, 2)
    assert (found.C, found.C_one_standard_error) == (4.0, 3.0)
    alone = PenaltySelection(found.Cs, losses[:1], np.ones((1, 5), bool))
    assert alone.best == alone.within_one_standard_error == 3


@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_weights_stand_for_rows(l1_ratio):
    X, y = data(3)
    counts = np.random.default_rng(4).integers(0, 3, len(y))
    counts[:6] = 1
    repeated = np.repeat(np.arange(len(y)), counts)
    half = np.arange(len(y)) % 2 == 0
    folds = [(np.flatnonzero(half), np.flatnonzero(~half)), (np.flatnonzero(~half), np.flatnonzero(half))]
    of_repeated = half[repeated]
    again = [
        (np.flatnonzero(of_repeated), np.flatnonzero(~of_repeated)),
        (np.flatnonzero(~of_repeated), np.flatnonzero(of_repeated)),
    ]
    options = {"l1_ratio": l1_ratio, "class_weight": {0: 2.0}, "tol": 1e-8, "max_iter": 500}
    weighted = select_penalty(X, y, counts, cv=folds, **options)
    plain = select_penalty(X[repeated], y[repeated], cv=again, **options)
    np.testing.assert_allclose(weighted.Cs, plain.Cs, rtol=1e-9)
    np.testing.assert_allclose(weighted.losses, plain.losses, rtol=1e-5)


def test_sparse_rows_soft_targets_and_threads():
    X, y = data(5)
    X = np.where(X > 0, X, 0)
    Y = 0.9 * np.eye(3)[y] + 0.1 / 3
    options = {"classes": ["a", "b", "c"], "l1_ratio": 0.5, "cv": 4, "tol": 1e-7, "max_iter": 500}
    dense, sparse = (select_penalty(A, Y, **options) for A in (X, sp.csr_matrix(X)))
    np.testing.assert_allclose(dense.losses, sparse.losses, atol=1e-4)
    serial = select_penalty(X, Y, n_threads=1, **options)
    assert np.array_equal(dense.losses, serial.losses)


def test_rows_of_classes_without_training_rows_do_not_count():
    X, y = data(6)
    y[:2] = 3
    folds = [(np.arange(30, 90), np.arange(30)), (np.arange(60), np.arange(60, 90))]
    found = select_penalty(X, y, l1_ratio=1.0, cv=folds, tol=1e-7, max_iter=500)
    known = select_penalty(
        X[2:], y[2:], l1_ratio=1.0, cv=[(np.arange(28, 88), np.arange(28))], tol=1e-7, max_iter=500
    )
    assert found.losses[0, 0] == pytest.approx(known.losses[0, 0], abs=1e-4)
    assert found.losses.max() < 20


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"l1_ratio": 1.1}, r"l1_ratio: expected a number in \[0, 1\], got 1.1"),
        ({"group": True}, "group: expected False with l1_ratio=0"),
        ({"cv": 1}, "cv: expected an integer ≥ 2"),
        ({"cv": KFold(100)}, "cv: cannot split 90 rows"),
        ({"penalty_factors": [1.0]}, "penalty_factors: expected one factor for each of 6 features, got 1"),
        ({"tol": -1}, "tol: expected a number ≥ 0"),
        ({"cv": [([*range(30)], [90])]}, "cv: "),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        select_penalty(*data(7), **options)


@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_columns_that_tell_nothing_have_no_best_C(l1_ratio):
    with pytest.raises(InputError, match="X: expected a penalised column that helps to tell classes apart"):
        select_penalty(np.ones((9, 2)), [0, 1, 2] * 3, l1_ratio=l1_ratio, cv=3)


def test_held_out_rows_of_unknown_classes_alone_are_an_error():
    X, y = data(8)
    y[0] = 3
    with pytest.raises(
        InputError, match=r"cv: expected held-out rows of classes that also occur .* got none in fold 0"
    ):
        select_penalty(X, y, cv=[(np.arange(1, 90), [0])])


def test_unfinished_fits_are_told():
    with pytest.warns(
        ConvergenceWarning, match=r"select_penalty: \d+ of \d+ fits did not converge: Reached max_iter"
    ):
        found = select_penalty(*data(9), l1_ratio=1.0, max_iter=1, tol=1e-9)
    assert not found.converged.all()
