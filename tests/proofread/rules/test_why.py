"""Steps look for their reasons in the reading in which they hold, and never give a false one."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread

REDEFINED = r"""$$u(x, t) = x^2 t$$
$$\frac{\partial}{\partial t} u(x, t) = x^2$$
Now let $u(x, t) = x + t^3$.
$$\frac{\partial}{\partial t} u(x, t) = 3 t^2$$"""


@pytest.mark.parametrize(
    ("page", "last"),
    [(REDEFINED, ["definition put in", "derivative of a sum", "power rule"]), (r"$$I B = B$$", ["inverse"])],
    ids=["the nearest definition", "capitals as matrices"],
)
def test_a_step_that_holds_in_another_reading_is_explained_in_it(page: str, last: list[str]) -> None:
    step = proofread(page).steps[-1]
    assert step.rests_on
    assert [reason.rule for reason in step.why()] == last


def test_an_earlier_line_under_another_value_is_no_reason() -> None:
    page = "We set $c = 3$. $$c x^2 = 3 x^2$$ Then we take $c = 5$. $$c x^2 = 5 x^2$$"
    step = proofread(page).steps[-1]
    assert step.holds
    assert "3" not in "".join(reason.latex for reason in step.why())
