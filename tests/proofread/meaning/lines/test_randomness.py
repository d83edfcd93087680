import pytest
from tests.proofread.reading import families, page, tree

from pminusy.proofread.meaning.lines.randomness import averaged_alone, random_families, says_independent
from pminusy.proofread.meaning.names.definitions import Meaning


def trees_of(*formulas):
    return [m.tree for chain in page(*formulas).chains for m in chain.members]


def test_random_quantities_are_below_the_sign_or_capitals_or_no_parameters():
    assert random_families([tree(r"\mathbb{E}[X \theta]")], families("X"), {}, {}) == {"X"}
    assert random_families([tree(r"\mathbb{E}[x \theta]")], families("x"), {}, {}) == {"x"}
    assert random_families([tree(r"\mathbb{E}_z[x z]")], families("x"), {}, {}) == {"z"}
    assert random_families([tree("X")], families("X"), {}, {}) == frozenset()
    assert random_families([tree(r"\mathbb{E}[A x]")], families("A"), {}, {"A": 2, "x": 1}) == {"x"}


@pytest.mark.parametrize(
    ("text", "said"), [("X and Y are independent", True), ("i.i.d. samples", True), ("it depends", False)]
)
def test_independence_is_said_in_words(text, said):
    assert says_independent(text) is said


def test_coefficients_of_what_is_random_are_not():
    trees = trees_of(r"E[u] = 0", r"E[t] = w c")
    definitions = {"t": Meaning("t", (), (), tree("w c + u"))}
    assert random_families(trees, families("u", "t", "w", "c"), definitions, {}) == {"u"}


def test_what_expectations_are_of_alone():
    trees = trees_of(r"E[T] = a", r"\mathrm{Cov}(U, V) = b", r"E[Y | W] = c", r"E[S Z] = d")
    assert averaged_alone(trees, families(*"TUVYWSZ")) == {"T", "U", "V", "Y"}
