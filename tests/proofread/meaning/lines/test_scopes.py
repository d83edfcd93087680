import pytest
from tests.proofread.reading import tree, verdicts

from pminusy.proofread.meaning.lines.scopes import notes_on, scoped
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Fold


def test_a_sum_reaches_as_far_as_its_index_is_used():
    assert isinstance(scoped(tree(r"\sum_k a_k + b_k"), tree("L")), Fold)
    both = scoped(tree(r"\sum_k a_k + b_k + c"), tree("L"))
    assert isinstance(both, Add)
    assert to_latex(both.terms[0].body) == "a_k + b_k"


def test_an_index_that_is_free_on_the_left_is_not_the_sums():
    tree_ = tree(r"\sum_k a_k + b_k")
    assert scoped(tree_, tree("L_k")) == tree_


def test_a_sum_over_pairs_binds_both():
    found = scoped(tree(r"\sum_{i < j} a_i a_j"), tree("L"))
    assert [binding.index.name for binding in found.bindings] == ["i", "j"]
    assert [b.index.name for b in scoped(tree(r"\sum_{i \ne k} a_i b_k"), tree("L_k")).bindings] == ["i"]


@pytest.mark.parametrize(("left", "notes"), [("L_i", 1), ("L_k", 0)])
def test_an_index_summed_over_here_and_free_there_is_noted(left, notes):
    found = notes_on(tree(r"\sum_i a_i"), tree(left))
    assert len(found) == notes
    assert all("index i is summed over here but is free on the left side" in note for note in found)
    assert notes_on(tree(r"\sum_i a_i"), None) == ()


def test_a_sum_without_index_ends_a_sum_before_it():
    apart = tree(r"\sum_i a_i - \frac{\sum u_i v_i}{\sum u_i^2} b")
    assert scoped(apart, tree("L")) == apart
    pages = (
        r"\sum_i (a_i - \frac{\sum u_i v_i}{\sum u_i^2} u_i)",
        r"\sum_i a_i - \frac{\sum u_i v_i}{\sum u_i^2} \sum_i u_i",
    )
    assert verdicts(" = ".join(pages)) == ["holds"]
    assert verdicts(" = ".join((pages[0], pages[1].replace("-", "+")))) != ["holds"]
