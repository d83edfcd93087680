import pytest
from tests.proofread.reading import read
from tests.proofread.rules.settings import setting_of

from pminusy.proofread.rules.entries import entry_of
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol

PAGE = r"q = x^T A x + x^T y"


@pytest.mark.parametrize(
    ("vector", "entry"),
    [
        ("x + y", "x_i + y_i"),
        ("-x", "-x_i"),
        ("2 x", "2 x_i"),
        ("A x", r"\sum_k A_{ik} x_k"),
        (r"\tanh(x)", r"\tanh\left(x_i\right)"),
        (r"\mathrm{softmax}(x)", r"\frac{e^{x_i}}{\sum_k e^{x_k}}"),
    ],
)
def test_entries(vector, entry):
    reading = read(PAGE, f"q + ({vector})^T x = q")
    found = entry_of(reading.tree(vector), Symbol("i"), setting_of(reading))
    assert found is not None
    assert to_latex(found) == entry
