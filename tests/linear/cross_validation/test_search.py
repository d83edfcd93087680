import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.folds import split_folds
from pminusy.linear.cross_validation.linear_model import parameters_of
from pminusy.linear.cross_validation.scoring import held_out_score
from pminusy.linear.cross_validation.search import (
    Grid,
    mean_of_best,
    read_grid,
    read_ratios,
    refit_at_best,
    search,
    unconverged,
)

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 3))
Y = np.argmax(X + RNG.gumbel(size=(60, 3)), axis=1)
ROWS = read_whole(SoftmaxRegression(), X, Y, None, None)


def searched(Cs, **options):
    model = SoftmaxRegression(tol=1e-8, **options)
    score = held_out_score("neg_log_loss", model, ROWS.targets.classes)
    return search(model, np.zeros(1), np.array(Cs), split_folds(3, ROWS), ROWS, score, lambda *told: None)


def test_the_grid_is_what_is_given_or_so_many_values():
    assert read_grid([1, 0.5]).tolist() == [1.0, 0.5]
    np.testing.assert_allclose(read_grid(5), [1e-4, 1e-2, 1, 1e2, 1e4])
    assert read_grid(np.int64(1)).tolist() == [1e-4]


@pytest.mark.parametrize(
    "Cs", [0, -1, True, 2.5, "1", [], [1, 0], [1, -1], [np.nan], [[1, 2]], [[1], [2, 3]], ["1"], None]
)
def test_what_is_no_grid_is_refused(Cs):
    with pytest.raises(InputError, match="Cs: expected an integer ≥ 1 or a list of numbers > 0"):
        read_grid(Cs)


def test_the_order_of_the_values_changes_nothing_but_the_order_of_the_results():
    grid, turned = searched([0.1, 1, 10]), searched([10, 0.1, 1])
    order = [2, 0, 1]
    np.testing.assert_array_equal(turned.Cs, grid.Cs[order])
    np.testing.assert_array_equal(turned.scores, grid.scores[:, order])
    np.testing.assert_array_equal(turned.parameters, grid.parameters[:, order])
    assert grid.parameters.shape == (3, 3, 3, 4)
    assert [len(results) for results in grid.results] == [3, 3, 3]


def test_the_best_mean_score_is_refitted_to_all_rows():
    grid = searched([0.001, 1, 1000])
    best = grid.Cs[grid.scores.mean(axis=0).argmax()]
    fitted = refit_at_best(SoftmaxRegression(tol=1e-8), grid, ROWS)
    assert best == fitted.C
    expected = SoftmaxRegression(C=best, tol=1e-8).fit(X, Y)
    np.testing.assert_allclose(parameters_of(fitted), parameters_of(expected), atol=1e-5)


def test_a_start_that_a_fold_puts_at_infinity_is_left_out_of_the_mean():
    parameters = np.zeros((2, 1, 3, 4))
    parameters[0, 0, 1, 3] = -np.inf
    parameters[:, 0, 2, 3] = -np.inf
    grid = Grid(np.zeros(1), np.array([1.0]), parameters, np.zeros((2, 1)), [])
    fitted = refit_at_best(SoftmaxRegression(tol=1e-8), grid, ROWS)
    expected = SoftmaxRegression(C=1.0, tol=1e-8).fit(X, Y)
    np.testing.assert_allclose(parameters_of(fitted), parameters_of(expected), atol=1e-5)


def test_without_a_refit_each_folds_own_best_is_averaged():
    parameters = np.arange(2 * 2 * 3 * 4, dtype=float).reshape(2, 2, 3, 4)
    grid = Grid(
        np.array([0.0, 0.5]), np.array([1.0, 3.0]), parameters, np.array([[0.0, 1.0], [1.0, 0.0]]), []
    )
    model = mean_of_best(SoftmaxRegression(), grid, ROWS)
    assert (model.C, model.l1_ratio) == (2.0, 0.25)
    np.testing.assert_array_equal(parameters_of(model), (parameters[0, 1] + parameters[1, 0]) / 2)


def test_every_ratio_meets_every_C():
    model = SoftmaxRegression(tol=1e-6)
    score = held_out_score("neg_log_loss", model, ROWS.targets.classes)
    grid = search(
        model,
        np.array([1.0, 0.5]),
        np.array([1.0, 0.1]),
        split_folds(2, ROWS),
        ROWS,
        score,
        lambda *told: None,
    )
    assert list(zip(grid.l1_ratios, grid.Cs, strict=True)) == [(1.0, 1.0), (1.0, 0.1), (0.5, 1.0), (0.5, 0.1)]
    train = split_folds(2, ROWS)[0].train
    for point in range(4):
        fitted = SoftmaxRegression(C=grid.Cs[point], l1_ratio=grid.l1_ratios[point], tol=1e-6).fit(
            X[train], Y[train]
        )
        assert grid.results[0][point].objective == pytest.approx(fitted.result_.objective, rel=1e-5)


@pytest.mark.parametrize("given", [[], [0.5, 1.5], [-0.1], "half", [[0.5]], [[0.5], 1.0], 0.5, [np.nan]])
def test_ratios_that_are_none(given):
    with pytest.raises(InputError, match=r"l1_ratios: expected None or a list of numbers in \[0, 1\]"):
        read_ratios(given)


def test_what_did_not_converge_is_summed_up():
    assert not unconverged([result for fold in searched([1]).results for result in fold])
    results = [result for fold in searched([1, 2], max_iter=1).results for result in fold]
    told = unconverged(results)
    assert told.startswith("6 of 6 fits did not converge: Reached max_iter")
    assert "Increase max_iter" in told
