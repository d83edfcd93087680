import pytest

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.shapes.dimensions import Dimensions


@pytest.fixture
def lengths():
    return Dimensions()


def test_joining_is_transitive(lengths):
    a, b, c = (lengths.new() for _ in range(3))
    lengths.join(a, b)
    lengths.join(b, c)
    assert lengths.same(a, c)
    assert lengths.classes() == [lengths.find(a)]


def test_a_number_is_no_vector(lengths):
    with pytest.raises(ShapeError, match="a vector where a number is expected"):
        lengths.join(lengths.new(), Dimensions.ONE)


def test_sizes_that_are_written_out_must_agree(lengths):
    a, b = lengths.new(), lengths.new()
    lengths.fix(a, 2)
    lengths.fix(b, 3)
    assert lengths.fixed(a) == 2
    with pytest.raises(ShapeError, match="2 entries versus 3"):
        lengths.join(a, b)
    with pytest.raises(ShapeError, match="2 entries versus 4"):
        lengths.fix(a, 4)


def test_a_size_goes_with_its_class(lengths):
    a, b = lengths.new(), lengths.new()
    lengths.fix(b, 3)
    lengths.join(a, b)
    assert lengths.fixed(a) == 3


def test_what_the_text_names_differently_stays_apart(lengths):
    a, b = lengths.new(), lengths.new()
    lengths.keep_apart(a, b)
    with pytest.raises(ShapeError, match="the text distinguishes"):
        lengths.join(a, b)


def test_what_was_joined_since_a_snapshot_is_forgotten(lengths):
    a, b = lengths.new(), lengths.new()
    state = lengths.snapshot()
    later = lengths.new()
    lengths.join(a, b)
    lengths.join(b, later)
    lengths.restore(state)
    assert not lengths.same(a, b)
    assert lengths.find(later) == later


def test_a_copy_is_joined_by_itself():
    first = Dimensions()
    a, b = first.new(), first.new()
    second = first.copy()
    second.join(a, b)
    assert second.same(a, b)
    assert not first.same(a, b)
