from tests.proofread.reading import tree

from pminusy.proofread.syntax.barred import BAR, mark_of_bar, sides_of_bar
from pminusy.proofread.syntax.chances import is_conditioned
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol

FIRST, SECOND = Symbol("i"), Symbol("j")


def test_a_bar_tells_names_apart_and_keeps_the_indices():
    node = tree(r"p_{j \mid i}")
    assert node == Symbol("p" + mark_of_bar(1, 1), (SECOND, FIRST))
    assert node == tree("p_{j|i}") != tree("p_{ji}")
    assert sides_of_bar(node) == ("p", (SECOND,), (FIRST,))
    assert sides_of_bar(tree("p_{ji}")) is None
    assert to_latex(node) == r"p_{j \mid i}"


def test_random_quantities_and_slices_are_part_of_the_name():
    assert tree(r"f_{X|Y}") == Symbol(f"f_{{X{BAR}Y}}")
    assert tree(r"f_{X|Y=5}") == Symbol(f"f_{{X{BAR}Y=5}}")
    assert to_latex(tree(r"f_{X|Y}")) == r"f_{X \mid Y}"
    assert not is_conditioned(tree(r"f_{X|Y}").name)
    assert tree("x_{1:d}") == Symbol("x_{1:d}")
