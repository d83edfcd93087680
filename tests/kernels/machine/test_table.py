import numpy as np

from pminusy.kernels.machine.table import AXES, WORDS, table


def test_a_row_has_an_arrays_address_its_shape_and_its_strides():
    X, y = np.zeros((2, 3, 5), np.float32)[:, ::2], np.zeros(7)
    words = table((X, y))
    assert words.shape == (2, WORDS)
    assert words[:, 0].tolist() == [X.ctypes.data, y.ctypes.data]
    assert words[0, 1 : 1 + AXES].tolist() == [2, 2, 5, 0]
    assert words[0, 1 + AXES :].tolist() == [60, 40, 4, 0]
    assert words[1, 1:].tolist() == [7, 0, 0, 0, 8, 0, 0, 0]


def test_no_arrays_no_rows():
    assert table(()).shape == (0, WORDS)
