import pytest
from tests.proofread.reading import condition, tree

from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Add, Binding, Conjunction, Fold, Multiply, Negative, Number, Symbol
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary

i, j, k, N = (Symbol(name) for name in "ijkN")


def test_limits_belong_to_the_only_index():
    node = tree(r"\sum_{k=1}^N a_k b_k")
    assert node.bindings == (Binding(k, Number("1"), N),)
    assert isinstance(node.body, Multiply)


@pytest.mark.parametrize(
    ("latex", "indices"),
    [
        (r"\sum_{ij} a", (i, j)),
        (r"\sum_{i,j} a", (i, j)),
        (r"\sum_{i} \sum_j a", (i,)),
        (r"\sum_{k \ne i} a", (k,)),
    ],
)
def test_indices_below_the_sign(latex, indices):
    assert tuple(binding.index for binding in tree(latex).bindings) == indices


def test_conditions_are_joined():
    node = tree(r"\sum_{\substack{k = 1 \\ k \ne i, k < j}}^N a_k")
    assert [binding.index for binding in node.bindings] == [k]
    assert isinstance(node.condition, Conjunction)


@pytest.mark.parametrize(("sign", "kind"), [("sum", "sum"), ("prod", "prod"), ("max", "max"), ("min", "min")])
def test_signs(sign, kind):
    assert tree(rf"\{sign}_k a_k").kind == kind


def test_a_sum_ends_before_a_plus_and_reaches_over_a_minus_at_its_start():
    outer = tree(r"\sum_k a_k + b")
    assert isinstance(outer, Add)
    assert isinstance(tree(r"\sum_k -a_k b").body, Negative)


def test_in_the_narrow_reading_it_ends_behind_the_bracket():
    narrow = Vocabulary(reading=Reading(narrow_sums=True))
    assert isinstance(tree(r"\sum_k (a_k) b"), Fold)
    assert isinstance(tree(r"\sum_k (a_k) b", narrow), Multiply)


def test_limits_that_are_none_are_refused_and_empty_ones_are_left_out():
    with pytest.raises(Unreadable):
        tree(r"\sum_{2} a")
    assert tree(r"\sum_k^{} a_k") == tree(r"\sum_k a_k")


def test_commas_within_brackets_do_not_separate_limits():
    assert tree(r"\sum_{x \in \{0, 1\}} x").condition == condition(r"x \in \{0, 1\}")
