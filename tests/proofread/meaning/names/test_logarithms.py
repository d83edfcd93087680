import pytest
from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.names.logarithms import inside_logarithms


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        (r"\log a", {"a"}),
        (r"\sqrt{a b}", {"a", "b"}),
        (r"a^{\frac{1}{2}}", {"a"}),
        (r"\log e^a", set()),
        (r"\log (1 + \exp(a))", set()),
        ("a^2", set()),
        (r"\log d", set()),
    ],
)
def test_free_quantities_in_a_logarithm_or_root(formula, found):
    assert inside_logarithms((tree(formula),), families(formula), {"d"}) == found
