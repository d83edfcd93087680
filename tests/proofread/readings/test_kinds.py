"""Lines that claim nothing: definitions, what is set to zero, equations to solve, laws, steps of an algorithm."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

NO_CLAIM = {
    "a definition behind what it defines": r"""
The average score over the batch is
$$\frac{1}{m} \sum_{i=1}^m s_i = \bar{s}_m$$""",
    "set to zero": r"""
$$f(x) = x^2 - 6x$$
We set the derivative to zero:
$$f'(x) = 2x - 6 = 0$$""",
    "to be solved": r"""
The stationary point satisfies
$$x^3 = a x + b$$""",
    "a step of an algorithm": r"""
Gradient descent repeats
$$w_{t+1} = w_t - \eta g_t$$
$$w \gets w - \eta g$$""",
    "a value in one case": r"""
$$f(x) = x^2$$
For example, if $x = 3$ then $f(x) = 9$.""",
    "a name said anew in another section": """
# First model
$$h = x + 1$$
# Second model
Now let
$$h = 3 x$$""",
    "a substitution": r"""
$$I = \int_0^1 2 x e^{x^2} dx$$
With $u = x^2$ we have
$$du = 2x\,dx$$""",
    "a name said anew in an example in French": """
Posons $u = t + 1$, alors $u^2 = (t + 1)^2$.

Exemple : posons
$$u = 3 t^2$$""",
    "the points of a curve whose coordinates are expressed later": r"""
The plane cuts the paraboloid in a circle:
$$a^2 + b^2 = a + b + \frac{1}{2}$$
With polar coordinates
$$a = r \cos t + \frac{1}{2} \; \land \; b = r \sin t + \frac{1}{2}$$""",
    "a constraint": r"""
Maximize the objective subject to
$$\sum_k \pi_k = 1$$""",
    "independence of a sample": r"$$p(X \mid \theta) = \prod_{i=1}^n p(x_i \mid \theta)$$",
    "independence of a sample, where nothing is given": r"$$p(\xi) = \prod_{i=1}^m p(\xi_i)$$",
    "a limit": r"$$f(x) = x^2$$ $$f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}$$",
    "a range": r"$$f(x) = 2^x, \quad x = 0, 1, 2, \ldots$$ $$f(x + 1) = 2 f(x)$$",
}


@pytest.mark.parametrize("text", NO_CLAIM.values(), ids=NO_CLAIM.keys())
def test_what_claims_nothing_is_not_called_wrong(text: str) -> None:
    proof = proofread(text)
    assert proof.verdict is not Verdict.WRONG
    assert not [s for s in proof.steps if s.verdict is StepVerdict.FAILS]


CLAIMS = {
    "an identity": r"$$(a + b)^2 = a^2 + a b + b^2$$",
    "the derivative set to zero": r"""
$$f(x) = x^2 - 6x$$
$$f'(x) = 2x + 6 = 0$$""",
    "the last line of a chain": r"$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$",
    "what a name is solved for": r"$$a = 2 m + 1$$ $$m = \frac{a + 1}{2}$$",
}


@pytest.mark.parametrize("text", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_claim_that_is_false_is_found(text: str) -> None:
    assert proofread(text).verdict is Verdict.WRONG


def test_an_implicit_recursion_is_no_claim() -> None:
    proof = proofread(r"$$x^2 - x x = 0$$" "\n" r"$$D z_k = L z_{k-1} + b$$")
    assert [step.line for step in proof.steps] == [1]
    assert any("a recursion" in note for note in proof.notes)


def test_a_name_in_its_own_right_side_is_not_defined_by_it() -> None:
    proof = proofread(r"$$x = \frac{x^2 + a}{2 x}$$")
    assert not any("it defines a name" in note for note in proof.notes)


def test_the_integral_of_a_function_says_what_its_antiderivative_is():
    right = r"$$\int_a^b f(x) dx = [F(x)]_a^b = F(b) - F(a)$$"
    assert proofread(right).verdict is Verdict.CORRECT
    turned = r"$$\int_a^b f(x) dx = F(a) - F(b)$$"
    assert [step.verdict for step in proofread(turned).steps] == [StepVerdict.UNDECIDED]


def test_an_integral_that_a_free_factor_makes_one_is_a_condition():
    page = r"$$q(t) = a t^2$$ $$\int_0^1 q(t) dt = 1$$ $$\int_0^1 3 t^2 dt = 1$$"
    proof = proofread(page)
    assert [step.verdict for step in proof.steps] == ["holds"]
    assert any("condition" in note for note in proof.notes)
    assert proofread(r"$$\int_0^1 t^2 dt = 1$$").verdict == "wrong"


def test_a_value_that_fixes_a_constant_is_a_condition():
    page = r"$$y(t) = C e^{2t}$$ $$y'(t) = 2 C e^{2t}$$ $$y(0) = 3$$"
    proof = proofread(page)
    assert [step.verdict for step in proof.steps] == ["holds"]
    assert any("condition" in note for note in proof.notes)
    assert proofread(page.replace("C e", "5 e")).verdict is not Verdict.CORRECT


def test_a_line_that_says_what_a_name_depends_on_is_no_claim():
    right = r"\frac{\partial z}{\partial u} \frac{du}{dt} + \frac{\partial z}{\partial v} \frac{dv}{dt}"
    text = rf"$z = f(u, v)$ where $u = u(t)$, $v = v(t)$, so $\frac{{dz}}{{dt}} = {right}$. Let $q = q (t)$."
    assert [step.lhs for step in proofread(text).steps] == [r"\frac{dz}{dt}"]


def test_an_entry_that_the_page_says_in_full_is_no_recursion():
    page = r"$$I_n = \int_0^\infty t^n e^{-t} dt$$ $$I_{n+1} = (n + 1) I_n$$"
    assert proofread(page).verdict == "correct"
    assert proofread(page.replace("(n + 1) I_n", "n I_n")).verdict == "wrong"


def test_the_result_of_what_was_worked_out_before_is_no_equation_to_be_solved():
    page = r"Let $X \sim \mathrm{Gam}(a, b)$ (shape $a$, rate $b$). $$E(X^2) = \int_0^\infty x^2 \frac{b^a}{\Gamma(a)}"
    page += r" x^{a-1} e^{-bx} dx = \frac{\Gamma(a + 2)}{\Gamma(a) b^2}$$ $$E(X^2) = \frac{a (a + {})}{b^2}$$"
    assert proofread(page.replace("{}", "1")).steps[-1].holds
    assert proofread(page.replace("{}", "2")).verdict != "correct"
