import pickle
import threading
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks
from threadpoolctl import ThreadpoolController

import pminusy
from pminusy import Reason, SoftmaxRegression
from pminusy.linear.fit import SOLVERS
from pminusy.solvers.progress import listening


def exact(**options):
    return SoftmaxRegression(tol=1e-9, max_iter=5000, **options)


def theirs(**options):
    return LogisticRegression(tol=1e-9, max_iter=20_000, **options)


def assert_same_model(ours, other, X):
    np.testing.assert_allclose(ours.predict_proba(X), other.predict_proba(X), atol=2e-6)
    np.testing.assert_allclose(ours.coef_, other.coef_, atol=1e-4)


@pytest.fixture(scope="module")
def wine():
    X, y = load_wine(return_X_y=True)
    return StandardScaler().fit_transform(X), y


# The solvers that are not the default with a tol below what the checks compare by: rounding may end conjugate gradients
# an iteration earlier or later, so that two equivalent fits agree to their tol and no better.
@parametrize_with_checks(
    [SoftmaxRegression(), *(SoftmaxRegression(solver=solver, tol=1e-10, max_iter=1000) for solver in SOLVERS)]
)
def test_scikit_learns_own_checks_without_exception(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


@pytest.mark.parametrize("load", [load_iris, load_wine, load_breast_cancer, load_digits])
@pytest.mark.parametrize("C", [0.01, 1.0])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_same_optimum_as_logistic_regression(load, C, fit_intercept):
    X, y = load(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    options = {"C": C, "fit_intercept": fit_intercept}
    assert_same_model(exact(**options).fit(X, y), theirs(**options).fit(X, y), X)


def test_two_classes_give_one_row_of_coefficients():
    X, y = load_breast_cancer(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    model = SoftmaxRegression().fit(X, y)
    assert model.coef_.shape == (1, X.shape[1])
    assert model.intercept_.shape == (1,)
    assert model.decision_function(X).shape == (len(X),)
    assert model.predict_proba(X).shape == (len(X), 2)


@pytest.mark.parametrize("class_weight", ["balanced", {0: 2.0, 2: 0.5}])
def test_class_and_sample_weights_mean_what_they_mean_there(wine, rng, class_weight):
    X, y = wine
    sample_weight = rng.integers(1, 4, len(y)).astype(float)
    ours = exact(class_weight=class_weight).fit(X, y, sample_weight)
    other = theirs(class_weight=class_weight).fit(X, y, sample_weight)
    assert_same_model(ours, other, X)


def test_no_penalty(rng):
    X = rng.standard_normal((300, 3))
    y = (X @ [1, -1, 0.5] + rng.logistic(size=300) > 0).astype(int) + 2 * (rng.random(300) < 0.2)
    assert_same_model(exact(C=np.inf).fit(X, y), theirs(C=np.inf).fit(X, y), X)


def test_the_gradient_at_the_optimum_is_zero_by_hand(wine):
    X, y = wine
    model = exact(C=0.5).fit(X, y)
    dZ = (model.predict_proba(X) - np.eye(3)[y]) / len(y)
    np.testing.assert_allclose(X.T @ dZ + model.coef_.T / (0.5 * len(y)), 0, atol=2e-9)
    np.testing.assert_allclose(dZ.sum(axis=0), 0, atol=2e-9)
    loss = -np.log(model.predict_proba(X)[np.arange(len(y)), y]).sum()
    assert model.result_.objective == pytest.approx(
        0.5 * loss / 0.5 + np.sum(model.coef_**2) / 2 - 0.5 * loss, rel=1e-9
    )


def test_label_smoothing_is_soft_targets(wine):
    X, y = wine
    smooth = exact(label_smoothing=0.3).fit(X, y)
    soft = exact().fit(X, 0.7 * np.eye(3)[y] + 0.1, classes=[0, 1, 2])
    np.testing.assert_allclose(smooth.coef_, soft.coef_, atol=1e-7)


def test_counts_are_repeated_rows(rng):
    X = rng.standard_normal((30, 4))
    counts = rng.integers(0, 4, (30, 3))
    rows, labels = (
        np.repeat(np.arange(30), counts.sum(axis=1)),
        np.concatenate([np.repeat([0, 1, 2], c) for c in counts]),
    )
    repeated, counted = exact().fit(X[rows], labels), exact().fit(X, counts, classes=[0, 1, 2])
    np.testing.assert_allclose(counted.coef_, repeated.coef_, atol=1e-7)


@pytest.mark.parametrize("labels", [["b", "a", "c"], [10, -3, 7], [True, False], [0.0, 1.0, 2.0]])
def test_labels_of_any_kind_come_back(rng, labels):
    y = np.array(labels)[rng.integers(0, len(labels), 60)]
    X = rng.standard_normal((60, 3)) + 3 * np.eye(3)[np.unique(y, return_inverse=True)[1]]
    model = SoftmaxRegression().fit(X, y)
    assert model.classes_.tolist() == sorted(labels)
    assert model.predict(X).dtype == y.dtype
    assert model.score(X, y) > 0.8


def test_classes_may_be_given_in_an_order_and_may_be_absent(wine):
    X, y = wine
    model = exact().fit(X, y, classes=[2, 0, 1, 9])
    assert model.classes_.tolist() == [2, 0, 1, 9]
    plain = exact().fit(X, y)
    probabilities = model.predict_proba(X)
    assert (probabilities[:, 3] < 0.05).all()
    np.testing.assert_array_equal(model.predict(X), plain.predict(X))


INPUTS = {
    "float32": lambda X: X.astype(np.float32),
    "float16": lambda X: X.astype(np.float16),
    "fortran": np.asfortranarray,
    "int64": lambda X: X.astype(np.int64),
    "uint8": lambda X: X.astype(np.uint8),
    "csr": sp.csr_matrix,
    "csr_array": sp.csr_array,
    "csc": sp.csc_matrix,
    "csr uint8": lambda X: sp.csr_matrix(X.astype(np.uint8)),
    "pandas": lambda X: pd.DataFrame(X, columns=[f"pixel {j}" for j in range(X.shape[1])]),
    "polars": lambda X: pl.DataFrame(X, schema=[f"pixel {j}" for j in range(X.shape[1])]),
    "list": lambda X: X.tolist(),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_x_of_any_kind_gives_the_same_model(kind):
    X, y = load_digits(return_X_y=True)
    options = {"C": 1e-5, "max_iter": 1000}  # well conditioned, so that tol pins the coefficients down
    expected = SoftmaxRegression(tol=1e-6, **options).fit(X, y)
    same = INPUTS[kind](X)
    narrow = kind in ("float32", "float16")
    model = SoftmaxRegression(tol=1e-4 if narrow else 1e-6, **options).fit(same, y)
    np.testing.assert_allclose(
        model.predict_proba(same), expected.predict_proba(X), atol=1e-4 if narrow else 1e-6
    )
    assert model.result_.converged
    assert model.coef_.dtype == (np.float32 if narrow else np.float64)
    assert hasattr(model, "feature_names_in_") is (kind in ("pandas", "polars"))


@pytest.mark.parametrize("kind", ["float32", "fortran", "csr"])
@pytest.mark.parametrize("n_classes", [2, 10])
def test_same_bits_whatever_the_threads(kind, n_classes):
    X, y = load_digits(return_X_y=True)
    models = [
        SoftmaxRegression(n_threads=n, max_iter=30).fit(INPUTS[kind](X), y % n_classes) for n in (1, 2, 7)
    ]
    for model in models[1:]:
        np.testing.assert_array_equal(model.coef_, models[0].coef_)
        assert model.result_.objective == models[0].result_.objective


def test_x_is_not_copied(rng):
    import tracemalloc

    X = rng.integers(0, 255, (20_000, 200)).astype(np.uint8)
    y = rng.integers(0, 5, 20_000)
    SoftmaxRegression(max_iter=1).fit(X[:100], y[:100])
    tracemalloc.start()
    SoftmaxRegression(max_iter=2).fit(X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (
        peak < 8 * X.shape[0] * 5 * 4 + 16e6
    )  # a float32 copy of X alone would take 16 MB, a float64 one 32 MB


def test_log_probabilities_do_not_underflow(wine):
    X, y = wine
    model = SoftmaxRegression(C=100, max_iter=500).fit(X, y)
    assert np.isfinite(model.predict_log_proba(1e4 * X)).all()
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), model.predict_proba(X), atol=1e-15)


def test_warm_start_goes_on_from_the_last_fit(wine):
    X, y = wine
    model = exact(warm_start=True).fit(X, y)
    again = clone(model).set_params(warm_start=True)
    assert again.fit(X, y).n_iter_ > 5
    assert again.fit(X, y).n_iter_ == 0
    np.testing.assert_allclose(again.coef_, model.coef_, rtol=1e-13)
    again.fit(X[:, :5], y)  # another width: a start from zero
    assert again.coef_.shape == (3, 5)


def test_too_few_iterations_are_told(wine):
    X, y = wine
    with pytest.warns(ConvergenceWarning, match="Reached max_iter.*Increase max_iter"):
        model = SoftmaxRegression(max_iter=3).fit(X, y)
    assert model.result_.reason is Reason.MAX_ITERATIONS
    assert not model.result_.converged
    assert model.n_iter_ == 3


def test_no_warning_where_it_converged(wine):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        SoftmaxRegression(max_iter=1000).fit(*wine)


def test_the_result_tells_the_whole_story(wine):
    result = SoftmaxRegression(max_iter=1000).fit(*wine).result_
    assert result.reason is Reason.GRADIENT_TOLERANCE
    assert result.gradient_norm <= result.tolerance == 1e-4
    assert len(result.history) == result.n_iter + 1
    assert result.passes >= result.n_iter
    assert "passes over X" in str(result)


def test_verbose_prints_every_nth_iteration(wine, capsys):
    SoftmaxRegression(solver="lbfgs", tol=0, verbose=5, max_iter=11).fit(*wine)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["0", "5", "10"]


def test_lives_among_scikit_learns_own(wine):
    X, y = wine
    search = GridSearchCV(SoftmaxRegression(max_iter=200), {"C": [0.1, 1.0]}, n_jobs=2).fit(X, y)
    assert search.best_score_ > 0.95
    model = pickle.loads(pickle.dumps(search.best_estimator_))
    np.testing.assert_array_equal(model.predict(X), search.predict(X))


X3 = np.eye(6, 3)
Y3 = np.array([0, 1, 2, 0, 1, 2])
BAD = [
    (lambda: SoftmaxRegression(C=0).fit(X3, Y3), "C: expected a number > 0, got 0"),
    (lambda: SoftmaxRegression(C=np.nan).fit(X3, Y3), "C: .*nan"),
    (lambda: SoftmaxRegression(tol=-1).fit(X3, Y3), "tol: expected a number ≥ 0, got -1"),
    (lambda: SoftmaxRegression(max_iter=1.5).fit(X3, Y3), "max_iter: expected an integer"),
    (
        lambda: SoftmaxRegression(n_threads=True).fit(X3, Y3),
        "n_threads: expected an integer ≥ 1 or None, got True",
    ),
    (lambda: SoftmaxRegression(n_threads=0).fit(X3, Y3), "n_threads: expected an integer ≥ 1 or None, got 0"),
    (lambda: SoftmaxRegression(solver="sgd").fit(X3, Y3), "solver: .*'sgd'"),
    (lambda: SoftmaxRegression(label_smoothing=2).fit(X3, Y3), "label_smoothing"),
    (lambda: SoftmaxRegression(class_weight="even").fit(X3, Y3), "class_weight: .*'even'"),
    (
        lambda: SoftmaxRegression(class_weight={7: 1.0}).fit(X3, Y3),
        r"class_weight: expected classes among .*, got \[7\]",
    ),
    (lambda: SoftmaxRegression().fit(X3, np.zeros(6)), "one class"),
    (lambda: SoftmaxRegression().fit(X3, np.eye(6, 3)), "to pass target mass, set classes="),
    (lambda: SoftmaxRegression().fit(X3, np.eye(6, 3), classes=[0, 1]), r"2 classes, got shape \(6, 3\)"),
    (
        lambda: SoftmaxRegression().fit(X3, -np.eye(6, 3), classes=[0, 1, 2]),
        "mass ≥ 0, got -1.0 at row 0, class 0",
    ),
    (lambda: SoftmaxRegression().fit(X3, Y3, classes=[0, 1]), "expected labels among .*, got .*2.* at row 2"),
    (lambda: SoftmaxRegression().fit(X3, Y3, classes=[0, 0, 1]), "classes: expected distinct"),
    (
        lambda: SoftmaxRegression().fit(X3, Y3, np.zeros(6)),
        "expected at least one row with positive weight",
    ),
    (lambda: SoftmaxRegression().fit(X3, Y3, -np.ones(6)), "sample_weight: .*-1.0 at row 0"),
    (lambda: SoftmaxRegression().fit(X3, Y3[:5]), "y: expected one label for each of 6 rows of X, got 5"),
    (lambda: SoftmaxRegression().fit(np.where(X3 == 1, np.nan, X3), Y3), "X: .*NaN at row 0, column 0"),
    (
        lambda: SoftmaxRegression().fit(sp.csr_matrix(np.where(X3 == 1, np.inf, X3)), Y3),
        "X: .*inf at row 0, column 0",
    ),
    (lambda: SoftmaxRegression(class_weight={0: "a"}).fit(X3, Y3), "class_weight: .*'a' for 0"),
    (
        lambda: SoftmaxRegression(class_weight={0: 0, 1: 0, 2: 0}).fit(X3, Y3),
        "class_weight: expected at least one row with positive",
    ),
    (lambda: SoftmaxRegression(fit_intercept="no").fit(X3, Y3), "fit_intercept: .*'no'"),
    (lambda: SoftmaxRegression(verbose=-1).fit(X3, Y3), "verbose: expected an integer ≥ 0, got -1"),
    (lambda: SoftmaxRegression(C=5e-324).fit(X3, Y3), "C: expected a number whose inverse is finite"),
    (
        lambda: SoftmaxRegression().fit(X3, np.array(["a", 1, "c", "a", 1, "b"], object)),
        "y: expected labels of a single type",
    ),
    (
        lambda: SoftmaxRegression().fit(X3, [0.5, 1.5, 2.1, 0.3, 1.1, 2.2]),
        "y: expected labels of a single type",
    ),
]


@pytest.mark.parametrize(("call", "message"), BAD)
def test_bad_input_is_a_value_error_with_the_argument_in_it(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_failed_or_interrupted_fit_leaves_the_model_as_it_was(wine):
    X, y = wine
    model = SoftmaxRegression().fit(X, y)
    before = model.coef_.copy()
    with pytest.raises(pminusy.TargetError):
        model.fit(X[:3], np.zeros(3))
    np.testing.assert_array_equal(model.coef_, before)

    def interrupt(record):
        raise KeyboardInterrupt

    with listening(interrupt), pytest.raises(KeyboardInterrupt):
        model.fit(pd.DataFrame(X[:, :2], columns=["a", "b"]), y)
    np.testing.assert_array_equal(model.coef_, before)
    assert not hasattr(model, "feature_names_in_")
    assert model.predict(X).shape == y.shape


def test_names_are_forgotten_when_the_next_x_has_none(wine):
    X, y = wine
    model = SoftmaxRegression(max_iter=200).fit(pd.DataFrame(X, columns=[f"c{j}" for j in range(13)]), y)
    assert model.feature_names_in_[0] == "c0"
    assert not hasattr(model.fit(X[:, :4], y), "feature_names_in_")
    assert model.n_features_in_ == 4


def test_unusable_mass_is_named_by_its_row_in_y(rng):
    mass = np.abs(rng.standard_normal((1000, 3)))
    mass[900, 1] = -1
    with pytest.raises(pminusy.TargetError, match=r"y: .*got -1.0 at row 900, class 1"):
        SoftmaxRegression().fit(rng.standard_normal((1000, 4)), mass, classes=["a", "b", "c"])


def test_fits_side_by_side_leave_blas_as_it_was(wine):
    X, y = wine
    blas = ThreadpoolController().select(user_api="blas")
    before = [library["num_threads"] for library in blas.info()]
    both_inside = threading.Barrier(2, timeout=60)
    second_goes_on = threading.Event()

    def fit(is_second):
        meet = iter([True])

        def listener(record):
            if next(meet, False):
                both_inside.wait()
                if is_second:
                    second_goes_on.wait(60)

        with listening(listener):
            SoftmaxRegression(max_iter=200).fit(X, y)
        second_goes_on.set()

    fits = [threading.Thread(target=fit, args=(is_second,)) for is_second in (False, True)]
    for thread in fits:
        thread.start()
    for thread in fits:
        thread.join()
    assert [library["num_threads"] for library in blas.info()] == before


def test_rows_too_large_for_the_models_float32_are_predicted_in_float64(wine):
    X, y = wine
    model = SoftmaxRegression(max_iter=200).fit(X.astype(np.float32), y)
    assert model.coef_.dtype == np.float32
    assert model.predict_proba(X.astype(np.float32)).dtype == np.float32
    assert np.isfinite(model.predict_proba(X * 1e60)).all()


def test_a_refit_at_the_limit_of_float32_is_told_so(wine):
    X, y = wine
    model = SoftmaxRegression(solver="lbfgs", tol=1e-9, max_iter=2000, warm_start=True)
    for _ in range(3):
        with pytest.warns(
            ConvergenceWarning, match="No further progress is possible at this floating-point precision"
        ):
            model.fit(X.astype(np.float32), y)


def test_predicting_before_fitting():
    with pytest.raises(NotFittedError):
        SoftmaxRegression().predict(X3)
