import math

import numpy as np
import pytest

from pminusy.proofread.checking.acceleration import accelerated

N = np.arange(1.0, 60.0)


@pytest.mark.parametrize(
    ("terms", "value"),
    [
        (1 / N**2, math.pi**2 / 6),
        ((-1) ** (N + 1) / N, math.log(2)),
        (1 / (N * (N + 1)), 1.0),
        ((-1) ** (N + 1) / (2 * N - 1), math.pi / 4),
    ],
)
def test_terms_that_fall_as_a_power(terms, value):
    assert accelerated(terms) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("terms", [1 / N, N, np.sin(N)])
def test_what_does_not_settle_is_no_number(terms):
    assert math.isnan(accelerated(terms))


def test_each_series_of_several_for_itself():
    both = accelerated(np.stack([1 / N**2, 1 / N], axis=1))
    assert both[0] == pytest.approx(math.pi**2 / 6)
    assert math.isnan(both[1])
