"""A line that does not hold is called wrong only where everything in it is grounded; otherwise a question is asked."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

QUESTIONS = {
    r"$$f = x^2$$ $$\int_0^x f\, dx + \mathrm{penalty} = \frac{x^3}{3}$$": "penalty",
    r"$$\psdif{a} e^{-a x} = -x e^{-a x}$$": r"\psdif",
    r"$$\mathbf{v}(t) = t$$ $$\int \mathbf{v}(t)\, dt = \frac{t^2}{2} + v$$": "v",
    r"$$\int u\, dw = u w + \int w\, du$$": "depend",
    r"$$G(x) = \int \cos x\, dx$$ $$G(x) = \sin x + C$$ $$G(x)^C = (\sin x - C)^C$$": "C",
    r"$$\int_0^1 K(x, 1)\, dx = K(2, 3)$$": "K",
    r"X has a Poisson distribution. $$\mathbb{E}[X^2] = \mathbb{E}[X] (\mathbb{E}[X] + 1)$$": "distributed",
    r"$$S = \sum_k a_k$$ $$D S = \frac{S}{b}$$": "D",
}


@pytest.mark.parametrize(("text", "about"), QUESTIONS.items(), ids=QUESTIONS.values())
def test_what_is_not_known_is_asked(text: str, about: str) -> None:
    proof = proofread(text)
    asked = [s for s in proof.steps if s.verdict is StepVerdict.UNDECIDED]
    assert proof.verdict is Verdict.UNDECIDED
    assert any(about in (step.question or step.reason or "") for step in asked)


def test_a_defined_name_answers_the_question() -> None:
    text = r"$$f = x^2$$ $$\frac{df}{dx} + \mathrm{penalty} = 2 x + 3 c$$"
    assert proofread(text).verdict is Verdict.UNDECIDED
    assert proofread(text, define=[r"\mathrm{penalty} = 3 c"]).verdict is Verdict.CORRECT
    assert proofread(text, define=[r"\mathrm{penalty} = 2 c"]).verdict is Verdict.WRONG


def test_a_failing_step_says_how_sure_it_is() -> None:
    proof = proofread(r"$$f(x) = x^2$$ $$f'(x) = 3x = 2x + x$$")
    assert proof.steps[0].verdict is StepVerdict.FAILS
    assert proof.steps[0].confidence in ("sure", "likely")
    assert not proof.steps[0].question


def test_entries_that_have_to_add_up_to_one_are_asked_about():
    step = proofread(r"$$e^x (y_0 + y_1 + y_2) - y_0 = e^x - y_0$$").steps[0]
    assert step.verdict is StepVerdict.UNDECIDED
    assert "add up to 1" in step.question
    other = proofread(r"$$e^x (y_0 + y_1) - y_0 = e^x + y_0$$").steps[0]
    assert "add up to 1" not in other.question


def test_a_sum_that_is_its_first_term_is_asked_about():
    step = proofread(r"$$\sum_{i=1}^n x_i^2 = x_1^2$$").steps[0]
    assert step.question == "Does the sum have one term only?"


def test_pairs_that_may_be_inner_products_are_asked_about():
    step = proofread(r"$$(u, v) = (v, u)$$").steps[0]
    assert "inner products" in step.question


def test_what_a_page_requires_may_fix_a_constant():
    page = r"$$f(x) = c x$$ $$\int_0^1 f(x)\, dx \overset{!}{=} 1$$ $$\int_0^1 x f(x)\, dx = \frac{2}{3}$$"
    assert "Which value does c have" in proofread(page).steps[-1].question


def test_where_less_holds_than_is_open_a_line_that_fails_is_open_too():
    unread = "".join(rf"$$\frac{{du}}{{dx}} + {k} = v - u^{k}$$ " for k in range(2, 6))
    wrong = r"$$m = a + b$$ $$m^2 = a^2 + 2 a b + 2 b^2$$"
    assert proofread(wrong).verdict is Verdict.WRONG
    assert proofread(unread + wrong).verdict is Verdict.UNDECIDED
    assert (
        proofread(unread + "".join(f"$$a^{k} a = a^{k + 1}$$ " for k in range(2, 7)) + wrong).verdict
        is Verdict.WRONG
    )


def test_numbers_may_be_put_in_for_the_limits_of_an_integral():
    page = r"$$q(t) = 3 t^2$$ $$m = \frac{1}{v - u} \int_u^v q(t)\, dt = \frac{1}{2} \int_1^3 3 t^2 dt$$"
    assert "numbers substituted" in proofread(page).steps[-1].question


def test_a_line_about_the_same_names_on_both_sides_needs_no_page_around_it() -> None:
    unread = "".join(rf"$$\frac{{du}}{{dx}} + {k} = v - u^{k}$$ " for k in range(2, 6))
    wrong = r"$$\frac{a}{p} - \frac{b}{1 - p} = \frac{a (1 - p) + b p}{p (1 - p)}$$"
    assert proofread(unread + wrong).verdict is Verdict.WRONG


def test_the_variable_of_an_antiderivative_stands_on_one_side_only_without_doubt() -> None:
    text = r"$$\int s e^{-k s} \, ds = -\frac{1}{k} e^{-k s}$$"
    proof = proofread(text)
    assert proof.verdict is Verdict.WRONG
    assert proof.steps[0].confidence == "sure"
