from tests.proofread.reading import tree

from pminusy.proofread.rules.places import parts, places
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol


def test_putting_a_node_back_changes_nothing():
    formula = tree(
        r"\frac{a + b_k}{\sum_k \log c_k} - \begin{cases} d & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}"
    )
    for node, put in places(formula):
        assert put(node) == formula


def test_each_place_can_be_changed_alone():
    formula = tree("a b + a c")
    changed = {to_latex(put(Symbol("x"))) for node, put in places(formula) if node == Symbol("a")}
    assert changed == {"x b + a c", "a b + x c"}


def test_indices_are_no_places():
    assert all(node != Symbol("k") for node, _ in places(tree(r"\sum_k z_k")))


def test_entries_of_matrices_are_parts():
    assert [to_latex(p) for p in parts(tree(r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"))] == [
        "a",
        "b",
        "c",
        "d",
    ]
