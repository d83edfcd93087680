import math

import numpy as np
import pytest

from pminusy.gradcheck.verdict import GradientCheck, Tolerance, verdict_on

TOLERANCE = Tolerance(relative=1e-6, absolute=1e-14, negligible=1e-8)


def verdict(claimed, measured, errors=1e-12, slope=3.0, kink=False, flat=None):
    claimed, measured = np.array(claimed, float), np.array(measured, float)
    flat = np.arange(claimed.size) if flat is None else np.array(flat)
    return verdict_on(slope, claimed, flat, measured, np.full(len(flat), errors), TOLERANCE, kink)


def test_what_agrees_is_right():
    check = verdict([[1.0, 2.0], [3.0, 0.0]], [1.0, 2.0, 3.0, 0.0])
    assert check.ok
    assert (check.n_coordinates, check.relative_error, check.measurable) == (4, 0, True)


def test_the_worst_coordinate_is_named_by_its_place():
    check = verdict([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0, 3.3, 4.0])
    assert not check.ok
    assert check.worst_index == (1, 0)
    assert (check.claimed, check.measured) == (3.0, 3.3)
    assert check.relative_error == pytest.approx(0.3 / 3.3)
    assert "derivative WRONG" in str(check)
    assert "claimed 3, measured 3.3" in str(check)


def test_coordinates_that_were_chosen_are_told_by_their_place_in_the_whole():
    assert verdict(np.arange(12.0).reshape(3, 4), [5.0, 9.5], flat=[5, 9]).worst_index == (2, 1)


def test_a_wrong_slope_is_enough():
    check = verdict([1.0], [1.0], slope=1.1)
    assert (check.ok, check.measurable) == (False, True)


def test_what_cannot_be_measured_is_neither_right_nor_wrong():
    check = verdict([1.0], [1.0], errors=0.5, slope=math.inf)
    assert (check.ok, check.measurable) == (False, False)
    assert "could not be measured" in str(check)


def test_at_a_kink_nothing_is_right():
    check = verdict([1.0], [1.0], kink=True)
    assert (check.ok, check.measurable) == (False, False)
    assert "f has a kink at x" in str(check)


def test_the_negligible_grows_with_the_value_and_falls_with_x():
    small, large = (Tolerance.at(np.array([x]), value, 1e-6, 0.0) for x, value in ((100.0, 1.0), (1.0, 50.0)))
    assert (small.negligible, large.negligible) == (pytest.approx(1e-10), pytest.approx(5e-7))


@pytest.mark.parametrize(
    ("ok", "measurable", "kink", "said"),
    [
        (True, True, False, "<p class='good'>Derivative correct"),
        (False, True, False, "<p class='bad'>Derivative WRONG"),
        (False, False, True, "<p>Derivative could not be measured (f has a kink at x)"),
    ],
)
def test_a_notebook_shows_the_verdict(ok, measurable, kink, said):
    check = GradientCheck(ok, measurable, 2.5, (1, 0), 1.0, 2.0, 1e-9, 0.5, 4, kink)
    shown = check._repr_html_()
    assert said in shown
    assert "worst of 4 coordinates" in shown
