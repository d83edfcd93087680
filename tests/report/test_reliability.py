import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pminusy.report.reliability import N_BINS, expected_calibration_error, reliability_bins


@given(
    st.integers(1, 60).flatmap(
        lambda n: st.tuples(arrays(float, n, elements=st.floats(0, 1)), arrays(bool, n))
    )
)
def test_bins_hold_every_row_once_and_average_within_their_bounds(drawn):
    top, correct = drawn
    bins = reliability_bins(top, correct)
    assert sum(b.count for b in bins) == len(top)
    assert sum(b.count * b.accuracy for b in bins) == pytest.approx(correct.sum())
    assert sum(b.count * b.confidence for b in bins) == pytest.approx(top.sum(), abs=1e-12)
    for b in bins:
        assert b.upper - b.lower == pytest.approx(1 / N_BINS)
        assert b.lower - 1e-9 <= b.confidence <= b.upper + 1e-9


def test_the_ends_belong_to_the_first_and_last_bin():
    bins = reliability_bins(np.array([0.0, 1.0]), np.array([False, True]))
    assert [(b.lower, b.upper) for b in bins] == [(0, 1 / 15), (14 / 15, 1)]


def test_bins_weigh_their_rows():
    top = np.array([0.9, 0.9, 0.9, 0.5])
    bins = reliability_bins(top, np.array([True, True, False, True]))
    assert expected_calibration_error(bins) == pytest.approx((3 * (0.9 - 2 / 3) + 0.5) / 4)
