import numpy as np
import pytest

from pminusy.errors import InputError, ShapeError
from pminusy.losses.arrays import as_like, as_logits, as_real, in_place_or_apart, output_like


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        ("float32", "float32"),
        ("float64", "float64"),
        ("float16", "float32"),
        ("int64", "float64"),
        ("bool", "float64"),
    ],
)
def test_real_numbers_keep_their_precision(dtype, expected):
    assert as_real("x", np.zeros(3, dtype)).dtype == np.dtype(expected)


def test_what_has_the_right_layout_is_not_copied():
    Z = np.zeros((3, 4), np.float32)
    assert as_real("Z", Z) is Z
    assert as_real("Z", Z.T).flags.c_contiguous


@pytest.mark.parametrize("values", [["a"], [1j], [None]])
def test_other_things_are_no_numbers(values):
    with pytest.raises(InputError, match="w: expected real numbers, got dtype"):
        as_real("w", values)


@pytest.mark.parametrize("shape", [(3,), (3, 0), (2, 2, 2), ()])
def test_logits_have_rows_and_classes(shape):
    with pytest.raises(ShapeError, match=r"Z: expected logits of shape \(N, K\) with K ≥ 1, got shape"):
        as_logits(np.zeros(shape))
    assert as_logits(np.zeros((0, 2))).shape == (0, 2)


def test_what_is_like_the_logits_takes_their_dtype_and_must_have_their_shape():
    Z = np.zeros((2, 3), np.float32)
    assert as_like("V", np.ones((2, 3)), Z).dtype == np.float32
    with pytest.raises(ShapeError, match=r"V: expected the shape of Z, \(2, 3\), got \(3, 2\)"):
        as_like("V", np.ones((3, 2)), Z)


def test_an_output_is_the_input_itself_or_apart_from_it():
    memory = np.zeros(9)
    Z = memory[:6].reshape(2, 3)
    in_place_or_apart(Z, Z)
    in_place_or_apart(np.zeros((2, 3)), Z)
    with pytest.raises(InputError, match="out: expected Z itself or a separate array"):
        in_place_or_apart(memory[3:].reshape(2, 3), Z)


def test_an_output_fits_and_can_be_written():
    Z = np.zeros((2, 3))
    assert output_like(None, Z).shape == (2, 3)
    out = np.empty((2, 3))
    assert output_like(out, Z, Z=Z) is out
    read_only = np.empty((2, 3))
    read_only.flags.writeable = False
    for wrong, error, message in (
        (
            np.empty((3, 2)),
            ShapeError,
            r"out: expected a float64 array of shape \(2, 3\), got float64 \(3, 2\)",
        ),
        (np.empty((2, 3), np.float32), ShapeError, "got float32"),
        ([[0.0] * 3] * 2, ShapeError, "got list"),
        (np.empty((3, 2)).T, InputError, "out: expected a writeable C-contiguous array"),
        (read_only, InputError, "out: expected a writeable C-contiguous array"),
        (Z, InputError, "out: expected a separate array, got one that overlaps V"),
    ):
        with pytest.raises(error, match=message):
            output_like(wrong, Z, V=Z)
