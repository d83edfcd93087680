import pytest

from pminusy.proofread.deriving.problem import read_problem
from pminusy.proofread.deriving.terms import Terms
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Differential, Symbol, transform


def terms(latex):
    """The terms of a formula in which h stands for dx."""
    problem = read_problem(["q = x^T B x + b^T x + a^T b + h^T x", f"f = {latex}"], "x", None, ())
    moved = Differential(problem.variable)
    tree = transform(problem.definitions[1].tree[1], lambda n: moved if n == Symbol("h") else n)
    return Terms(problem.setting, problem.variable).read(Tidy()(tree))


@pytest.mark.parametrize(
    ("latex", "factors"),
    [
        ("b^T h", ["b^T"]),
        ("h^T b", ["b^T"]),
        ("2 x^T B h - b^T h", ["2 x^T B", "-b^T"]),
        ("h^T b a^T b", ["a^T b b^T"]),
    ],
)
def test_what_stands_before_the_change_of_a_vector(latex, factors):
    assert [to_latex(term.straight().factor()) for term in terms(latex)] == factors


@pytest.mark.parametrize("latex", ["b^T x", "b^T h h^T b + b^T h", "b^T h h^T b"])
def test_what_is_not_linear_in_the_change_is_no_term(latex):
    assert terms(latex) is None
