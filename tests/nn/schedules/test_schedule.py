"""What holds for every schedule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import InputError
from pminusy.nn import Constant, Cosine, OneCycle, ReduceOnPlateau, schedule_named

BY_NAME = {"constant": Constant(), "cosine": Cosine(), "one_cycle": OneCycle(), "plateau": ReduceOnPlateau()}
SCHEDULES = st.sampled_from(
    [
        *BY_NAME.values(),
        Cosine(warmup=0.0),
        Cosine(warmup=0.9, final=0.5),
        OneCycle(peak_at=0),
        OneCycle(peak_at=1),
    ]
)


@given(SCHEDULES, st.integers(1, 300), st.data())
def test_factors_are_shares_and_epochs_join(schedule, total, data):
    whole = schedule.factors(0, total, total)
    assert whole.dtype == np.float64
    assert whole.shape == (total,)
    assert ((whole >= 0) & (whole <= 1)).all()
    cut = data.draw(st.integers(0, total))
    joined = [*schedule.factors(0, cut, total), *schedule.factors(cut, total - cut, total)]
    np.testing.assert_array_equal(joined, whole)


@given(SCHEDULES, st.integers(1, 50))
def test_past_the_end_it_stays_as_it_is(schedule, total):
    after = schedule.factors(total, 7, total)
    assert (after == after[0]).all()
    assert 0 <= after[0] <= 1


@pytest.mark.parametrize("name", BY_NAME)
def test_names(name):
    assert schedule_named(name) == BY_NAME[name]


def test_every_call_makes_a_new_one():
    assert schedule_named("plateau").state is not schedule_named("plateau").state


@pytest.mark.parametrize("name", ["Cosine", "", None, ["cosine"]])
def test_unknown_name(name):
    with pytest.raises(
        InputError, match=r"^schedule: expected one of constant, cosine, one_cycle, plateau, got"
    ):
        schedule_named(name)


@pytest.mark.parametrize("schedule", [Constant(), Cosine(), OneCycle()])
def test_where_the_step_alone_decides_nothing_is_kept(schedule):
    before = schedule.factors(0, 20, 20)
    schedule.observe(1.0)
    schedule.observe(np.nan)
    assert schedule.state == {}
    np.testing.assert_array_equal(schedule.factors(0, 20, 20), before)
