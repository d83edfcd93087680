from pminusy.proofread.meaning.shapes.dimensions import Dimensions
from pminusy.proofread.meaning.shapes.shape import SCALAR, Scope


def test_a_letter_is_in_scope_inside_only():
    outer = Scope({"i": 1})
    inner = outer.with_letter("j", 2)
    assert (inner.letters, outer.letters) == ({"i": 1, "j": 2}, {"i": 1})
    assert inner.home is outer.home


def test_a_number_has_one_row_and_one_column():
    assert SCALAR == (Dimensions.ONE, Dimensions.ONE)
