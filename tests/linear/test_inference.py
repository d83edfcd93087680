import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.exceptions import NotFittedError

from pminusy import InputError, SoftmaxRegression

# Primary food of 219 alligators by lake (Hancock, Oklawaha, Trafford, George) and size (up to 2.3 m, above).
# A. Agresti, Categorical Data Analysis, 2nd edition, Wiley 2002, table 7.1.
FOODS = ["fish", "invertebrate", "reptile", "bird", "other"]
COUNTS = np.array(
    [
        [23, 4, 2, 2, 8],
        [7, 0, 1, 3, 5],
        [5, 11, 1, 0, 3],
        [13, 8, 6, 1, 0],
        [5, 11, 2, 1, 5],
        [8, 7, 6, 3, 5],
        [16, 19, 1, 2, 3],
        [17, 1, 0, 1, 3],
    ]
)
ALLIGATORS = pd.DataFrame(
    [[size, lake == 0, lake == 1, lake == 2] for lake in range(4) for size in (1, 0)],
    columns=["small", "hancock", "oklawaha", "trafford"],
    dtype=float,
)


def exact(**options):
    return SoftmaxRegression(**{"tol": 1e-12, "C": np.inf, "compute_inference": True} | options)


def columns(table, *names):
    return np.array([table.to_dict()[name] for name in names]).T


@pytest.fixture(scope="module")
def wine():
    X, y = load_wine(return_X_y=True, as_frame=True)
    return X.iloc[:, [0, 1, 7]], y


@pytest.fixture(scope="module")
def alligators():
    return exact().fit(ALLIGATORS, COUNTS, classes=FOODS)


def test_published_baseline_category_logits(alligators):
    """Agresti, table 7.2: the logits of each food against fish, and their standard errors."""
    published = {
        "invertebrate": ([1.46, -1.66, 0.94, 1.12, -1.55], [0.40, 0.61, 0.47, 0.49]),
        "reptile": ([-0.35, 1.24, 2.46, 2.94, -3.31], [0.58, 1.19, 1.12, 1.12]),
        "bird": ([-0.63, 0.70, -0.65, 1.09, -2.09], [0.64, 0.78, 1.20, 0.84]),
        "other": ([0.33, 0.83, 0.01, 1.52, -1.90], [0.45, 0.56, 0.78, 0.62]),
    }
    table = alligators.coef_table(baseline="fish")
    for food, (coefficients, errors) in published.items():
        rows = [row for row in table if row.label == food]
        assert [row.feature for row in rows] == [*ALLIGATORS, "intercept"]
        np.testing.assert_allclose([row.coefficient for row in rows], coefficients, atol=0.00501)
        np.testing.assert_allclose([row.standard_error for row in rows][:4], errors, atol=0.00501)


def test_same_standard_errors_as_statsmodels(wine):
    """MNLogit of statsmodels 0.15 on the same columns, base 0; Logit on two classes."""
    model = exact().fit(*wine)
    expected = [
        [-5.1563001501, 0.7915662286],
        [-0.1454878119, 0.3518852139],
        [8.1453541778, 3.4122854493],
        [65.1139779231, 10.249056341],
        [-2.1893592027, 0.6429783818],
        [0.9400664909, 0.2967102194],
        [13.3145121541, 3.1799942136],
        [22.1344608822, 8.440321687],
    ]
    table = model.coef_table(baseline=0)
    np.testing.assert_allclose(columns(table, "coefficient", "standard_error"), expected, rtol=1e-8)
    X, y = load_breast_cancer(return_X_y=True)
    binary = exact().fit(X[:, [0, 1, 4]], y)
    expected = [-1.3969924081, -0.3805589263, -144.674227115, 42.0194076449]
    np.testing.assert_allclose(np.append(binary.coef_, binary.intercept_), expected, rtol=1e-8)
    expected = [[0.1540324098, 0.0571132467, 19.046875089, 4.4594268662]]
    np.testing.assert_allclose(binary.standard_errors_, expected, rtol=1e-8)


