import pytest
from tests.proofread.reading import families, model, tree

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.shapes.shape import SCALAR, Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import Binding, Number, Symbol

PAGE = families(r"\sum_i \sum_j M_{ij}", "v_i")


@pytest.fixture
def shapes():
    definitions = {"d": Meaning("d", ("i",), (), tree("v_i + 1"))}
    return Shapes(PAGE, definitions, {"A": 2, "x": 1, "y": 1, "c": 0, "v": 1})


def scope():
    return Scope({}, {}, {})


def test_families_have_the_axes_of_their_ranks(shapes):
    A, x, c = (shapes.of(Symbol(name), scope()) for name in "Axc")
    assert shapes.is_scalar(c)
    assert not shapes.is_scalar(x)
    assert x[1] == 0
    assert A[1] != 0


def test_formulas_make_lengths_equal(shapes):
    shapes.of(tree("A x"), scope())
    assert shapes.lengths.same(shapes.slot("A", 1), shapes.slot("x", 0))
    shapes.of(tree("x + y"), scope())
    assert shapes.lengths.same(shapes.slot("x", 0), shapes.slot("y", 0))


def test_a_number_added_to_a_vector_is_strain_and_no_error(shapes):
    shapes.of(tree("x + c"), scope())
    assert shapes.strain > 0
    shapes.strain = 0
    shapes.of(tree("x + 1"), scope())
    assert shapes.strain == 0


def test_what_cannot_be_is_an_error(shapes):
    with pytest.raises(ShapeError):
        shapes.of(tree("A x x"), scope())


def test_a_definition_has_the_shape_of_its_body(shapes):
    assert shapes.value_of("d") == SCALAR
    rows, columns = shapes.of(Symbol("d"), scope())
    assert columns == 0
    assert shapes.lengths.same(rows, shapes.slot("d", 0))


def test_the_index_of_a_sum_has_the_length_of_its_limit(shapes):
    n = Binding(Symbol("i"), Number("1"), Symbol("n"))
    one, two = (shapes.bind(n, scope()).letters["i"] for _ in range(2))
    assert shapes.lengths.same(one, two)
    assert "n" in shapes.limits


def test_square_matrices_are_remembered(shapes):
    assert shapes.squares == frozenset()
    shapes.of(tree(r"\mathrm{tr}(A)"), scope())
    shapes.note_squares()
    assert shapes.squares == {"A"}


def test_what_is_made_of_itself_is_a_vector_where_it_comes_out_as_one():
    found = model(r"h_t = \tanh(W h_{t-1} + U x_t + b)", r"L = \sum_t \frac12 \|V h_t - y_t\|^2").shapes
    assert (found.ranks["W"], found.ranks["U"]) == (2, 2)
    assert not found.misfits
    rows, columns = found.values["h"]
    assert found.lengths.find(rows) != 0 == found.lengths.find(columns)
