import pytest

from pminusy.proofread.rules.residues import PRIME, NoValue, inverse, matrix, reciprocal, root, times


@pytest.mark.parametrize("value", [2, 3, 5, 7, 11, 6, 4, PRIME - 1])
def test_roots_of_squares(value):
    found = root(value)
    assert found is not None
    assert found * found % PRIME == value
    assert found <= PRIME - found


def test_what_is_no_square_has_no_root():
    without = [n for n in range(2, 60) if root(n) is None]
    assert without
    assert all(pow(n, (PRIME - 1) // 2, PRIME) == PRIME - 1 for n in without)


def test_inverses():
    assert inverse(7) * 7 % PRIME == 1
    value = (3, 5, 7, 11)
    assert times(value, reciprocal(value)) == matrix(1)
    with pytest.raises(NoValue):
        inverse(0)
