import pickle
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, load_iris
from sklearn.exceptions import ConvergenceWarning, NotFittedError, UndefinedMetricWarning
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import average_precision_score, get_scorer, make_scorer
from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import pminusy
from pminusy import InputError, SoftmaxRegression, SoftmaxRegressionCV

Cs = [0.001, 0.03, 0.3]


def exact(**options):
    return SoftmaxRegressionCV(**{"Cs": Cs, "tol": 1e-8, "max_iter": 5000} | options)


def theirs(**options):
    options = {
        "Cs": Cs,
        "tol": 1e-7,
        "max_iter": 5000,
        "solver": "newton-cholesky",
        "scoring": None,
    } | options
    return LogisticRegressionCV(l1_ratios=(0,), use_legacy_attributes=False, **options)


def standardised(load):
    X, y = load(return_X_y=True)
    return StandardScaler().fit_transform(X), y


@pytest.fixture(scope="module")
def iris():
    return standardised(load_iris)


@pytest.fixture(scope="module")
def cancer():
    return standardised(load_breast_cancer)


@parametrize_with_checks([SoftmaxRegressionCV()])
def test_scikit_learns_own_checks_without_exception(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


def centred(parameters):
    """Without what all classes share, which changes no probability."""
    n_rows = parameters.shape[-2]
    return parameters - parameters.mean(axis=-2, keepdims=True) if n_rows > 1 else parameters


def assert_same_search(ours, other, X):
    np.testing.assert_allclose(ours.scores_, other.scores_[:, 0], atol=1e-4)
    np.testing.assert_allclose(centred(ours.coefs_paths_), centred(other.coefs_paths_[:, 0]), atol=1e-3)
    np.testing.assert_array_equal(ours.Cs_, other.Cs_)
    assert ours.C_ == other.C_
    np.testing.assert_allclose(ours.coef_, other.coef_, atol=1e-4)
    np.testing.assert_allclose(ours.predict_proba(X), other.predict_proba(X), atol=1e-4)


@pytest.mark.parametrize("load", [load_iris, load_breast_cancer, load_digits])
@pytest.mark.parametrize("scoring", [None, "neg_log_loss"])
def test_same_search_as_logistic_regression_cv(load, scoring):
    X, y = standardised(load)
    solver = "lbfgs" if load is load_digits else "newton-cholesky"  # whichever is faster there
    other = theirs(scoring=scoring, solver=solver).fit(X, y)
    assert_same_search(exact(scoring=scoring).fit(X, y), other, X)


def test_same_default_grid_and_choice_as_logistic_regression_cv(iris):
    ours, other = exact(Cs=10).fit(*iris), theirs(Cs=10).fit(*iris)
    np.testing.assert_allclose(ours.scores_, other.scores_[:, 0], atol=1e-3)
    np.testing.assert_array_equal(ours.Cs_, other.Cs_)
    assert ours.C_ == other.C_


OPTIONS = [
    {"refit": False},
    {"fit_intercept": False},
    {"class_weight": "balanced"},
    {"class_weight": {0: 2.0, 1: 0.5}},
    {"cv": 3, "scoring": "balanced_accuracy"},
    {"cv": KFold(4, shuffle=True, random_state=0), "scoring": "f1_macro"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("weighted", [False, True])
def test_options_mean_what_they_mean_there(iris, rng, options, weighted):
    X, y = iris
    sample_weight = rng.integers(0, 4, len(y)) if weighted else None
    ours = exact(**options).fit(X, y, sample_weight)
    assert_same_search(ours, theirs(**options).fit(X, y, sample_weight), X)


@pytest.mark.parametrize("names", [("benign", "malignant"), (5, 7), (-1, 0), (False, True)])
@pytest.mark.parametrize("scoring", ["average_precision", "precision", "jaccard"])
def test_the_second_of_two_classes_is_the_positive_one(cancer, names, scoring):
    X, y = cancer
    named, numbered = (
        exact(Cs=[0.1, 1.0], cv=3, scoring=scoring).fit(X, labels) for labels in (np.array(names)[y], y)
    )
    np.testing.assert_array_equal(named.scores_, numbered.scores_)


def test_a_positive_label_of_the_callers_own_is_kept(cancer):
    X, y = cancer
    names = np.where(y == 1, "b", "a")
    scorer = make_scorer(average_precision_score, response_method="decision_function", pos_label="b")
    own = exact(Cs=[1.0], cv=3, scoring=scorer).fit(X, names)
    np.testing.assert_array_equal(
        own.scores_, exact(Cs=[1.0], cv=3, scoring="average_precision").fit(X, names).scores_
    )


def test_a_score_that_held_out_rows_of_one_class_do_not_have_is_named(iris):
    X, y = iris
    X, y = X[:100], np.array(["dry", "wet"])[y[:100]]
    folds = [(np.arange(0, 100, 2), np.arange(1, 50, 2)), (np.arange(1, 100, 2), np.arange(0, 100, 2))]
    with (
        pytest.warns(UndefinedMetricWarning),
        pytest.raises(
            pminusy.InputError, match=r"^scoring: .* got nan on held-out rows of one class, \['dry'\]"
        ),
    ):
        SoftmaxRegressionCV(Cs=[1.0], cv=folds, scoring="roc_auc").fit(X, y)


@pytest.mark.parametrize("scoring", ["f1", "roc_auc", "neg_brier_score"])
def test_scores_of_two_classes_with_names(cancer, scoring):
    X, y = cancer
    names = np.array(["malign", "benign"])[y]
    assert_same_search(exact(scoring=scoring).fit(X, names), theirs(scoring=scoring).fit(X, names), X)


def test_every_score_is_that_of_a_fit_of_its_own(iris):
    X, y = iris
    folds = list(StratifiedKFold(5).split(X, y))
    model = exact(scoring="neg_log_loss").fit(X, y)
    for fold, (train, test) in enumerate(folds):
        for i, C in enumerate(Cs):
            alone = SoftmaxRegression(C=C, tol=1e-8, max_iter=5000).fit(X[train], y[train])
            log_p = alone.predict_log_proba(X[test])[np.arange(len(test)), y[test]]
            assert model.scores_[fold, i] == pytest.approx(log_p.mean(), abs=1e-5)
            expected = np.column_stack([alone.coef_, alone.intercept_])
            np.testing.assert_allclose(centred(model.coefs_paths_[fold, i]), centred(expected), atol=1e-4)


def test_the_refit_is_the_model_at_the_chosen_c(iris):
    X, y = iris
    model = exact().fit(X, y)
    assert Cs[model.scores_.mean(axis=0).argmax()] == model.C_
    alone = SoftmaxRegression(C=model.C_, tol=1e-8, max_iter=5000).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), alone.predict_proba(X), atol=1e-6)
    assert model.estimator_.result_.converged
    assert model.estimator_.get_params() == alone.get_params()
    for method in ("predict", "predict_log_proba", "decision_function"):
        np.testing.assert_allclose(getattr(model, method)(X), getattr(alone, method)(X), atol=1e-4)


def test_shapes(iris, cancer):
    three, two = exact(cv=4, tol=1e-5).fit(*iris), exact(fit_intercept=False).fit(*cancer)
    assert three.scores_.shape == three.n_iter_.shape == three.converged_.shape == (4, 3)
    assert three.coefs_paths_.shape == (4, 3, 3, 5)
    assert (three.coef_.shape, three.intercept_.shape, three.n_features_in_) == ((3, 4), (3,), 4)
    assert two.coefs_paths_.shape == (5, 3, 1, 30)
    assert (two.coef_.shape, two.intercept_.tolist()) == ((1, 30), [0.0])
    assert three.n_iter_.dtype.kind == "i"
    assert three.converged_.all()
    assert isinstance(three.C_, float)


@settings(max_examples=10)
@given(order=st.permutations(range(4)))
def test_the_order_of_the_grid_changes_nothing_but_the_order(order):
    X, y = standardised(load_iris)
    grid = np.array([0.01, 0.5, 20.0, np.inf])
    X, y = X[y > 0], y[y > 0]
    options = {"cv": 3, "max_iter": 500, "scoring": "neg_log_loss"}
    ascending = SoftmaxRegressionCV(grid, **options).fit(X, y)
    model = SoftmaxRegressionCV(grid[list(order)], **options).fit(X, y)
    assert model.C_ == ascending.C_
    np.testing.assert_array_equal(model.Cs_, grid[list(order)])
    np.testing.assert_array_equal(model.scores_, ascending.scores_[:, list(order)])
    np.testing.assert_array_equal(model.n_iter_, ascending.n_iter_[:, list(order)])
    np.testing.assert_array_equal(model.coefs_paths_, ascending.coefs_paths_[:, list(order)])
    np.testing.assert_array_equal(model.coef_, ascending.coef_)


def test_the_first_of_equals_is_chosen(iris):
    X, y = iris
    separable = X[y < 2], y[y < 2]
    model = SoftmaxRegressionCV([1.0, 0.1, 10.0]).fit(*separable)
    assert (model.scores_ == 1).all()
    assert model.C_ == 1.0


@pytest.fixture(scope="module")
def many_rows():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((8000, 64))
    return X, (X[:, :10] + rng.gumbel(size=(8000, 10))).argmax(axis=1)


@pytest.mark.parametrize("kind", ["float64", "float32", "csr"])
@pytest.mark.parametrize("solver", ["auto", "newton-cg"])
def test_same_bits_whatever_the_threads(many_rows, kind, solver):
    X, y = many_rows
    X = sp.csr_array(X) if kind == "csr" else X.astype(kind)
    options = {"cv": 3, "solver": solver, "random_state": np.random.RandomState(0)}
    models = [SoftmaxRegressionCV([1e-4, 1e-2], n_threads=n, **options).fit(X, y) for n in (1, 2, 7)]
    with pminusy.threads(3):
        models.append(clone(models[0]).set_params(n_threads=None).fit(X, y))
    for model in models[1:]:
        for name in ("coef_", "intercept_", "scores_", "coefs_paths_", "n_iter_"):
            np.testing.assert_array_equal(getattr(model, name), getattr(models[0], name))


def test_folds_of_many_rows_run_side_by_side(many_rows):
    meet = threading.Barrier(3, timeout=60)

    def meeting(model, X, y):
        meet.wait()
        return accuracy(model, X, y)

    accuracy = get_scorer("accuracy")
    options = {"Cs": [1e-4, 1e-2], "cv": 3, "n_threads": 3}
    model = SoftmaxRegressionCV(scoring=meeting, **options).fit(*many_rows)
    np.testing.assert_array_equal(model.scores_, SoftmaxRegressionCV(**options).fit(*many_rows).scores_)


INPUTS = {
    "float32": lambda X: X.astype(np.float32),
    "uint8": lambda X: X.astype(np.uint8),
    "fortran": np.asfortranarray,
    "csr": sp.csr_matrix,
    "csc_array": sp.csc_array,
    "pandas": lambda X: pd.DataFrame(X, columns=[f"pixel {j}" for j in range(X.shape[1])]),
    "polars": lambda X: pl.DataFrame(X, schema=[f"pixel {j}" for j in range(X.shape[1])]),
    "list": lambda X: X.tolist(),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_x_of_any_kind_gives_the_same_model(kind):
    X, y = load_digits(return_X_y=True)
    X, y = X[:600], y[:600]
    options = {"Cs": [1e-6, 1e-5], "cv": 3, "max_iter": 1000, "scoring": "neg_log_loss"}
    expected = SoftmaxRegressionCV(tol=1e-6, **options).fit(X, y)
    same = INPUTS[kind](X)
    model = SoftmaxRegressionCV(tol=1e-4 if kind == "float32" else 1e-6, **options).fit(same, y)
    np.testing.assert_allclose(model.scores_, expected.scores_, atol=1e-4)
    np.testing.assert_allclose(model.predict_proba(same), expected.predict_proba(X), atol=1e-4)
    dtype = np.float32 if kind == "float32" else np.float64
    assert {model.coef_.dtype, model.intercept_.dtype, model.coefs_paths_.dtype} == {np.dtype(dtype)}
    assert hasattr(model, "feature_names_in_") is (kind in ("pandas", "polars"))


def test_the_model_is_in_the_callers_terms(iris):
    X, y = iris
    names = np.array(["setosa", "versicolor", "virginica"])
    frame = pd.DataFrame(X, columns=["a", "b", "c", "d"])
    model = exact(class_weight={"setosa": 2.0}).fit(frame, names[y])
    assert model.classes_.tolist() == names.tolist()
    assert model.feature_names_in_.tolist() == ["a", "b", "c", "d"]
    assert set(model.predict(frame)) == set(names)
    assert model.estimator_.class_weight == {"setosa": 2.0}
    assert not hasattr(model.fit(X, names[y]), "feature_names_in_")


def test_integer_weights_are_repeated_rows(iris, rng):
    X, y = iris
    counts = rng.integers(0, 3, len(y))
    fold = np.arange(len(y)) % 3
    repeated = np.repeat(np.arange(len(y)), counts)
    weighted = exact(cv=folds_of(fold), scoring="neg_log_loss").fit(X, y, counts)
    expected = exact(cv=folds_of(fold[repeated]), scoring="neg_log_loss").fit(X[repeated], y[repeated])
    np.testing.assert_allclose(weighted.scores_, expected.scores_, atol=1e-6)
    np.testing.assert_allclose(weighted.coef_, expected.coef_, atol=1e-5)


def folds_of(numbers):
    return [(np.flatnonzero(numbers != k), np.flatnonzero(numbers == k)) for k in range(numbers.max() + 1)]


def test_counts_are_repeated_rows(rng):
    X = rng.standard_normal((40, 3))
    counts = rng.integers(0, 4, (40, 3))
    rows, labels = np.nonzero(counts)
    repeats = counts[rows, labels]
    rows, labels = np.repeat(rows, repeats), np.repeat(labels, repeats)
    fold = np.arange(40) % 4
    for scoring in (None, "neg_log_loss", "f1_macro"):
        counted = exact(cv=folds_of(fold), scoring=scoring).fit(X, counts, classes=["a", "b", "c"])
        repeated = exact(cv=folds_of(fold[rows]), scoring=scoring).fit(X[rows], np.array(list("abc"))[labels])
        np.testing.assert_allclose(counted.scores_, repeated.scores_, atol=1e-6)
        np.testing.assert_allclose(counted.coef_, repeated.coef_, atol=1e-5)
        assert counted.C_ == repeated.C_
        assert counted.score(X, counts) == pytest.approx(
            repeated.score(X[rows], np.array(list("abc"))[labels])
        )


def test_mass_is_cut_into_folds_in_the_order_of_its_rows(iris):
    X, y = iris
    soft = 0.9 * np.eye(3)[y] + 0.1 / 3
    model, expected = exact().fit(X, soft, classes=[0, 1, 2]), exact(cv=KFold(5))
    np.testing.assert_array_equal(model.scores_, expected.fit(X, soft, classes=[0, 1, 2]).scores_)


def rare_class(rng, n_rare):
    X = rng.standard_normal((60, 2))
    y = np.repeat([0, 1], 30)
    X[y == 1] += 2
    y[:n_rare] = 2
    X[:n_rare] -= 4
    return X, y, folds_of(np.r_[np.zeros(n_rare, int), 1 + np.arange(60 - n_rare) % 4])


def test_a_class_that_a_fold_cannot_learn_has_probability_zero_there(rng):
    X, y, cv = rare_class(rng, 2)
    models = [exact(cv=cv, tol=tol, scoring=held_out_probabilities).fit(X, y) for tol in (1e-3, 1e-8)]
    for model in models:
        assert np.isneginf(model.coefs_paths_[0, :, 2, -1]).all()
        assert np.isfinite(model.coefs_paths_[1:]).all()
        assert (model.scores_[0] == 0).all()
        assert np.isfinite(model.intercept_).all()
    np.testing.assert_allclose(models[0].coefs_paths_[0, :, :2], models[1].coefs_paths_[0, :, :2], atol=0.05)


def held_out_probabilities(model, X, y, sample_weight=None):
    return model.predict_proba(X)[y == 2, 2].sum()


def test_the_others_have_the_optimum_without_the_class(rng):
    X, y, cv = rare_class(rng, 2)
    path = exact(cv=cv).fit(X, y).coefs_paths_[0]
    two = y < 2
    for i, C in enumerate(Cs):
        # Two classes held apart by one vector w, or by two of norm |w|/2 each: half the penalty, so twice the C.
        alone = SoftmaxRegression(C=2 * C, tol=1e-8, max_iter=5000).fit(X[two], y[two])
        np.testing.assert_allclose(
            path[i, 1] - path[i, 0], np.r_[alone.coef_[0], alone.intercept_], atol=1e-4
        )


def test_a_class_without_weight_to_train_on_is_like_one_without_rows(rng):
    X, y, cv = rare_class(rng, 4)
    cv[0] = (np.r_[0, 1, cv[0][0]], np.r_[2, 3])  # two rows of class 2 to train on,
    weights = np.where(np.isin(np.arange(60), [0, 1]), 0.0, 1.0)  # neither of which has weight
    model = exact(cv=cv).fit(X, y, weights)
    assert np.isneginf(model.coefs_paths_[0, :, 2, -1]).all()
    mass = np.eye(3)[y] * weights[:, None]
    np.testing.assert_array_equal(
        np.isneginf(exact(cv=cv).fit(X, mass, classes=[0, 1, 2]).coefs_paths_),
        np.isneginf(model.coefs_paths_),
    )


@pytest.mark.parametrize("options", [{"label_smoothing": 0.1}, {"fit_intercept": False}], ids=str)
def test_where_its_optimum_is_finite_it_is_used(rng, options):
    X, y, cv = rare_class(rng, 2)
    model = exact(cv=cv, **options).fit(X, y)
    train = cv[0][0]
    alone = SoftmaxRegression(C=Cs[-1], tol=1e-8, max_iter=5000, **options)
    alone.fit(X[train], y[train], classes=[0, 1, 2])
    np.testing.assert_allclose(model.coefs_paths_[0, -1, :, :2], alone.coef_, atol=1e-5)
    exact(cv=cv, refit=False, **options).fit(X, y)


def test_a_class_of_one_row_among_many(rng):
    X, y, _ = rare_class(rng, 1)
    with pytest.warns(UserWarning, match="least populated class"):
        model = exact(Cs=[0.1, 1.0]).fit(X, y)
    assert np.isneginf(model.coefs_paths_[..., -1]).sum() == 2
    assert model.predict(X[:1]).tolist() == [2]


def test_one_warning_for_all_fits(iris):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = SoftmaxRegressionCV(Cs, max_iter=1).fit(*iris)
    (warning,) = told
    assert warning.category is ConvergenceWarning
    assert warning.filename == __file__
    missed = (~model.converged_).sum() + (not model.estimator_.result_.converged)
    assert 5 < missed <= 16
    assert f"SoftmaxRegressionCV: {missed} of 16 fits did not converge: Reached max_iter" in str(
        warning.message
    )
    assert "Increase max_iter" in str(warning.message)


def test_no_warning_where_all_converged(iris):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exact().fit(*iris)


def test_searches_side_by_side_warn_once_each(iris):
    def search(_):
        return SoftmaxRegressionCV(Cs, max_iter=1).fit(*iris).scores_

    with warnings.catch_warnings(record=True) as told, ThreadPoolExecutor(4) as pool:
        warnings.simplefilter("always")
        scores = list(pool.map(search, range(8)))
    assert len(told) == 8
    assert (np.array(scores) == scores[0]).all()


def test_verbose_prints_a_line_for_each_fit(iris, capsys):
    model = exact(verbose=True, cv=2).fit(*iris)
    lines = sorted(capsys.readouterr().out.splitlines())
    assert [line.split()[:4] for line in lines] == [
        ["fold", str(i), "C", f"{C:.4g}"] for i in (0, 1) for C in Cs
    ]
    assert lines[0].split()[4:] == [
        "score",
        f"{model.scores_[0, 0]:.6g}",
        str(model.n_iter_[0, 0]),
        "iterations",
    ]


def test_score_is_what_was_searched_for(iris):
    X, y = iris
    model = exact(scoring="neg_log_loss").fit(X, y)
    log_p = model.predict_log_proba(X)[np.arange(len(y)), y]
    weights = np.linspace(0, 1, len(y))
    assert model.score(X, y) == pytest.approx(log_p.mean())
    assert model.score(X, y, weights) == pytest.approx(np.average(log_p, weights=weights))
    assert model.score(X[y == 1], y[y == 1]) == pytest.approx(log_p[y == 1].mean())
    assert exact().fit(X, y).score(X, y) == np.mean(exact().fit(X, y).predict(X) == y)


@pytest.mark.parametrize("kind", ["pandas", "polars", "list", "csr"])
def test_mass_is_scored_with_x_of_any_kind(iris, kind):
    X, y = iris
    X, soft = INPUTS[kind](X), 0.9 * np.eye(3)[y] + 0.1 / 3
    model = exact(scoring="neg_log_loss").fit(X, soft, classes=[0, 1, 2])
    assert model.score(X, soft) == pytest.approx((soft * model.predict_log_proba(X)).sum() / len(y))


def test_lives_among_scikit_learns_own(iris):
    X, y = iris
    pipeline = make_pipeline(StandardScaler(), SoftmaxRegressionCV(Cs, max_iter=500))
    grid = {"softmaxregressioncv__fit_intercept": [True, False]}
    search = GridSearchCV(pipeline, grid, cv=3).fit(X, y)
    assert search.best_score_ > 0.9
    model = pickle.loads(pickle.dumps(search.best_estimator_))
    np.testing.assert_array_equal(model.predict(X), search.predict(X))


def test_a_failed_fit_leaves_the_model_as_it_was(iris):
    X, y = iris
    model = exact().fit(X, y)
    before = dict(vars(model))

    def failing(estimator, X, y):
        raise KeyboardInterrupt

    for scoring, error in ((failing, KeyboardInterrupt), ("no such", pminusy.InputError)):
        with pytest.raises(error):
            model.set_params(scoring=scoring).fit(X[:, :2], y)
    assert vars(model.set_params(scoring=None)) == before
    assert model.predict(X).shape == y.shape


X3 = np.eye(12, 3)
Y3 = np.tile([0, 1, 2], 4)
HALVES = [(np.arange(6), np.arange(6, 12))]
BAD = [
    ({"Cs": 0}, "Cs: expected an integer ≥ 1 or a list of numbers > 0, got 0"),
    ({"Cs": True}, "Cs: .*True"),
    ({"Cs": 1.0}, "Cs: .*1.0"),
    ({"Cs": []}, r"Cs: .*\[\]"),
    ({"Cs": [1.0, 0.0]}, r"Cs: .*got \[1.0, 0.0\]"),
    ({"Cs": [1.0, -1.0]}, "Cs: .*-1.0"),
    ({"Cs": [1.0, np.nan]}, "Cs: .*nan"),
    ({"Cs": ["a"]}, "Cs: .*'a'"),
    ({"Cs": [[1.0], [1.0, 2.0]]}, "Cs: "),
    ({"Cs": None}, "Cs: .*None"),
    ({"Cs": [5e-324]}, "C: expected a number whose inverse is finite"),
    ({"cv": 1}, "cv: expected an integer ≥ 2, a splitter or .*, got 1"),
    ({"cv": True}, "cv: .*True"),
    ({"cv": 2.5}, "cv: .*2.5"),
    ({"cv": "5"}, "cv: .*5"),
    ({"cv": 13}, "cv: cannot split 12 rows: .*n_splits=13"),
    ({"cv": KFold(13)}, "cv: cannot split 12 rows: .*n_splits=13"),
    ({"cv": []}, "cv: expected at least one fold, got none"),
    ({"cv": [([0, 1, 12], [2])]}, "cv: cannot split 12 rows: .*12"),
    ({"cv": [(1, 2, 3)]}, "cv: cannot split"),
    ({"cv": [7]}, "cv: cannot split"),
    ({"cv": [([0, 3, 6], [1])]}, r"cv: expected at least 2 classes .* fold 0, got \[0\]"),
    ({"cv": [([], [1])]}, r"cv: expected at least 2 classes .* fold 0, got \[\]"),
    ({"cv": [*HALVES, ([0, 1], [])]}, "cv: expected a held-out row .* in fold 1"),
    (
        {"cv": [*HALVES, ([0, 1], [2])], "refit": False},
        "refit: expected True, since fold 1 has no training row of class 2",
    ),
    ({"refit": 1}, "refit: expected True or False, got 1"),
    ({"verbose": 2}, "verbose: expected True or False, got 2"),
    ({"n_threads": 0}, "n_threads: expected an integer ≥ 1 or None, got 0"),
    ({"scoring": "best"}, "scoring: expected the name of a .* scorer, .* got 'best'"),
    ({"scoring": ["accuracy"]}, r"scoring: .*got \['accuracy'\]"),
    ({"scoring": lambda m, X, y: np.nan}, "scoring: expected a finite number, got nan"),
    ({"scoring": lambda m, X, y: "good"}, "scoring: .*got 'good'"),
    ({"tol": -1}, "tol: expected a number ≥ 0, got -1"),
    ({"solver": "sgd"}, "solver: .*'sgd'"),
    ({"label_smoothing": 2}, "label_smoothing"),
    ({"max_iter": 1.5}, "max_iter"),
    ({"fit_intercept": "no"}, "fit_intercept: .*'no'"),
    ({"class_weight": {7: 1.0}}, r"class_weight: expected classes among .*, got \[7\]"),
]


@pytest.mark.parametrize(("options", "message"), BAD)
def test_a_bad_parameter_is_a_value_error_with_its_name_in_it(options, message):
    with pytest.raises(pminusy.InputError, match=message):
        SoftmaxRegressionCV(**{"cv": 3} | options).fit(X3, Y3)


MASS = np.eye(3)[Y3]
BAD_DATA = [
    (lambda m: m.fit(X3, Y3[:5]), "y: expected one label for each of 12 rows of X, got 5"),
    (lambda m: m.fit(np.where(X3 == 1, np.nan, X3), Y3), "X: .*NaN at row 0, column 0"),
    (lambda m: m.fit(X3, np.zeros(12)), "one class"),
    (lambda m: m.fit(X3, Y3, classes=[0, 1]), "expected labels among .*, got .*2.* at row 2"),
    (
        lambda m: m.fit(X3, Y3, classes=[2, 1, 0]),
        r"classes: expected labels in ascending order, got \[2, 1, 0\]",
    ),
    (lambda m: m.fit(X3, MASS), "to pass target mass, set classes="),
    (
        lambda m: m.fit(X3, np.where(np.arange(12)[:, None] == 7, -1, MASS), classes=[0, 1, 2]),
        "y: expected finite mass ≥ 0, got -1.0 at row 7, class 0",
    ),
    (lambda m: m.fit(X3, 0 * MASS, classes=[0, 1, 2]), "expected at least one row with positive weight"),
    (lambda m: m.fit(X3, Y3, np.zeros(12)), "sample_weight: expected at least one row with positive weight"),
    (lambda m: m.fit(X3, Y3, -np.ones(12)), "sample_weight: .*-1.0 at row 0"),
    (
        lambda m: m.set_params(cv=HALVES).fit(X3, Y3, np.arange(12) < 6),
        "cv: expected a held-out row with positive weight in fold 0",
    ),
    (
        lambda m: m.set_params(scoring=lambda e, X, y: 0.0).fit(X3, Y3, np.ones(12)),
        "scoring: expected a callable that accepts sample_weight",
    ),
]


@pytest.mark.parametrize(("call", "message"), BAD_DATA)
def test_bad_data_is_a_value_error_with_its_name_in_it(call, message):
    with pytest.raises(pminusy.InputError, match=message):
        call(SoftmaxRegressionCV(cv=3))


def test_predicting_before_fitting():
    for method in ("predict", "predict_proba", "predict_log_proba", "decision_function"):
        with pytest.raises(NotFittedError):
            getattr(SoftmaxRegressionCV(), method)(X3)
    assert not hasattr(SoftmaxRegressionCV(), "coef_")


def test_ratios_and_C_are_selected_together():
    rng = np.random.default_rng(5)
    X, W = rng.standard_normal((90, 20)), np.zeros((20, 3))
    W[:2] = 3 * rng.standard_normal((2, 3))
    y = (X @ W + rng.gumbel(size=(90, 3))).argmax(axis=1)
    options = {"cv": 3, "scoring": "neg_log_loss", "tol": 1e-6, "max_iter": 500}
    model = SoftmaxRegressionCV([0.03, 0.3, 3.0], l1_ratios=[0.0, 1.0], **options).fit(X, y)
    assert model.scores_.shape == model.n_iter_.shape == model.converged_.shape == (3, 2, 3)
    assert model.coefs_paths_.shape == (3, 2, 3, 3, 21)
    assert model.converged_.all()
    mean = model.scores_.mean(axis=0)
    best = np.unravel_index(mean.argmax(), mean.shape)
    assert (model.l1_ratio_, model.C_) == ([0.0, 1.0][best[0]], model.Cs_[best[1]])
    assert model.estimator_.l1_ratio == model.l1_ratio_ == 1.0  # of 20 features 2 matter
    alone = SoftmaxRegressionCV([0.03, 0.3, 3.0], l1_ratios=[1.0], **options).fit(X, y)
    np.testing.assert_allclose(alone.scores_[:, 0], model.scores_[:, 1], atol=1e-4)
    assert alone.estimator_.result_.null_objective > alone.estimator_.result_.objective


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"l1_ratios": [2.0]}, "l1_ratios: expected None or a list"),
        ({"l1_ratios": [0.0, 1.0], "group": True}, "group: expected False with l1_ratio=0"),
        ({"l1_ratios": [0.5], "solver": "lbfgs"}, 'solver: expected "auto"'),
        ({"l1_ratios": [0.5], "penalty_factors": [-1.0]}, "penalty_factors: expected finite numbers"),
    ],
)
def test_bad_options_of_the_penalty_are_named(iris, options, message):
    with pytest.raises(InputError, match=message):
        SoftmaxRegressionCV(**options).fit(*iris)
