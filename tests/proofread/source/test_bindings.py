from tests.proofread.reading import page

from pminusy.proofread.syntax.tree import Fold, walk


def summed(formula, member=1):
    tree = page(formula).chains[0].members[member].tree
    return next(node for node in walk(tree) if isinstance(node, Fold)).bindings[0].index.name


def test_the_index_that_the_left_side_has_is_not_summed_over():
    assert summed(r"p_i = \sum_{i \ne j} a_j b_i") == "j"
    assert summed(r"p_i = \sum_{j \ne i} a_j b_i") == "j"


def test_the_index_stays_where_the_left_side_does_not_tell_them_apart():
    assert summed(r"q = \sum_{i \ne j} a_j b_i") == "i"
    assert summed(r"q_{ij} = \sum_{i \ne j} a_j b_i") == "i"
    assert summed(r"q_i = \sum_{i \ne j} b_i") == "i"
