import pytest
from tests.proofread.reading import condition

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Conjunction, Group


@pytest.mark.parametrize(
    ("latex", "fence"),
    [
        (r"x \in \{0, 1\}", "set"),
        (r"x \in [2, 3, 4]", "set"),
        (r"x \in [0, 1]", "[]"),
        (r"x \in [0, \infty)", "[)"),
        (r"x \notin (a, b)", "()"),
    ],
)
def test_sets_and_intervals_behind_the_sign_of_membership(latex, fence):
    node = condition(latex)
    assert node.right.fence == fence
    assert condition(to_latex(node)) == node


def test_brackets_elsewhere_are_groups():
    assert isinstance(condition("x = (y)").right, Group)
    assert isinstance(condition(r"i = j \ne k"), Conjunction)


def test_a_relation_holds_for_each_name_of_a_list_and_dots_list_whole_numbers():
    assert to_latex(condition(r"x, y \ge 0")) == r"x \ge 0, y \ge 0"
    assert to_latex(condition(r"x, y \ge 0, z = 1")) == r"x \ge 0, y \ge 0, z = 1"
    assert to_latex(condition(r"k \in \{0, 1, \dots, n\}")) == to_latex(condition(r"k \in [0, n]"))
