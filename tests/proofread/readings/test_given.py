from dataclasses import replace

from tests.proofread.reading import page, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.given import by_given_lines


def test_a_step_that_needs_an_equation_of_the_page_holds_by_it() -> None:
    checked = check(page("b = a x", "2 b = 2 a x"))
    (step, view), equation = (checked.steps[-1], checked.views[-1]), page("a x = b").chains[0]
    loose = replace(view, model=replace(view.model, definitions={}))
    failing = replace(step, verdict=StepVerdict.FAILS)
    ((held, _),) = by_given_lines(checked.page, [(failing, loose)], [equation])
    assert held.verdict is StepVerdict.HOLDS
    assert held.rests_on == ("by the equation in line 2",)


def test_an_equation_behind_the_step_proves_nothing() -> None:
    checked = check(page("2 b = 2 a x", "b = a x"))
    failing = replace(checked.steps[0], verdict=StepVerdict.FAILS)
    loose = replace(checked.views[0], model=replace(checked.views[0].model, definitions={}))
    ((step, _),) = by_given_lines(checked.page, [(failing, loose)], [checked.page.chains[1]])
    assert step.verdict is StepVerdict.FAILS


def test_what_is_solved_for_holds_by_the_equation() -> None:
    text = "We have $A = M + N$ here, so"
    assert verdicts("(M + N) x = b", "x = M^{-1}(b - N x)", text=text)[-1] == "holds"
    assert verdicts("(M + N) x = b", "x = M^{-1}(b + N x)", text=text)[-1] != "holds"


def test_a_recursion_is_put_into_the_lines_that_follow() -> None:
    step = r"w_{t+1} - a = w_t - \eta (w_t - a) - a = (1 - \eta)(w_t - a)"
    text = r"Gradient descent is $w_{t+1} = w_t - \eta \nabla L(w_t)$ with $L(w) = \frac12 (w - a)^2$."
    assert verdicts(step, text=text) == ["holds", "holds"]
    assert verdicts(step.replace(r"w_t - \eta", r"w_t + \eta"), text=text)[0] != "holds"


def test_one_side_stands_for_the_other_within_a_product() -> None:
    text = r"Let $A v = \lambda v$."
    assert verdicts(r"\sum_i (c_i + v^T A v) = \sum_i (c_i + \lambda v^T v)", text=text) == ["holds"]
    assert "holds" not in verdicts(r"\sum_i (c_i + v^T A v) = \sum_i (c_i + v^T v)", text=text)


def test_a_condition_is_put_in() -> None:
    assert verdicts("p^2 + 2 p q + q^2 = (p + q)^2 = 1", text="Since $p + q = 1$, we have")[-1] == "holds"
    assert verdicts("p^2 + 2 p q + q^2 = (p + q)^2 = 2", text="Since $p + q = 1$, we have")[-1] != "holds"


def test_all_that_earlier_lines_say_is_put_in_together() -> None:
    text = r"The condition is $C Z = I_k$. Define $$G = (Z'Z)^{-1}Z'$$ with $GZ = I_k$. "
    text += "With $C = G + H$, $HZ = CZ - GZ = {}$."
    right, wrong = (proofread(text.replace("{}", end)).steps[-1] for end in ("I_k - I_k", "I_k + I_k"))
    assert right.verdict is StepVerdict.HOLDS
    assert right.rests_on == ("by the equations in line 1",)
    assert not wrong.holds


def test_two_sides_may_differ_by_a_multiple_of_what_vanishes() -> None:
    step = r"\|u + v\|^2 = \|u\|^2 + \|v\|^2"
    assert verdicts(step, text="Since $u^T v = 0$, we have") == ["holds"]
    assert verdicts(step.replace("+ \\|v", "- \\|v"), text="Since $u^T v = 0$, we have") != ["holds"]
    assert verdicts("(x + y)^2 = 1 + 2 x y", text="Suppose $x^2 + y^2 = 1$.") == ["holds"]
    assert verdicts("(x + y)^2 = 1 + x y", text="Suppose $x^2 + y^2 = 1$.") == ["fails"]
