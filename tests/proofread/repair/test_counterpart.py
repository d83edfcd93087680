from dataclasses import replace

import pytest
from tests.proofread.reading import tree
from tests.proofread.repair.failing import problem

from pminusy.proofread.repair.counterpart import counterparts, replace_factors
from pminusy.proofread.repair.places import Edit
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import substitute


def made(left, right):
    found = problem(f"0 + {left} = z", f"0 + {right} = u", "y = b + c", "y = c + b")
    found = replace(found, left=tree(left), right=tree(right))
    edits = counterparts(found)
    return [to_latex(substitute(found.right, edit.old, edit.new)) for edit in edits], edits


@pytest.mark.parametrize(
    ("left", "right", "old", "new"),
    [
        ("a b + c d", "a b + c x", "x", "d"),
        (r"\frac{a + b}{c}", r"\frac{a + x}{c}", "x", "b"),
        (r"2 \sum_i b_i c_i", r"2 \sum_j b_j x_j", "x_j", "c_j"),
    ],
)
def test_the_smallest_part_that_differs_comes_first(left, right, old, new):
    _, edits = made(left, right)
    pairs = [(to_latex(edit.old), to_latex(edit.new)) for edit in edits]
    assert (old, new) in pairs
    assert pairs.index((old, new)) < len(pairs) - 1


def test_a_term_that_is_missing_is_added():
    results, _ = made("a b + c + d", "a b + c")
    assert any("d" in each for each in results)


def test_the_whole_left_side_is_the_last_resort():
    results, edits = made("a b + c", "a x + d")
    assert isinstance(edits[-1], Edit)
    assert results[-1] == "a b + c"


def test_more_factors_go_behind_those_there_are():
    assert to_latex(replace_factors(tree("a b"), [tree("c + d")])) == r"a b \left(c + d\right)"
