"""A repair is tidied as far as its author is tidy."""

import pytest
from tests.proofread.reading import tree

from pminusy.proofread.repair.neatness import neat
from pminusy.proofread.repair.places import Edit, Repair, places
from pminusy.proofread.repair.slips import FACTOR_LOST
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import substitute


@pytest.mark.parametrize(
    ("line", "old", "new", "tidied"),
    [
        (r"\frac{2}{a}", "a", "2 a", r"\frac{1}{a}"),
        ("b + 3 c", "3 c", r"\frac{1}{3} \cdot 3 c", "b + c"),
        ("1 + 6 + 3 + 4", "3", "9", "1 + 6 + 9 + 4"),
        (r"0 \cdot b + c d", "c d", r"\frac{c}{c} d", r"0 \cdot b + d"),
        (r"\frac{\cos^2 u}{b}", "b", r"\cos u \cdot b", r"\frac{\cos u}{b}"),
    ],
)
def test_a_repair_is_tidied(line, old, new, tidied):
    right = tree(line)
    node = next(place.node for place in places(right) if to_latex(place.node) == old)
    edit = Edit(node, tree(new), FACTOR_LOST)
    repair = Repair((edit,), substitute(right, node, edit.new))
    assert to_latex(neat(right, repair, lambda _: True).tree) == tidied
