import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import split_folds
from pminusy.linear.cross_validation.linear_model import parameters_of
from pminusy.linear.cross_validation.path import check_finite_mean, fold_path, ruled_out
from pminusy.linear.cross_validation.scoring import held_out_score

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 3))
Y = np.array(["a", "b", "c"])[np.argmax(X + RNG.gumbel(size=(60, 3)), axis=1)]
CS = np.array([0.01, 1.0, 100.0])
WITHOUT_C = np.flatnonzero(Y != "c")


def prepared(pairs, **options):
    model = SoftmaxRegression(tol=1e-8, **options)
    rows = read_whole(model, X, Y, None, None)
    return model, rows, split_folds(pairs, rows)


def path_of(model, rows, fold, on_fit=lambda *told: None):
    score = held_out_score("neg_log_loss", model, rows.targets.classes)
    return fold_path(model, [(0.0, C) for C in CS.tolist()], fold, rows, score, on_fit)


def test_each_c_is_fitted_to_the_training_rows_and_scored_on_the_others():
    model, rows, folds = prepared(3)
    for fold in folds:
        path = path_of(model, rows, fold)
        assert path.scores.shape == (3,)
        for C, parameters, score, result in zip(CS, path.parameters, path.scores, path.results, strict=True):
            alone = SoftmaxRegression(C=C, tol=1e-8).fit(X[fold.train], Y[fold.train])
            np.testing.assert_allclose(parameters, parameters_of(alone), atol=1e-5)
            assert result.converged
            P = alone.predict_proba(X[fold.held_out])
            right = P[np.arange(len(P)), np.searchsorted(["a", "b", "c"], Y[fold.held_out])]
            assert score == pytest.approx(np.log(right).mean(), abs=1e-5)


def test_the_model_that_it_copies_stays_as_it_is():
    model, rows, folds = prepared(3)
    path_of(model, rows, folds[0])
    assert model.C == SoftmaxRegression().C
    assert not hasattr(model, "coef_")


def test_a_class_without_training_rows_has_probability_zero():
    model, rows, (fold,) = prepared([(WITHOUT_C, np.flatnonzero(Y == "a"))])
    assert ruled_out(model, fold).tolist() == [2]
    intercepts = path_of(model, rows, fold).parameters[:, :, -1]
    assert (intercepts[:, 2] == -np.inf).all()
    np.testing.assert_allclose(intercepts[:, :2].sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize("options", [{"fit_intercept": False}, {"label_smoothing": 0.1}])
def test_smoothing_or_a_missing_intercept_bounds_it(options):
    model, rows, folds = prepared([(WITHOUT_C, [0])], **options)
    assert not ruled_out(model, folds[0]).size
    assert np.isfinite(path_of(model, rows, folds[0]).parameters).all()
    check_finite_mean(model, folds, rows)


def test_a_mean_over_folds_that_rule_a_class_out_is_refused():
    model, rows, folds = prepared([(np.arange(60), [0]), (WITHOUT_C, [0])])
    check_finite_mean(model, folds[:1], rows)
    with pytest.raises(
        InputError, match="refit: expected True, since fold 1 has no training row of class 'c'"
    ):
        check_finite_mean(model, folds, rows)


def test_every_fit_is_told_of():
    model, rows, folds = prepared(3)
    told = []
    path = path_of(model, rows, folds[1], on_fit=lambda *fit: told.append(fit))
    results = zip(CS, path.scores, path.results, strict=True)
    assert told == [(folds[1], C, score, result.n_iter) for C, score, result in results]


def test_a_new_ratio_starts_afresh():
    model, rows, folds = prepared(3, warm_start=True)
    score = held_out_score("neg_log_loss", model, rows.targets.classes)
    points = [(0.5, 0.1), (0.5, 1.0), (1.0, 0.1)]
    path = fold_path(model, points, folds[0], rows, score, lambda *told: None)
    alone = fold_path(model, points[2:], folds[0], rows, score, lambda *told: None)
    assert np.array_equal(path.parameters[2], alone.parameters[0])
    assert path.results[2].n_iter == alone.results[0].n_iter
