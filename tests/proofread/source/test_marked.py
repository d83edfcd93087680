import pytest
from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Derivative, walk

BY = [
    (r"\nabla_\beta \log q(u \mid \beta^*)", r"\beta^{*}"),
    (r"\frac{\partial}{\partial w} g(x, \hat w)", r"\hat{w}"),
    (r"\frac{\partial}{\partial w} g(w, \hat w)", "w"),  # both
    (r"\frac{\partial}{\partial w} (\hat w - S)^2", "w"),  # a number, and S may depend on w
]


@pytest.mark.parametrize(("formula", "variable"), BY)
def test_a_derivative_is_by_what_stands_in_the_place_of_its_variable(formula, variable):
    tree = page(f"{formula} = 0").chains[0].members[0].tree
    found = next(node for node in walk(tree) if isinstance(node, Derivative))
    assert to_latex(found.variables[0]) == variable


def test_such_a_derivative_does_not_vanish():
    right = (
        r"$$\nabla_\beta \log q(u \mid \beta^*) = \frac{\nabla_\beta q(u \mid \beta^*)}{q(u \mid \beta^*)}$$"
    )
    assert [s.verdict for s in proofread(right).steps] == ["holds"]
    wrong = right.replace(r"= \frac", r"= 2 \frac")
    assert [s.verdict for s in proofread(wrong).steps] != ["holds"]
