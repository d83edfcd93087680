import pytest
from tests.proofread.reading import families, model, tree

from pminusy.proofread.meaning.names.letters import dynamic_letters, free_letters, open_letters

PAGE = families(r"\sum_i \sum_j \sum_k a_{ijk}", "b_i", "c_k")


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        ("b_i c_k", "ik"),
        (r"\sum_k c_k b_i", "i"),
        (r"\sum_{k \ne i} c_k", "i"),
        (r"\delta_{ij}", "ij"),
        (r"\sum_{k=1}^{i} c_k", "i"),
        ("b_{i+1}", "i"),
        ("x", ""),
        (r"\mathbb{1}[i = k]", "ik"),
    ],
)
def test_letters_that_no_sum_binds_are_free(formula, letters):
    assert free_letters(tree(formula), PAGE) == set(letters)


def test_a_bare_sum_binds_what_is_open_in_its_body():
    assert open_letters(tree(r"\sum b_i"), PAGE) == {"i"}
    assert free_letters(tree(r"\sum b_i"), PAGE) == set()


def test_a_definition_leaves_letters_to_whoever_uses_it():
    of = model(r"J = -\log p_c", r"p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}", "L = 2 J")
    found = dynamic_letters(of.definitions, of.families)
    assert found["J"] == found["L"] == {"c"}
    assert found["p"] == set()
