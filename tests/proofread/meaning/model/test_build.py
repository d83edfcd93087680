import pytest
from tests.proofread.reading import model, page

from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.reading import Reading


def test_names_that_vectors_are_multiplied_by_are_matrices():
    found = model("L = x^T A x")
    assert (found.rank("A"), found.rank("x")) == (2, 1)


def test_without_vectors_all_names_are_numbers():
    found = model("y = A x")
    assert (found.rank("A"), found.rank("x")) == (0, 0)


def test_declared_spaces_count():
    found = model("y = A x", text=r"$A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$")
    assert found.rank("A") == 2
    assert {"m", "n"} <= found.sizes.keys()


def test_a_number_beside_entries_of_the_same_name_is_another_quantity():
    assert model(r"L = \sum_i b_i", "L_i = a_i^2").definitions.keys() == {"L", "L·"}


def test_conditions_make_positive():
    assert "w" in model(r"a_k = \log w_k \quad w_k > 0", r"s = \sum_k w_k").positive


def test_a_reading_overrides_ranks_and_dependence():
    read = page("y = A x + b", "z = A B")
    usual, _ = build_model(read)
    other, _ = build_model(read, (), Reading(axes={"A": 2, "B": 2}))
    assert usual.rank("A") == 0
    assert other.rank("A") == 2


def test_claimed_chains_define_nothing():
    read = page("y = a x")
    found, classified = build_model(read, tuple(read.chains))
    assert found.definitions == {}
    assert len(classified.claims) == 1


@pytest.mark.parametrize(
    ("formula", "attribute"),
    [(r"\frac{\partial L}{\partial w} = g", "opaque"), (r"\mathbb{E}[X] = a", "random")],
)
def test_what_evaluation_asks_is_noted(formula, attribute):
    assert getattr(model(f"0 + {formula}"), attribute)


def test_recursions_are_told():
    assert model(r"h_t = h_{t-1} + c_t", r"s = \sum_t h_t").recursive == {"h"}
