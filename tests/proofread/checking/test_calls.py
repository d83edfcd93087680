import pytest
from tests.proofread.reading import compared, number

from pminusy.proofread import proofread
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (r"\max(2, 3, 1)", 3),
        (r"\min(2, 3, 1)", 1),
        (r"\binom{5}{2}", 10),
        (r"\log_2 8", 3),
        (r"\sqrt[3]{27}", 3),
        (r"\sigma(0)", 0.5),
        (r"4!", 24),
    ],
)
def test_functions_known_by_name(formula, value):
    assert number(formula) == pytest.approx(value)


def test_a_function_of_the_page_is_its_formula_with_the_argument_put_in():
    assert number("f(3)", "f(x) = x^2 + 1") == 10
    assert compared("f(a + b)", "(a + b)^2 + 1", "f(x) = x^2 + 1")
    assert compared("g_i(a)", "a w_i", "g_i(x) = x w_i")


def test_primes_are_derivatives():
    assert compared("f'(a)", "3 a^2", "f(x) = x^3")
    assert compared("f''(a)", "6 a", "f(x) = x^3")
    assert not compared("f'(a)", "2 a^2", "f(x) = x^3")


def test_an_unknown_function_is_every_smooth_one():
    assert compared("f(a) + f(b)", "f(b) + f(a)")
    assert compared(r"\frac{d}{dx} f(x)", "f'(x)")
    assert compared("f(a + b)", "f(a) + f(b)").equal is False


def test_an_argument_that_is_no_name_is_replaced_by_its_place():
    assert compared(r"L(0, s^2)", r"s^2", r"L(\mu, \sigma^2) = \mu + \sigma^2").equal is not False


def test_a_maximum_of_one_thing_is_undecided():
    assert "maximum of one argument" in compared(r"\max(a)", "a").reason
    with pytest.raises(Undecidable):
        number(r"\max(2)")


def test_functions_of_random_quantities_average_what_they_are_applied_to():
    page = r"""$$B(\hat c) = E[\hat c] - c$$
$$M(\hat c) = E[(\hat c - c)^2]$$
$$M(\hat c) = \mathrm{Var}(\hat c) + B(\hat c)^2$$
$$B(2 \hat c) = 2 E[\hat c] - c$$"""
    assert [step.verdict.value for step in proofread(page).steps] == ["holds", "holds"]
    wrong = page.replace(r"+ B(\hat c)^2", r"- B(\hat c)^2")
    assert proofread(wrong).steps[0].verdict.value != "holds"


def test_an_unknown_function_of_a_vector_and_a_matrix_is_a_number():
    text = r"With $A \in \mathbb{R}^{m \times n}$: $$v = A u$$ $$L(u, A) + L(u, A) = 2 L(u, A)$$"
    assert proofread(text).verdict is Verdict.CORRECT
