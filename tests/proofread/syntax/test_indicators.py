import pytest
from tests.proofread.reading import tree

from pminusy.proofread.syntax.tree import Group, Indicator, Number, Power, Relation, Symbol

EQUAL = Relation("=", Symbol("i"), Symbol("j"))


@pytest.mark.parametrize(
    "latex",
    [
        r"1\{i = j\}",
        r"\mathbb{1}_{i = j}",
        r"\mathbb{1}_{\{i = j\}}",
        r"\mathbb{1}[i = j]",
        "[i = j]",
        r"I(i = j)",
    ],
)
def test_the_ways_to_write_an_indicator(latex):
    node = tree(latex)
    assert isinstance(node, Indicator)
    assert node.condition == EQUAL


def test_its_power_is_read():
    assert isinstance(tree("[i = j]^2"), Power)


def test_brackets_without_a_relation_are_brackets():
    assert isinstance(tree("[a + b]"), Group)
    assert tree("1") == Number("1")
