import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.report.explanation import words
from pminusy.report.explanation.build import explain


@given(st.floats(-1e300, 1e300) | st.sampled_from([math.inf, -math.inf]))
def test_a_figure_takes_seven_characters_and_keeps_its_value(value):
    text = words.figure(value)
    assert len(text) <= 7
    if math.isfinite(value):
        assert float(text.replace("−", "-")) == pytest.approx(value, rel=0.5)


def test_the_mass_is_said_where_it_is_not_one():
    assert "class 1" in words.mass(explain([0.0, 1.0], target=1))
    assert "p − y" in words.mass(explain([0.0, 1.0], targets=[0.5, 0.5]))
    assert "s = 3.0000, not 1" in words.mass(explain([0.0, 1.0], targets=[1.0, 2.0]))
    assert "the loss and the gradient are zero" in words.mass(explain([0.0, 1.0], targets=[0.0, 0.0]))


def test_what_underflowed_is_said():
    assert words.warnings(explain([0.0, 1.0], target=0)) == ()
    (cancelled,) = words.warnings(explain([0.0, -2000.0], target=1))
    assert cancelled.startswith("For class 1, y/p exceeds the largest float")
    infinite, _ = words.warnings(explain([0.0, -math.inf], target=1))
    assert "infinite" in infinite
