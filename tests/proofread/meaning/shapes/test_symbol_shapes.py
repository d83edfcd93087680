import pytest
from tests.proofread.reading import families, read, tree

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.shapes.shape import SCALAR, Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.meaning.shapes.symbol_shapes import components, family_shape
from pminusy.proofread.syntax.tree import Symbol

PAGE = families(r"\sum_i \sum_j M_{ij}", "x_i")


@pytest.fixture
def shapes():
    definitions = {"f": Meaning("f", (), (Symbol("t"),), tree("t^T t"))}
    return Shapes(PAGE, definitions, {"A": 2, "x": 1, "T": 3, "M": 2})


def scope():
    return Scope({}, {}, {})


def test_indices_take_axes_away(shapes):
    whole, row = (family_shape(shapes, "M", indices, scope()) for indices in ((), (Symbol("i"),)))
    assert (whole[1] != 0, row[1]) == (True, 0)
    assert family_shape(shapes, "M", (Symbol("i"), Symbol("j")), scope()) == SCALAR


def test_a_colon_keeps_its_axis(shapes):
    assert family_shape(shapes, "M", (Symbol(":"), Symbol("j")), scope())[0] == shapes.slot("M", 0)


def test_three_axes_cannot_stand_without_indices(shapes):
    with pytest.raises(ShapeError, match="more than two axes"):
        family_shape(shapes, "T", (), scope())


def test_more_indices_than_axes_are_refused(shapes):
    with pytest.raises(ShapeError, match="more indices than axes"):
        components(shapes, SCALAR, (Symbol("i"),), scope())


def test_a_function_of_the_page_has_the_shape_of_its_formula_for_the_argument(shapes):
    of = read("f(t) = t^2")
    assert shapes.of(of.tree("f(x)"), scope()) == SCALAR
    assert shapes.lengths.find(shapes.of(tree("x"), scope())[0]) != 0


@pytest.mark.parametrize(
    ("call", "scalar"), [(r"\mathrm{tr}(A)", True), (r"\exp(x)", False), (r"\mathrm{diag}(x)", False)]
)
def test_functions_known_by_name(shapes, call, scalar):
    assert shapes.is_scalar(shapes.of(tree(call), scope())) is scalar
