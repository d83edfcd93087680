import pytest
from tests.proofread.reading import page

from pminusy.proofread.source.lists import entries
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.lexer import tokenize


def chains(formula):
    return [" = ".join(to_latex(m.tree) for m in chain.members) for chain in page(formula).chains]


def test_the_entries_of_a_list():
    assert len(entries(tokenize(r"(a, f(b, c))^T"))) == 2
    assert entries(tokenize("(a + b)")) == []
    assert entries(tokenize("(a, b) + c")) == []


def test_a_list_of_names_is_given_entry_by_entry():
    assert chains("(a, b_1) = (0, 2x) = (c, d)") == ["a = 0 = c", "b_1 = 2 x = d"]


@pytest.mark.parametrize("formula", ["(u, v) = (v, u)", r"(r_i, s_i) = (r_i, A s_i)", "(2x, y) = (1, 2)"])
def test_other_lists_stay_whole(formula):
    assert len(chains(formula)) == 1


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (r"V = \{v : Av = 0\}", "a set"),
        (r"D = \{x_1, \dots, x_n\}", "a set"),
        (r"\Omega = [0, 1]^2", "a set"),
        (r"X = (x_1, \dots, x_n)^T", "consists of"),
        (r"\theta = (\mu, \sigma^2)", "consists of"),
        (r"y = \sum_i x_i \\ i = [1, n]", "a range"),
    ],
)
def test_sets_ranges_and_lists_of_names_are_no_claims(formula, reason):
    assert any(reason in aside.reason for aside in page(formula).asides)


def test_a_bold_name_is_defined_by_the_list_of_its_entries():
    assert chains(r"\mathbf{r} = (x, y, z)") == [r"r = \left(x, y, z\right)"]
