import numpy as np

from pminusy import PenaltySelection
from pminusy.report.path import MAX_PANELS, held_out_losses, make_panels, places_to_trace


def test_the_strongest_of_the_most_frequent_classes_are_traced():
    rng = np.random.default_rng(0)
    coef = rng.standard_normal((MAX_PANELS + 3, 20))
    coef[4, 3:] = 0
    counts = np.arange(MAX_PANELS + 3)
    places = places_to_trace(coef, counts)
    assert np.unique(places.rows).tolist() == list(range(3, MAX_PANELS + 3))
    assert np.count_nonzero(places.rows == 4) == 3
    own = np.abs(coef[5, places.columns[places.rows == 5]])
    assert len(own) == 8
    assert np.array_equal(own, np.sort(np.abs(coef[5]))[::-1][:8])


def test_nothing_is_traced_where_all_is_zero():
    places = places_to_trace(np.zeros((3, 4)), np.ones(3))
    assert len(places.rows) == len(places.columns) == 0
    assert make_panels(places, np.empty((5, 0)), ("a", "b", "c"), ["p"] * 4) == ()


def test_traces_are_put_together_by_class():
    places = places_to_trace(np.array([[0.0, -2, 1], [3, 0, 0], [0, 0, 0]]), np.ones(3))
    weights = np.arange(6.0).reshape(2, 3)
    first, second = make_panels(places, weights, ("a", "b", "c"), ["p", "q", "r"])
    assert (first.name, first.against, second.name) == ("a", None, "b")
    assert [(trace.feature, trace.weights) for trace in first.traces] == [
        ("q", (0.0, 3.0)),
        ("r", (1.0, 4.0)),
    ]
    assert second.traces[0].weights == (2.0, 5.0)


def test_of_two_classes_the_second_is_against_the_first():
    places = places_to_trace(np.array([[1.0]]), np.ones(2))
    (panel,) = make_panels(places, np.ones((1, 1)), ("no", "yes"), ["p"])
    assert (panel.name, panel.against) == ("yes", "no")


def test_losses_as_plain_values():
    selection = PenaltySelection(
        np.array([1.0, 2.0]), np.array([[1.0, 0.5], [1.0, 0.7]]), np.ones((2, 2), bool)
    )
    held_out = held_out_losses(selection, one_standard_error=True)
    assert held_out.losses == (1.0, 0.6)
    assert (held_out.best, held_out.n_folds, held_out.one_standard_error) == (1, 2, True)
    assert all(type(error) is float for error in held_out.errors)
