import pytest
from tests.proofread.reading import verdicts


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (r"(f \circ g)(x) = f(g(x))", True),
        (r"(f \circ g)(x) = g(f(x))", False),
        (r"(f \circ g)'(x) = f'(g(x)) g'(x)", True),
        (r"(f \circ g \circ h)'(x) = f'(g(h(x))) g'(h(x)) h'(x)", True),
        (r"(f \circ g)'(x) = f'(g'(x))", False),
        (r"(f \circ g)'(x) = f'(x) g'(x)", False),
    ],
)
def test_composed_functions(formula, holds):
    (verdict,) = verdicts(formula)
    assert (verdict == "holds") is holds


def test_a_product_entry_by_entry_is_no_composition():
    assert verdicts(r"\sum_i (a \circ b)_i = \sum_i a_i b_i", text=r"Let $a, b \in \mathbb{R}^n$.") == [
        "holds"
    ]
