import io

import numpy as np
import pytest

from pminusy.datasets.readers.npy_header import check_npy
from pminusy.errors import DataError


def saved(array) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


@pytest.mark.parametrize("array", [np.zeros((3, 4)), np.zeros((0, 5), np.float32), np.array(["a", "bc"])])
def test_what_numpy_writes_passes(array):
    data = saved(array)
    check_npy(io.BytesIO(data), len(data), "set.npz: array 'X'")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "expected a NumPy array, got nothing"),
        (b"\x80\x04\x95" + bytes(20), "got a pickled object"),
        (saved(np.array([{}], object)), "it holds Python objects"),
        (saved(np.zeros(4))[:-8], "expected 32 bytes"),
        (saved(np.zeros(4)).replace(b"(4,)", b"(4,,"), "its header is damaged"),
        (saved(np.zeros(4))[:6] + b"\x09" + saved(np.zeros(4))[7:], "its header is not that of an array"),
    ],
)
def test_a_header_that_lies_is_refused(data, said):
    with pytest.raises(DataError, match=rf"set\.npz: array 'X' cannot be read: .*{said}"):
        check_npy(io.BytesIO(data), len(data), "set.npz: array 'X'")


def test_more_than_memory_holds_is_refused_before_it_is_read():
    header = saved(np.zeros(9))
    lying = header.replace(b"'shape': (9,), }" + b" " * 14, b"'shape': (99999999999999,), } ")
    assert len(lying) == len(header)
    assert lying != header
    with pytest.raises(DataError, match="GiB of memory"):
        check_npy(io.BytesIO(lying), len(lying), "set.npz: array 'X'")
