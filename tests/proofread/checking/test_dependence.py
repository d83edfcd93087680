from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict


def last(page):
    return proofread(page).steps[-1]


def test_what_vanishes_for_want_of_a_dependence_is_undecided():
    step = last(
        r"$$v = 2 c$$ $$g = v^2$$ $$\frac{\partial g}{\partial m} = 3 v \frac{\partial v}{\partial m}$$"
    )
    assert step.verdict is StepVerdict.UNDECIDED
    assert "does not say how" in step.reason


def test_derivatives_that_cancel_may_vanish_together():
    step = last(
        r"$$u = a^2 b^2$$ $$a \frac{\partial u}{\partial a} - b \frac{\partial u}{\partial b} = 2u - 2u$$"
    )
    assert step.verdict is StepVerdict.HOLDS


def test_a_covariance_that_only_independence_makes_vanish_leaves_a_step_open():
    step = last(r"$$\mathrm{Var}\left(\sum_i Z_i\right) = \sum_i \mathrm{Var}(Z_i) + \mathrm{Cov}(Z_1, W)$$")
    assert step.verdict is not StepVerdict.HOLDS


def test_variances_of_what_is_not_random_do_not_agree():
    page = r"$$w = B u$$ $$\mathrm{Cov}(w, w) = B \,\mathrm{Cov}(u, u) B$$ $$B B^T u = u$$"
    assert proofread(page).steps[0].verdict is not StepVerdict.HOLDS