def test_counts_as_mass_as_weights_and_as_rows_are_one(alligators):
    cells, foods = np.nonzero(COUNTS)
    names = np.array(FOODS)
    weighted = exact().fit(ALLIGATORS.iloc[cells], names[foods], COUNTS[cells, foods], classes=FOODS)
    repeats = np.repeat(np.arange(len(cells)), COUNTS[cells, foods])
    one_by_one = exact().fit(ALLIGATORS.iloc[cells[repeats]], names[foods[repeats]], classes=FOODS)
    for other in (weighted, one_by_one):
        np.testing.assert_allclose(other.covariance(), alligators.covariance(), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("C", [1.0, np.inf])
def test_a_baseline_is_a_linear_map_of_the_mean_of_all(wine, C):
    model = exact(C=C).fit(*wine)
    for number in range(3):
        D = np.delete(np.eye(3) - np.eye(3)[number], number, axis=0)
        T = np.kron(D, np.eye(4))
        expected = T @ model.covariance() @ T.T
        scale = np.sqrt(np.outer(expected.diagonal(), expected.diagonal()))
        np.testing.assert_allclose(model.covariance(baseline=number) / scale, expected / scale, atol=1e-8)
        theta = np.column_stack([model.coef_, model.intercept_])
        np.testing.assert_allclose(
            model.conf_int(baseline=number).mean(axis=-1), D @ theta, rtol=1e-9, atol=1e-9
        )


def test_parts_agree_with_each_other(wine):
    model = exact().fit(*wine)
    covariance, errors, table = model.covariance(), model.standard_errors_, model.coef_table(0.9)
    assert covariance.shape == (12, 12)
    assert errors.shape == (3, 4)
    np.testing.assert_allclose(covariance, covariance.T, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(errors.ravel() ** 2, covariance.diagonal(), rtol=1e-12)
    np.testing.assert_allclose(columns(table, "standard_error")[:, 0], errors.ravel(), rtol=1e-12)
    np.testing.assert_array_equal(columns(table, "lower", "upper"), model.conf_int(0.9).reshape(12, 2))
    np.testing.assert_allclose(
        columns(table, "coefficient").reshape(3, 4)[:, :3], model.coef_, rtol=1e-9, atol=1e-12
    )
    lines = [(row.label, row.feature) for row in table]
    assert lines[2:5] == [(0, wine[0].columns[2]), (0, "intercept"), (1, "alcohol")]


def test_coefficients_are_taken_against_the_mean_whatever_the_solver_left(wine):
    X, y = wine
    X = (X - X.mean()) / X.std()
    newton, other = exact().fit(X, y), exact(solver="newton-cg", tol=1e-9, max_iter=500).fit(X, y)
    np.testing.assert_allclose(other.conf_int(), newton.conf_int(), atol=1e-5)


def test_two_classes_are_the_second_against_the_first(rng):
    X = rng.normal(size=(100, 2))
    y = np.where(X[:, 0] + rng.logistic(size=100) > 0, "yes", "no")
    model = exact().fit(X, y)
    assert model.standard_errors_.shape == (1, 3)
    np.testing.assert_array_equal(model.covariance(), model.covariance(baseline="no"))
    np.testing.assert_allclose(model.covariance(baseline="yes"), model.covariance(), rtol=1e-12)
    np.testing.assert_allclose(model.conf_int(baseline="yes"), -model.conf_int()[..., ::-1], rtol=1e-12)
    assert str(model.coef_table()).startswith("Each class relative to no")
    assert {row.label for row in model.coef_table()} == {"yes"}
    assert {row.label for row in model.coef_table(baseline="yes")} == {"no"}


def test_without_an_intercept_there_is_no_column_for_it(wine):
    model = exact(fit_intercept=False).fit(*wine)
    assert model.standard_errors_.shape == model.coef_.shape
    assert model.conf_int(baseline=1).shape == (2, 3, 2)
    assert {row.feature for row in model.coef_table()} == set(wine[0])


def test_features_without_names_are_numbered(wine):
    X, y = wine
    table = exact().fit(X.to_numpy(), y).coef_table()
    assert [row.feature for row in table][:4] == ["x0", "x1", "x2", "intercept"]


def test_a_strong_penalty_leaves_the_prior(rng):
    """Of normal weights with variance C, less their mean over K classes: C (1 − 1/K); of their differences: 2C."""
    X, C = rng.normal(size=(30, 2)), 1e-7
    three = exact(C=C).fit(X, rng.integers(0, 3, 30))
    np.testing.assert_allclose(three.standard_errors_[:, :2] ** 2, C * 2 / 3, rtol=1e-4)
    np.testing.assert_allclose(three.covariance(baseline=0).diagonal()[:2], 2 * C, rtol=1e-4)
    two = exact(C=C).fit(X, rng.integers(0, 2, 30))
    np.testing.assert_allclose(two.standard_errors_[:, :2] ** 2, C, rtol=1e-4)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_intervals_cover_as_often_as_they_say(n_classes):
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(2, n_classes)), rng.normal(size=n_classes)
    truth = np.column_stack([W.T, b])
    truth = (truth - truth[0])[1:]
    n_fits, hits = 300, []
    for _ in range(n_fits):
        X = rng.normal(size=(400, 2))
        y = (X @ W + b + rng.gumbel(size=(400, n_classes))).argmax(axis=1)
        lower, upper = np.moveaxis(exact(tol=1e-6).fit(X, y).conf_int(0.8, baseline=0), -1, 0)
        hits.append((lower < truth) & (truth < upper))
    coverage = np.mean(hits, axis=0)
    spread = np.sqrt(0.8 * 0.2 / n_fits)
    assert (abs(coverage - 0.8) < 4 * spread).all(), coverage


def test_without_the_flag_the_error_names_it(wine):
    model = SoftmaxRegression(max_iter=500).fit(*wine)
    for ask in (model.covariance, model.conf_int, model.coef_table, lambda: model.standard_errors_):
        with pytest.raises(
            InputError,
            match=r"compute_inference: expected a model fitted with compute_inference=True, got False",
        ):
            ask()
    assert not hasattr(model, "standard_errors_")
    assert "standard_errors_" not in model._repr_html_()


def test_what_a_fit_leaves_is_replaced_by_the_next(wine):
    model = exact().fit(*wine)
    assert "standard_errors_" in model._repr_html_()
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.covariance(), model.covariance())
    with pytest.raises(InputError, match="level"):
        clone(model).conf_int(2.0)
    model.set_params(compute_inference=False).fit(*wine)
    with pytest.raises(InputError, match="compute_inference"):
        model.covariance()


def test_before_a_fit_there_is_nothing():
    for ask in (exact().covariance, exact().conf_int, exact().coef_table):
        with pytest.raises(NotFittedError):
            ask()


def test_separable_classes_have_no_standard_errors():
    X, y = load_iris(return_X_y=True)
    model = exact(max_iter=1000).fit(X[:, 2:], y == 0)
    with pytest.raises(
        InputError, match=r"C: expected a fit with a finite optimum, got none.*Use a finite C"
    ):
        model.covariance()
    assert np.isfinite(exact(C=1.0).fit(X[:, 2:], y == 0).standard_errors_).all()


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, np.nan, "0.95", None])
def test_levels_are_inside_zero_and_one(alligators, level):
    for ask in (alligators.conf_int, alligators.coef_table):
        with pytest.raises(InputError, match="level: expected a number between 0 and 1, got"):
            ask(level)


def test_a_baseline_is_a_class(alligators):
    with pytest.raises(InputError, match=r"baseline: expected one of \['fish', .*\], got 'plant'"):
        alligators.covariance(baseline="plant")


def test_the_flag_is_true_or_false(wine):
    with pytest.raises(InputError, match="compute_inference: expected True or False, got 'yes'"):
        exact(compute_inference="yes").fit(*wine)
