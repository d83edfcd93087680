import pytest
from tests.proofread.reading import families, tree

from pminusy.errors import ShapeError
from pminusy.proofread import proofread
from pminusy.proofread.meaning.shapes.shape import Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes

RANKS = {"A": 2, "B": 2, "x": 1, "y": 1, "c": 0}


def axes(formula):
    """How many axes a formula has, and the strain of reading it so."""
    shapes = Shapes(families(r"\sum_i \sum_j M_{ij}"), {}, dict(RANKS))
    shape = shapes.of(tree(formula), Scope({}, {}, {}))
    return sum(shapes.lengths.find(n) != 0 for n in shape), shapes.strain


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ("A x", 1),
        ("A B", 2),
        ("x^T y", 0),
        ("x y^T", 2),
        (r"x \odot y", 1),
        (r"x \otimes y", 2),
        ("c A", 2),
        (r"\|x\|", 0),
        (r"\langle x, y \rangle", 0),
        ("A_{ij}", 0),
        ("x_i", 0),
        (r"\sum_i x_i A", 2),
        (r"\nabla_x c", 1),
        (r"\frac{\partial y}{\partial x}", 2),
        ("A^{-1}", 2),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", 2),
        (r"\frac{A}{c}", 2),
    ],
)
def test_the_shape_of_a_formula_follows_from_its_parts(formula, count):
    assert axes(formula) == (count, 0)


@pytest.mark.parametrize("formula", ["c^T", r"c \odot c", r"\mathrm{tr}(c)", "x + c", r"\|c\|"])
def test_what_is_odd_counts_as_strain(formula):
    assert axes(formula)[1] > 0


@pytest.mark.parametrize(
    "formula", ["x A", r"\frac{\partial A}{\partial x}", r"\begin{pmatrix} x \\ y \end{pmatrix}"]
)
def test_what_cannot_be_is_an_error(formula):
    with pytest.raises(ShapeError):
        axes(formula)


def test_what_a_function_is_of_is_no_count():
    page = r"$$L(p) = \prod_{i=1}^n p^{x_i} (1 - p)^{1 - x_i}$$"
    page += r" $$\frac{d \log L}{dp} = \frac{\sum_i x_i}{p} - \frac{n - \sum_i x_i}{1 - p}$$"
    assert proofread(page).verdict == "correct"
    assert proofread(page.replace(r"{p} -", r"{p} +")).verdict == "wrong"
