import pytest

from pminusy.proofread.syntax import function_names
from pminusy.proofread.syntax.lexer import tokenize


def pages(*formulas):
    return [list(tokenize(formula)) for formula in formulas]


@pytest.mark.parametrize(
    ("formulas", "functions"),
    [
        (("f(x) = x^2",), {"f"}),
        (("y(1 - y)", "y = a"), set()),
        ((r"\sigma(z)",), {r"\sigma"}),
        (("g(1 - p)", "g + 1"), set()),
        (("L(w) = w^2", "L = a"), {"L"}),
        (("p(x | y)", "p"), {"p"}),
    ],
)
def test_functions_are_told_from_factors(formulas, functions):
    assert function_names.functions(pages(*formulas)) == functions


def test_a_function_of_an_index_is_a_table_unless_it_is_applied_to_more():
    assert function_names.tabulated(pages("p(x)"), frozenset("x")) == {"p"}
    assert function_names.tabulated(pages("p(x)", "p(x + 1)"), frozenset("x")) == frozenset()
    assert function_names.tabulated(pages("p(x)"), frozenset("k")) == frozenset()


def test_a_function_without_an_argument_is_a_symbol():
    (tokens,) = pages(r"a = \cos")
    assert list(function_names.functions_as_symbols(tokens)) == ["cos"]
    (tokens,) = pages(r"\cos(x) + \log x")
    assert list(function_names.functions_as_symbols(tokens)) == []
    assert list(function_names.applied_functions(tokens)) == ["cos"]


def test_a_function_that_never_stands_without_its_prime():
    assert function_names.always_primed(pages("f'(x) = a")) == {"f"}
    assert function_names.always_primed(pages("f'(x) = a", "f(x) = b")) == frozenset()
