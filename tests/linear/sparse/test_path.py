import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from tests.linear.sparse.oracle import mass, null_objective, relative_gap

from pminusy import InputError, SoftmaxRegression, softmax_path
from pminusy.formulas.cross_entropy import value
from pminusy.formulas.softmax import softmax

TOL = 1e-6


def data(seed=0, n_classes=3, n=60, d=8):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) + rng.standard_normal(d)
    y = (X[:, :n_classes] + rng.gumbel(size=(n, n_classes))).argmax(axis=1)
    y[:n_classes] = np.arange(n_classes)
    return X, y


@pytest.mark.parametrize(("l1_ratio", "group"), [(1.0, False), (0.5, False), (0.7, True)])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_every_C_is_certified(l1_ratio, group, n_classes):
    X, y = data(0, n_classes)
    path = softmax_path(X, y, l1_ratio=l1_ratio, group=group, n_Cs=8, tol=TOL)
    Y = mass(y, n_classes, None, None, 0.0)
    assert path.converged.all()
    assert (path.relative_gaps <= TOL).all()
    assert path.Cs[0] == path.C_zero
    assert path.Cs[-1] == pytest.approx(100 * path.C_zero)
    assert path.n_features[0] == 0
    for number, C in enumerate(path.Cs):
        model = SoftmaxRegression(C=C, l1_ratio=l1_ratio, group=group)
        model.coef_, model.intercept_ = path.coefs[number].toarray(), path.intercepts[number]
        gap, objective = relative_gap(model, X, Y, len(X))
        assert gap <= 1.01 * TOL
        assert path.objectives[number] == pytest.approx(objective * C * len(X))
        assert path.null_objectives[number] == pytest.approx(null_objective(Y, True) * C * len(X))
        assert path.relative_gaps[number] == pytest.approx(gap, abs=0.05 * TOL)
        Z = X @ model.coef_.T + model.intercept_
        Z = np.concatenate([np.zeros((len(X), n_classes - Z.shape[1])), Z], axis=1)
        assert path.deviance_explained[number] == pytest.approx(
            1 - value(Z, Y).sum() / null_objective(Y, True), abs=1e-9
        )
        assert path.n_features[number] == model.coef_.any(axis=0).sum()


def test_just_above_the_first_C_something_is_not_zero():
    X, y = data(1)
    C_zero = softmax_path(X, y, n_Cs=1).C_zero
    path = softmax_path(X, y, Cs=[C_zero, 1.01 * C_zero], tol=1e-8)
    assert path.n_features[0] == 0 < path.n_features[1]


def test_sparse_rows_weights_and_soft_targets():
    X, _ = data(2)
    rng = np.random.default_rng(3)
    Y, weights = rng.uniform(size=(60, 3)) ** 6, rng.integers(0, 3, 60) / 2
    X = sp.csr_matrix(np.where(X > 0.5, X, 0))
    path = softmax_path(X, Y, weights, classes=["a", "b", "c"], n_Cs=4, label_smoothing=0.05, tol=TOL)
    assert path.classes.tolist() == ["a", "b", "c"]
    fitted = SoftmaxRegression(C=path.Cs[-1], l1_ratio=1.0, label_smoothing=0.05, tol=TOL, max_iter=500)
    fitted.fit(X, Y, weights, classes=["a", "b", "c"])
    assert fitted.result_.objective == pytest.approx(path.objectives[-1], rel=3 * TOL)
    Z = X @ path.coefs[-1].T.toarray() + path.intercepts[-1]
    np.testing.assert_allclose(softmax(Z), fitted.predict_proba(X), atol=0.01)


def test_a_path_of_unfinished_fits_says_so():
    with pytest.warns(
        ConvergenceWarning, match=r"softmax_path: \d of 3 fits did not converge: Reached max_iter"
    ):
        path = softmax_path(*data(4), n_Cs=3, C_min_ratio=1e-4, max_iter=1, tol=1e-9)
    assert path.converged[0]
    assert not path.converged.all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"l1_ratio": 0.0}, r"l1_ratio: expected a number in \(0, 1\], got 0.0"),
        ({"l1_ratio": 2}, "l1_ratio: expected a number"),
        ({"n_Cs": 0}, "n_Cs: expected an integer ≥ 1, got 0"),
        ({"C_min_ratio": 1.0}, r"C_min_ratio: expected a number in \(0, 1\), got 1.0"),
        ({"Cs": [2.0, 1.0]}, "Cs: expected ascending finite numbers > 0"),
        ({"Cs": "many"}, "Cs: expected ascending finite numbers > 0, got 'many'"),
        ({"Cs": [1e3, 1e4]}, r"Cs: expected the first to be at most [\d.]+, where all .* zero, got 1000"),
        ({"tol": -1.0}, "tol: expected a number ≥ 0"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        softmax_path(*data(5), **options)


def test_columns_that_tell_nothing_have_no_path():
    with pytest.raises(InputError, match="X: expected a penalised column that helps to tell classes apart"):
        softmax_path(np.ones((6, 2)), [0, 1, 2] * 2)
