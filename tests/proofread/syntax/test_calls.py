import pytest
from tests.proofread.reading import tree, verdicts

from pminusy.proofread.syntax.tree import Call, Multiply, Negative, Power, Symbol
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary

X, Y = Symbol("x"), Symbol("y")


def test_a_power_on_a_functions_name_is_of_its_value_and_minus_one_the_inverse():
    assert isinstance(tree(r"\sin^2 x"), Power)
    assert tree(r"\sin^{-1} x").function == Symbol("arcsin")


def test_an_argument_without_brackets_ends_where_another_factor_begins():
    assert isinstance(tree(r"\log p_k y_k"), Multiply)
    assert isinstance(tree(r"\log 2\pi"), Call)
    assert isinstance(tree(r"\log -x").arguments[0], Negative)
    long = Vocabulary(reading=Reading(long_arguments=True))
    assert isinstance(tree(r"\log p_k y_k", long), Call)


def test_several_things_in_a_bracket_are_arguments_whatever_the_name():
    assert tree("q(x, y)").arguments == (X, Y)
    assert isinstance(tree("q(x + y)"), Multiply)


def test_a_function_of_the_page_has_arguments_unless_its_name_stands_bare_in_the_bracket():
    page = Vocabulary(functions=frozenset("y"))
    assert tree("y(x)", page) == Call(Symbol("y"), (X,), 0, "(", ")")
    assert isinstance(tree("y(1 - y)", page), Multiply)


@pytest.mark.parametrize("latex", ["p(x | y)", r"P(X \le x)", r"\mathbb{E}[x | y]"])
def test_what_is_known_and_what_happens_are_part_of_the_functions_name(latex):
    plain = tree(latex.split("(", maxsplit=1)[0] + "(x)") if "(" in latex else tree(r"\mathbb{E}[x]")
    node = tree(latex)
    assert isinstance(node, Call)
    assert node.function != getattr(plain, "function", None)


def test_an_expectation_knows_what_it_is_under():
    page = Vocabulary(functions=frozenset("q"))
    under = tree(r"\mathbb{E}_{z \sim q(z)}[z]", page).function
    assert under.lower[1] == tree("q(z)", page)


def test_an_entry_of_a_function_is_an_entry_of_its_name():
    assert tree(r"softmax(x)_i").function.lower == (Symbol("i"),)


def test_a_sine_is_of_the_letter_behind_a_command_too():
    assert tree(r"\sin \omega t") == tree(r"\sin \omega{}t") != tree(r"\sin(\omega) t")
    assert verdicts(r"\frac{d}{dt} \cos \omega t = -\omega \sin \omega t") == ["holds"]
    assert verdicts(r"\int_0^1 \cos \pi u du = 0") == ["holds"]
    assert verdicts(r"\cos \theta r \cos \theta = r \cos^2 \theta") == ["holds"]


def test_a_relation_in_a_subscript_is_no_event():
    assert isinstance(tree(r"q_i p_i (y_i + \sum_{k \ne i} y_k)"), Multiply)
    assert isinstance(tree(r"p(X \ge 2)"), Call)


def test_a_function_may_be_of_the_sum_in_brackets_times_the_letter_behind():
    wide = Vocabulary(reading=Reading(outer_arguments=True))
    assert tree(r"\cos(p + q)x", wide) == tree(r"\cos((p + q)x)")
    assert tree(r"\cos(p)x", wide) == tree(r"\cos(p)x")
    half = r"\frac{1}{2}(\cos(p + q)x + \cos(p - q)x)"
    assert verdicts(rf"\cos(px)\cos(qx) = {half}") == ["holds"]
    assert verdicts(rf"\cos(px)\sin(qx) = {half}") == ["undecided"]
