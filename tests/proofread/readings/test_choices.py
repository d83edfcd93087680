import pytest
from tests.proofread.reading import model, page, read, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.readings.choices import cases, customs, meanings, notations, stacks
from pminusy.proofread.syntax.latex import to_latex


def options(formula, text=""):
    own = page(formula, text=text)
    return {meant: other for other, meant in notations(own.chains[0], own.vocabulary)}


def test_a_name_with_a_bar_is_the_mean_of_those_without():
    found = customs(model(r"s = \sum_i (x_i - \bar{x})"), "")
    assert r"\sum" in to_latex(found[r"\bar{x}"].body)
    assert customs(model("a = b"), "") == {}


def test_gamma_is_the_constant_of_euler_where_the_text_speaks_of_him():
    found = customs(model(r"a = 2 \gamma"), "the Euler-Mascheroni constant")
    assert to_latex(found[r"\gamma"].body).startswith("0.577")
    assert customs(model(r"a = 2 \gamma"), "the discount factor") == {}


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("a = w + w(b + c)", "w(…) read as a function call"),
        ("f(x) = a x", "f(…) read as a product"),
        ("a = w^l b", "the superscript of w read as a label"),
        (r"a_i = \delta_{ij} b_j", "δ read as a variable"),
    ],
)
def test_a_choice_about_a_name_is_said(formula, meant):
    assert meant in options(formula)


def test_a_name_that_is_a_factor_elsewhere_is_not_called():
    assert "w(…) read as a function call" not in options(r"a = w_i(b + c) + \sum_k w_k q")


def test_every_reading_of_the_notation_is_an_option():
    found = options("a = b")
    assert any("slash" in meant for meant in found)
    assert len(found) == 10


def test_remarks_in_the_text_may_be_about_different_or_equal_indices():
    own = page(text=r"$\frac{\partial p_k}{\partial o_i} = -p_k p_i$ and $s = \sum_k \sum_i p_k o_i$")
    of = model(r"s = \sum_k \sum_i p_k o_i")
    assert [meant for _, meant in cases(own.chains[0], of)] == [
        "i and k read as different",
        "i and k read as the same",
    ]
    assert list(cases(page("a = b").chains[0], of)) == []


def test_capitals_may_be_matrices_where_nothing_else_says_so():
    of = read("A B = C")
    assert "capital letters read as matrices" in [meant for _, meant in meanings(of.page.chains[0], of.model)]


def test_a_name_may_be_independent_of_what_it_is_differentiated_by():
    of = read(r"\frac{\partial y}{\partial x} z = w", "g(x, y) = x y")
    found = [meant for _, meant in meanings(of.page.chains[0], of.model)]
    assert "y read as independent of the variable of differentiation" in found


def test_primes_on_brackets_may_be_derivatives_or_transposes() -> None:
    chain = r"\left(\frac{1}{1+e^{-x}}\right)' = \frac{-(e^{-x})'}{(1+e^{-x})^2} = \frac{-(-x)'(e^{-x})}{(1+e^{-x})^2}"
    assert verdicts(chain) == ["holds", "holds"]
    assert verdicts(chain.replace("-(-x)'", "(-x)'"))[-1] != "holds"
    weighted = ("S = (y - Xb)'W(y - Xb)", r"\frac{\partial S}{\partial b} = -2X'W(y - Xb)")
    assert verdicts(*weighted, text="$W$ is symmetric.") == ["holds_if"]


def test_what_is_differentiated_as_a_whole_is_not_independent():
    of = read(r"\frac{dy}{dx} z = w", "g(x, y) = x y")
    found = [meant for _, meant in meanings(of.page.chains[0], of.model)]
    assert "y read as independent of the variable of differentiation" not in found


def test_a_variable_is_no_function():
    assert not any(each.startswith("s(") for each in options(r"a = s + \frac{d}{ds} s(b + c)"))


def test_a_name_before_a_number_in_brackets_is_taken_there():
    assert "u(…) read as a product" not in options("u(0) = u(1)")
    proof = proofread(r"$$u = c e^{t}$$ $$u' = c e^{t}$$ $$u(0) = 3$$ $$u'(0) = 3$$")
    assert proof.verdict != "wrong"


def test_capitals_may_be_made_of_the_entries_with_their_letter():
    of = model(r"L = \|X w - Y\|^2", r"K = \sum_{i=1}^n (w^T x_i - y_i)^2")
    made = stacks(of, {})
    assert made is not None
    assert {"X", "Y"} <= made[0].definitions.keys()
    assert made[1].startswith("X and Y")
    assert stacks(model("x^T A x = c"), {}) is None
