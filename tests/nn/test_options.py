import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import InputError
from pminusy.nn.options import check_numbers

INTERVALS = ["[0, 1)", "(0, 1]", "[0, 1]", "(0, 1)"]


@given(st.sampled_from(INTERVALS), st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_inside(interval, value):
    check_numbers(interval, x=value, y=np.float32(0.5))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("border", [0, 1])
def test_borders(interval, border):
    if interval[-border] in "[]":
        check_numbers(interval, x=border)
    else:
        with pytest.raises(InputError, match=r"^x: expected a number in "):
            check_numbers(interval, x=border)


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan, np.inf, -np.inf, None, "0.5", 1j, [0.5]])
def test_outside(value):
    with pytest.raises(InputError) as error:
        check_numbers("[0, 1]", fine=0.5, rate=value)
    assert str(error.value) == f"rate: expected a number in [0, 1], got {value!r}"


def test_an_open_end_is_finite():
    check_numbers("(0, inf)", x=1e300)
    with pytest.raises(InputError):
        check_numbers("(0, inf)", x=np.inf)
    check_numbers("(0, inf]", x=np.inf)
