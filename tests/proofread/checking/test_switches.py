"""Integrals of functions by cases, with maxima, signs and magnitudes."""

import numpy as np
import pytest

from pminusy.proofread import proofread
from pminusy.proofread.checking.quadrature import Range
from pminusy.proofread.checking.switches import pieces
from pminusy.proofread.proof import Verdict

UNIFORM = r"with $f(x) = \begin{cases} 1/6 & 0 \le x \le 6 \\ 0 & \text{otherwise} \end{cases}$"
ONE = np.ones((1, 1, 1))
RIGHT_AND_WRONG = [
    (r"$$\int_0^2 |x - 1| dx = 1$$", "= 1", "= 2"),
    (r"$$\int_0^{2 \pi} \max(\sin x, 0) dx = 2$$", "= 2", "= 1"),
    (r"$$\int_{-\infty}^{\infty} x e^{-|x - m| / b} \frac{1}{2 b} dx = m$$", "= m", "= 2 m"),
    (rf"$$\int_{{-\infty}}^{{\infty}} x f(x) dx = \frac16 \int_0^6 x dx$$ {UNIFORM}", r"\frac16", r"\frac15"),
    (
        r"""$$p(y) = \frac{1}{\sqrt{2 \pi}} e^{-y^2 / 2}$$
$$\int_{-\infty}^{\infty} \max\{m - y, 0\} p(y) dy = \int_{-\infty}^m (m - y) p(y) dy$$""",
        "(m - y) p",
        "(m + y) p",
    ),
]


@pytest.mark.parametrize(("text", "part", "slip"), RIGHT_AND_WRONG)
def test_an_integrand_that_switches(text: str, part: str, slip: str) -> None:
    assert proofread(text).verdict is Verdict.CORRECT
    assert proofread(text.replace(part, slip)).verdict is Verdict.WRONG


def test_a_range_is_cut_where_the_state_changes() -> None:
    found = pieces(Range(-ONE, 3 * ONE), lambda x: [x > 0.25, x > np.sqrt(2)], 0)
    cuts = [each.low for each in found[1:]]
    assert np.allclose(np.ravel(cuts), [0.25, np.sqrt(2)], rtol=1e-15)
    assert found[-1].high is not None


@pytest.mark.parametrize("states", [lambda x: [], lambda x: [x > 5], lambda x: [np.sin(40 * x) > 0]])
def test_a_range_stays_whole_where_nothing_or_too_much_changes(states) -> None:  # type: ignore[no-untyped-def]
    over = Range(-ONE, 3 * ONE)
    assert pieces(over, states, 0) == [over]
