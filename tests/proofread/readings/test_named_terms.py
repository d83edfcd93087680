"""New names as terms of sums."""

from __future__ import annotations

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

BOUND = r"E_{q}\left[\log \frac{p(y, u)}{q(u)}\right] + E_{q}\left[\log \frac{q(u)}{p(u | y)}\right]"
FREE = r"$$\log p(y) = a^2 + \sin(2 x) = g + 2 \sin(x) \cos(x)$$"


def test_a_new_name_is_a_term_where_the_others_are_equal() -> None:
    right = proofread(rf"$$\log p(y) = {BOUND} = \mathcal{{B}} + KL(q(u) \| p(u | y))$$")
    assert all(step.holds for step in right.steps)
    wrong = proofread(rf"$$\log p(y) = {BOUND} = \mathcal{{B}} - KL(q(u) \| p(u | y))$$")
    assert not wrong.steps[-1].holds


def test_a_name_that_occurs_before_is_not_new() -> None:
    assert proofread(FREE).steps[-1].holds
    assert not any(step.holds for step in proofread("$c = 2 a + g$ " + FREE).steps)


def test_an_equation_between_quantities_names_none_of_them() -> None:
    page = proofread(r"$$\frac{du}{dx} + 2 = v - u^2$$ $$2 m v + p = q + r$$")
    assert not any(step.verdict is StepVerdict.FAILS for step in page.steps)
